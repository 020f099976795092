"""A small feed-forward network that looks at all pairs of arguments of a predicate at once, applied with numpy.

Predicate, actors and targets have a layer each, fed by their features and by the encoder's vectors of their words and
of the words they take up; a pair adds what its three parts give and what both arguments are to each other, and goes
through two more. Rectified linear units throughout. It is fitted together with the encoder (``kg.tuning``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.encoder import Array
from kg.encoder.layers import rectified, standard
from kg.events.features import Matrix

#: How many predicates go through the network together.
BATCH = 64
#: The layers that read vectors of words.
_SEEING = (
    "own.seen", "own.actor.seen", "own.target.seen", "actor.seen", "target.seen", "actor.meant", "target.meant",
    "asks.actor", "is.actor", "asks.target", "is.target",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Inputs:
    """One predicate for the network: its own features (a row), one row for each argument as actor and as target
    (nobody first), the features of each actor with each target, and the tokens: the predicate's, each argument's
    (-1: nobody), and the one that the argument takes up (-1: none)."""

    own: Matrix
    actors: Matrix
    targets: Matrix
    both: Array
    head: int
    slots: NDArray[np.intp]
    meant: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the network thinks of a predicate: log-odds of each argument as actor and target, and of each pair."""

    actors: Array
    targets: Array
    pairs: Array


@dataclass(frozen=True, slots=True)
class _Batch:
    """Predicates of a batch, standardised and padded to the most arguments among them."""

    own: Array
    actors: Array
    targets: Array
    both: Array
    heads: NDArray[np.intp]
    slots: NDArray[np.intp]
    meant: NDArray[np.intp]


class Network:
    """The network with its weights."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Take the arrays of ``weights.npz`` whose names start with ``net.`` or ``scale.``."""
        self._scale = {name: arrays[f"scale.{name}"].astype(np.float32) for name in ("own", "actors", "targets")}
        self._w = {
            name.removeprefix("net."): values.astype(np.float32)
            for name, values in arrays.items()
            if name.startswith("net.")
        }
        self._seeing = np.concatenate([self._w[name] for name in _SEEING], axis=1)
        self._parts = np.cumsum([self._w[name].shape[1] for name in _SEEING])[:-1]

    def opinions(self, inputs: Sequence[Inputs], vectors: Array) -> list[Opinion]:
        """What the network thinks of each predicate of an article, in the given order; ``vectors`` are the tokens'."""
        with_nobody = np.concatenate([vectors @ self._seeing, np.zeros((1, self._seeing.shape[1]), np.float32)])
        seen = dict(zip(_SEEING, np.split(with_nobody, self._parts, axis=1), strict=True))
        order = sorted(range(len(inputs)), key=lambda place: len(inputs[place].slots))
        found: dict[int, Opinion] = {}
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            for place, opinion in zip(places, self._judged([inputs[place] for place in places], seen), strict=True):
                found[place] = opinion
        return [found[place] for place in range(len(inputs))]

    def _judged(self, inputs: Sequence[Inputs], seen: Mapping[str, Array]) -> Iterator[Opinion]:
        w, batch = self._w, self._batch(inputs)
        heads, slots, meant = batch.heads, batch.slots, batch.meant
        own = rectified(batch.own @ w["own"] + w["own.bias"] + seen["own.seen"][heads])
        sides = []
        for side, rows in (("actor", batch.actors), ("target", batch.targets)):
            asked = batch.own @ w[f"own.{side}"] + w[f"{side}.bias"] + seen[f"own.{side}.seen"][heads]
            of_words = seen[f"{side}.seen"][slots] + seen[f"{side}.meant"][meant]
            layer = rectified(asked[:, None] + rows @ w[side] + of_words)
            fits = np.einsum("ph,pah->pa", seen[f"asks.{side}"][heads], seen[f"is.{side}"][slots]) / 8
            sides.append((layer, (layer @ w[f"{side}.out"])[..., 0] + w[f"{side}.out.bias"] + fits))
        (actors, as_actor), (targets, as_target) = sides
        parts = (own @ w["pair.own"] + w["pair.bias"])[:, None, None] + batch.both @ w["pair.both"]
        parts += (actors @ w["pair.actor"])[:, :, None]
        parts += (targets @ w["pair.target"])[:, None]
        second = rectified(rectified(parts) @ w["second"] + w["second.bias"])
        pairs = (second @ w["out"])[..., 0] + w["out.bias"] + as_actor[:, :, None] + as_target[:, None]
        for row, one in enumerate(inputs):
            size = len(one.slots)
            yield Opinion(as_actor[row, :size], as_target[row, :size], pairs[row, :size, :size])

    def _batch(self, inputs: Sequence[Inputs]) -> _Batch:
        """Standardise and pad; a token of -1 is the row of zeros behind the last token's."""
        most, size = max(len(one.slots) for one in inputs), len(inputs)
        actors = np.zeros((size, most, inputs[0].actors.shape[1]), np.float32)
        targets = np.zeros((size, most, inputs[0].targets.shape[1]), np.float32)
        both = np.zeros((size, most, most, inputs[0].both.shape[2]), np.float32)
        slots, meant = np.full((2, size, most), -1, np.intp)
        for place, one in enumerate(inputs):
            n = len(one.slots)
            actors[place, :n] = standard(one.actors, self._scale["actors"])
            targets[place, :n] = standard(one.targets, self._scale["targets"])
            both[place, :n, :n] = one.both
            slots[place, :n], meant[place, :n] = one.slots, one.meant
        own = standard(np.concatenate([one.own for one in inputs]), self._scale["own"])
        return _Batch(own, actors, targets, both, np.array([one.head for one in inputs], np.intp), slots, meant)
