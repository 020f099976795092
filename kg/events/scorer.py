"""The learned scorer, applied with numpy alone.

A network looks at all pairs of arguments of a predicate (``kg.events.network``); the likeliest go to a forest of
gradient-boosted trees (``kg.forest``), which sees the same features and what the network thinks. Its log-odds
are turned into a probability by a calibration (Platt 1999) fitted on articles that neither had seen. All weights are
data (``weights.npz``, made by ``kg fit``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.encoder import Array
from kg.errors import ModelError
from kg.events.candidates import Pair, Proposal
from kg.events.features import LAYOUT, Matrix
from kg.events.network import Inputs, Network, Opinion
from kg.events.priors import Priors
from kg.events.select import Cuts, Judged
from kg.forest import Forest, shipped

#: How many pairs of a predicate go on to the forest, and the least log-odds of one.
KEEP, LEAST = 6, -4.0
#: What the priors are of.
PRIORS = ("predicate", "actor", "target")


class Weights:
    """Network, forest, priors and calibration, and the probabilities at which candidates become events."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Take the arrays of ``weights.npz``; ``ModelError`` where they were fitted for other features."""
        if str(arrays["layout"]) != LAYOUT:
            raise ModelError("the scorer's weights were fitted for another version of the features: run kg fit")
        self.network = Network(arrays)
        self.pair = Forest(arrays, "pair")
        self.priors = tuple(_priors(arrays, name) for name in PRIORS)
        self.slope, self.offset = (float(x) for x in arrays["calibration"])
        self.trust = tuple(float(x) for x in arrays["confidence"])
        self.cuts = Cuts(*(float(x) for x in arrays["cuts"]))

    def judge(self, proposals: Sequence[Proposal], vectors: Array) -> list[list[Judged]]:
        """For each proposal of an article its likeliest pairs with their probabilities of being right; ``vectors`` are
        those of the article's tokens."""
        if not proposals:
            return []
        inputs = [seen(proposal, self.priors) for proposal in proposals]
        opinions = self.network.opinions(inputs, vectors)
        lists = [shortlist(proposal, opinion) for proposal, opinion in zip(proposals, opinions, strict=True)]
        rows = np.concatenate([pair_rows(i, o, pairs) for i, o, pairs in zip(inputs, opinions, lists, strict=True)])
        chances = 1.0 / (1.0 + np.exp(-(self.slope * self.pair.margin(rows) + self.offset)))
        found, place = [], 0
        for pairs in lists:
            found.append([(pair, float(chances[place + k])) for k, pair in enumerate(pairs)])
            place += len(pairs)
        return found

    def confidence(self, probability: float) -> float:
        """The probability that an event chosen at this probability of its pair counts as right."""
        slope, offset = self.trust
        odds = np.log(probability / (1.0 - probability))
        return float(1.0 / (1.0 + np.exp(-(slope * odds + offset))))


def _priors(arrays: Mapping[str, NDArray[Any]], name: str) -> Priors:
    keys, counts = arrays[f"prior.{name}.keys"], arrays[f"prior.{name}.counts"]
    return Priors({str(k): (float(right), float(n)) for k, (right, n) in zip(keys, counts, strict=True)})


def seen(proposal: Proposal, priors: Sequence[Priors]) -> Inputs:
    """A proposal as network and forest see it: its features beside the priors of predicate, actors and targets."""
    predicate, actor, target = priors
    return Inputs(
        np.concatenate([proposal.own, predicate.rows([proposal.keys])], axis=1),
        np.concatenate([proposal.actors, actor.rows(proposal.argument_keys)], axis=1),
        np.concatenate([proposal.targets, target.rows(proposal.argument_keys)], axis=1),
        proposal.both,
        proposal.predicate.head,
        np.array([-1, *(argument.slot.token for argument in proposal.arguments)], np.intp),
        np.array([-1, *(argument.antecedent() for argument in proposal.arguments)], np.intp),
    )


def shortlist(proposal: Proposal, opinion: Opinion) -> list[Pair]:
    """The pairs worth judging by the forest, likeliest first."""
    odds = np.where(proposal.open, opinion.pairs, -np.inf)
    best = np.argsort(-odds, axis=None, kind="stable")[:KEEP]
    places = (divmod(int(place), odds.shape[1]) for place in best)
    return [(a - 1, t - 1) for a, t in places if odds[a, t] > LEAST]


def pair_rows(inputs: Inputs, opinion: Opinion, pairs: Sequence[Pair]) -> Matrix:
    """The features of pairs: predicate, both arguments, both together, and what the network thinks."""
    a = np.array([pair[0] + 1 for pair in pairs], dtype=np.intp)
    t = np.array([pair[1] + 1 for pair in pairs], dtype=np.intp)
    actors, targets, odds = opinion.actors, opinion.targets, opinion.pairs[a, t]
    highest = odds.max(initial=LEAST)
    size = len(pairs)
    opinions = np.stack(
        [actors[a], targets[t], odds, np.arange(size), highest - odds, np.full(size, highest),
         actors.max() - actors[a], targets.max() - targets[t]], axis=1,
    )  # fmt: skip
    own = np.repeat(inputs.own, size, axis=0)
    parts = [own, inputs.actors[a], inputs.targets[t], inputs.both[a, t], opinions]
    return np.concatenate(parts, axis=1).astype(np.float32)


@cache
def weights() -> Weights:
    """The scorer that ships with the package, read once."""
    return Weights(shipped("kg.events", "weights.npz"))
