"""Persons over a corpus: which full names are one person, and whom a surname alone means.

The index is small (names, not articles) and can be kept: ``add`` the names of new articles, ``settle`` once, and only
the articles that ``settle`` returns have another answer than before; all others need not be looked at again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from kg.actors.spellings import Key, alike, block, key, short, sound, within
from kg.gazetteer.words import fold, slug
from kg.language import IDENTIFIERS, table

#: In so many articles a person must have the full name for a frequent surname alone to mean them elsewhere.
_WIDELY = 3


@cache
def _frequent() -> frozenset[str]:
    """Surnames that very many bear, folded."""
    return frozenset(fold(row["surname"]) for row in table("", "surnames"))


@dataclass(slots=True)
class Person:
    """One person of the index: identifier and the labels of each language, from the most frequent spelling."""

    id: str
    labels: dict[str, str]
    names: tuple[Key, ...]


@dataclass(slots=True)
class People:
    """The index of persons. ``forbidden`` holds pairs of names (slugs) that are never one person."""

    forbidden: frozenset[frozenset[str]] = frozenset()
    _spellings: dict[Key, Counter[tuple[str, str]]] = field(default_factory=dict)
    _aliases: set[tuple[Key, Key]] = field(default_factory=set)
    _articles: dict[Key, list[str]] = field(default_factory=dict)
    _people: dict[Key, Person] = field(default_factory=dict)
    _meant: dict[Key, Person | None] = field(default_factory=dict)
    _ends: dict[Key, set[Key]] = field(default_factory=dict)

    def add(self, article: str, language: str, names: Iterable[str], aliases: Iterable[tuple[str, str]] = ()) -> None:
        """Take in the names of persons that an article writes, each as often as it likes; ``settle`` must follow.

        ``aliases`` are pairs of full names that the article itself uses for one person.
        """
        for name in dict.fromkeys(names):
            place = key(name)
            self._articles.setdefault(place, []).append(article)
            if not short(place):
                self._spellings.setdefault(place, Counter())[language, name] += 1
        self._aliases.update((key(a), key(b)) for a, b in aliases)

    def settle(self) -> frozenset[str]:
        """Decide who is who; returns the articles for which the answer to some name is another than before."""
        before = {place: found.id if found else "" for place, found in self._meant.items()}
        groups = _Groups(self._spellings, self.forbidden)
        for names in _blocks(self._spellings):
            _join_block(groups, names)
        for a, b in sorted(self._aliases):
            if a in self._spellings and b in self._spellings:
                groups.join(a, b)
        self._ends = _ends(self._spellings)
        for name in sorted(self._spellings):
            longer = {groups.root(other) for other in self._ends.get(name, ())} - {groups.root(name)}
            if len(longer) == 1:
                groups.join(name, longer.pop())
        self._people = self._described(groups)
        self._meant = {place: self._mean(place) for place in self._articles}
        return frozenset(
            article
            for place, found in self._meant.items()
            if before.get(place, "") != (found.id if found else "")
            for article in self._articles[place]
        )

    def person(self, name: str) -> Person | None:
        """The person whom a name of the corpus means, or ``None`` where that is nobody or not one person only."""
        return self._meant.get(key(name))

    def full(self, name: str) -> Person | None:
        """The person of the corpus who has this very name in full, or ``None``."""
        return self._people.get(key(name))

    def _described(self, groups: _Groups) -> dict[Key, Person]:
        members: dict[Key, list[Key]] = {}
        for name in self._spellings:
            members.setdefault(groups.root(name), []).append(name)
        people: dict[Key, Person] = {}
        taken: set[str] = set()
        for names in sorted(map(sorted, members.values())):
            spellings: Counter[tuple[str, str]] = Counter()
            for name in names:
                spellings.update(self._spellings[name])
            labels = {language: _usual(spellings, language) for language in sorted({lang for lang, _ in spellings})}
            identifier = slug(labels.get(IDENTIFIERS) or _usual(spellings, None))
            while identifier in taken:
                identifier += "-2"
            taken.add(identifier)
            person = Person(identifier, labels, tuple(names))
            people.update(dict.fromkeys(names, person))
        return people

    def _mean(self, place: Key) -> Person | None:
        if place in self._people:
            return self._people[place]
        surname = place[1:] if len(place) == 2 and len(place[0]) == 1 else place
        found: dict[str, Person] = {}
        by_sound = ("~", *map(sound, surname))
        for name in self._ends.get(surname) or self._ends.get(by_sound) or ():
            initial = name[0][0] if surname != place else ""
            person = self._people[name]
            if (not initial or initial == place[0]) and not self._apart("-".join(place), person):
                found[person.id] = person
        if len(found) != 1:
            return None
        person = next(iter(found.values()))
        known_widely = len({a for name in person.names for a in self._articles[name]}) >= _WIDELY
        return person if known_widely or not _frequent() & {surname[-1], surname[0]} else None

    def _apart(self, name: str, person: Person) -> bool:
        others = {person.id, *("-".join(other) for other in person.names)}
        return any(frozenset((name, other)) in self.forbidden for other in others)


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
