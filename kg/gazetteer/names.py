"""Names that everybody knows: countries, territories and the bodies of ``entities.tsv``, found by any wording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from kg.gazetteer.words import key, split
from kg.language import languages, table

#: How a wording must be written to count: as it comes, with some capital, or as an acronym is written.
PLAIN, CAPITAL, ACRONYM = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Known:
    """An entity that the gazetteer knows.

    ``labels`` maps language codes to the name that a reader files it under, ``kind`` is one of ``kg.model.KINDS``,
    ``country`` ISO 3166-1 alpha-2 or ``None``, ``identifiers`` maps a scheme (``wikidata``) to an identifier.
    """

    id: str
    labels: Mapping[str, str]
    kind: str
    country: str | None = None
    identifiers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """One wording in the index: what it may name and how it must be written."""

    readings: tuple[Known, ...]
    writing: int


def accepts(entry: Entry, written: list[str]) -> bool:
    """Whether words as written may stand for the entry: « total » is no company, ``who`` no agency."""
    if entry.writing == PLAIN:
        return True
    if entry.writing == CAPITAL:
        return any(any(map(str.isupper, word)) for word in written)
    word = written[-1]
    return word.isupper() or (word[0].isupper() and len(word) > 3) or sum(map(str.isupper, word)) > 1


@cache
def by_id() -> Mapping[str, Known]:
    """All rows of ``countries.tsv`` and ``entities.tsv`` by identifier."""
    return {row["id"]: _known(row) for row in _rows()}


@cache
def index(language: str) -> Mapping[str, Entry]:
    """Wordings of one language by key."""
    found: dict[str, Entry] = {}
    for row in _rows():
        known = by_id()[row["id"]]
        for wording in _wordings(row, language):
            place = key(wording, language)
            before = found.get(place)
            writing = _writing(wording, place)
            if before is None:
                found[place] = Entry((known,), writing)
            else:
                readings = before.readings if known in before.readings else (*before.readings, known)
                found[place] = Entry(readings, min(before.writing, writing))
    return found


def label_wordings(language: str) -> Iterator[tuple[Known, str]]:
    """Each country or territory with each of its names in a language, for names inside longer phrases."""
    for row in table("", "countries"):
        for wording in _wordings(row, language):
            yield by_id()[row["id"]], wording


@cache
def capitals(language: str) -> Mapping[str, str]:
    """Key of a capital → id of its country."""
    found: dict[str, str] = {}
    for row in table("", "countries"):
        own = _own(language).get(row["id"], {})
        for capital in _several(own.get("capital") or row.get(f"{language}_capital", "")):
            found.setdefault(key(capital, language), row["id"])
    return found


def _rows() -> Iterator[Mapping[str, str]]:
    yield from table("", "countries")
    yield from table("", "entities")


def _known(row: Mapping[str, str]) -> Known:
    code = row["code"] if "code" in row else row["country"]
    identifiers = {"wikidata": row["wikidata"]} if row["wikidata"] else {}
    labels = {language: wordings[0] for language in languages() if (wordings := _wordings(row, language))}
    return Known(row["id"], labels, row["kind"], code or None, identifiers)


@cache
def _own(language: str) -> Mapping[str, Mapping[str, str]]:
    """What a language that the shared tables have no column for calls their rows: its ``names.tsv`` by identifier."""
    return {row["id"]: row for row in table(language, "names")} if language in languages() else {}


def _wordings(row: Mapping[str, str], language: str) -> list[str]:
    """The names of a row in a language, the one of its label first."""
    own = _own(language).get(row["id"], {})
    return [
        *_several(row.get(language, "")),
        *_several(row.get(f"{language}_other", "")),
        *_several(own.get("name", "")),
        *_several(own.get("other", "")),
    ]


def _several(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


def _writing(wording: str, place: str) -> int:
    if " " in place or not any(map(str.isupper, wording)):
        return PLAIN
    word = split(wording)[-1]
    return ACRONYM if word.isupper() and len(word) <= 6 else CAPITAL
