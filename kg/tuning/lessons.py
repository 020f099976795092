"""What an annotated article teaches, ready to be learned from: its words as windows of pieces, and its events,
antecedents and standings with what is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg import antecedents, coreference, fit, standings
from kg.antecedents import Parsed
from kg.coreference import judging
from kg.encoder import encoder
from kg.encoder.text import WINDOW, Places
from kg.events.candidates import Proposal
from kg.events.network import Inputs
from kg.examples import Example, examples
from kg.tuning import types
from kg.tuning.types import TypeLesson

#: How many pieces an article's windows have, and how often it is learned from in such: as it will be read, in shorter
#: ones and sentence by sentence, so that little hangs on how many neighbours a sentence has.
LENGTHS = {WINDOW: 0.6, 120: 0.2, 1: 0.2}


@dataclass(frozen=True, slots=True)
class EventLesson:
    """A predicate for the network of events: its inputs, and of each actor (rows) with each target (nobody first)
    whether the pair is possible and right (1 optional, 2 required)."""

    inputs: Inputs
    open: NDArray[np.bool_]
    right: NDArray[np.int64]


class Windows(NamedTuple):
    """The windows of an article as numbers of pieces, and for each token the rows of its first and last piece, counted
    through all windows."""

    pieces: Sequence[Sequence[int]]
    first: Places
    last: Places


@dataclass(frozen=True, slots=True)
class Lessons:
    """One article: its windows, for each length of ``LENGTHS``, and what is to be learned."""

    windows: Sequence[Windows]
    events: Sequence[EventLesson]
    antecedents: Sequence[antecedents.Lesson]
    standings: Sequence[standings.Lesson]
    types: Sequence[TypeLesson]


def lessons(data: Sequence[Parsed], fold: Sequence[int]) -> list[Lessons]:
    """The lessons of annotated articles, read with the judge of antecedents that ships.

    ``fold`` numbers the fold of each article: what is counted for an article (priors, words of saying) is counted on
    the other folds, so that nothing learns to trust its own counts.
    """
    judges = [judging.weights().of(made.tree) for made in data]
    made = examples(data, judges)
    return [
        _lessons(*parts)
        for parts in zip(data, judges, made, fit.cases(made, fold), standings.lessons(made, fold), strict=True)
    ]


def _lessons(
    parsed: Parsed, judge: coreference.Judge, example: Example, inputs: Sequence[Inputs],
    standing: Sequence[standings.Lesson],
) -> Lessons:  # fmt: skip
    tree = parsed.tree
    windows = [
        Windows(*encoder().pieces.windows(tree.text, tree.start, tree.end, tree.sentences, most)) for most in LENGTHS
    ]
    events = [_event(*parts) for parts in zip(example.proposals, inputs, example.right, strict=True)]
    return Lessons(windows, events, antecedents.lessons(parsed, judge), standing, types.lessons(example))


def _event(proposal: Proposal, inputs: Inputs, hits: dict[tuple[int, int], int]) -> EventLesson:
    right = np.zeros(proposal.open.shape, np.int64)
    for (actor, target), value in hits.items():
        right[actor + 1, target + 1] = value
    return EventLesson(inputs, proposal.open, right)
