"""References of a corpus → one actor for each real one. Articles first, each alone; then what needs the corpus.

What an article alone tells (``kg.actors.claims``) never changes and costs microseconds; what needs the corpus is the
small index of persons (``kg.actors.people.People``). A program that keeps that index adds the names of new articles
to it, and resolves again those articles only that ``People.settle`` names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from kg.actors.claims import ACTOR, ADDRESSEE, PLACE, Claim, Scene, claim, scene
from kg.actors.merging import Merged, forbidden_pairs, merged
from kg.actors.names import person_name
from kg.actors.people import People, Person
from kg.actors.phrases import head_phrase
from kg.gazetteer import Known
from kg.gazetteer.words import slug
from kg.judgements import Judgement
from kg.language import languages
from kg.model import Actor, Event, Reference, Role

#: Types of acts that are done to governments: a capital as their target means the government.
_TOWARDS_GOVERNMENTS = frozenset(
    ("ACCUSE", "THREATEN", "REJECT", "REQUEST", "SUPPORT", "SANCTION", "AGREE", "COOPERATE", "CONCEDE", "AID")
)
_WORDINGS = 40


class Dated(Protocol):
    """What resolution needs to know of an article."""

    @property
    def language(self) -> str:
        """ISO 639-1 code."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """Events and roles with the ids, labels and kinds of their references filled in, and the actors by id."""

    events: tuple[Event, ...]
    roles: tuple[Role, ...]
    actors: Mapping[str, Actor]


@dataclass(slots=True)
class _Draft:
    """What is gathered of an actor while the corpus is read."""

    known: Known | None = None
    person: Person | None = None
    labels: dict[str, Counter[str]] = field(default_factory=dict)
    kinds: Counter[str] = field(default_factory=Counter)
    wordings: Counter[str] = field(default_factory=Counter)


_Use = tuple[str, str, str, str]  # name, mention, kind, role


def resolve(
    events: Iterable[Event],
    roles: Iterable[Role],
    articles: Mapping[str, Dated],
    *,
    judgements: Sequence[Judgement] = (),
    people: People | None = None,
) -> Resolution:
    """Fill in who each reference means.

    ``articles`` maps the article names of events and roles to articles (one that is missing is read as French), and
    ``people`` is the index of persons of articles resolved before, if it was kept. The result does not depend on ids
    and labels that the references already have. Pure but for ``people``; never raises.
    """
    events, roles = tuple(events), tuple(roles)
    forbidden = forbidden_pairs(judgements)
    people = People(forbidden) if people is None else people
    uses = _uses(events, roles)
    claims: dict[tuple[str, _Use], Claim] = {}
    tongues = {name: articles[name].language if name in articles else "fr" for name in uses}
    for name, found in uses.items():
        _read(name, tongues[name], found, claims, people, forbidden)
    people.settle()
    ids, drafts = _gathered(uses, tongues, claims, people)
    result = merged({name: _actor(name, draft) for name, draft in drafts.items()}, judgements, forbidden)
    return _filled(events, roles, tongues, ids, claims, result)


def _uses(events: Iterable[Event], roles: Iterable[Role]) -> dict[str, Counter[_Use]]:
    """The distinct references of each article with how often they occur."""
    uses: dict[str, Counter[_Use]] = {}
    for event in events:
        found = uses.setdefault(event.article, Counter())
        for reference, role in ((event.actor, ACTOR), (event.target, _target(event)), (event.source, ACTOR)):
            if reference is not None:
                found[reference.name, reference.mention, reference.kind, role] += 1
    for stated in roles:
        found = uses.setdefault(stated.article, Counter())
        for reference, role in ((stated.person, ACTOR), (stated.organization, ADDRESSEE)):
            if reference is not None:
                found[reference.name, reference.mention, reference.kind, role] += 1
    return uses


def _target(event: Event) -> str:
    return ADDRESSEE if event.action.type in _TOWARDS_GOVERNMENTS else PLACE


def _read(
    name: str,
    language: str,
    uses: Iterable[_Use],
    claims: dict[tuple[str, _Use], Claim],
    people: People,
    forbidden: frozenset[frozenset[str]],
) -> None:
    """One article: its claims, and the names of its persons into the index."""
    references = {use: Reference(use[1], use[0], use[2]) for use in uses}
    place = scene(name, language, references.values())
    for use, reference in references.items():
        claims[name, use] = _allowed(claim(reference, use[3], place), reference, place, forbidden)
    persons = [found.person for use in references if (found := claims[name, use]).person]
    people.add(name, language, [*place.persons.values(), *persons], _aliases(references, language))


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


def _gathered(
    uses: Mapping[str, Counter[_Use]],
    tongues: Mapping[str, str],
    claims: Mapping[tuple[str, _Use], Claim],
    people: People,
) -> tuple[dict[tuple[str, _Use], str], dict[str, _Draft]]:
    """The id of each use, and what is known of each id."""
    ids: dict[tuple[str, _Use], str] = {}
    drafts: dict[str, _Draft] = {}
    for name, found in uses.items():
        for use, count in found.items():
            made = claims[name, use]
            person = people.person(made.person) if made.person else None
            identifier = person.id if person else made.id or f"{slug(made.label)}--{slug(name.rsplit('.', 1)[0])}"
            ids[name, use] = identifier
            draft = drafts.setdefault(identifier, _Draft(made.known, person))
            draft.kinds[made.kind] += count
            draft.wordings[use[0]] += count
            draft.wordings[use[1]] += count
            draft.labels.setdefault(tongues[name], Counter())[made.label] += count
    return ids, drafts


def _actor(identifier: str, draft: _Draft) -> Actor:
    wordings = sorted(draft.wordings, key=lambda wording: (-draft.wordings[wording], wording))[:_WORDINGS]
    if draft.known is not None:
        known = draft.known
        labels = {**{lang: _top(counts) for lang, counts in draft.labels.items()}, **known.labels}
        return Actor(identifier, labels, known.kind, tuple(sorted(wordings)), known.country, known.identifiers)
    if draft.person is not None:
        labels = dict(draft.person.labels)
    else:
        labels = {language: _top(counts) for language, counts in sorted(draft.labels.items())}
    if "--" not in identifier:
        first = labels.get("en") or next(iter(labels.values()))
        labels = {**dict.fromkeys(languages(), first), **labels}
    return Actor(identifier, labels, _top(draft.kinds), tuple(sorted(wordings)))


def _top(counts: Counter[str]) -> str:
    return min(counts, key=lambda value: (-counts[value], value))


def _filled(
    events: Iterable[Event],
    roles: Iterable[Role],
    tongues: Mapping[str, str],
    ids: Mapping[tuple[str, _Use], str],
    claims: Mapping[tuple[str, _Use], Claim],
    result: Merged,
) -> Resolution:
    ready: dict[tuple[str, _Use], tuple[str, str, str]] = {}
    for place, identifier in ids.items():
        actor = result.actors[result.into.get(identifier, identifier)]
        label = actor.labels.get(tongues[place[0]]) or claims[place].label
        ready[place] = (actor.id, label, actor.kind)

    def fill(reference: Reference | None, article: str, role: str) -> Reference | None:
        if reference is None:
            return None
        identifier, label, kind = ready[article, (reference.name, reference.mention, reference.kind, role)]
        return Reference(reference.mention, reference.name, kind, reference.start, reference.end, identifier, label)

    done = tuple(
        replace(
            event,
            actor=fill(event.actor, event.article, ACTOR),
            target=fill(event.target, event.article, _target(event)),
            source=fill(event.source, event.article, ACTOR),
        )
        for event in events
    )
    stated = []
    for role in roles:
        person = fill(role.person, role.article, ACTOR)
        assert person is not None  # a role has a person
        stated.append(replace(role, person=person, organization=fill(role.organization, role.article, ADDRESSEE)))
    return Resolution(done, tuple(stated), result.actors)
