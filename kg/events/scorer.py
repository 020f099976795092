"""The learned scorer: gradient-boosted decision trees over candidate features, applied with numpy alone.

Two forests judge each argument as actor and as target of its predicate; the likeliest pairs of the two go to a third
forest, which judges the pair. The trees are data (``weights.npz``, made by ``kg fit``): flat arrays in which a leaf
points to itself. The sum of the leaves is turned into a probability by a calibration (Platt 1999) fitted on articles
that the trees had not seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.errors import ModelError
from kg.events.candidates import Pair, Proposal
from kg.events.features import LAYOUT, Matrix, joint
from kg.events.select import Cuts, Judged
from kg.forest import Floats, Forest

#: How many average occurrences a word's own are mixed with.
_SMOOTHING = 3.0
#: How many arguments go on in each role, and the least product of their chances.
KEEP, LEAST = 4, 0.005


class Priors:
    """How often a lemma and a controlled action reported an event in the annotated articles, as log-odds.

    Smoothed towards the overall share, so that an unseen word counts as an average one.
    """

    def __init__(self, counts: Mapping[str, tuple[float, float]]) -> None:
        """``counts`` maps a key to (events, occurrences); the key ``*`` holds the sums."""
        events, occurrences = counts.get("*", (1.0, 2.0))
        self._base = events / occurrences
        self._counts = counts

    @staticmethod
    def keys(proposal: Proposal, language: str) -> tuple[str, str]:
        """The keys of a proposal's predicate: its lemma in its language, and its action whatever the language."""
        predicate = proposal.predicate
        action = predicate.entry.action.id if predicate.entry and predicate.entry.action else "-"
        nominal = predicate.extractor == "nominals"
        return f"{language}:{nominal:d}:{predicate.lemma}", f"{nominal:d}:{action}"

    def row(self, proposal: Proposal, language: str) -> Matrix:
        """The two log-odds of a proposal, as a row of features."""
        found = []
        for key in self.keys(proposal, language):
            events, occurrences = self._counts.get(key, (0.0, 0.0))
            share = (events + _SMOOTHING * self._base) / (occurrences + _SMOOTHING)
            found.append(np.log(share / (1.0 - share)))
        return np.array([found], dtype=np.float32)


class Weights:
    """The three forests with their calibration, and the probabilities at which candidates become events."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Take the arrays of ``weights.npz``; ``ModelError`` where they were fitted for other features."""
        if str(arrays["layout"]) != LAYOUT:
            raise ModelError("the scorer's weights were fitted for another version of the features: run kg fit")
        self.actor, self.target, self.pair = (Forest(arrays, name) for name in ("actor", "target", "pair"))
        keys, counts = arrays["prior.keys"], arrays["prior.counts"]
        self.priors = Priors({str(k): (float(e), float(n)) for k, (e, n) in zip(keys, counts, strict=True)})
        self.slope, self.offset = (float(x) for x in arrays["calibration"])
        self.trust = tuple(float(x) for x in arrays["confidence"])
        self.cuts = Cuts(*(float(x) for x in arrays["cuts"]))

    def judge(self, proposals: Sequence[Proposal], language: str) -> list[list[Judged]]:
        """For each proposal its likeliest pairs with their probabilities of being right."""
        if not proposals:
            return []
        own = [np.concatenate([p.own, self.priors.row(p, language)], axis=1) for p in proposals]
        shortlists = self.shortlist(proposals, own)
        rows = np.concatenate([pair_rows(p, o, *s) for p, o, s in zip(proposals, own, shortlists, strict=True)])
        chances = 1.0 / (1.0 + np.exp(-(self.slope * self.pair.margin(rows) + self.offset)))
        found, place = [], 0
        for pairs, *_ in shortlists:
            found.append([(pair, float(chances[place + k])) for k, pair in enumerate(pairs)])
            place += len(pairs)
        return found

    def confidence(self, probability: float) -> float:
        """The probability that an event chosen at this probability of its pair counts as right."""
        slope, offset = self.trust
        odds = np.log(probability / (1.0 - probability))
        return float(1.0 / (1.0 + np.exp(-(slope * odds + offset))))

    def shortlist(
        self, proposals: Sequence[Proposal], own: Sequence[Matrix]
    ) -> list[tuple[list[Pair], Floats, Floats]]:
        """The pairs of each proposal that go on, with its arguments' log-odds as actor and as target."""
        sizes = np.cumsum([len(p.actors) for p in proposals])[:-1]
        as_actors = [role_rows(o, p.actors) for p, o in zip(proposals, own, strict=True)]
        as_targets = [role_rows(o, p.targets) for p, o in zip(proposals, own, strict=True)]
        actors = np.split(self.actor.margin(np.concatenate(as_actors)), sizes)
        targets = np.split(self.target.margin(np.concatenate(as_targets)), sizes)
        return [(shortlist(p, a, t), a, t) for p, a, t in zip(proposals, actors, targets, strict=True)]


def role_rows(own: Matrix, role: Matrix) -> Matrix:
    """The predicate's features (with its priors) beside those of each argument in a role."""
    return np.concatenate([np.repeat(own, len(role), axis=0), role], axis=1)


def shortlist(proposal: Proposal, actors: Floats, targets: Floats) -> list[Pair]:
    """The pairs worth judging, by the log-odds of both ends (nobody first)."""
    chance_actor, chance_target = 1.0 / (1.0 + np.exp(-actors)), 1.0 / (1.0 + np.exp(-targets))
    best_actors = [int(a) for a in np.argsort(-actors, kind="stable")[:KEEP]]
    best_targets = [int(t) for t in np.argsort(-targets, kind="stable")[:KEEP]]
    return [
        (a - 1, t - 1)
        for a in best_actors
        for t in best_targets
        if chance_actor[a] * chance_target[t] > LEAST and proposal.possible((a - 1, t - 1))
    ]


def pair_rows(proposal: Proposal, own: Matrix, pairs: Sequence[Pair], actors: Floats, targets: Floats) -> Matrix:
    """The features of pairs: predicate, both arguments, both together, and what the first two forests think."""
    if not pairs:
        width = own.shape[1] + proposal.actors.shape[1] + proposal.targets.shape[1] + len(joint(None, None, 0)) + 8
        return np.zeros((0, width), dtype=np.float32)
    a = np.array([pair[0] + 1 for pair in pairs])
    t = np.array([pair[1] + 1 for pair in pairs])
    rank_a, rank_t = (np.argsort(np.argsort(-x, kind="stable"), kind="stable") for x in (actors, targets))
    both = [joint(*proposal.sides(pair), proposal.predicate.head) for pair in pairs]
    opinions = np.stack(
        [actors[a], targets[t], actors[a] + targets[t], rank_a[a], rank_t[t], actors.max() - actors[a],
         targets.max() - targets[t], np.full(len(pairs), actors.max())], axis=1,
    )  # fmt: skip
    return np.concatenate(
        [np.repeat(own, len(pairs), axis=0), proposal.actors[a], proposal.targets[t], both, opinions], axis=1
    ).astype(np.float32)


@cache
def weights() -> Weights:
    """The scorer that ships with the package, read once."""
    with as_file(files("kg.events") / "weights.npz") as path:
        if not path.is_file():
            raise ModelError("the scorer's weights are missing: run kg fit")
        with np.load(path, allow_pickle=False) as arrays:
            return Weights(dict(arrays))
