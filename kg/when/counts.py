"""Units and counts of them: « il y a deux ans », « ces derniers mois », "in a week", « au premier trimestre »."""

from __future__ import annotations

import math
from datetime import date, timedelta

from kg.when.calendar import DAYS, SLACK, VAGUE, Known, Moment, Span, containing, fraction, hull, shift
from kg.when.grammar import Point

_SHORT = ("minute", "hour", "day")


def unit_span(point: Point, moment: Moment, today: date, foreign: bool) -> Span | None:
    """The days of a unit or of a count of units; ``None`` where it is a mere length (« pendant trois semaines »)."""
    unit = point.unit or "day"
    vague = point.few or (point.count is None and (point.plural or point.many))
    if point.frame == "ago":
        return _ago(point, unit, today, vague)
    if foreign and point.which != "this":
        return None
    if point.which in ("last", "next") and (vague or point.count is not None):
        return _many(point, unit, today, vague)
    if point.which is not None:
        return _which(point, unit, moment, today)
    if point.frame == "since" and (vague or point.count is not None or unit == "month"):
        return _since(point, unit, today, vague or point.count is None)
    if point.count is not None and point.frame in ("ahead", "within"):
        return _ahead(point, unit, moment, today)
    if point.ordinal is not None and unit in ("quarter", "half"):
        return _ordinal(point, unit, moment, today)
    if point.count is None and not vague and (unit == "weekend" or (point.part and unit not in _SHORT)):
        return named_unit(unit, None, moment, today)
    return None


def _around(point: Point, unit: str, count: float, today: date) -> Known:
    """The days about so many units from today: of long units as wide as the unit itself, of days the very day."""
    middle = shift(today, count, unit)
    if unit in _SHORT:
        rest = 0 if unit == "day" else 1
        wide = max(1, math.ceil(abs(count) * DAYS[unit] / 4)) if point.approx == "about" else 0
        far = shift(today, math.floor(count * DAYS[unit]) if count < 0 else math.ceil(count * DAYS[unit]), "day")
        middle, near = (far, today) if rest else (middle, middle)
        return shift(min(middle, near), -wide, "day"), shift(max(middle, near), wide, "day")
    slack = SLACK[unit] * (2 if point.approx else 1)
    whole = containing(middle, "month" if unit == "quarter" else unit)
    return min(shift(middle, -slack, "day"), whole[0]), max(shift(middle, slack, "day"), whole[1])


def _ago(point: Point, unit: str, today: date, vague: bool) -> Span:
    """« il y a deux ans », "decades ago"."""
    if vague:
        return None, shift(today, -1, unit)
    first, last = _around(point, unit, -(point.count or 1), today)
    last = min(last, today)
    if point.approx == "more":
        return None, last
    return first, today if point.approx == "less" else last


def _ahead(point: Point, unit: str, moment: Moment, today: date) -> Span | None:
    """« dans une semaine »; "in a week", which may as well have been a length of time."""
    first, last = _around(point, unit, point.count or 1, today)
    if point.frame == "ahead" or moment.ahead:
        return max(first, today), last
    return None


def _since(point: Point, unit: str, today: date, vague: bool) -> Span:
    """« depuis deux ans », « depuis des mois »: its frame adds the end."""
    if vague:
        return (shift(today, -VAGUE[unit], "day") if unit in VAGUE else None), today
    if point.approx == "more":
        return None, today
    return _around(point, unit, -(point.count or 1), today)[0], today


def _many(point: Point, unit: str, today: date, vague: bool) -> Span:
    """« les deux dernières années », « ces derniers mois », « au cours des prochains jours »."""
    sign = -1 if point.which == "last" else 1
    count = math.ceil((point.count or 1) * DAYS[unit]) if unit in _SHORT else point.count or 1
    far = shift(today, sign * count, "day" if unit in _SHORT else unit)
    if vague:
        far_or_none = shift(today, sign * VAGUE[unit], "day") if unit in VAGUE else None
        return (far_or_none, today) if sign < 0 else (today, far_or_none)
    return (far, today) if sign < 0 else (today, far)


def _which(point: Point, unit: str, moment: Moment, today: date) -> Span:
    """« la semaine dernière », « cette année »; « au cours de la dernière année » may also be the year up to today."""
    if unit in _SHORT:
        days = {"last": -1, "next": 1}.get(point.which or "", 0)
        return hull([(today, today), (today + timedelta(days=days),) * 2])
    span = named_unit(unit, point.which, moment, today)
    if point.frame in ("during", "ahead", "within") and point.which == "last" and unit != "weekend":
        return hull([span, (shift(today, -1, unit), today)])
    return span


def _ordinal(point: Point, unit: str, moment: Moment, today: date) -> Span | None:
    """« au premier trimestre » of this year, or of the year before where this year's is still to come."""
    span = fraction(containing(today, "year"), unit, point.ordinal or 1)
    if span is not None and span[0] > today and not moment.ahead:
        return fraction(containing(shift(today, -1, "year"), "year"), unit, point.ordinal or 1)
    return span


def named_unit(unit: str, which: str | None, moment: Moment, today: date) -> Known:
    """The calendar unit before today's, today's or the next: « la semaine dernière », « cette année », "next month"."""
    if unit == "weekend":
        saturday = today - timedelta(days=(today.weekday() - 5) % 7)
        if which == "last":
            saturday -= timedelta(days=7 if today.weekday() >= 5 else 0)
        elif which == "next":
            saturday += timedelta(days=7)
        else:
            return containing(today, unit)
        return saturday, saturday + timedelta(days=1)
    step = {"last": -1, "next": 1}.get(which or "", 0)
    return containing(shift(today, step, unit), unit, moment.week_first)
