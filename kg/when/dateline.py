"""An article's own date: from a date line at its head, or from its file name."""

from __future__ import annotations

import re

from kg.when import calendar
from kg.when.grammar import read
from kg.when.words import Token, tokens

#: How far into the text a date line may stand, in lines and in characters of a line.
_LINES = 8
_LINE = 120
_NAME = re.compile(
    r"(?<!\d)((?:19|20)\d\d)"
    r"(?:[-_.](0[1-9]|1[0-2])(?:[-_.](0[1-9]|[12]\d|3[01]))?|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))(?!\d)"
)
_ISO = re.compile(r"\s*:?\s*((?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?)(?![\d-])")
#: What may follow the date in a line that is a date line: a dash, an end, or a place and a dash.
_ENDS = re.compile(r"\s*(?:$|[.:]?\s*[–—]|[.:]?\s+-|[(|•·]|[,.]?\s*$|,[^.–—]{1,40}\.\s*[–—-])")
_KINDS = frozenset(("number", "month", "weekday", "suffix", "prep", "to", "clock", "dateline", "unit"))


def article_date(name: str, text: str, language: str) -> str | None:
    """The date of an article, ISO 8601 and only as wide as known (``2025-03``, ``2017-03-30``), else ``None``.

    A date line in the text's first lines (« 30 mars 2017. – », « date 2025-03 », "September 2018") comes before a
    date in the file name (``2017-03-30_x.txt``). ``KgError`` where the language has no time words.
    """
    for line in text.lstrip().splitlines()[:_LINES]:
        found = _from_line(line[:_LINE], language)
        if found:
            return found
    return _from_name(name)


def _from_line(line: str, language: str) -> str | None:
    """The date that a line opens with, after a label or before what ends a date line."""
    taken: list[Token] = []
    label = 0
    for token in tokens(line, language):
        if token.kind == "dateline":
            label = token.end
            iso = _ISO.match(line, token.end)
            if iso and calendar.parse(iso.group(1)):
                return iso.group(1)
        elif token.kind not in _KINDS and not (token.kind == "mark" and token.value in ",:."):
            break
        taken.append(token)
    while taken and taken[-1].kind in ("prep", "to", "mark"):
        taken.pop()
    if not taken or not (label or _ENDS.match(line, taken[-1].end)):
        return None
    return _width([token for token in taken if token.kind != "dateline"])


def _width(taken: list[Token]) -> str | None:
    """The date of the tokens where they give at least a month and its year, and no more than one date."""
    points = [point for point in read(taken).points if point.dated]
    if len(points) != 1 or points[0].year is None or points[0].month is None:
        return None
    year, month, day = points[0].year, points[0].month, points[0].day
    known = calendar.absolute(year, month, day)
    if known is None:
        return None
    return known[0].isoformat() if day else f"{year:04}-{month:02}"


def _from_name(name: str) -> str | None:
    """The first date that is written in a file name."""
    for match in _NAME.finditer(name):
        text = "-".join(part for part in match.groups() if part)
        if calendar.parse(text):
            return text
    return None
