"""References of a corpus → one actor for each real one. Articles first, each alone; then what needs the corpus.

What an article alone tells (``kg.actors.claims``) never changes and costs microseconds. What it tells of actors that
others may mean too is kept as facts (``kg.actors.facts``); with the facts of all articles at hand any of them can be
resolved without reading the others.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg import gazetteer
from kg.actors.claims import Claim
from kg.actors.facts import Fact, Source
from kg.actors.merging import Merged, forbidden_pairs, merged
from kg.actors.named import Names
from kg.actors.people import People, Person
from kg.actors.readings import MISTAKEN, Dated, Reading, Use, Uses, read
from kg.actors.readings import readings as all_readings
from kg.gazetteer.words import slug
from kg.judgements import SAME, Judgement
from kg.language import IDENTIFIERS, languages
from kg.model import Actor, Event, Reference, Role


@dataclass(frozen=True, slots=True)
class Resolution:
    """Events and roles with the ids, labels and kinds of their references filled in, and the actors by id.

    ``facts`` holds what each article tells that other articles may need, with the keys that it is filed under.
    """

    events: tuple[Event, ...]
    roles: tuple[Role, ...]
    actors: Mapping[str, Actor]
    facts: Mapping[str, tuple[tuple[str, Fact], ...]] = field(default_factory=dict)


def resolve(
    events: Iterable[Event],
    roles: Iterable[Role],
    articles: Mapping[str, Dated],
    *,
    judgements: Sequence[Judgement] = (),
    facts: Source | None = None,
) -> Resolution:
    """Fill in who each reference means.

    ``articles`` maps the article names of events and roles to articles (one that is missing is read as English), and
    ``facts`` gives what all articles of the corpus tell, these included; without it these are the corpus. The result
    does not depend on ids, labels and kinds that an earlier resolution gave the references. Pure; never raises.
    """
    collecting = gc.isenabled()
    gc.disable()  # a million small values and no cycle among them: searching for cycles takes a third of the time
    try:
        return _resolved(tuple(events), tuple(roles), articles, judgements, facts)
    finally:
        if collecting:
            gc.enable()


def _resolved(
    events: Sequence[Event],
    roles: Sequence[Role],
    articles: Mapping[str, Dated],
    judgements: Sequence[Judgement],
    facts: Source | None,
) -> Resolution:
    forbidden = forbidden_pairs(judgements)
    readings, of_events, of_roles = all_readings(events, roles, articles)
    for name, reading in readings.items():
        read(name, reading, forbidden)
    if facts is None:
        facts = _filed(readings)
    people, names = People(facts, forbidden), Names(facts)
    actors = _actors(readings, people, names)
    actors |= {a.id: a for j in judgements for a in _judged(j, people, names) if a.id not in actors}
    result = merged(actors, judgements, forbidden)
    ready = _ready(readings, result)
    used = {filled[0] for article in ready.values() for filled in article.values()}
    return Resolution(
        _filled_events(events, of_events, ready),
        _filled_roles(roles, of_roles, ready),
        {identifier: actor for identifier, actor in result.actors.items() if identifier in used},
        {name: reading.facts for name, reading in readings.items()},
    )


def _filed(readings: Mapping[str, Reading]) -> Source:
    """The facts of articles, by the keys that they are filed under."""
    filed: dict[str, list[tuple[str, Fact]]] = {}
    for name, reading in readings.items():
        for place, fact in reading.facts:
            filed.setdefault(place, []).append((name, fact))
    return lambda place: filed.get(place, ())


def _actors(readings: Mapping[str, Reading], people: People, names: Names) -> dict[str, Actor]:
    """Decide the id of each use; returns the actors by id."""
    actors: dict[str, tuple[Claim, Person | None, str]] = {}
    wordings: dict[str, set[str]] = {}
    for name, reading in readings.items():
        for use, made in reading.claims.items():
            person = people.person(made.person) if made.person else None
            if made.known is None and made.kind in MISTAKEN and "--" not in made.id:
                person = people.full(made.label)
            identifier = person.id if person else made.id or f"{slug(made.label)}--{slug(name.rsplit('.', 1)[0])}"
            reading.ids[use] = identifier
            if identifier not in actors:
                actors[identifier] = made, person, reading.language
                wordings[identifier] = set()
            wordings[identifier].update(use[:2])
    return {i: _actor(i, *found, tuple(sorted(wordings[i])), names) for i, found in actors.items()}


def _actor(
    identifier: str, made: Claim, person: Person | None, language: str, wordings: tuple[str, ...], names: Names
) -> Actor:
    if person is not None:
        return _labelled(identifier, person.labels, "person", wordings)
    if made.known is not None:
        labels = {language: made.label, **made.known.labels}
        return Actor(identifier, labels, made.known.kind, wordings, made.known.country, made.known.identifiers)
    if "--" in identifier:
        return Actor(identifier, {language: made.label}, made.kind, wordings)
    return _labelled(identifier, *(names.decided(identifier) or ({language: made.label}, made.kind)), wordings)


def _labelled(identifier: str, labels: Mapping[str, str], kind: str, wordings: tuple[str, ...] = ()) -> Actor:
    """An actor that has a name of its own, and so the same in languages in which nobody has written it."""
    first = labels.get(IDENTIFIERS) or labels[min(labels)]
    return Actor(identifier, dict(sorted({**dict.fromkeys(languages(), first), **labels}.items())), kind, wordings)


def _judged(judgement: Judgement, people: People, names: Names) -> Iterator[Actor]:
    """The actors of the corpus that a judgement may mean by its names, whether or not these articles mention them."""
    for name in (judgement.first, judgement.second):
        person = people.full(name)
        if person is not None:
            yield _labelled(person.id, person.labels, "person")
        elif slug(name) and (decided := names.decided(slug(name))):
            yield _labelled(slug(name), *decided)
        elif known := _known(name):
            yield Actor(known.id, known.labels, known.kind, (), known.country, known.identifiers)


def replayable(judgements: Sequence[Judgement], facts: Source) -> bool:
    """Whether judgements speak of actors alone that have names, so that they can be replayed on some articles."""
    people, names = People(facts, forbidden_pairs(judgements)), Names(facts)
    return all(
        "--" not in name and any(True for _ in _judged(replace(j, first=name, second=name), people, names))
        for j in judgements
        if j.verdict == SAME
        for name in (j.first, j.second)
    )


def _known(name: str) -> gazetteer.Known | None:
    """What everybody knows by an id or, in any language, by a name."""
    by_name = (gazetteer.named(name, language) for language in languages())
    return gazetteer.known(slug(name)) or next(filter(None, by_name), None)


#: For each article, by use: the id, label and kind that a reference is given.
_Ready = dict[str, dict[Use, tuple[str, str, str]]]


def _ready(readings: Mapping[str, Reading], result: Merged) -> _Ready:
    ready: _Ready = {}
    for name, reading in readings.items():
        ready[name] = filled = {}
        for use, identifier in reading.ids.items():
            actor = result.actors[result.into.get(identifier, identifier)]
            filled[use] = (actor.id, actor.labels.get(reading.language) or reading.claims[use].label, actor.kind)
    return ready


def _filled(r: Reference, use: Use, ready: Mapping[Use, tuple[str, str, str]]) -> Reference:
    identifier, label, kind = ready[use]
    return Reference(r.mention, r.name, kind, r.start, r.end, identifier, label, use[2] if use[2] != kind else "")


def _filled_events(events: Sequence[Event], uses: Sequence[Uses], ready: _Ready) -> tuple[Event, ...]:
    done: list[Event] = []
    for e, (actor, target, source) in zip(events, uses, strict=True):
        own = ready[e.article]
        done.append(
            Event(
                e.article, e.start, e.end, e.quote,
                _filled(e.actor, actor, own) if e.actor and actor else None, e.action,
                _filled(e.target, target, own) if e.target and target else None, e.polarity, e.modality,
                _filled(e.source, source, own) if e.source and source else None,
                e.time, e.place, e.extractor, e.confidence,
            )
        )  # fmt: skip
    return tuple(done)


def _filled_roles(roles: Sequence[Role], uses: Sequence[Uses], ready: _Ready) -> tuple[Role, ...]:
    done: list[Role] = []
    for role, (person, organization) in zip(roles, uses, strict=True):
        own = ready[role.article]
        body = role.organization and organization and _filled(role.organization, organization, own)
        done.append(
            replace(role, person=_filled(role.person, person, own) if person else role.person, organization=body)
        )
    return tuple(done)
