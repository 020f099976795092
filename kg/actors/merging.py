"""Judgements replayed on actors: which are one, which are never one, which have another label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.gazetteer.words import slug
from kg.judgements import DIFFERENT, RENAME, SAME, Judgement
from kg.language import languages
from kg.model import Actor


@dataclass(frozen=True, slots=True)
class Merged:
    """Actors after judgements, and the ids that were filed under others."""

    actors: Mapping[str, Actor]
    into: Mapping[str, str]


def forbidden_pairs(judgements: Sequence[Judgement]) -> frozenset[frozenset[str]]:
    """Pairs of names (as slugs) that are never one actor; of two judgements on one pair the later counts."""
    last = {frozenset((_plain(j.first), _plain(j.second))): j.verdict for j in judgements if j.verdict != RENAME}
    return frozenset(pair for pair, verdict in last.items() if verdict == DIFFERENT and len(pair) == 2)


def merged(
    actors: Mapping[str, Actor], judgements: Sequence[Judgement], forbidden: frozenset[frozenset[str]]
) -> Merged:
    """Replay ``same`` and ``rename``; a pair that is forbidden is not merged, not even by way of a third."""
    named: dict[str, list[str]] = {}
    if judgements:
        for identifier, actor in sorted(actors.items()):
            for name in {_plain(identifier), *map(slug, actor.labels.values())}:
                named.setdefault(name, []).append(identifier)
    result = dict(actors)
    into: dict[str, str] = {}
    names = {i: _names(actors[i]) for some in named.values() for i in some} if forbidden else {}
    for judgement in judgements:
        if (
            judgement.verdict == SAME
            and frozenset((_plain(judgement.first), _plain(judgement.second))) not in forbidden
        ):
            first = _meant(judgement.first, named, into)
            for other in _meant(judgement.second, named, into) if first else ():
                _file(first[0], other, result, into, names, forbidden)
        elif judgement.verdict == RENAME:
            for identifier in _meant(judgement.first, named, into):
                result[identifier] = _renamed(result[identifier], judgement.second)
    return Merged(result, {old: _end(old, into) for old in into})


def _plain(name: str) -> str:
    """A name or id in the form in which pairs are compared: ids keep their mark of the article (``--``)."""
    return name if "--" in name else slug(name)


def _meant(name: str, named: Mapping[str, Sequence[str]], into: Mapping[str, str]) -> list[str]:
    """The actors that a name or id of a judgement means, the one whose id it is first."""
    found = named.get(_plain(name), ())
    return list(dict.fromkeys(_end(identifier, into) for identifier in sorted(found, key=lambda i: i != _plain(name))))


def _end(identifier: str, into: Mapping[str, str]) -> str:
    while identifier in into:
        identifier = into[identifier]
    return identifier


def _file(
    first: str,
    other: str,
    actors: dict[str, Actor],
    into: dict[str, str],
    names: dict[str, set[str]],
    forbidden: frozenset[frozenset[str]],
) -> None:
    if first == other:
        return
    one, two = actors[first], actors[other]
    if forbidden:
        if any(frozenset((a, b)) in forbidden for a in names[first] for b in names[other]):
            return
        names[first] |= names[other]
    actors[first] = replace(
        one,
        labels={**two.labels, **one.labels},
        country=one.country or two.country,
        identifiers={**two.identifiers, **one.identifiers},
    )
    into[other] = first
    del actors[other]


def _names(actor: Actor) -> set[str]:
    return {actor.id, *map(slug, actor.labels.values())}


def _renamed(actor: Actor, label: str) -> Actor:
    text, mark, language = label.rpartition("@")
    if mark and language in languages():
        return replace(actor, labels={**actor.labels, language: text.strip()})
    return replace(actor, labels={**actor.labels, **dict.fromkeys(languages(), label)})
