"""Tokens → an expression: points in time (« lundi 28 novembre », « deux ans ») and the frame around them (« depuis »).

Nothing here knows a language or a publication date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.when.words import Token

#: What may stand around a point. The first in this order that an expression has is its frame.
FRAMES = ("ago", "since", "by", "until", "from", "before", "after", "between", "ahead", "within", "during")
#: Words that tell of a time that hangs on another event, or of many times.
LOOSE = ("anaphor", "recurrent")
JOINS = ("and", "to")
DASHES = "-–—"


@dataclass(slots=True)
class Point:
    """One point in time as the words give it; all unset where they do not."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    offset: int | None = None
    season: str | None = None
    holiday: str | None = None
    numeric: str | None = None
    unit: str | None = None
    plural: bool = False
    count: float | None = None
    few: bool = False
    ordinal: int | None = None
    which: str | None = None
    many: bool = False
    part: str | None = None
    daytime: str | None = None
    approx: str | None = None
    recent: bool = False
    frame: str | None = None

    @property
    def dated(self) -> bool:
        """Whether the point names a day, month or year of the calendar."""
        return any(value is not None for value in (self.year, self.month, self.day, self.numeric))

    @property
    def empty(self) -> bool:
        """Whether the point names no time yet."""
        return self.timeless and self.unit is None and self.daytime is None

    @property
    def timeless(self) -> bool:
        """Whether the point names no day or longer time by itself, but for a unit or a part of the day."""
        named = (self.weekday, self.offset, self.season, self.holiday)
        return not self.dated and not self.recent and all(value is None for value in named)

    @property
    def clock(self) -> bool:
        """Whether the point tells the hour of a day (« 22 heures ») and no more."""
        counted = self.frame in ("ago", "since", "ahead", "within", "during") or self.which is not None
        return self.timeless and self.unit in ("hour", "minute") and not counted


@dataclass(slots=True)
class Expression:
    """The points of a time expression in text order, and what else its words are.

    ``loose``: it hangs on another event or recurs; ``foreign``: it has words that are in no table; ``shift``: it has
    a word for sooner or for later.
    """

    points: list[Point] = field(default_factory=list)
    loose: bool = False
    foreign: bool = False
    shift: str | None = None


def read(tokens: Sequence[Token]) -> Expression:
    """The expression that the tokens make; one without points where they name no time."""
    expression = Expression()
    points = [Point()]
    for index, token in enumerate(tokens):
        if _parts(token, points[-1]) or not _take(points[-1], tokens, index):
            points.append(Point())
            _take(points[-1], tokens, index)
        if token.kind in LOOSE:
            expression.loose = True
        elif token.kind == "word":
            expression.foreign = True
        elif token.kind in ("earlier", "later"):
            expression.shift = token.kind
    expression.points = _complete([point for point in points if not point.empty and not point.clock])
    return expression


def _parts(token: Token, point: Point) -> bool:
    """Whether the token ends a point and begins another."""
    if point.empty or (token.kind == "ago" and point.unit is not None):
        return False
    return token.kind in JOINS or token.kind in FRAMES or (token.kind == "mark" and token.value in DASHES)


def _take(point: Point, tokens: Sequence[Token], index: int) -> bool:
    """Adds a token's meaning to the point; false where the point has another value there, so that a new one begins."""
    token = tokens[index]
    if token.kind in FRAMES:
        if point.frame is None or FRAMES.index(token.kind) < FRAMES.index(point.frame):
            point.frame = token.kind
        return True
    if token.kind in ("number", "roman", "count"):
        return _number(point, tokens, index)
    return _set(point, tokens, index)


def _set(point: Point, tokens: Sequence[Token], index: int) -> bool:
    """Adds the meaning of a word to the point; false where the point has another value there."""
    kind, value = tokens[index].kind, tokens[index].value
    if kind in ("month", "weekday", "season", "holiday", "numeric"):
        new: str | int = int(value) if kind in ("month", "weekday") else value
        if getattr(point, kind) not in (None, new):
            return False
        setattr(point, kind, new)
    elif kind == "day":
        point.offset = int(value)
    elif kind == "tonight":
        point.offset, point.daytime = 0, "night"
    elif kind == "overnight":
        point.which, point.daytime = "this", "night"
    elif kind in ("unit", "units"):
        if point.unit is not None and point.count is not None:
            return False
        point.unit, point.plural = value, kind == "units"
    elif kind in ("this", "last", "next"):
        point.which, point.many = kind if point.which in (None, "this") else point.which, point.many or value == "many"
    elif kind == "part":
        point.part = value if _adjacent(tokens, index) else point.part
    elif kind == "daytime":
        point.daytime = "night" if "night" in (point.daytime, value) else value
    elif kind in ("about", "more", "less"):
        point.approx = kind
    elif kind in ("few", "recent"):
        setattr(point, kind, True)
    elif kind == "ordinal":
        point.ordinal = int(value)
    return True


def _adjacent(tokens: Sequence[Token], index: int) -> bool:
    """Whether what follows a part (« début », « fin ») is what it may be a part of, not a word of no table."""
    for token in tokens[index + 1 :]:
        if token.kind in ("link", "prep", "to", "mark", "this", "last", "next"):
            continue
        return token.kind in ("month", "number", "unit", "season", "weekday", "holiday", "roman", "ordinal")
    return False


def _following(tokens: Sequence[Token], index: int) -> Token | None:
    """The token that a number counts or belongs to: the next that is no filler."""
    for token in tokens[index + 1 :]:
        if token.kind in ("suffix", "link", "about", "more", "less", "next", "last", "few") or token.value == "0.5":
            continue
        if token.kind == "mark" and token.value == "-":
            continue
        return token
    return None


def _number(point: Point, tokens: Sequence[Token], index: int) -> bool:
    """Reads a number as a year, a day or a count; false where the point has another there."""
    token = tokens[index]
    value = float(token.value)
    following = _following(tokens, index)
    if following is not None and following.value == "century":
        point.ordinal = int(value)
    elif token.kind == "roman" or _of_clock(tokens, index, following) or _decade(point, tokens, index):
        return True
    elif token.kind == "count" or (following is not None and following.kind in ("unit", "units")):
        point.count = (point.count or 0) + value
    elif len(token.value) == 4 and 1000 <= value <= 2100:
        if point.year is not None:
            return False
        point.year = int(value)
    elif 1 <= value <= 31 and len(token.value) <= 2:
        if point.day is not None:
            return False
        point.day = int(value)
    return True


def _of_clock(tokens: Sequence[Token], index: int, following: Token | None) -> bool:
    """Whether a number tells the hour or its minutes: « 22 heures 30 », "7 p.m."."""
    before = tokens[index - 1] if index else None
    minutes = before is not None and before.kind == "unit" and before.value == "hour"
    return minutes or (following is not None and following.kind == "clock")


def _decade(point: Point, tokens: Sequence[Token], index: int) -> bool:
    """« les années 1980 », "the 80s": a year that ends in 0 and stands for ten."""
    token = tokens[index]
    value = int(float(token.value))
    if token.kind != "number" or value % 10 or value == 0 or len(token.value) not in (2, 4):
        return False
    before = next((t for t in reversed(tokens[:index]) if t.kind not in ("link", "prep")), None)
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    marked = after is not None and after.kind == "decade_mark" and after.start == token.end
    named = before is not None and before.kind == "units" and before.value == "year"
    if marked or named:
        point.year, point.unit = (1900 + value if value < 100 else value), "decade"
    return marked or named


def _complete(points: list[Point]) -> list[Point]:
    """Gives « 25 » of « du 25 au 27 janvier » its month, « décembre » of « décembre et janvier 2017 » its year.

    A part of the day that stands alone after a day (« lundi au soir ») is that day's.
    """
    kept: list[Point] = []
    for point in points:
        if kept and point.timeless and point.unit is None and point.which is None:
            kept[-1].daytime = point.daytime
        else:
            kept.append(point)
    for before, after in reversed(list(pairwise(kept))):
        if before.day is not None and before.month is None and before.year is None:
            before.month = after.month
        if before.month is not None and before.year is None and after.month is not None and after.year is not None:
            before.year = after.year - ((before.month, before.day or 0) > (after.month, after.day or 31))
        if before.timeless and before.unit is None:
            before.unit = after.unit
    for before, after in pairwise(kept):
        if after.day is not None and after.month is None and after.weekday is None:
            after.month, after.year = before.month, before.year
    return kept
