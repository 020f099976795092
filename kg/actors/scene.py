"""What an article is about, as far as it helps to understand its references: countries, persons, offices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from kg import gazetteer
from kg.actors.mentioned import expansions, full_names
from kg.actors.names import is_courteous, person_name
from kg.actors.phrases import head_phrase, is_name, names_kind
from kg.actors.spellings import Key, key, short
from kg.gazetteer.names import by_id
from kg.gazetteer.words import split
from kg.language import everywhere
from kg.model import Reference

_BODIES = frozenset(("organization", "armed_group"))
_UNSURE = frozenset(("organization", "thing"))
_MISTAKEN = frozenset(("organization", "place", "thing"))


@dataclass(slots=True)
class Scene:
    """What an article is about as far as it helps to understand its references.

    ``focus`` is the country (ISO code) that most of its names belong to, ``countries`` all of them, ``named`` those
    that not only an acronym names, ``persons`` the full names of persons, ``surnames`` other names of persons,
    ``offices`` the roles that it states with who holds them, ``bodies`` the ids of bodies of no country that it
    names, ``year`` when it was published, ``text`` its words, ``known`` the bodies of the gazetteer that it names,
    ``strangers`` the names of others, with their kinds,
    ``expanded`` what its acronyms stand for.
    """

    name: str
    language: str
    focus: str | None = None
    countries: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    persons: Mapping[Key, str] = field(default_factory=dict)
    surnames: frozenset[Key] = frozenset()
    offices: tuple[tuple[Key, str], ...] = ()
    bodies: frozenset[str] = frozenset()
    year: int | None = None
    text: str = ""
    known: tuple[gazetteer.Known, ...] = ()
    strangers: frozenset[tuple[str, str]] = frozenset()
    expanded: Mapping[str, str] = field(default_factory=dict)


def scene(
    article: str,
    language: str,
    references: Iterable[Reference],
    offices: Iterable[tuple[str, str]] = (),
    published: str | None = None,
    text: str = "",
) -> Scene:
    """Countries and persons that an article's references name.

    ``offices`` are the roles it states and who has them, ``published`` its ISO 8601 date, of any width,
    ``text`` the words of the article where they are at hand.
    """
    wordings: dict[tuple[str, str], None] = {}
    for r in references:
        wordings[r.name, r.kind if r.kind != "person" else names_kind(r.name, r.kind, language)] = None
        if r.mention != r.name:
            wordings[r.mention, r.kind if r.kind != "person" else names_kind(r.mention, r.kind, language)] = None
    seen = _Seen(language)
    for wording, kind in wordings:
        seen.take(wording, kind)
    if text:
        others = {wording for wording, kind in wordings if kind != "person"}
        for full in full_names(seen.alone(), text, language, others):
            seen.persons.setdefault(key(full), full)
    held = tuple(
        (office_key(role, language), name)
        for role, holder in offices
        if (name := person_name(holder, language)) and not short(key(name))
    )
    return Scene(
        article,
        language,
        seen.home(),
        frozenset(seen.countries),
        frozenset(seen.named),
        seen.persons,
        frozenset(seen.surnames),
        held,
        frozenset(seen.bodies),
        int(published[:4]) if published and published[:4].isdigit() else None,
        text,
        tuple(seen.known()),
        frozenset(seen.strangers),
        dict(expansions(text, language)),
    )


@dataclass(slots=True)
class _Seen:
    """What the wordings of an article's references name, gathered one by one."""

    language: str
    countries: Counter[str] = field(default_factory=Counter)
    named: set[str] = field(default_factory=set)
    persons: dict[Key, str] = field(default_factory=dict)
    surnames: set[Key] = field(default_factory=set)
    singles: dict[Key, str] = field(default_factory=dict)
    bodies: set[str] = field(default_factory=set)
    groups: dict[str, tuple[gazetteer.Known, set[str]]] = field(default_factory=dict)
    strangers: set[tuple[str, str]] = field(default_factory=set)

    def take(self, wording: str, kind: str) -> None:
        told = _told(wording, kind, self.language)
        if told.person:
            if told.single:
                self.surnames.add(told.key)
                self.singles[told.key] = told.person
            else:
                self.persons[told.key] = told.person
            return
        if told.country is not None:
            self.countries[told.country] += 1
            if told.naming:
                self.named.add(told.country)
        elif told.known is not None:
            self.bodies.add(told.known.id)
        elif told.single:
            self.singles[told.key] = wording
        if told.known is not None and (told.country is None or told.known.kind in _BODIES):
            self.groups.setdefault(told.known.id, (told.known, set()))[1].add(wording)
        if told.stranger:
            self.strangers.add((head_phrase(wording, self.language), kind))

    def known(self) -> Iterator[gazetteer.Known]:
        """The bodies of the gazetteer, without those that only a person's surname could name (Ford)."""
        surnames = {full[-1:] for full in self.persons}
        for _, (known, wordings) in sorted(self.groups.items()):
            if not surnames.issuperset(map(key, wordings)):
                yield known

    def alone(self) -> list[str]:
        """Names of one word that may be persons' and are the end of no full name."""
        return [word for name, word in self.singles.items() if not any(name[-1] in full for full in self.persons)]

    def home(self) -> str | None:
        """The country that more than half of the wordings belong to."""
        most = self.countries.most_common(1)
        return most[0][0] if most and 2 * most[0][1] > sum(self.countries.values()) else None


@dataclass(frozen=True, slots=True)
class _Told:
    """What a wording says by itself.

    ``person`` is the name of one, ``single`` that it, or a name of something unknown, is one word that may be a
    surname; ``country`` an ISO code, ``naming`` that not only an acronym says so; ``stranger`` an unknown body's name.
    """

    person: str = ""
    key: Key = ()
    single: bool = False
    country: str | None = None
    known: gazetteer.Known | None = None
    naming: bool = False
    stranger: bool = False


@lru_cache(maxsize=200_000)
def _told(wording: str, kind: str, language: str) -> _Told:
    if kind == "person" or is_courteous(wording) or (kind in _UNSURE and _sounds_like_person(wording, kind, language)):
        name = person_name(wording, language)
        return _Told(name, key(name), short(key(name))) if name else _Told()
    country, known = _country(wording, language)
    if country is not None:
        naming = known is not None and (known.kind == "country" or not split(wording)[-1].isupper())
        return _Told(country=country, known=known, naming=naming)
    if known is not None:
        return _Told(known=known)
    single = kind in _MISTAKEN and _one_name(wording, language)
    stranger = kind in _BODIES and is_name(head_phrase(wording, language), kind, language)
    return _Told(key=key(wording) if single else (), single=single, stranger=stranger)


def _one_name(wording: str, language: str) -> bool:
    """One word with a capital that is no common noun: it may be a surname."""
    plain = wording.isalpha() and wording[:1].isupper() and len(wording) > 2
    return plain and gazetteer.noun(wording, language) is None


def _sounds_like_person(wording: str, kind: str, language: str) -> bool:
    """Two or three words with a capital, the first of them a first name, that nobody knows as something else."""
    words = wording.split()
    if kind == "organization" and (gazetteer.noun(words[-1], language) or words[-1] in everywhere("ends_body")):
        return False
    return (
        1 < len(words) < 4
        and all(word[0].isupper() for word in words)
        and gazetteer.gender_of(wording, language) is not None
        and gazetteer.named(wording, language) is None
        and gazetteer.country_of_capital(words[0], language) is None
    )


def office_key(role: str, language: str) -> Key:
    """A role as it is compared: « l'ex-président », « ancien président » and « président » are one office."""
    words = key(head_phrase(role, language))
    while len(words) > 1 and words[0] in everywhere("office_modifier"):
        words = words[1:]
    return words


def full_name(place: Key, persons: Mapping[Key, str]) -> str | None:
    """The full name of the article that a part of a name means; empty where none does, ``None`` where several do."""
    surname = place[1:] if len(place) == 2 and len(place[0]) == 1 else place
    ends = {name for full, name in persons.items() if full[-len(surname) :] == surname}
    if surname != place:
        ends = {name for name in ends if key(name)[0][0] == place[0]}
    found = ends or {name for full, name in persons.items() if surname[0] in full and len(surname) == 1}
    return found.pop() if len(found) == 1 else (None if found else "")


@lru_cache(maxsize=50_000)
def _country(wording: str, language: str) -> tuple[str | None, gazetteer.Known | None]:
    """ISO code of the country that a wording names or belongs to, and what it names if it is known."""
    known = gazetteer.identify(wording, language)
    if known is not None:
        return known.country, known
    capital = gazetteer.country_of_capital(wording, language)
    country = gazetteer.known(capital) if capital else None
    return country.country if country else None, None


@cache
def states() -> Mapping[str | None, str]:
    """ISO code → id of the country itself (its territories and regions come after it)."""
    found: dict[str | None, str] = {}
    for known in by_id().values():
        if known.kind == "country" and known.country:
            found.setdefault(known.country, known.id)
    return found
