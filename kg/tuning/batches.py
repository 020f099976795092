"""Articles side by side as tensors: features standardised, lists of different lengths filled up, tokens numbered
through all articles.

A place of -1 is no token: nobody, nothing taken up, the article as speaker, or filling.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from kg.encoder import Array
from kg.encoder.layers import standard
from kg.errors import KgError
from kg.tuning import types
from kg.tuning.lessons import Lessons

#: Name → means and spreads of features, two rows.
Scales = Mapping[str, Array]
#: Features of each pair of arguments, which are not standardised.
BOTH = 6
#: Added to each spread, so that a feature that hardly varies is not blown up.
_LEAST_SPREAD = 0.05


class Words(NamedTuple):
    """Windows (window × piece) with a mask of what is no filling, and the places of each token's first and last piece
    in them, counted row by row."""

    pieces: Tensor
    mask: Tensor
    first: Tensor
    last: Tensor


class Events(NamedTuple):
    """Predicates: features, tokens, which pairs are possible and right, and how many arguments there are."""

    own: Tensor
    actors: Tensor
    targets: Tensor
    both: Tensor
    heads: Tensor
    slots: Tensor
    meant: Tensor
    open: Tensor
    right: Tensor
    sizes: Tensor


class Antecedents(NamedTuple):
    """Anaphors with their candidates: features, tokens, what is right (-1: not told or filling), whether labelled."""

    features: Tensor
    anaphors: Tensor
    lasts: Tensor
    firsts: Tensor
    right: Tensor
    labelled: Tensor


class Standings(NamedTuple):
    """Events with modality, polarity and possible speakers (``offered``: no filling)."""

    heads: Tensor
    features: Tensor
    modality: Tensor
    speakers: Tensor
    rows: Tensor
    right: Tensor
    offered: Tensor
    negated: Tensor


class Batch(NamedTuple):
    """Some articles."""

    words: Words
    events: Events
    antecedents: Antecedents
    standings: Standings
    types: types.Types


def scales(data: Sequence[Lessons]) -> dict[str, Array]:
    """Means and spreads of all features over articles."""
    inputs = [event.inputs for one in data for event in one.events]
    standing = [lesson for one in data for lesson in one.standings]
    rows = {
        "own": [one.own for one in inputs],
        "actors": [one.actors for one in inputs],
        "targets": [one.targets for one in inputs],
        "antecedents": [lesson.rows for one in data for lesson in one.antecedents],
        "speaker": [lesson.rows for lesson in standing],
        "modality": [lesson.standing for lesson in standing],
    }
    for name, parts in rows.items():
        if not parts:
            raise KgError(f"the annotated articles teach nothing about what is needed for {name}")
    every = {name: np.concatenate(parts).astype(np.float32) for name, parts in rows.items()}
    return {name: np.stack([x.mean(axis=0), x.std(axis=0) + _LEAST_SPREAD]) for name, x in every.items()}


def batch(data: Sequence[Lessons], by: Scales) -> Batch:
    """Put articles side by side, each in its first windows; ``by`` standardises their features."""
    starts = list(accumulate((len(one.windows[0].first) for one in data), initial=0))[:-1]
    return Batch(
        _words(data), _events(data, starts, by), _antecedents(data, starts, by), _standings(data, starts, by),
        types.batch([(lesson, start) for one, start in zip(data, starts, strict=True) for lesson in one.types]),
    )  # fmt: skip


def moved(made: Any, device: str) -> Any:
    """A batch with its tensors on a device."""
    if isinstance(made, tuple):
        return type(made)(*(moved(part, device) for part in made))
    return made.to(device)


def padded(parts: Sequence[NDArray[Any]], empty: tuple[int, ...], kind: Any = np.float32, fill: float = 0) -> Tensor:
    """Arrays of one rank side by side, each filled up to the longest along every axis (``empty``: of none)."""
    shape = [max(sizes) for sizes in zip(*(part.shape for part in parts), strict=True)] or empty
    made = np.full((len(parts), *shape), fill, kind)
    for row, part in zip(made, parts, strict=True):
        row[tuple(map(slice, part.shape))] = part
    return torch.from_numpy(made)


def placed(tokens: NDArray[np.intp], start: int) -> NDArray[np.intp]:
    """Tokens of an article as places among those of all; -1 stays."""
    return np.where(tokens >= 0, tokens + start, -1)


def _words(data: Sequence[Lessons]) -> Words:
    windows = [np.array(window, np.int64) for one in data for window in one.windows[0].pieces]
    longest, row = max(map(len, windows)), 0
    first, last = [], []
    for one in data:
        pieces, firsts, lasts = one.windows[0]
        places = np.concatenate([
            (row + number) * longest + np.arange(len(window)) for number, window in enumerate(pieces)
        ])  # fmt: skip
        first.append(places[firsts])
        last.append(places[lasts])
        row += len(pieces)
    mask = padded([np.ones(len(window), bool) for window in windows], (0,), bool)
    ends = (torch.from_numpy(np.concatenate(places)) for places in (first, last))
    return Words(padded(windows, (0,), np.int64, 1), mask, *ends)


def _events(data: Sequence[Lessons], starts: Sequence[int], by: Scales) -> Events:
    found = [(event, start) for one, start in zip(data, starts, strict=True) for event in one.events]
    inputs = [(event.inputs, start) for event, start in found]
    width = {name: scale.shape[1] for name, scale in by.items()}
    return Events(
        padded([standard(one.own[0], by["own"]) for one, _ in inputs], (width["own"],)),
        padded([standard(one.actors, by["actors"]) for one, _ in inputs], (1, width["actors"])),
        padded([standard(one.targets, by["targets"]) for one, _ in inputs], (1, width["targets"])),
        padded([one.both for one, _ in inputs], (1, 1, BOTH)),
        torch.tensor([one.head + start for one, start in inputs], dtype=torch.int64),
        padded([placed(one.slots, start) for one, start in inputs], (1,), np.int64, -1),
        padded([placed(one.meant, start) for one, start in inputs], (1,), np.int64, -1),
        padded([event.open for event, _ in found], (1, 1), bool),
        padded([event.right for event, _ in found], (1, 1), np.int64),
        torch.tensor([len(one.slots) for one, _ in inputs], dtype=torch.int64),
    )


def _antecedents(data: Sequence[Lessons], starts: Sequence[int], by: Scales) -> Antecedents:
    found = [(lesson, start) for one, start in zip(data, starts, strict=True) for lesson in one.antecedents]
    scale = by["antecedents"]
    tokens = padded([placed(lesson.mentions, start) for lesson, start in found], (3, 1), np.int64, -1)
    anaphors, lasts, firsts = tokens.unbind(1)
    return Antecedents(
        padded([standard(lesson.rows, scale) for lesson, _ in found], (1, scale.shape[1])),
        anaphors,
        lasts,
        firsts,
        padded([lesson.right for lesson, _ in found], (1,), fill=-1),
        torch.tensor([lesson.labelled for lesson, _ in found], dtype=torch.bool),
    )


def _standings(data: Sequence[Lessons], starts: Sequence[int], by: Scales) -> Standings:
    found = [(lesson, start) for one, start in zip(data, starts, strict=True) for lesson in one.standings]
    return Standings(
        torch.tensor([lesson.head + start for lesson, start in found], dtype=torch.int64),
        padded([standard(lesson.standing[0], by["modality"]) for lesson, _ in found], by["modality"][0].shape),
        torch.tensor([lesson.modality for lesson, _ in found], dtype=torch.int64),
        padded([placed(lesson.speakers, start) for lesson, start in found], (1,), np.int64, -1),
        padded([standard(lesson.rows, by["speaker"]) for lesson, _ in found], (1, by["speaker"].shape[1])),
        padded([lesson.right for lesson, _ in found], (1,), bool),
        padded([np.ones(len(lesson.speakers), bool) for lesson, _ in found], (1,), bool),
        torch.tensor([lesson.negated for lesson, _ in found], dtype=torch.float32),
    )
