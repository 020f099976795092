"""Common nouns that head the descriptions of actors and things, with the kind of what they describe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.gazetteer.words import key
from kg.language import table


@dataclass(frozen=True, slots=True)
class Noun:
    """A common noun: ``kind`` is one of ``kg.model.KINDS``.

    ``role`` is ``office`` (a title or occupation), ``collective`` (a body), ``people`` (a group of persons) or ``-``.
    """

    lemma: str
    kind: str
    role: str


@lru_cache(maxsize=50_000)
def noun(lemma: str, language: str) -> Noun | None:
    """What a common noun describes (« porte-parole » → a person by office), or ``None``; plurals are found as well.

    A plural of its own kind (« rebelles », an armed group) comes before its singular (« rebelle », a person).
    """
    found = index(language)
    place = key(lemma, language)
    return found.get(place) or (found.get(place[:-1]) if place.endswith(("s", "x")) else found.get(place + "s"))


@cache
def index(language: str) -> Mapping[str, Noun]:
    """Nouns by key."""
    rows = table(language, "nouns")
    return {key(row["lemma"], language): Noun(row["lemma"], row["kind"], row["role"]) for row in rows}
