"""A point in time and the day of publication → the days that it may mean.

Each rule is one small function from the words' point to a span; ``None`` where the point says nothing certain. News
speaks of what has been: unless the words or ``ahead`` say otherwise, of two readings the past one is taken.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from kg.when import calendar
from kg.when.calendar import Moment, Span, shift
from kg.when.counts import named_unit, unit_span
from kg.when.grammar import Point

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

#: A date without a year is of the year before only where that is not longer ago; of the future likewise.
NEAR_DAYS = 120
NEAR_MONTHS = 4
#: A date early in the year, read at the end of it, may be of the next year where that is so close.
TURN_DAYS = 60


def span_of(point: Point, moment: Moment, foreign: bool) -> Span | None:
    """The days that a point may mean, without its frame; ``foreign`` where it has words that are not understood."""
    span = _fixed(point, moment)
    if span is None and moment.today is not None:
        span = _relative(point, moment, moment.today, foreign)
    if span is None:
        return None
    start, end = span
    if point.part and start is not None and end is not None and end > start:
        start, end = calendar.part((start, end), point.part)
    if point.daytime == "night" and end is not None and not point.timeless:
        end += timedelta(days=1)
    return start, end


def _fixed(point: Point, moment: Moment) -> Span | None:
    """A time that the words fix by themselves: « le 30 mars 2017 », « été 2011 », "the 1980s", « XIXe siècle »."""
    if point.numeric is not None:
        return _numeric(point.numeric, moment.language, moment.day_first)
    if point.unit == "century" and point.ordinal is not None:
        first = calendar.absolute(point.ordinal * 100 - 100 or 1)
        last = calendar.absolute(point.ordinal * 100)
        return (first[0], last[1]) if first and last else None
    if point.year is None:
        return None
    if point.unit == "decade" and point.month is None:
        return calendar.containing(date(point.year, 1, 1), "decade")
    if point.season is not None:
        return calendar.season(point.season, point.year)
    if point.holiday is not None:
        feast = calendar.holiday(point.holiday, point.year)
        return feast, feast
    span = calendar.absolute(point.year, point.month, point.day if point.month else None)
    if span is None:
        return calendar.absolute(point.year, point.month)
    if point.ordinal and point.unit in ("quarter", "half") and point.month is None:
        return calendar.fraction(span, point.unit, point.ordinal)
    return _stretched(point, span)


def _stretched(point: Point, span: Span | None) -> Span | None:
    """« la semaine du 10 juin », "the weekend of June 10": more days than the one that is named."""
    if span is None or span[1] is None or point.day is None or point.unit not in ("week", "weekend"):
        return span
    return span[0], span[1] + timedelta(days=6 if point.unit == "week" else 2)


@cache
def _reader(language: str, order: str) -> DateDataParser:
    from dateparser.date import DateDataParser

    return DateDataParser(languages=[language], settings={"DATE_ORDER": order, "PREFER_LOCALE_DATE_ORDER": False})


@cache
def _numeric(text: str, language: str, day_first: bool) -> Span | None:
    """« 30/03/2017 », « 2017-03-30 », read by the library; as wide as both orders of day and month where it is open."""
    iso = calendar.parse(text)
    if iso is not None:
        return iso
    orders = ("DMY",) if day_first else ("MDY", "DMY")
    found = [_reader(language, order).get_date_data(text).date_obj for order in orders]
    days = [moment.date() for moment in found if moment is not None]
    return (min(days), max(days)) if days else None


def _relative(point: Point, moment: Moment, today: date, foreign: bool) -> Span | None:
    """A time that needs the day of publication."""
    if point.month is not None:
        return _stretched(point, _day_of_month(point, moment, today)) if point.day else _month(point, moment, today)
    if point.offset is not None:
        day = today + timedelta(days=point.offset)
        return day, day
    if point.holiday is not None:
        return _near([calendar.holiday(point.holiday, today.year + n) for n in (-1, 0, 1)], point, moment, today)
    if point.season is not None:
        return _season(point, moment, today)
    if point.day is not None:
        return _day_alone(point, moment, today)
    if point.weekday is not None:
        return _weekday(point, moment, today)
    if point.recent:
        return None, today
    if point.unit is not None:
        return unit_span(point, moment, today, foreign)
    return _daytime(point, moment, today)


def _near(days: list[date], point: Point, moment: Moment, today: date) -> Span:
    """Of a date in the year before, in this year and in the next, the one that is meant when no year is said.

    A date of this calendar year is this year's; one of last year is meant where it is near; else it may be of any
    year before (« le 7 octobre », written in March, may be an anniversary), and its start is not known.
    """
    before, this, after = days
    past = this if this <= today else before
    future = after if this < today else this
    if point.which == "next" or (moment.ahead and point.which != "last"):
        day = max(this, future) if point.which != "next" else (this if this > today else after)
        return day, day
    if point.which == "last":
        return past, past
    if past == this:
        turning = (after - today).days <= TURN_DAYS and moment.ahead is None
        return past, (after if turning else past)
    if (today - past).days <= NEAR_DAYS:
        return past, past
    if moment.ahead is None and ((future - today).days <= NEAR_DAYS or point.frame in ("from", "until", "by")):
        return future, future
    return None, past


def _day_of_month(point: Point, moment: Moment, today: date) -> Span | None:
    """« le 25 mars », « lundi 28 novembre »: the day of the week, where it is said, tells the year."""
    month, day = point.month or 1, point.day
    found = [calendar.absolute(today.year + n, month, day) for n in range(-6, 2)]
    days = [span[0] for span in found if span]
    if point.weekday is not None:
        right = [day for day in days if day.weekday() == point.weekday]
        if right:
            best = min(right, key=lambda day: abs((day - today).days))
            return best, best
    if found[5] and found[6] and found[7]:
        return _near([found[5][0], found[6][0], found[7][0]], point, moment, today)
    past = [day for day in days if day <= today]
    return (past[-1], past[-1]) if past else None


def _month(point: Point, moment: Moment, today: date) -> Span | None:
    """« en mars », « en décembre dernier », "next May": a month without its year."""
    month = point.month or 1
    back = (today.month - month) % 12
    forth = 12 - back if back else 0
    past = calendar.containing(shift(today.replace(day=1), -back, "month"), "month")
    future = calendar.containing(shift(today.replace(day=1), forth, "month"), "month")
    if point.which == "last":
        return past if back else calendar.hull([calendar.containing(shift(past[0], -1, "year"), "month"), past])
    if point.which == "next" or moment.ahead:
        return future if forth or point.which != "next" else calendar.containing(shift(past[0], 1, "year"), "month")
    of_this_year = month <= today.month
    if back == 0 or moment.ahead is False or back < (10 if of_this_year else NEAR_MONTHS + 1):
        return past
    return future if forth <= NEAR_MONTHS and not of_this_year else (past[0], future[1])


def _day_alone(point: Point, moment: Moment, today: date) -> Span | None:
    """« jeudi 26 », "the 26th": the nearest such day, before today where the day of the week does not tell."""
    first = today.replace(day=1)
    found = [calendar.absolute(d.year, d.month, point.day) for d in (shift(first, n, "month") for n in range(-11, 12))]
    days = [span[0] for span in found if span]
    if point.weekday is not None:
        days = [day for day in days if day.weekday() == point.weekday]
    elif moment.ahead or point.which == "next":
        days = [day for day in days if day >= today]
    else:
        days = [day for day in days if day <= today]
    if not days:
        return None
    best = min(days, key=lambda day: abs((day - today).days))
    return best, best


def _season(point: Point, moment: Moment, today: date) -> Span:
    """« cet été », "last spring", « l'hiver prochain »."""
    spans = calendar.seasons_near(point.season or "", today)
    if point.which == "last":
        return [span for span in spans if span[1] < today][-1]
    if point.which == "next" or moment.ahead:
        later = [span for span in spans if span[0] > today or (span[1] >= today and point.which != "next")]
        return later[0] if later else (None, None)
    if point.which == "this":
        return min(spans, key=lambda span: max((span[0] - today).days, (today - span[1]).days))
    return [span for span in spans if span[0] <= today][-1]


def _weekday(point: Point, moment: Moment, today: date) -> Span:
    """« mercredi » is the last one, today's included; where only a month is known, it stays within that month."""
    back = (today.weekday() - (point.weekday or 0)) % 7
    if point.unit == "week" and point.which is not None:
        week = named_unit("week", point.which, moment, today)
        days = [week[0] + timedelta(days=n) for n in range((week[1] - week[0]).days + 1)]
        days = [day for day in days if day.weekday() == point.weekday]
        return days[0], days[-1]
    wide = moment.period is not None and moment.period[0] != moment.period[1]
    if wide and point.which in (None, "this") and point.frame not in ("until", "by"):
        return moment.period or (None, None)
    past, future = today - timedelta(days=back), today + timedelta(days=-back % 7)
    if point.which == "last":
        day = past if back else today - timedelta(days=7)
    elif point.which == "next":
        day = future if back else today + timedelta(days=7)
    elif moment.ahead or (point.which == "this" and moment.ahead is None and back > 4):
        day = future
    else:
        day = past
    return day, max(day, future) if point.frame in ("until", "by") else day


def _daytime(point: Point, moment: Moment, today: date) -> Span | None:
    """« ce soir », « cette nuit », "last night"; « dans la nuit » alone is of a day that is not known."""
    night = point.daytime == "night"
    if point.which == "last" and night:
        return today - timedelta(days=1), today
    if point.which != "this":
        return None
    if not night:
        return today, today
    return (today, today + timedelta(days=1)) if moment.ahead else (today - timedelta(days=1), today)
