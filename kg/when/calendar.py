"""Arithmetic on intervals of days, in no language. A ``Span`` is two days, both inclusive; ``None`` is unknown."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.easter import easter

Span = tuple[date | None, date | None]
Known = tuple[date, date]

#: Lengths of units in days, for counts that are not whole.
DAYS = {"minute": 0.0, "hour": 1 / 24, "day": 1.0, "week": 7.0, "weekend": 7.0, "month": 30.44, "quarter": 91.3,
        "half": 182.6, "year": 365.25, "decade": 3652.5, "century": 36525.0}  # fmt: skip
#: How far « depuis deux ans » may be off, in days: half a unit.
SLACK = {"week": 4, "weekend": 4, "month": 15, "quarter": 45, "half": 91, "year": 183, "decade": 1826, "century": 18262}
#: The longest time that « ces derniers … » spans, in days; a longer unit has no bound.
VAGUE = {"minute": 1, "hour": 2, "day": 31, "week": 92, "weekend": 92, "month": 731}
#: First and last month and day of a season, on the northern half; wide enough for both ways to count.
SEASONS = {"spring": (3, 1, 6, 21), "summer": (6, 1, 9, 23), "autumn": (9, 1, 12, 22), "winter": (12, 1, 3, 21)}
_EARLIEST, _LATEST = date(100, 1, 1), date(9000, 12, 31)
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}


@dataclass(frozen=True, slots=True)
class Moment:
    """The reader's place: a day in the period of publication (all of it where it is a day), and the language's habits.

    ``ahead``: whether the event is still to come, ``None`` where that is not known.
    """

    language: str
    today: date | None
    period: Known | None
    ahead: bool | None
    week_first: tuple[int, ...]
    day_first: bool


def parse(text: str | None) -> Known | None:
    """The first and last day of an ISO 8601 date of any width (``2025``, ``2025-03``, ``2025-03-19``).

    ``None`` where it is no such date, or not of the years 1000 to 2999.
    """
    match = re.match(r"([12]\d{3})(?:-(\d{2}))?(?:-(\d{2}))?(?!\d)", text or "")
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    return absolute(year or 0, month, day)


def absolute(year: int, month: int | None = None, day: int | None = None) -> Known | None:
    """The days of a year, a month or a day; ``None`` where there is no such day (31 February, year 0)."""
    try:
        first = date(year, month or 1, day or 1)
        if day:
            return first, first
        return first, date(year, month or 12, monthrange(year, month or 12)[1])
    except ValueError:
        return None


def shift(day: date, count: float, unit: str) -> date:
    """The day that many units later (earlier where negative), clipped to the years 100 to 9000."""
    return min(max(_shifted(day, count, unit), _EARLIEST), _LATEST)


def _shifted(day: date, count: float, unit: str) -> date:
    try:
        if unit in _MONTHS and count == int(count):
            year, month = divmod(day.year * 12 + day.month - 1 + int(count) * _MONTHS[unit], 12)
            return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
        return day + timedelta(days=round(count * DAYS[unit]))
    except (ValueError, OverflowError):  # beyond the calendar
        return _EARLIEST if count < 0 else _LATEST


def containing(day: date, unit: str, week_first: tuple[int, ...] = (0,)) -> Known:
    """The calendar unit that holds the day; a week as wide as all the days it may begin on."""
    if unit == "week":
        starts = [day - timedelta(days=(day.weekday() - first) % 7) for first in week_first]
        return min(starts), max(starts) + timedelta(days=6)
    if unit == "weekend":
        saturday = day + timedelta(days=(5 - day.weekday() + 4) % 7 - 4)
        return saturday, saturday + timedelta(days=1)
    months = _MONTHS.get(unit)
    if months is None:
        return day, day
    years = max(1, months // 12)
    first_year = day.year - day.year % years if years == 10 else day.year - (day.year - 1) % years
    month = day.month - (day.month - 1) % months if months < 12 else 1
    first = date(first_year, month, 1)
    return first, shift(first, 1, unit) - timedelta(days=1)


def season(name: str, year: int) -> Known:
    """A season of a year. A winter of a year may be the one that ends in it or the one that begins in it."""
    month, day, last_month, last_day = SEASONS[name]
    if last_month < month:
        return date(year - 1, month, day), date(year + 1, last_month, last_day)
    return date(year, month, day), date(year, last_month, last_day)


def seasons_near(name: str, day: date) -> list[Known]:
    """The seasons of that name that begin in the two years before the day's, in its year and in the next, in order."""
    month, first, last_month, last = SEASONS[name]
    over = 1 if last_month < month else 0
    return [(date(y, month, first), date(y + over, last_month, last)) for y in range(day.year - 2, day.year + 2)]


def holiday(name: str, year: int) -> date:
    """The day of a feast (``12-25``, ``easter+1``) in a year."""
    if name.startswith("easter"):
        return easter(year) + timedelta(days=int(name.removeprefix("easter")))
    month, day = name.split("-")
    return date(year, int(month), int(day))


def part(span: Known, name: str) -> Known:
    """The first half (``start``), last half (``end``) or middle half (``middle``) of a span."""
    first, last = span
    half = (last - first).days // 2
    if name == "start":
        return first, first + timedelta(days=half)
    if name == "end":
        return last - timedelta(days=half), last
    return first + timedelta(days=half // 2), last - timedelta(days=half // 2)


def fraction(span: Known, unit: str, ordinal: int) -> Known | None:
    """The n-th quarter or half of a year (« le deuxième trimestre »)."""
    first = shift(span[0], ordinal - 1, unit)
    last = shift(first, 1, unit) - timedelta(days=1)
    return (first, last) if last <= span[1] else None


def hull(spans: list[Span]) -> Span:
    """The smallest span that holds all: unknown ends stay unknown."""
    starts = [start for start, _ in spans if start is not None]
    ends = [end for _, end in spans if end is not None]
    return (
        min(starts) if len(starts) == len(spans) and starts else None,
        max(ends) if len(ends) == len(spans) and ends else None,
    )
