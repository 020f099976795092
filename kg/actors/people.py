"""Persons over a corpus: which full names are one person, and whom a surname alone means.

All is decided from facts (``kg.actors.facts``), one family of names at a time, when it is first asked for: what the
others say is not looked at. So the answer depends on the facts alone, not on the order in which articles came.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kg.actors.facts import Source, Told, person_key
from kg.actors.spellings import Key, alike, block, key, sound, within
from kg.gazetteer.words import fold, slug
from kg.language import IDENTIFIERS, table

#: In so many articles a person must have the full name for a frequent surname alone to mean them elsewhere.
_WIDELY = 3


@cache
def _frequent() -> frozenset[str]:
    """Surnames that very many bear, folded."""
    return frozenset(fold(row["surname"]) for row in table("", "surnames"))


@dataclass(frozen=True, slots=True)
class Person:
    """One person: identifier and the labels of each language, from the most frequent spelling."""

    id: str
    labels: Mapping[str, str]
    names: tuple[Key, ...]


class People:
    """The persons of a corpus. ``forbidden`` holds pairs of names (slugs) that are never one person."""

    def __init__(self, facts: Source, forbidden: frozenset[frozenset[str]] = frozenset()) -> None:
        """Nothing is read before it is asked for."""
        self._facts, self._forbidden = facts, forbidden
        self._families: dict[str, _Family] = {}
        self._found: dict[str, Person | None] = {}

    def person(self, name: str) -> Person | None:
        """The person whom a name means, or ``None`` where that is nobody or not one person only."""
        if name not in self._found:
            place = key(name)
            self._found[name] = self.family(person_key(place)).mean(place)
        return self._found[name]

    def full(self, name: str) -> Person | None:
        """The person who has this very name in full, or ``None``."""
        place = key(name)
        return self.family(person_key(place)).people.get(place) if place else None

    def family(self, name_key: str) -> _Family:
        """All that is decided by the facts under a key, and under others that an alias ties to it."""
        found = self._families.get(name_key)
        if found is None:
            keys, told = self._tied(name_key)
            found = _Family(told, self._forbidden)
            self._families.update(dict.fromkeys(keys, found))
        return found

    def _tied(self, name_key: str) -> tuple[set[str], list[Told]]:
        keys, todo, told = {name_key}, [name_key], set[Told]()
        while todo:
            for article, fact in self._facts(todo.pop()):
                told.add((article, fact))
                if fact[0] == "alias":
                    new = {person_key(tuple(name.split())) for name in fact[1:]} - keys
                    keys |= new
                    todo += new
        return keys, sorted(told)


class _Family:
    """Names of persons that are decided together: ``people`` by full name, ``articles`` by any name."""

    def __init__(self, told: Iterable[Told], forbidden: frozenset[frozenset[str]]) -> None:
        self._forbidden = forbidden
        self.articles: dict[Key, set[str]] = {}
        spellings: dict[Key, Counter[tuple[str, str]]] = {}
        aliases: list[tuple[Key, Key]] = []
        for article, fact in told:
            name = tuple(fact[1].split())
            if fact[0] == "alias":
                aliases.append((name, tuple(fact[2].split())))
                continue
            self.articles.setdefault(name, set()).add(article)
            if fact[0] == "full":
                spellings.setdefault(name, Counter())[fact[2], fact[3]] += 1
        self._ends = _ends(spellings)
        self.people = _described(_joined(spellings, aliases, self._ends, forbidden), spellings)

    def decided(self) -> dict[Key, tuple[str, tuple[tuple[str, str], ...], bool]]:
        """For each name that articles say: id and labels of whom it means, and whether it is a name in full."""
        means = {name: self.mean(name) for name in self.articles}
        return {
            name: (found.id, tuple(sorted(found.labels.items())), name in self.people) if found else ("", (), False)
            for name, found in means.items()
        }

    def mean(self, place: Key) -> Person | None:
        """Whom a name means."""
        if place in self.people or not place:
            return self.people.get(place)
        surname = place[1:] if len(place) == 2 and len(place[0]) == 1 else place
        found: dict[str, Person] = {}
        by_sound = ("~", *map(sound, surname))
        for name in self._ends.get(surname) or self._ends.get(by_sound) or ():
            initial = name[0][0] if surname != place else ""
            person = self.people[name]
            if (not initial or initial == place[0]) and not self._apart("-".join(place), person):
                found[person.id] = person
        if len(found) != 1:
            return None
        person = next(iter(found.values()))
        known_widely = len({a for name in person.names for a in self.articles[name]}) >= _WIDELY
        return person if known_widely or not _frequent() & {surname[-1], surname[0]} else None

    def _apart(self, name: str, person: Person) -> bool:
        others = {person.id, *("-".join(other) for other in person.names)}
        return any(frozenset((name, other)) in self._forbidden for other in others)


def _joined(
    spellings: Mapping[Key, Counter[tuple[str, str]]],
    aliases: Iterable[tuple[Key, Key]],
    ends: Mapping[Key, set[Key]],
    forbidden: frozenset[frozenset[str]],
) -> _Groups:
    """Full names joined into persons."""
    groups = _Groups(spellings, forbidden)
    for names in _blocks(spellings):
        _join_block(groups, names)
    for a, b in sorted(set(aliases)):
        if a in spellings and b in spellings:
            groups.join(a, b)
    for name in sorted(spellings):
        longer = {groups.root(other) for other in ends.get(name, ())} - {groups.root(name)}
        if len(longer) == 1:
            groups.join(name, longer.pop())
    return groups


def _described(groups: _Groups, spellings: Mapping[Key, Counter[tuple[str, str]]]) -> dict[Key, Person]:
    members: dict[Key, list[Key]] = {}
    for name in spellings:
        members.setdefault(groups.root(name), []).append(name)
    people: dict[Key, Person] = {}
    taken: set[str] = set()
    for names in sorted(map(sorted, members.values())):
        written: Counter[tuple[str, str]] = Counter()
        for name in names:
            written.update(spellings[name])
        labels = {language: _usual(written, language) for language in sorted({lang for lang, _ in written})}
        identifier = slug(labels.get(IDENTIFIERS) or _usual(written, None))
        while identifier in taken:
            identifier += "-2"
        taken.add(identifier)
        people.update(dict.fromkeys(names, Person(identifier, labels, tuple(names))))
    return people


class _Groups:
    """Names joined into persons, unless a judgement keeps two of them apart."""

    def __init__(self, names: Iterable[Key], forbidden: frozenset[frozenset[str]]) -> None:
        self._parent: dict[Key, Key] = {name: name for name in names}
        self._slugs: dict[Key, set[str]] = {}
        self._forbidden = forbidden

    def root(self, name: Key) -> Key:
        while self._parent[name] != name:
            self._parent[name] = self._parent[self._parent[name]]
            name = self._parent[name]
        return name

    def join(self, first: Key, second: Key) -> None:
        one, two = sorted((self.root(first), self.root(second)))
        if one == two:
            return
        slugs = [self._slugs.get(root, {"-".join(root)}) for root in (one, two)]
        if self._forbidden and any(frozenset((a, b)) in self._forbidden for a in slugs[0] for b in slugs[1]):
            return
        self._parent[two] = one
        self._slugs[one] = slugs[0] | slugs[1]


def _blocks(names: Iterable[Key]) -> Iterator[list[Key]]:
    found: dict[tuple[str, str], list[Key]] = {}
    for name in sorted(names):
        found.setdefault(block(name), []).append(name)
    return (block for block in found.values() if len(block) > 1)


def _join_block(groups: _Groups, names: list[Key]) -> None:
    for i, name in enumerate(names):
        for other in names[i + 1 :]:
            if alike(name, other):
                groups.join(name, other)
    for name in names:
        longer = [other for other in names if within(name, other)]
        if longer and all(within(a, max(longer, key=len)) or a == max(longer, key=len) for a in longer):
            groups.join(name, longer[0])


def _ends(names: Iterable[Key]) -> dict[Key, set[Key]]:
    """For each proper end of a name the names that end so; under ``~`` the same by sound."""
    found: dict[Key, set[Key]] = {}
    for name in names:
        for start in range(1, len(name)):
            end = name[start:]
            found.setdefault(end, set()).add(name)
            found.setdefault(("~", *map(sound, end)), set()).add(name)
    return found


def _usual(spellings: Counter[tuple[str, str]], language: str | None) -> str:
    """The most frequent spelling, in one language or in all; the longer, then the alphabetically first of equals."""
    counts: Counter[str] = Counter()
    for (written_in, name), count in spellings.items():
        if language in (None, written_in):
            counts[name] += count
    return min(counts, key=lambda name: (-counts[name], -len(name), name))
