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
    uses: dict[Use, Use] = field(default_factory=dict)  # as said → as meant, where a pronoun stands for a name
    claims: dict[Use, Claim] = field(default_factory=dict)
    ids: dict[Use, str] = field(default_factory=dict)
    offices: list[tuple[str, str]] = field(default_factory=list)  # role, holder
    facts: tuple[tuple[str, Fact], ...] = ()


#: The uses of an event's actor, target and source, or of a role's person and organization.
Uses = tuple[Use | None, ...]


def readings(
    events: Iterable[Event], roles: Iterable[Role], articles: Mapping[str, Dated]
) -> tuple[dict[str, Reading], list[Uses], list[Uses]]:
    """The articles with their distinct references, and the uses of each event and of each role."""
    found: dict[str, Reading] = {}

    def reading(article: str) -> Reading:
        known = articles.get(article)
        made = Reading(known.language, known.published, known.text) if known else Reading(IDENTIFIERS)
        found[article] = made
        return made

    of_events: list[Uses] = []
    for event in events:
        seen = (found.get(event.article) or reading(event.article)).uses
        actor, target, source = event.actor, event.target, event.source
        towards = event.action.type in _TOWARDS_GOVERNMENTS
        uses = (
            _use(actor, seen) if actor else None,
            _use(target, seen, PARTY if towards else PLACE) if target else None,
            _use(source, seen) if source else None,
        )
        of_events.append(uses)
    of_roles: list[Uses] = []
    for role in roles:
        at = found.get(role.article) or reading(role.article)
        at.offices.append((role.role, role.person.name))
        body = _use(role.organization, at.uses) if role.organization else None
        of_roles.append((_use(role.person, at.uses), body))
    return found, of_events, of_roles


def _use(reference: Reference, seen: dict[Use, Use], part: str = PARTY) -> Use:
    """What tells a reference from others of its article; a pronoun stands for the name that it takes up."""
    kind = reference.as_read or reference.kind
    said = (reference.name, reference.mention, kind, part if kind in _PERHAPS_CITIES else PARTY)
    use = seen.get(said)
    if use is None:
        mention = said[0] if said[1].lower() in pronouns() else said[1]
        use = seen[said] = (said[0], mention, *said[2:])
    return use


def read(name: str, reading: Reading, forbidden: frozenset[frozenset[str]]) -> None:
    """One article: its claims and its facts."""
    uses = sorted(set(reading.uses.values()))
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
    for name, mention, kind, _ in reading.claims:
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
