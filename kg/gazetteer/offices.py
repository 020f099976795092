"""Offices of state and who held them when: « le Premier ministre britannique » in 2015 was David Cameron."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.gazetteer.lookup import named, without_country
from kg.gazetteer.words import fold, key, split, strip_leading
from kg.language import IDENTIFIERS, everywhere, languages, table

_CAPITALS = re.compile(r"\b[A-ZÀ-Þ]\w+")


@dataclass(frozen=True, slots=True)
class Holder:
    """A term of office: the person's names by language, office, id of the country or body, first and last year."""

    labels: Mapping[str, str]
    office: str
    organization: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Office:
    """What a description without a name says: the offices it may mean, whose, and whether it is a past holder."""

    offices: frozenset[str]
    organization: str | None
    former: bool


@lru_cache(maxsize=100_000)
def office(words: str, language: str) -> Office | None:
    """The office of state that a whole phrase names (« l'ex-présidente du Brésil »), or ``None``.

    ``words`` is the phrase as written; leading articles, « nouveau », "outgoing" and the like do not matter.
    """
    written = split(words)
    folded = [fold(word) for word in written]
    past = everywhere("former")
    kept = [
        i
        for i in range(strip_leading(folded, language), len(folded))
        if folded[i] not in past | everywhere("incumbent")
    ]
    former = any(word in past for word in folded)
    if not kept or len(kept) > 9:
        return None
    written, folded = [written[i] for i in kept], [folded[i] for i in kept]
    found = _wordings(language, alone=True).get(" ".join(folded))
    if found:
        return Office(found, None, former)
    for rest, country in without_country(written, folded, language):
        found = _wordings(language).get(" ".join(folded[i] for i in rest))
        if found:
            return Office(found, country, former)
    return _of_body(written, folded, former, language)


@lru_cache(maxsize=50_000)
def terms(name: str) -> tuple[Holder, ...]:
    """All terms of office of a person of this full name, spelt as in one of the languages."""
    return _by_name().get(slug_key(name), ())


@lru_cache(maxsize=50_000)
def known_by_surname(surname: str) -> tuple[Holder, ...]:
    """The terms of office of those whose full names end in these words (« Zelensky »)."""
    return _by_surname().get(slug_key(surname), ())


def holders_in(text: str, language: str) -> frozenset[str]:
    """The full names of holders of an office that stand in a text as its language writes them."""
    last = _by_last_word(language)
    words = set(_CAPITALS.findall(text))
    return frozenset(name for word in words & last.keys() for name in last[word] if name in text)


def slug_key(name: str) -> str:
    """A name as it is looked up among those of holders."""
    return " ".join(fold(word) for word in split(name))


def _of_body(written: list[str], folded: list[str], former: bool, language: str) -> Office | None:
    """« président de la Commission européenne », "NATO secretary general": the body before or behind the office."""
    small = everywhere("article") | everywhere("link") | everywhere("possessive")
    for i in range(1, len(folded)):
        front, back = " ".join(folded[:i]), " ".join(folded[i:])
        for inside, outside in ((front, written[i:]), (back, written[:i])):
            found = _wordings(language).get(inside)
            while outside and fold(outside[0]) in small:
                outside = outside[1:]
            while outside and fold(outside[-1]) in small:
                outside = outside[:-1]
            body = named(" ".join(outside), language) if found and outside else None
            if found and body is not None and body.id in _organizations():
                return Office(found, body.id, former)
    return None


@cache
def _wordings(language: str, *, alone: bool = False) -> Mapping[str, frozenset[str]]:
    """Offices by key of their wordings; ``alone`` leaves out those that need a country beside them."""
    found: dict[str, set[str]] = {}
    for row in table(language, "offices") if language in languages() else ():
        for wording in (*row["wordings"].split("|"), *(() if alone else row["with_country"].split("|"))):
            if wording:
                found.setdefault(key(wording, language), set()).add(row["office"])
    return {wording: frozenset(some) for wording, some in found.items()}


@cache
def _holders() -> tuple[Holder, ...]:
    return tuple(
        Holder(
            {language: row.get(language) or row[IDENTIFIERS] for language in languages()},
            row["office"],
            row["organization"],
            int(row["from"]),
            int(row["to"] or 9999),
        )
        for row in table("", "officeholders")
    )


@cache
def _organizations() -> frozenset[str]:
    return frozenset(holder.organization for holder in _holders())


@cache
def _by_name() -> Mapping[str, tuple[Holder, ...]]:
    found: dict[str, list[Holder]] = {}
    for holder in _holders():
        for name in {slug_key(label) for label in holder.labels.values()}:
            found.setdefault(name, []).append(holder)
    return {name: tuple(some) for name, some in found.items()}


@cache
def _by_last_word(language: str) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for holder in _holders():
        name = holder.labels.get(language, "")
        if " " in name:
            found.setdefault(_CAPITALS.findall(name)[-1], set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


@cache
def _by_surname() -> Mapping[str, tuple[Holder, ...]]:
    found: dict[str, list[Holder]] = {}
    for holder in _holders():
        ends = {" ".join(words[i:]) for words in map(_words, holder.labels.values()) for i in range(1, len(words))}
        for end in ends:
            found.setdefault(end, []).append(holder)
    return {end: tuple(some) for end, some in found.items()}


def _words(name: str) -> list[str]:
    return slug_key(name).split()
