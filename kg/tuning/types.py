"""One more thing that an event's predicate is asked while the encoder is tuned: which type the event has. What is
learned by it helps the encoder; the network's own weights are kept nowhere, since the lexicon's types are as good.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from kg import standings
from kg.encoder import WIDTH
from kg.examples import Example
from kg.model import TYPES

#: Numbers between the vector and the types.
_LAYER = 192
#: The log-odds of the lexicon's own type at the beginning, and of what cannot be.
_LEXICON, _NEVER = 2.0, -1e4


class TypeLesson(NamedTuple):
    """An annotated event: the token of its predicate, the predicate's type in the lexicon, the types that are right."""

    head: int
    lexicon: int
    right: tuple[int, ...]


class Types(NamedTuple):
    """Annotated events as tensors; ``right`` has a column for each of ``TYPES``."""

    heads: Tensor
    lexicon: Tensor
    right: Tensor


def lessons(made: Example) -> list[TypeLesson]:
    """What the annotated events of an article say of types."""
    return [
        TypeLesson(
            case.proposal.predicate.head,
            TYPES.index(case.proposal.predicate.type),
            tuple(TYPES.index(name) for name in sorted(case.event.types - {"STATE"})),
        )
        for case in standings.cases(made)
    ]


def batch(found: Sequence[tuple[TypeLesson, int]]) -> Types:
    """Lessons with the place of their article's first token, as tensors."""
    right = np.zeros((len(found), len(TYPES)), bool)
    for row, (lesson, _) in zip(right, found, strict=True):
        row[list(lesson.right)] = True
    return Types(
        torch.tensor([lesson.head + start for lesson, start in found], dtype=torch.int64),
        torch.tensor([lesson.lexicon for lesson, _ in found], dtype=torch.int64),
        torch.from_numpy(right),
    )


class TypeNetwork(nn.Module):
    """One layer over the predicate's vector and the lexicon's type."""

    def __init__(self, words: float, layers: float) -> None:
        """``words`` and ``layers`` are the shares dropped of vectors and of the layer."""
        super().__init__()
        self.own, self.seen = nn.Embedding(len(TYPES), _LAYER), nn.Linear(WIDTH, _LAYER, bias=False)
        self.out, self.lexicon = nn.Linear(_LAYER, len(TYPES)), nn.Parameter(torch.tensor(_LEXICON))
        self.words, self.layers = nn.Dropout(words), nn.Dropout(layers)

    def forward(self, events: Types, vectors: Tensor) -> Tensor:
        """Log-odds of each type, up to what is common to an event's."""
        seen = self.seen(self.words(vectors[events.heads])) + self.own(events.lexicon)
        odds = self.out(self.layers(functional.relu(seen)))
        return odds + self.lexicon * functional.one_hot(events.lexicon, len(TYPES))


def loss(odds: Tensor, events: Types) -> Tensor:
    """The right types together against all, where any is told."""
    told = events.right.any(1)
    right = torch.where(events.right, odds, _NEVER)
    missed = (torch.logsumexp(odds, 1) - torch.logsumexp(right, 1)) * told
    return missed.sum() / max(1, int(told.sum()))
