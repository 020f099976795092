"""What the articles of a corpus each say of actors: their distinct references, what each claims, and their facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from kg.actors import facts as told
from kg.actors.claims import PARTY, PLACE, Claim, claim
from kg.actors.facts import Fact
from kg.actors.names import person_name
from kg.actors.phrases import head_phrase
from kg.actors.scene import Scene, scene
from kg.actors.spellings import key, short
from kg.gazetteer.words import slug
from kg.language import IDENTIFIERS, pronouns
from kg.model import Event, Reference, Role

#: Types of acts that are done to governments: a capital as their target means the government.
_TOWARDS_GOVERNMENTS = frozenset(
    ("ACCUSE", "THREATEN", "REJECT", "REQUEST", "SUPPORT", "SANCTION", "AGREE", "COOPERATE", "CONCEDE", "AID")
)
MISTAKEN = frozenset(("organization", "place", "thing"))  # what a person's full name is taken for now and then
#: Kinds that a capital may be taken for; for others it does not matter whether they are a party or a place.
_PERHAPS_CITIES = frozenset(("place", "country", "organization", "government"))


class Dated(Protocol):
    """What resolution needs to know of an article."""

    @property
    def language(self) -> str:
        """ISO 639-1 code."""

    @property
    def published(self) -> str | None:
        """ISO 8601 date of the width that is known."""

    @property
    def text(self) -> str:
        """The words of the article, or empty where they are not at hand."""


#: What tells a reference of an article from its others: name, mention, kind, part.
Use = tuple[str, str, str, str]


@dataclass(slots=True)
class Reading:
    """One article: what it is, its distinct references, and what each claims and means."""

    language: str
    published: str | None = None
    text: str = ""
    uses: dict[Use, None] = field(default_factory=dict)
    claims: dict[Use, Claim] = field(default_factory=dict)
    ids: dict[Use, str] = field(default_factory=dict)
    offices: list[tuple[str, str]] = field(default_factory=list)  # role, holder
    facts: tuple[tuple[str, Fact], ...] = ()


def readings(events: Iterable[Event], roles: Iterable[Role], articles: Mapping[str, Dated]) -> dict[str, Reading]:
    """The articles with their distinct references."""
    readings: dict[str, Reading] = {}

    def reading(article: str) -> Reading:
        found = readings.get(article)
        if found is None:
            known = articles.get(article)
            found = Reading(known.language, known.published, known.text) if known else Reading(IDENTIFIERS)
            readings[article] = found
        return found

    for event in events:
        uses = reading(event.article).uses
        if event.actor is not None:
            uses[use_of(event.actor, PARTY)] = None
        if event.target is not None:
            uses[use_of(event.target, part_of_target(event))] = None
        if event.source is not None:
            uses[use_of(event.source, PARTY)] = None
    for stated in roles:
        found = reading(stated.article)
        found.offices.append((stated.role, stated.person.name))
        for reference in (stated.person, stated.organization):
            if reference is not None:
                found.uses[use_of(reference, PARTY)] = None
    return readings


def use_of(reference: Reference, part: str) -> Use:
    """What tells a reference from others of its article; a pronoun stands for the name that it takes up."""
    mention = reference.name if reference.mention.lower() in pronouns() else reference.mention
    kind = reference.as_read or reference.kind
    return reference.name, mention, kind, part if kind in _PERHAPS_CITIES else PARTY


def part_of_target(event: Event) -> str:
    """How the target of an event takes part: as a party, which a capital may be, where the act is one towards such."""
    return PARTY if event.action.type in _TOWARDS_GOVERNMENTS else PLACE


def read(name: str, reading: Reading, forbidden: frozenset[frozenset[str]]) -> None:
    """One article: its claims and its facts."""
    uses = sorted(reading.uses)
    references = {use: Reference(use[1], use[0], use[2]) for use in uses}
    offices = sorted(reading.offices)
    place = scene(name, reading.language, references.values(), offices, reading.published, reading.text)
    for use, reference in references.items():
        reading.claims[use] = _allowed(claim(reference, use[3], place), reference, place, forbidden)
    reading.facts = tuple(dict.fromkeys(_facts(reading, place)))


def _facts(reading: Reading, place: Scene) -> Iterator[tuple[str, Fact]]:
    persons = [*place.persons.values(), *(found.person for found in reading.claims.values() if found.person)]
    for name in dict.fromkeys(persons):
        words = key(name)
        yield told.part(words) if short(words) else told.full(words, reading.language, name)
    for name, mention, kind, _ in reading.uses:
        if kind == "person" and name != mention:
            yield from _aliases(name, mention, reading.language)
    for found in reading.claims.values():
        if found.known is None and not found.person and "--" not in found.id:
            yield told.named(found.id, reading.language, found.label, found.kind)
            if found.kind in MISTAKEN and (words := key(found.label)):
                yield told.part(words)


def _aliases(name: str, mention: str, language: str) -> Iterator[tuple[str, Fact]]:
    """Two full names of one reference where one begins as the other: « Ali Bongo » and « Ali Bongo Ondimba »."""
    full, other = person_name(name, language), person_name(mention, language)
    if full and other and full != other and full.split()[0] == other.split()[0]:
        yield from told.alias(key(full), key(other))


def _allowed(found: Claim, reference: Reference, place: Scene, forbidden: frozenset[frozenset[str]]) -> Claim:
    """A claim of the gazetteer unless a judgement says that this wording is another."""
    if not forbidden:
        return found
    if found.known is not None:
        label = head_phrase(reference.name, place.language)
        return (
            Claim(label, reference.kind, slug(label))
            if frozenset((slug(label), found.known.id)) in forbidden
            else found
        )
    said = person_name(reference.name, place.language) if found.person else None
    if said and frozenset((slug(said), slug(found.person))) in forbidden:
        return Claim(said, "person", person=said)
    return found
