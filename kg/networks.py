"""Fitting the network of ``kg.events.network``: backpropagation and Adam (Kingma and Ba 2015) with dropout, in numpy.

Deterministic for a seed on one machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.events.network import Array, Batch, Inputs, Layers, Masks, Scale, Weights, forward

WIDTH, PAIR_WIDTH = 96, 64
_EPOCHS, _BATCH, _RATE, _DECAY = 14, 48, 2e-3, 1e-4
_DROPOUT, _INPUT_DROPOUT = 0.4, 0.2
#: How much judging the roles counts beside judging the pairs, and an annotation that is required beside others.
_ROLES, _REQUIRED = 0.5, 2.5
#: The share of the loss in which the pairs of a predicate compete with each other and with none.
_COMPETING = 0.5


@dataclass(frozen=True, slots=True)
class Case:
    """A predicate with what is right of it: ``open`` marks the pairs that are possible, ``right`` holds 0, 1 (an
    optional event) or 2 (a required one) for each pair."""

    inputs: Inputs
    open: NDArray[np.bool_]
    right: NDArray[np.int8]


def fit_network(cases: Sequence[Case], scale: Scale, seed: int) -> Weights:
    """Fit one network to cases, from a start drawn with ``seed``."""
    random = np.random.RandomState(seed)
    w = _start(cases[0].inputs, random)
    first = {name: np.zeros_like(x) for name, x in w.items()}
    second = {name: np.zeros_like(x) for name, x in w.items()}
    total, step = _EPOCHS * (len(cases) // _BATCH + 1), 0
    for _ in range(_EPOCHS):
        for members in _batches(cases, random):
            step += 1
            rate = _RATE * min(1.0, step / 100) * max(0.02, 1 - step / total)
            for name, slope in _slopes(w, members, scale, random).items():
                first[name] = 0.9 * first[name] + 0.1 * slope
                second[name] = 0.999 * second[name] + 0.001 * slope * slope
                move = first[name] / (1 - 0.9**step) / (np.sqrt(second[name] / (1 - 0.999**step)) + 1e-8)
                if w[name].ndim > 1:
                    move = move + _DECAY * w[name]
                w[name] = (w[name] - rate * move).astype(np.float32)
    return w


def _start(one: Inputs, random: np.random.RandomState) -> Weights:
    def drawn(rows: int, columns: int, size: float = 1.0) -> Array:
        weights: Array = (random.randn(rows, columns) * size / np.sqrt(rows)).astype(np.float32)
        return weights

    own, actor, target, both = (x.shape[-1] for x in (one.own, one.actors, one.targets, one.both))
    shapes = {
        "own": (own, WIDTH), "own.actor": (own, WIDTH), "own.target": (own, WIDTH),
        "actor": (actor, WIDTH), "target": (target, WIDTH),
        "pair.own": (WIDTH, PAIR_WIDTH), "pair.actor": (WIDTH, PAIR_WIDTH), "pair.target": (WIDTH, PAIR_WIDTH),
        "second": (PAIR_WIDTH, PAIR_WIDTH),
    }  # fmt: skip
    w = {name: drawn(*shape) for name, shape in shapes.items()}
    w |= {"pair.both": drawn(both, PAIR_WIDTH, 0.3), "out": drawn(PAIR_WIDTH, 1, 0.3)}
    w |= {"actor.out": drawn(WIDTH, 1, 0.3), "target.out": drawn(WIDTH, 1, 0.3)}
    biases = {"own.bias": WIDTH, "actor.bias": WIDTH, "target.bias": WIDTH, "pair.bias": PAIR_WIDTH,
              "second.bias": PAIR_WIDTH, "out.bias": 1, "actor.out.bias": 1, "target.out.bias": 1}  # fmt: skip
    return w | {name: np.zeros(size, np.float32) for name, size in biases.items()}


def _batches(cases: Sequence[Case], random: np.random.RandomState) -> Iterator[list[Case]]:
    """Batches of cases with about as many arguments, in random order."""
    sizes = np.array([len(case.inputs.actors) for case in cases])
    order = np.argsort(sizes + random.rand(len(cases)) * 1.5, kind="stable")
    starts = range(0, len(order), _BATCH)
    for start in random.permutation(len(starts)) * _BATCH:
        yield [cases[place] for place in order[start : start + _BATCH]]


def _slopes(w: Weights, cases: Sequence[Case], scale: Scale, random: np.random.RandomState) -> Weights:
    """The gradient of the loss of a batch."""
    inputs = scale.batch([case.inputs for case in cases])
    own, actors, targets = (_dropped(x, random) for x in (inputs.own, inputs.actors, inputs.targets))
    dropped = Batch(own, actors, targets, inputs.both)
    size, most = inputs.actors.shape[:2]
    shapes: dict[str, tuple[int, ...]] = {
        "own": (size, WIDTH), "actors": (size, most, WIDTH), "targets": (size, most, WIDTH),
        "first": (size, most, most, PAIR_WIDTH),
    }  # fmt: skip
    masks = {name: _mask(shape, _DROPOUT, random) for name, shape in shapes.items()}
    layers = forward(w, dropped, masks)
    open_, right = np.zeros((size, most, most), bool), np.zeros((size, most, most), np.int8)
    for place, case in enumerate(cases):
        n = len(case.open)
        open_[place, :n, :n], right[place, :n, :n] = case.open, case.right
    on_pairs = _pair_errors(layers.pairs, open_, right) / size
    there = np.arange(most)[None] < np.array([len(case.open) for case in cases])[:, None]
    on_actors = (_chance(layers.as_actor) - (right > 0).any(axis=2)) * there * (_ROLES / size)
    on_targets = (_chance(layers.as_target) - (right > 0).any(axis=1)) * there * (_ROLES / size)
    errors = on_actors + on_pairs.sum(axis=2), on_targets + on_pairs.sum(axis=1), on_pairs
    return _back(w, dropped, masks, layers, errors)


def _pair_errors(pairs: Array, open_: NDArray[np.bool_], right: NDArray[np.int8]) -> NDArray[Any]:
    """The slope of the loss on each pair's log-odds: each on its own, and all of a predicate against each other."""
    hits = right > 0
    alone = (_chance(pairs) - hits) * np.where(right == 2, _REQUIRED, 1.0) * open_
    odds = np.where(open_, pairs, -30.0)
    highest = np.maximum(odds.max(axis=(1, 2), keepdims=True), 0.0)
    share = np.exp(odds - highest) * open_
    chance = share / (share.sum(axis=(1, 2), keepdims=True) + np.exp(-highest))
    of_hits = share * hits
    wanted = of_hits / np.maximum(of_hits.sum(axis=(1, 2), keepdims=True), 1e-9)
    weight = np.where((right == 2).any(axis=(1, 2), keepdims=True), _REQUIRED, 1.0)
    slopes: NDArray[Any] = (1 - _COMPETING) * alone + _COMPETING * 2 * (chance - wanted) * weight
    return slopes


def _back(w: Weights, batch: Batch, masks: Masks, layers: Layers, errors: tuple[Any, Any, Any]) -> Weights:
    """Backpropagation: from the slopes on the three outputs to those on all weights."""
    on_actors, on_targets, on_pairs = errors
    g: dict[str, Any] = {"out": _sum(layers.second, on_pairs[..., None]), "out.bias": on_pairs.sum()}
    second = on_pairs[..., None] * w["out"][:, 0] * (layers.second > 0)
    g |= {"second": _sum(layers.first, second), "second.bias": second.sum(axis=(0, 1, 2))}
    first = (second @ w["second"].T) * masks["first"] * (layers.first > 0)
    by_actor, by_target = first.sum(axis=2), first.sum(axis=1)
    by_own = by_actor.sum(axis=1)
    g |= {"pair.bias": by_own.sum(axis=0), "pair.both": _sum(batch.both, first), "pair.own": _sum(layers.own, by_own)}
    own = (by_own @ w["pair.own"].T) * masks["own"] * (layers.own > 0)
    g |= {"own": _sum(batch.own, own), "own.bias": own.sum(axis=0)}
    for name, layer, rows, errors_, pair in (
        ("actor", layers.actors, batch.actors, on_actors, by_actor),
        ("target", layers.targets, batch.targets, on_targets, by_target),
    ):
        g |= {f"{name}.out": _sum(layer, errors_[..., None]), f"{name}.out.bias": errors_.sum()}
        g[f"pair.{name}"] = _sum(layer, pair)
        back = pair @ w[f"pair.{name}"].T + errors_[..., None] * w[f"{name}.out"][:, 0]
        back = back * masks[f"{name}s"] * (layer > 0)
        total = back.sum(axis=1)
        g |= {name: _sum(rows, back), f"{name}.bias": total.sum(axis=0), f"own.{name}": _sum(batch.own, total)}
    return {name: np.asarray(x, np.float32).reshape(w[name].shape) for name, x in g.items()}


def _sum(layer: Any, slopes: Any) -> Any:
    """The slopes on the weights between a layer and what it feeds, summed over the batch."""
    return layer.reshape(-1, layer.shape[-1]).T @ slopes.reshape(-1, slopes.shape[-1])


def _chance(odds: NDArray[Any]) -> NDArray[Any]:
    chance: NDArray[Any] = 1.0 / (1.0 + np.exp(-np.clip(odds, -30.0, 30.0)))
    return chance


def _mask(shape: tuple[int, ...], share: float, random: np.random.RandomState) -> Array:
    kept = random.randint(0, 256, shape, dtype=np.uint8) >= round(256 * share)
    mask: Array = kept.astype(np.float32) / np.float32(1.0 - share)
    return mask


def _dropped(layer: Array, random: np.random.RandomState) -> Array:
    dropped: Array = layer * _mask(layer.shape, _INPUT_DROPOUT, random)
    return dropped
