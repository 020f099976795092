"""A small feed-forward network that looks at all pairs of arguments of a predicate at once, applied with numpy.

Predicate, actors and targets have a layer each; a pair adds what its three parts give and what both arguments are to
each other, and goes through two more. Rectified linear units throughout. ``kg.networks`` fits it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.events.features import Matrix

Array = NDArray[np.float32]
Weights = dict[str, Array]
#: How far a standardised feature may lie from the mean.
_FAR = 4.0
#: How many predicates go through the network together.
BATCH = 64


@dataclass(frozen=True, slots=True)
class Inputs:
    """One predicate for the network: its own features (a row), one row for each argument as actor and as target
    (nobody first), and the features of each actor with each target."""

    own: Matrix
    actors: Matrix
    targets: Matrix
    both: Array


@dataclass(frozen=True, slots=True)
class Batch:
    """Predicates of a batch, standardised and padded to the most arguments among them."""

    own: Array
    actors: Array
    targets: Array
    both: Array


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the network thinks of a predicate: log-odds of each argument as actor and target, and of each pair."""

    actors: Array
    targets: Array
    pairs: Array


@dataclass(slots=True)
class Layers:
    """The activations of a batch; what the fitting needs to go back."""

    own: Array
    actors: Array
    targets: Array
    first: Array
    second: Array
    as_actor: Array
    as_target: Array
    pairs: Array


Masks = Mapping[str, Array]


def forward(w: Weights, batch: Batch, masks: Masks | None = None) -> Layers:
    """Run a batch through the network; ``masks`` (of dropout) multiply the layers while it is fitted."""

    def kept(name: str, layer: Array) -> Array:
        return layer * masks[name] if masks else layer

    own = kept("own", _rectified(batch.own @ w["own"] + w["own.bias"]))
    for_actors, for_targets = (batch.own @ w[f"own.{side}"] + w[f"{side}.bias"] for side in ("actor", "target"))
    actors = kept("actors", _rectified(for_actors[:, None] + batch.actors @ w["actor"]))
    targets = kept("targets", _rectified(for_targets[:, None] + batch.targets @ w["target"]))
    as_actor = (actors @ w["actor.out"])[..., 0] + w["actor.out.bias"]
    as_target = (targets @ w["target.out"])[..., 0] + w["target.out.bias"]
    parts = (own @ w["pair.own"] + w["pair.bias"])[:, None, None] + batch.both @ w["pair.both"]
    parts += (actors @ w["pair.actor"])[:, :, None]
    parts += (targets @ w["pair.target"])[:, None]
    first = kept("first", _rectified(parts))
    second = _rectified(first @ w["second"] + w["second.bias"])
    pairs = (second @ w["out"])[..., 0] + w["out.bias"] + as_actor[:, :, None] + as_target[:, None]
    return Layers(own, actors, targets, first, second, as_actor, as_target, pairs)


def _rectified(layer: Array) -> Array:
    return np.maximum(layer, 0, dtype=np.float32)


class Scale:
    """Mean and spread of the features of predicates, actors and targets."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Take ``scale.own``, ``scale.actors``, ``scale.targets``: two rows each, means and spreads."""
        self._own, self._actors, self._targets = (
            arrays[f"scale.{name}"].astype(np.float32) for name in ("own", "actors", "targets")
        )

    @staticmethod
    def fit(inputs: Sequence[Inputs]) -> dict[str, Array]:
        """The arrays for inputs."""
        found = {}
        for name in ("own", "actors", "targets"):
            rows = np.concatenate([getattr(one, name) for one in inputs])
            found[f"scale.{name}"] = np.stack([rows.mean(axis=0), rows.std(axis=0) + 0.05]).astype(np.float32)
        return found

    def batch(self, inputs: Sequence[Inputs]) -> Batch:
        """Standardise and pad."""
        most = max(len(one.actors) for one in inputs)
        actors = np.zeros((len(inputs), most, self._actors.shape[1]), np.float32)
        targets = np.zeros((len(inputs), most, self._targets.shape[1]), np.float32)
        both = np.zeros((len(inputs), most, most, inputs[0].both.shape[2]), np.float32)
        for place, one in enumerate(inputs):
            size = len(one.actors)
            actors[place, :size] = _standard(one.actors, self._actors)
            targets[place, :size] = _standard(one.targets, self._targets)
            both[place, :size, :size] = one.both
        return Batch(_standard(np.concatenate([one.own for one in inputs]), self._own), actors, targets, both)


def _standard(rows: Matrix, scale: Array) -> Array:
    standard: Array = np.clip((rows - scale[0]) / scale[1], -_FAR, _FAR)
    return standard


def _starting(head: str, arrays: Mapping[str, NDArray[Any]]) -> Weights:
    own = {name: values for name, values in arrays.items() if name.startswith(head)}
    return {name.removeprefix(head): values.astype(np.float32) for name, values in own.items()}


class Networks:
    """Networks fitted from different starts; their opinions are averaged."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Take the arrays of ``weights.npz`` whose names start with ``net``, a number and a dot."""
        self.scale = Scale(arrays)
        self.members: list[Weights] = []
        while own := _starting(f"net{len(self.members)}.", arrays):
            self.members.append(own)

    def opinions(self, inputs: Sequence[Inputs]) -> list[Opinion]:
        """What the networks think of each predicate, in the given order."""
        order = sorted(range(len(inputs)), key=lambda place: len(inputs[place].actors))
        found: dict[int, Opinion] = {}
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            batch = self.scale.batch([inputs[place] for place in places])
            runs = [forward(member, batch) for member in self.members]
            actors, targets, pairs = (
                np.mean([getattr(run, name) for run in runs], axis=0) for name in ("as_actor", "as_target", "pairs")
            )
            for row, place in enumerate(places):
                size = len(inputs[place].actors)
                found[place] = Opinion(actors[row, :size], targets[row, :size], pairs[row, :size, :size])
        return [found[place] for place in range(len(inputs))]
