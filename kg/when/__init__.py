"""Time expressions → intervals of honest width; an article's own date; time expressions in a sentence.

``resolve`` never says more than the words and the known part of the publication date do: with a month known, it
gives all days that the words may mean for an article of any day of that month.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from kg.model import TimeSpan
from kg.when import calendar
from kg.when.calendar import Known, Moment, Span
from kg.when.dateline import article_date
from kg.when.finder import find
from kg.when.grammar import Expression, Point, read
from kg.when.points import span_of
from kg.when.words import lexicon, tokens

__all__ = ["article_date", "find", "resolve"]


@lru_cache(maxsize=65536)
def resolve(text: str, published: str | None, language: str, *, ahead: bool | None = None) -> TimeSpan:
    """A time expression, and the first and last day that it may mean.

    ``text`` is kept as it is. ``published`` is an ISO 8601 date of any width or ``None``; ``ahead`` says whether the
    event is still to come (a future tense, a plan), ``None`` where that is not known. ``start`` and ``end`` are ISO
    8601 days, both inclusive; ``None`` where nothing is certain (« pendant la campagne », « le lendemain »).
    ``KgError`` where the language has no time words.
    """
    words = lexicon(language)
    expression = _expression(text, language)
    period = calendar.parse(published)
    spans = []
    for today in _days(period):
        moment = Moment(language, today, period, ahead, words.week_first, words.day_first)
        spans.append(_interval(expression, moment))
    start, end = calendar.hull(spans)
    return TimeSpan(text, start.isoformat() if start else None, end.isoformat() if end else None)


@lru_cache(maxsize=65536)
def _expression(text: str, language: str) -> Expression:
    return read(tokens(text, language))


def _days(period: Known | None) -> list[date | None]:
    """The days of publication to try: the first and last of every month of the period."""
    if period is None:
        return [None]
    first, last = period
    days = {first, last}
    while (first := calendar.shift(first.replace(day=1), 1, "month")) <= last:
        days |= {first, first - timedelta(days=1)}
    return [*sorted(days)]


def _interval(expression: Expression, moment: Moment) -> Span:
    """The span of a whole expression: its points within their frames, and all between the first and the last."""
    points = [point for point in expression.points if point.dated or not expression.loose]
    spans = [span_of(point, moment, expression.foreign) for point in points]
    known = [(point, span) for point, span in zip(points, spans, strict=True) if span is not None]
    if not known:
        return None, None
    if len(known) == 2 and known[0][0].weekday is not None and not known[0][0].dated:
        known[0] = (known[0][0], _before(known[0][0], known[0][1], known[1][1]))
    if expression.shift and len(known) == 1:
        return _shifted(known[0][0], known[0][1], expression.shift, moment.today)
    span = calendar.hull([span for _, span in known])
    ranged = len(known) > 1 and (known[-1][0].frame in ("until", "by") or known[0][0].frame in ("from", "between"))
    return span if ranged else _framed(known[0][0], span, moment.today)


def _before(point: Point, span: Span, last: Span) -> Span:
    """« du dimanche au lundi 24 décembre »: the Sunday before that Monday."""
    if last[0] is None or last[0] != last[1]:
        return span
    day = last[0] - timedelta(days=(last[0].weekday() - (point.weekday or 0)) % 7)
    return day, day


def _shifted(point: Point, span: Span, direction: str, today: date | None) -> Span:
    """« plus tôt cette semaine », "later this year"; « deux jours plus tard » is of a day that is not known."""
    if point.dated or point.weekday is not None or point.offset is not None:
        return span
    if point.which != "this" or today is None:
        return None, None
    return (span[0], today) if direction == "earlier" else (today, span[1])


def _framed(point: Point, span: Span, today: date | None) -> Span:
    """The span with what « depuis », « jusqu'à », « d'ici », "before" or "after" makes of it."""
    start, end = span
    if point.frame == "since":
        return start, today if today is not None and (start is None or start <= today) else None
    if point.frame in ("from", "after"):
        return start, None
    if point.frame == "by":
        return (today if today is not None and end is not None and end >= today else None), end
    if point.frame == "until":
        return None, end
    if point.frame == "before":
        return None, end if point.part or start is None else start - timedelta(days=1)
    return start, end
