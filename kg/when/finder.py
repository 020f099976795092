"""Time expressions in running text: runs of time words that hold at least one time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.when.grammar import DASHES
from kg.when.words import Token, tokens

_FRAMES = frozenset(("since", "by", "until", "from", "before", "after", "between", "ahead", "within", "during"))
#: Kinds that no expression begins or ends with.
_NOT_FIRST = frozenset(("link", "and", "suffix", "mark", "decade_mark", "roman"))
_NOT_LAST = _FRAMES | {
    *("link", "and", "to", "prep", "mark", "count", "few", "about", "more", "less"),
    *("this", "part", "roman", "ordinal", "dateline", "recurrent"),
}
#: Kinds that are a time by themselves.
_TIMES = frozenset(("weekday", "month", "day", "tonight", "overnight", "holiday", "numeric", "recent"))
#: Kinds that a number, a unit or a part of the day needs for company.
_BEFORE_YEAR = frozenset(("within", "since", "by", "until", "from", "before", "after", "between", "month", "suffix"))
_WITH_COUNT = frozenset(("ago", "since", "ahead", "during", "later", "earlier", "last", "next", "anaphor"))
_WITH_UNIT = frozenset(("this", "last", "next", "anaphor", "recurrent"))
_WITH_DAYTIME = frozenset(("this", "last", "anaphor", "to", "part", "ahead"))
_AFTER_COMMA = frozenset(("ago", "since", "by", "until", "from", "before", "after"))
_QUANTITIES = frozenset(("about", "more", "less", "few", "count"))
_UNITS = frozenset(("unit", "units"))


def find(text: str, language: str) -> list[tuple[int, int]]:
    """Where the time expressions of a text are: (start, end) offsets in characters, in order, not overlapping.

    Small words that lead into the time belong to it (« depuis jeudi soir », "in March"). ``KgError`` where the
    language has no time words.
    """
    spans = []
    for run in _runs(tokens(text, language), text):
        first, last = _trimmed(run)
        if any(_tells(run[first:last], place) for place in range(last - first)):
            spans.append((run[first].start, run[last - 1].end))
    return spans


def _runs(found: Sequence[Token], text: str) -> Iterator[list[Token]]:
    """Stretches of time words without a foreign word, a line's end or a new length of time between."""
    run: list[Token] = []
    for index, token in enumerate(found):
        if token.kind in ("word", "dateline") or (token.kind == "mark" and token.value not in "," + DASHES):
            if run:
                yield run
                run = []
        elif run and ("\n" in text[run[-1].end : token.start] or _begins_another(found, index)):
            yield run
            run = [token]
        elif run or token.kind not in _NOT_FIRST:
            run.append(token)
    if run:
        yield run


def _begins_another(found: Sequence[Token], index: int) -> bool:
    """Whether another time begins: « jeudi | à trois ans », « mai 2017, | il y a un an »."""
    if index and found[index - 1].kind == "mark" and found[index].kind in _AFTER_COMMA:
        return True
    if found[index].kind not in ("to", "after", "before", "and") or len(found) < index + 3:
        return False
    number, unit = found[index + 1], found[index + 2]
    return number.kind in ("number", "count", "few") and unit.kind in _UNITS and unit.value != "hour"


def _trimmed(run: list[Token]) -> tuple[int, int]:
    """The first token of a run and the one after its last, without filler and what belongs to the words around it."""
    first, last = 0, len(run)
    while first < last and not _may_begin(run, first):
        first += 1
    while last > first and not _may_end(run, first, last):
        last -= 1
    return first, last


def _may_begin(run: Sequence[Token], index: int) -> bool:
    """Whether an expression may begin with a token: « 25 mars » but not « 12 en mars », nor « passé lundi »."""
    token = run[index]
    following = [other.kind for other in run[index + 1 : index + 5]]
    after = following[0] if following else ""
    if token.kind == "to":
        return token.value == "prep"
    if token.kind == "number" and not _is_year(token):
        near = ("month", "suffix", "unit", "units", "clock", "last", "next")
        return after in near or (after in ("link", "and", "mark", "to") and "month" in following)
    if token.kind in _QUANTITIES:
        return any(kind in _UNITS for kind in following)
    if token.kind == "season" and token.doubtful:
        return "number" in following[:2]
    if token.kind in ("this", "last"):
        return not token.doubtful and after not in ("", "recent")
    return token.kind not in _NOT_FIRST and not (token.kind == "anaphor" and token.value != "day")


def _may_end(run: Sequence[Token], first: int, last: int) -> bool:
    """Whether an expression may end with the token before ``last``: « deux ans après » but not « 2016 après »."""
    token = run[last - 1]
    before = run[last - 2] if last - 2 >= first else None
    kind = before.kind if before else ""
    if token.kind == "number" and not _is_year(token):
        hour = before is not None and before.value == "hour"
        return hour or kind in ("month", "weekday", "and", "to") or (kind == "units" and token.value.endswith("0"))
    if token.kind in _UNITS and kind == "mark":
        return False
    if token.kind in ("before", "after"):
        return kind in _UNITS
    if token.kind in ("month", "season", "weekday") and token.doubtful and before is not None:
        if token.short:
            return kind in ("number", "suffix")
        return kind in _BEFORE_YEAR | {"prep", "number", "suffix", "this", "last", "next", "part", "link", "to"}
    return token.kind not in _NOT_LAST


def _is_year(token: Token) -> bool:
    return token.kind == "number" and len(token.value) == 4 and "1900" <= token.value < "2100"


def _tells(run: Sequence[Token], place: int) -> bool:
    """Whether a token of a run is a time, alone or with its company."""
    token, kind = run[place], run[place].kind
    kinds = {other.kind for other in run}
    if kind in _TIMES:
        return not token.doubtful or _tells_doubtful(run, place, kinds)
    if kind == "number":
        marked = place + 1 < len(run) and run[place + 1].kind == "decade_mark"
        before = next((other for other in reversed(run[:place]) if other.kind != "link"), None)
        led = before is not None and (before.kind in _BEFORE_YEAR or before.value in ("quarter", "half", "year"))
        return _is_year(token) and (marked or led or "part" in kinds)
    if kind in _UNITS:
        return _tells_unit(run, place, kinds)
    if kind == "season":
        led = place > 0 and run[place - 1].kind in ("prep", "to", "this", "last", "next", "part")
        return led and (bool(kinds & _WITH_UNIT) or any(map(_is_year, run)))
    if kind == "daytime":
        return bool(kinds & _WITH_DAYTIME)
    if kind == "clock":
        return ":" in token.value or "h" in token.value
    return kind == "anaphor" and token.value == "day"


def _tells_doubtful(run: Sequence[Token], place: int, kinds: set[str]) -> bool:
    """A month or day whose name is a commoner word too: "May 3", "in May", « mar. 12 » but not « en jeu »."""
    beside = any(0 <= near < len(run) and run[near].kind in ("number", "suffix") for near in (place - 1, place + 1))
    return beside or (
        run[place].kind == "month" and not run[place].short and bool(kinds & (_BEFORE_YEAR - {"month"} | _WITH_UNIT))
    )


def _tells_unit(run: Sequence[Token], place: int, kinds: set[str]) -> bool:
    """A unit: « cette semaine », « il y a deux ans », « à 13 heures », « au début du mois », "two years before"."""
    unit = run[place]
    counted = unit.kind == "units" or bool(kinds & {"count", "number", "few"})
    if counted and (kinds & _WITH_COUNT or run[-1].kind in ("before", "after")):
        return True
    if unit.value == "minute":
        return False
    if unit.value == "hour":
        return (
            place > 1
            and run[place - 1].kind == "number"
            and run[place - 2].kind in ("to", "prep", "about", "link", "after")
        )
    if kinds & _WITH_UNIT:
        return True
    return unit.kind == "unit" and "part" in kinds and bool(kinds & {"to", "within", "prep"})
