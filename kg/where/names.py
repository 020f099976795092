"""The names of places in a place expression: which stretches of its words name a country, a region or a city."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from kg import gazetteer
from kg.gazetteer import Known, country_of_adjective, country_of_capital, identify
from kg.language import table
from kg.where.cities import City, State, cities, fold, states

_WORD = re.compile(r"[^\W\d_]+")
_BREAK = re.compile(r"[^\w\s'’.-]")
_LONGEST = 6
#: Kinds of bodies that sit in their own country.
_SEATED = ("government", "military")
_APOSTROPHES = ("'", "’")


@dataclass(frozen=True, slots=True)
class Name:
    """A stretch of words that names a place: what the gazetteer knows, a US state, the cities of that name."""

    text: str
    known: Known | None = None
    state: State | None = None
    cities: tuple[City, ...] = ()


@dataclass(slots=True)
class Names:
    """All that a place expression names.

    ``hints``: countries that only an adjective or a body tells of (« la ville syrienne », "the White House");
    ``joined``: a place that is not known may be named beside the others (« Alep et Trifouillis »).
    """

    names: list[Name] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    joined: bool = False


@dataclass(frozen=True, slots=True)
class _Text:
    """An expression cut into words, with the gap before each."""

    text: str
    language: str
    words: tuple[str, ...]
    starts: tuple[int, ...]

    def gap(self, index: int) -> str:
        """What stands between the word before and this one."""
        return self.text[self.starts[index - 1] + len(self.words[index - 1]) : self.starts[index]]

    def stretch(self, first: int, end: int) -> str:
        """The text from a word to the one before ``end``."""
        return self.text[self.starts[first] : self.starts[end - 1] + len(self.words[end - 1])]

    def listed(self, index: int, kind: str) -> bool:
        """Whether a word is in the language's list of a kind."""
        return self.words[index].lower() in listed(self.language, kind)


@cache
def listed(language: str, kind: str) -> frozenset[str]:
    """The words of a kind in ``places.tsv``, in lower case; ``KgError`` where the language has no such table."""
    rows = table(language, "places")
    return frozenset(word.strip().lower() for row in rows if row["kind"] == kind for word in row["words"].split("|"))


@cache
def _contractions(language: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in listed(language, "contraction"))


def names_in(text: str, language: str) -> Names:
    """The names of places in an expression, in order; ``KgError`` where the language has no ``places.tsv``."""
    matches = list(_WORD.finditer(text))
    cut = _Text(text, language, tuple(m.group() for m in matches), tuple(m.start() for m in matches))
    found = Names()
    strangers: list[int] = []
    joints: list[int] = []
    index = 0
    while index < len(cut.words):
        name, size = _longest(cut, index)
        hint = None if name is not None else _hint(cut, index)
        if name is not None and (name.known is None or name.known.kind in ("country", "place")):
            found.names.append(name)
        elif name is not None or hint is not None:
            body = name.known if name is not None and name.known and name.known.kind in _SEATED else None
            country = body.country if body else hint
            found.hints += [country] if country else []
        elif cut.listed(index, "and"):
            joints.append(index)
        elif cut.words[index][0].isupper() and index and not cut.listed(index, "before"):
            strangers.append(index)
        index += size
    found.joined = any(stranger > joint for stranger in strangers for joint in joints)
    return found


def _hint(cut: _Text, index: int) -> str | None:
    """The country of an adjective beside a noun for land (« sol français », "the Syrian city")."""
    near = [place for place in (index - 1, index + 1) if 0 <= place < len(cut.words)]
    if not any(cut.listed(place, "land") for place in near):
        return None
    adjective = country_of_adjective(cut.words[index], cut.language)
    country = gazetteer.known(adjective) if adjective else None
    return country.country if country else None


def _longest(cut: _Text, first: int) -> tuple[Name | None, int]:
    """The longest name that begins at a word, and how many words it has (1 where there is none)."""
    if not _may_begin(cut, first):
        return None, 1
    least = first + 1 if cut.listed(first, "before") else first
    for end in range(min(len(cut.words), first + _LONGEST), least, -1):
        words = cut.stretch(first, end)
        if _may_end(cut, end) and not _BREAK.search(words):
            name = _named(words, _article(cut, first), cut.language)
            if name is not None:
                return name, end - first
    return None, 1


def _article(cut: _Text, first: int) -> str | None:
    """The article before a word, in a contraction too: « au Caire » has « le »."""
    if first == 0:
        return None
    before = cut.words[first - 1].lower()
    return before if cut.listed(first - 1, "article") else _contractions(cut.language).get(before)


def _named(words: str, article: str | None, language: str) -> Name | None:
    """What the words name. A capital is a city though another language has the same word for a country (« Mexico »).

    Behind an article, only a city whose name has one is meant (« au Caire », not "the Senate").
    """
    known = identify(words, language)
    capital = country_of_capital(words, language) is not None
    if known is not None and (not capital or fold(known.labels.get(language, words)) == fold(words)):
        return Name(words, known=known, state=states().get(fold(words)))
    whole = f"{article.capitalize()} {words}" if article else words
    some = cities(whole)
    state = states().get(fold(words))
    return Name(whole if some else words, state=state, cities=some) if some or state else None


def _may_begin(cut: _Text, index: int) -> bool:
    """Whether a name may begin at a word: one with a capital, or « al-Bab », that is not inside a longer name."""
    word = cut.words[index]
    if not _capital(cut, index):
        lower = index + 1 < len(cut.words) and cut.gap(index + 1) == "-" and _capital(cut, index + 1)
        if not lower or word[0].isupper():
            return False
    if index == 0:
        return True
    gap = cut.gap(index)
    if gap in _APOSTROPHES:
        return cut.listed(index - 1, "before")
    return gap != "-" and (gap != " " or not cut.words[index - 1][0].isupper() or cut.listed(index - 1, "before"))


def _may_end(cut: _Text, end: int) -> bool:
    """Whether a name may end before a word: not where it goes on (« Manchester | Arena », « Bruxelles | -Ville »)."""
    if not _capital(cut, end - 1):
        return False
    return end == len(cut.words) or (cut.gap(end) != "-" and not (cut.gap(end) == " " and cut.words[end][0].isupper()))


def _capital(cut: _Text, index: int) -> bool:
    """Whether a word is written as a name is; acronyms and « XIXe » are not, but in a text all in capitals."""
    word: Sequence[str] = cut.words[index]
    return word[0].isupper() and (len(word) == 1 or not word[1].isupper() or cut.text.isupper())
