"""What annotated events teach about modality and speaker: what ``kg/events/standing.npz`` is fitted to.

Every annotated event that has a candidate counts. What single words of saying do is counted on articles other than the
one that learns from it, so that a network does not trust its own counts.
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
from kg.gold import Gold
from kg.model import MODALITIES
from kg.score import argument_matches

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


@dataclass(frozen=True, slots=True)
class Lesson:
    """An annotated event for the networks of modality, polarity and speaker: the predicate's token, the possible
    speakers' (-1: the article) with their features and which are right, the features of modality and the modality's
    place, and whether the event is negated."""

    head: int
    speakers: NDArray[np.intp]
    rows: Matrix
    right: NDArray[np.bool_]
    standing: Matrix
    modality: int
    negated: bool


def lessons(data: Sequence[Example], fold: Sequence[int]) -> list[list[Lesson]]:
    """For each article what its events teach; the counts of words are those of other folds of articles."""
    found = [list(cases(made)) for made in data]
    counts = [_counts(case for of, f in zip(found, fold, strict=True) if f != own for case in of)
              for own in range(max(fold) + 1)]  # fmt: skip
    return [[_lesson(case, *counts[own]) for case in of] for of, own in zip(found, fold, strict=True)]


def _counts(data: Iterable[Case]) -> tuple[Counts, Counts]:
    every = list(data)
    return saying_counts(every), modality_counts(every)


def _lesson(case: Case, sayings: Counts, words: Counts) -> Lesson:
    return Lesson(
        case.proposal.predicate.head,
        np.array([candidate.token for candidate in case.offered], np.intp),
        speaker_rows(case.speakers, case.offered, case.proposal, case.actor, sayings),
        np.array(case.right, bool),
        matrix([modality_row(case.speakers.reading, case.proposal, words)]),
        MODALITIES.index(case.event.modality),
        case.event.polarity == "negated",
    )


def counted(data: Sequence[Example]) -> dict[str, NDArray[Any]]:
    """The counts of words in ``standing.npz``, over all examples."""
    sayings, words = _counts(case for made in data for case in cases(made))
    arrays: dict[str, NDArray[Any]] = {"layout": np.array(LAYOUT)}
    for name, counts, least in (("saying", sayings, 2), ("words", words, 1)):
        kept = [key for key in sorted(counts) if sum(counts[key]) > least]
        arrays |= {f"{name}.keys": np.array(kept), f"{name}.counts": np.array([counts[key] for key in kept])}
    return arrays
