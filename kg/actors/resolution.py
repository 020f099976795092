"""References of a corpus → one actor for each real one. Articles first, each alone; then what needs the corpus.

What an article alone tells (``kg.actors.claims``) never changes and costs microseconds; what needs the corpus is the
small index of persons (``kg.actors.people.People``). A program that keeps that index adds the names of new articles
to it, and resolves again those articles only that ``People.settle`` names.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from kg.actors.claims import PARTY, PLACE, Claim, claim
from kg.actors.merging import Merged, forbidden_pairs, merged
from kg.actors.names import person_name
from kg.actors.people import People, Person
from kg.actors.phrases import head_phrase
from kg.actors.scene import Scene, scene
from kg.gazetteer.words import slug
from kg.judgements import Judgement
from kg.language import IDENTIFIERS, languages, pronouns
from kg.model import Actor, Event, Reference, Role

#: Types of acts that are done to governments: a capital as their target means the government.
_TOWARDS_GOVERNMENTS = frozenset(
    ("ACCUSE", "THREATEN", "REJECT", "REQUEST", "SUPPORT", "SANCTION", "AGREE", "COOPERATE", "CONCEDE", "AID")
)
_WORDINGS = 40
#: Kinds that a capital may be taken for; for others it does not matter whether they are a party or a place.
_MISTAKEN = frozenset(("organization", "place", "thing"))  # what a person's full name is taken for now and then
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


@dataclass(frozen=True, slots=True)
class Resolution:
    """Events and roles with the ids, labels and kinds of their references filled in, and the actors by id."""

    events: tuple[Event, ...]
    roles: tuple[Role, ...]
    actors: Mapping[str, Actor]


@dataclass(slots=True)
class _Draft:
    """What is gathered of an actor while the corpus is read: where it is meant, and how often there."""

    person: Person | None
    uses: list[tuple[_Reading, _Use, int]] = field(default_factory=list)


_Use = tuple[str, str, str, str]  # name, mention, kind, part


@dataclass(slots=True)
class _Reading:
    """One article: its language, how often each reference occurs, and what each claims."""

    language: str
    published: str | None = None
    text: str = ""
    uses: Counter[_Use] = field(default_factory=Counter)
    claims: dict[_Use, Claim] = field(default_factory=dict)
    ids: dict[_Use, str] = field(default_factory=dict)
    offices: list[tuple[str, str]] = field(default_factory=list)  # role, holder


def resolve(
    events: Iterable[Event],
    roles: Iterable[Role],
    articles: Mapping[str, Dated],
    *,
    judgements: Sequence[Judgement] = (),
    people: People | None = None,
) -> Resolution:
    """Fill in who each reference means.

    ``articles`` maps the article names of events and roles to articles (one that is missing is read as English), and
    ``people`` is the index of persons of articles resolved before, if it was kept. The result does not depend on ids
    and labels that the references already have. Pure but for ``people``; never raises.
    """
    collecting = gc.isenabled()
    gc.disable()  # a million small values and no cycle among them: searching for cycles takes a third of the time
    try:
        return _resolved(tuple(events), tuple(roles), articles, judgements, people)
    finally:
        if collecting:
            gc.enable()


def _resolved(
    events: Sequence[Event],
    roles: Sequence[Role],
    articles: Mapping[str, Dated],
    judgements: Sequence[Judgement],
    people: People | None,
) -> Resolution:
    forbidden = forbidden_pairs(judgements)
    people = People(forbidden) if people is None else people
    readings = _readings(events, roles, articles)
    for name, reading in readings.items():
        _read(name, reading, people, forbidden)
    people.settle()
    drafts = _gathered(readings, people)
    result = merged({name: _actor(name, draft) for name, draft in drafts.items()}, judgements, forbidden)
    return _filled(events, roles, readings, result)


def _readings(events: Iterable[Event], roles: Iterable[Role], articles: Mapping[str, Dated]) -> dict[str, _Reading]:
    """The articles with their distinct references and how often each occurs."""
    readings: dict[str, _Reading] = {}

    def uses(article: str) -> Counter[_Use]:
        reading = readings.get(article)
        if reading is None:
            known = articles.get(article)
            reading = _Reading(known.language, known.published, known.text) if known else _Reading(IDENTIFIERS)
            readings[article] = reading
        return reading.uses

    for event in events:
        found = uses(event.article)
        if event.actor is not None:
            found[_use(event.actor, PARTY)] += 1
        if event.target is not None:
            found[_use(event.target, _target(event))] += 1
        if event.source is not None:
            found[_use(event.source, PARTY)] += 1
    for stated in roles:
        found = uses(stated.article)
        readings[stated.article].offices.append((stated.role, stated.person.name))
        for reference in (stated.person, stated.organization):
            if reference is not None:
                found[_use(reference, PARTY)] += 1
    return readings


def _use(reference: Reference, part: str) -> _Use:
    """What tells a reference from others of its article; a pronoun stands for the name that it takes up."""
    mention = reference.name if reference.mention.lower() in pronouns() else reference.mention
    return reference.name, mention, reference.kind, part if reference.kind in _PERHAPS_CITIES else PARTY


def _target(event: Event) -> str:
    return PARTY if event.action.type in _TOWARDS_GOVERNMENTS else PLACE


def _read(name: str, reading: _Reading, people: People, forbidden: frozenset[frozenset[str]]) -> None:
    """One article: its claims, and the names of its persons into the index."""
    references = {use: Reference(use[1], use[0], use[2]) for use in reading.uses}
    place = scene(name, reading.language, references.values(), reading.offices, reading.published, reading.text)
    for use, reference in references.items():
        reading.claims[use] = _allowed(claim(reference, use[3], place), reference, place, forbidden)
    persons = [found.person for found in reading.claims.values() if found.person]
    people.add(name, reading.language, [*place.persons.values(), *persons], _aliases(references, reading.language))


def _aliases(uses: Iterable[_Use], language: str) -> Iterator[tuple[str, str]]:
    """Two full names of one reference where one begins as the other: « Ali Bongo » and « Ali Bongo Ondimba »."""
    for name, mention, kind, _ in uses:
        if kind == "person" and name != mention:
            full, other = person_name(name, language), person_name(mention, language)
            if full and other and full != other and full.split()[0] == other.split()[0]:
                yield full, other


def _allowed(found: Claim, reference: Reference, place: Scene, forbidden: frozenset[frozenset[str]]) -> Claim:
    """A claim of the gazetteer unless a judgement says that this wording is another."""
    if found.known is None or not forbidden:
        return found
    label = head_phrase(reference.name, place.language)
    if frozenset((slug(label), found.known.id)) in forbidden:
        return Claim(label, reference.kind, slug(label))
    return found


def _gathered(readings: Mapping[str, _Reading], people: People) -> dict[str, _Draft]:
    """Decide the id of each use; returns what is known of each id."""
    drafts: dict[str, _Draft] = {}
    for name, reading in readings.items():
        for use, count in reading.uses.items():
            made = reading.claims[use]
            person = people.person(made.person) if made.person else None
            if made.known is None and made.kind in _MISTAKEN and "--" not in made.id:
                person = people.full(made.label)
            identifier = person.id if person else made.id or f"{slug(made.label)}--{slug(name.rsplit('.', 1)[0])}"
            reading.ids[use] = identifier
            draft = drafts.get(identifier)
            if draft is None:
                draft = drafts[identifier] = _Draft(person)
            draft.uses.append((reading, use, count))
    return drafts


def _actor(identifier: str, draft: _Draft) -> Actor:
    reading, use, _ = draft.uses[0]
    known = reading.claims[use].known
    if len(draft.uses) == 1 and known is None and draft.person is None and "--" in identifier:
        made = reading.claims[use]  # most actors are descriptions that occur once
        return Actor(identifier, {reading.language: made.label}, made.kind, tuple(sorted({use[0], use[1]})))
    kinds: Counter[str] = Counter()
    wordings: Counter[str] = Counter()
    counts: Counter[tuple[str, str]] = Counter()
    for reading, use, count in draft.uses:
        made = reading.claims[use]
        kinds[made.kind] += count
        wordings[use[0]] += count
        wordings[use[1]] += count
        counts[reading.language, made.label] += count
    labels: dict[str, str] = {}
    for language, label in sorted(counts, key=lambda pair: (-counts[pair], pair)):
        labels.setdefault(language, label)
    usual = sorted(wordings, key=lambda wording: (-wordings[wording], wording))[:_WORDINGS]
    if known is not None:
        both = {**labels, **known.labels}
        return Actor(identifier, both, known.kind, tuple(sorted(usual)), known.country, known.identifiers)
    if draft.person is not None:
        labels = dict(draft.person.labels)
    if "--" not in identifier:
        first = labels.get(IDENTIFIERS) or labels[min(labels)]
        labels = {**dict.fromkeys(languages(), first), **labels}
    kind = "person" if draft.person else _top(kinds)
    return Actor(identifier, dict(sorted(labels.items())), kind, tuple(sorted(usual)))


def _top(counts: Counter[str]) -> str:
    return min(counts, key=lambda value: (-counts[value], value))


def _filled(
    events: Iterable[Event], roles: Iterable[Role], readings: Mapping[str, _Reading], result: Merged
) -> Resolution:
    ready: dict[str, dict[_Use, tuple[str, str, str]]] = {}
    for name, reading in readings.items():
        ready[name] = filled = {}
        for use, identifier in reading.ids.items():
            actor = result.actors[result.into.get(identifier, identifier)]
            filled[use] = (actor.id, actor.labels.get(reading.language) or reading.claims[use].label, actor.kind)

    def fill(reference: Reference, article: str, part: str) -> Reference:
        identifier, label, kind = ready[article][_use(reference, part)]
        return Reference(reference.mention, reference.name, kind, reference.start, reference.end, identifier, label)

    done = tuple(
        Event(
            e.article,
            e.start,
            e.end,
            e.quote,
            e.actor and fill(e.actor, e.article, PARTY),
            e.action,
            e.target and fill(e.target, e.article, _target(e)),
            e.polarity,
            e.modality,
            e.source and fill(e.source, e.article, PARTY),
            e.time,
            e.place,
            e.extractor,
            e.confidence,
        )
        for e in events
    )
    stated = tuple(
        replace(
            role,
            person=fill(role.person, role.article, PARTY),
            organization=role.organization and fill(role.organization, role.article, PARTY),
        )
        for role in roles
    )
    return Resolution(done, stated, result.actors)
