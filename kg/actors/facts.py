"""What articles tell of actors, filed under keys: all that the resolution of one article needs to know of the others.

A *fact* is what one article says by itself: that it names a person in full, that it says a surname, how it writes a
name. Facts never change while their article does not, and each is filed under a key whose other facts alone decide what
it means. So a store can keep facts as it keeps articles, in any order, and when articles come or go only those keys
need be looked at under which they said something.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kg.actors.names import PARTICLES
from kg.actors.spellings import Key, consonants, sound

#: What a fact is about comes first: ``full``, ``part``, ``alias`` (of persons) or ``name`` (of anything else).
Fact = tuple[str, ...]
#: An article's name and a fact of it.
Told = tuple[str, Fact]
#: Gives all facts under a key.
Source = Callable[[str], Iterable[Told]]


def person_key(name: Key) -> str:
    """The key of a person's name: all whom it could be, or be a part of, have a surname of the same consonants."""
    words = [word for word in name if word not in PARTICLES] or list(name)
    return "person/" + consonants(sound(words[-1]))


def name_key(identifier: str) -> str:
    """The key of a name of something else than a person."""
    return "name/" + identifier


def full(name: Key, language: str, spelling: str) -> tuple[str, Fact]:
    """The fact, with its key, that an article names a person in full."""
    return person_key(name), ("full", " ".join(name), language, spelling)


def part(name: Key) -> tuple[str, Fact]:
    """The fact that an article says a name which may be somebody's, in full or in part."""
    return person_key(name), ("part", " ".join(name))


def alias(one: Key, other: Key) -> Iterable[tuple[str, Fact]]:
    """The facts that an article calls one person by two full names."""
    fact = ("alias", " ".join(one), " ".join(other))
    return ((key, fact) for key in dict.fromkeys((person_key(one), person_key(other))))


def named(identifier: str, language: str, label: str, kind: str) -> tuple[str, Fact]:
    """The fact that an article writes the name of an actor so, and takes it for this kind."""
    return name_key(identifier), ("name", language, label, kind)
