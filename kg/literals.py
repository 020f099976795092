"""Small values of the graph: date literals, days, digests and the nodes of standard vocabularies."""

from __future__ import annotations

import calendar
import hashlib
import json
import re
from functools import cache

import pyoxigraph as ox

from kg.vocabulary import DEFAULT

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_DATATYPES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}


def digest(value: object) -> str:
    """Sixteen hexadecimal digits that stand for a JSON value; the same value always gives the same."""
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


@cache
def standard(prefixed: str) -> ox.NamedNode:
    """The node of a prefixed name that does not depend on the base: a term of ``kg:`` or a standard vocabulary."""
    return ox.NamedNode(DEFAULT.expand(prefixed))


def decimal(number: float) -> ox.Literal:
    """A number with at most two decimals as an ``xsd:decimal``, written the way stores give it back."""
    return ox.Literal(f"{number:.2f}".rstrip("0").rstrip("."), datatype=standard("xsd:decimal"))


def date_literal(date: str) -> ox.Literal:
    """An ISO date of any width as the literal of its own type (``2025-03`` is an ``xsd:gYearMonth``)."""
    datatype = _DATATYPES.get(len(date)) if _DATE.fullmatch(date) else None
    return ox.Literal(date, datatype=standard(datatype)) if datatype else ox.Literal(date)


def day(date: str | None, *, last: bool = False) -> str | None:
    """The first day (or the last) of a year, month or day; ``None`` where it names no day of the calendar."""
    if not date or not _DATE.fullmatch(date):
        return None
    year, month, number = (*(int(part) for part in date.split("-")), 0, 0)[:3]
    month = month or (12 if last else 1)
    if year < 1 or not 1 <= month <= 12:
        return None
    length = calendar.monthrange(year, month)[1]
    number = number or (length if last else 1)
    return f"{year:04}-{month:02}-{number:02}" if number <= length else None
