"""Fit what an event's modality and speaker are judged by: ``kg/events/standing.npz``.

The forests are grown as those of ``kg.fit`` are, on every annotated event that has a candidate. What single words of
saying do is counted on articles other than the one that learns from it, so that a forest does not trust its own counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.coreference import Entity
from kg.events.candidates import Proposal
from kg.events.features import LAYOUT, Matrix, matrix
from kg.events.settle import modality_keys, modality_row, speaker_rows
from kg.events.speakers import Candidate, Speakers
from kg.examples import Example, fitting
from kg.forests import flat, grow
from kg.gold import Gold
from kg.model import MODALITIES
from kg.score import argument_matches

FOLDS = 5
Counts = dict[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Case:
    """An annotated event, the candidate that fits it best, and its possible speakers: which of them are right."""

    event: Gold
    proposal: Proposal
    actor: Entity | None
    speakers: Speakers
    offered: Sequence[Candidate]
    right: Sequence[bool]


def cases(made: Example) -> Iterator[Case]:
    """The annotated events of an article that have a candidate."""
    speakers = Speakers(made.reading)
    for event in made.gold:
        matches = [
            (quality, -place, pair)
            for place, proposal in enumerate(made.proposals)
            if made.right[place]
            for pair, quality in fitting(made, proposal, event)
        ]
        if matches:
            _, place, pair = max(matches)
            proposal = made.proposals[-place]
            actor = proposal.sides(pair)[0]
            offered = speakers.candidates(proposal.predicate.head)
            right = [argument_matches(_side(made, c), event.source, resolved=False) for c in offered]
            yield Case(event, proposal, actor.entity if actor else None, speakers, offered, right)


def _side(made: Example, candidate: Candidate) -> Mapping[str, Any] | None:
    found = made.reading.reference(candidate.token) if candidate.token >= 0 else None
    return {"label": found[0].name, "mention": found[0].mention} if found else None


def saying_counts(data: Iterable[Case]) -> Counts:
    """For each word of saying, how often its speaker was the source of what stood below it, and how often it stood."""
    counts: Counts = {}
    for case in data:
        for candidate, right in zip(case.offered, case.right, strict=True):
            keys = case.speakers.keys(candidate)
            for key in ("*", *keys) if keys else ():
                hits, times = counts.get(key, (0.0, 0.0))[:2]
                counts[key] = (hits + right, times + 1.0)
    return counts


def modality_counts(data: Iterable[Case]) -> Counts:
    """For each predicate and each word above one, how often its events had each modality."""
    counts: Counts = {}
    for case in data:
        for key in ("*", *modality_keys(case.speakers.reading, case.proposal)):
            if key:
                old = counts.get(key, (0.0,) * len(MODALITIES))
                counts[key] = tuple(n + (name == case.event.modality) for n, name in zip(old, MODALITIES, strict=True))
    return counts


def speaker_data(data: Sequence[Sequence[Case]]) -> tuple[Matrix, NDArray[np.float64]]:
    """Rows of possible speakers, and which are right; the counts of words are those of other folds of articles."""
    rows, right = [], []
    for own, other in _parted(data):
        counts = saying_counts(other)
        for case in own:
            rows.append(speaker_rows(case.speakers, case.offered, case.proposal, case.actor, counts))
            right += [float(value) for value in case.right]
    return np.concatenate(rows), np.array(right)


def modality_data(data: Sequence[Sequence[Case]]) -> tuple[Matrix, list[str]]:
    """Rows of events, and their modalities; the counts of words are those of other folds of articles."""
    rows, wanted = [], []
    for own, other in _parted(data):
        counts = modality_counts(other)
        rows += [modality_row(case.speakers.reading, case.proposal, counts) for case in own]
        wanted += [case.event.modality for case in own]
    return matrix(rows), wanted


def _parted(data: Sequence[Sequence[Case]]) -> Iterator[tuple[list[Case], list[Case]]]:
    """The cases of each fold of articles, and those of all others."""
    fold = np.random.RandomState(0).randint(0, FOLDS, len(data))
    for number in range(FOLDS):
        parts = [[case for found, f in zip(data, fold, strict=True) if (f == number) == own for case in found]
                 for own in (True, False)]  # fmt: skip
        yield parts[0], parts[1]


def fit(data: Sequence[Example]) -> dict[str, NDArray[Any]]:
    """The arrays of ``standing.npz`` fitted to all examples."""
    found = [list(cases(made)) for made in data]
    every = [case for one in found for case in one]
    arrays: dict[str, NDArray[Any]] = {"layout": np.array(LAYOUT)}
    for name, counts in (("saying", saying_counts(every)), ("modality", modality_counts(every))):
        kept = [key for key in sorted(counts) if sum(counts[key]) > _SEEN[name]]
        arrays |= {f"{name}.keys": np.array(kept), f"{name}.counts": np.array([counts[key] for key in kept])}
    arrays |= flat("speaker", grow("speaker", *speaker_data(found)))
    rows, wanted = modality_data(found)
    for modality in MODALITIES:
        right = np.array([1.0 if name == modality else 0.0 for name in wanted])
        arrays |= flat(modality, grow("modality", rows, right))
    return arrays


#: Words seen no more often than this are left out: a pair counts its right ones and its occurrences.
_SEEN = {"saying": 2, "modality": 1}
