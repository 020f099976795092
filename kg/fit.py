"""Fit what chooses among the pairs that the network proposes; cross-validated by article.

Needs the extra ``fit`` (LightGBM); what it makes, ``kg/events/weights.npz``, is applied with numpy alone. The forest is
of gradient-boosted trees (Friedman 2001) as LightGBM grows them; the probability is calibrated (Platt 1999) on
predictions for articles that neither network (``kg.tuning``) nor trees had seen, and so are the cuts chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.events import candidates
from kg.events.candidates import Pair
from kg.events.features import LAYOUT, Matrix
from kg.events.network import Inputs, Network
from kg.events.priors import ALL, Priors
from kg.events.scorer import PRIORS, pair_rows, seen, shortlist
from kg.events.select import Cuts, Judged, choose
from kg.examples import Example, action, named
from kg.forest import Floats
from kg.forests import flat, grow
from kg.score import Level, matching

FOLDS = 5
#: How much a required event weighs against an optional one.
_REQUIRED = 2.5


def prior_counts(data: Iterable[Example]) -> list[dict[str, tuple[float, float]]]:
    """How often each key was right, for predicates, actors and targets; keys seen once are left out."""
    counts: list[dict[str, tuple[float, float]]] = [{} for _ in PRIORS]

    def count(own: dict[str, tuple[float, float]], keys: Iterable[str], right: bool) -> None:
        for key in (ALL, *keys):
            hits, occurrences = own.get(key, (0.0, 0.0))
            own[key] = (hits + right, occurrences + 1.0)

    for made in data:
        for proposal, pairs in zip(made.proposals, made.right, strict=True):
            count(counts[0], proposal.keys, bool(pairs))
            for side in (0, 1):
                hits = {pair[side] + 1 for pair in pairs}
                for place, keys in enumerate(proposal.argument_keys):
                    count(counts[1 + side], keys, place in hits)
    return [{key: own for key, own in found.items() if own[1] > 1 or key == ALL} for found in counts]


def cases(data: Sequence[Example], fold: Sequence[int]) -> list[list[Inputs]]:
    """For each article its proposals as network and forest see them, with priors that have not seen the article."""
    priors = [
        [Priors(counts) for counts in prior_counts(m for m, own in zip(data, fold, strict=True) if own != f)]
        for f in range(FOLDS)
    ]
    return [[seen(p, priors[own]) for p in made.proposals] for made, own in zip(data, fold, strict=True)]


def folds(data: Sequence[object]) -> list[int]:
    """A fold for each article, the same at every run."""
    return [int(x) for x in np.random.RandomState(0).randint(0, FOLDS, len(data))]


def _unseen(rows: Matrix, right: Floats, fold: NDArray[np.int64], weight: Floats) -> Floats:
    """Log-odds for each row from a forest that has not seen the row's article."""
    margin = np.zeros(len(rows))
    for own in range(FOLDS):
        seen = fold != own
        forest = grow(rows[seen], (right[seen] > 0).astype(float), weight[seen])
        margin[~seen] = forest.predict(rows[~seen], raw_score=True)
    return margin


@dataclass(slots=True)
class Unseen:
    """What cross-validation gives: for each article and proposal its judged pairs, uncalibrated log-odds."""

    pairs: list[list[list[tuple[Pair, float]]]]
    rows: Matrix
    right: Floats


def cross_validate(data: Sequence[Example], networks: Sequence[Network]) -> Unseen:
    """Judge every article by a network and a forest that have not seen it: ``networks`` has the one of each fold, and
    the articles have the vectors of their fold's encoder."""
    fold = folds(data)
    rows, right, own_fold, where = [], [], [], []
    for example, inputs, number in zip(data, cases(data, fold), fold, strict=True):
        opinions = networks[number].opinions(inputs, example.reading.tree.vectors)
        for proposal, hits, one, opinion in zip(example.proposals, example.right, inputs, opinions, strict=True):
            pairs = shortlist(proposal, opinion)
            rows.append(pair_rows(one, opinion, pairs))
            right += [float(hits.get(pair, 0)) for pair in pairs]
            own_fold += [number] * len(pairs)
            where.append(pairs)
    matrix, values = np.concatenate(rows), np.array(right)
    weight = np.where(values == 2, _REQUIRED, 1.0)
    margin = _unseen(matrix, values, np.array(own_fold), weight)
    judged, start, parts = [], 0, iter(where)
    for example in data:
        lists = []
        for _ in example.proposals:
            pairs = next(parts)
            lists.append([(pair, float(margin[start + k])) for k, pair in enumerate(pairs)])
            start += len(pairs)
        judged.append(lists)
    return Unseen(judged, matrix, values)


def calibrate(unseen: Unseen) -> tuple[float, float]:
    """Slope and offset that turn the log-odds of a pair into the probability that it is the right reading."""
    margin = np.array([m for lists in unseen.pairs for pairs in lists for _, m in pairs])
    return platt(margin, (unseen.right > 0).astype(float))


def confidence(
    data: Sequence[Example], judged: Sequence[Sequence[Sequence[Judged]]], cuts: Cuts
) -> tuple[float, float]:
    """Slope and offset that turn a chosen pair's log-odds into the probability that its event counts as right.

    That is more often than its pair is the best reading: near readings are right as well.
    """
    odds, right = [], []
    for made, lists in zip(data, judged, strict=True):
        events = chosen(made, lists, cuts)
        matched = set(matching(events, made.gold, resolved=False).values())
        odds += [float(np.log(event["probability"] / (1 - event["probability"]))) for event in events]
        right += [1.0 if place in matched else 0.0 for place in range(len(events))]
    return platt(np.array(odds), np.array(right))


def platt(margin: Floats, y: Floats) -> tuple[float, float]:
    """Slope and offset of a logistic curve through outcomes (Platt scaling, by Newton's method)."""
    slope, offset = 1.0, 0.0
    for _ in range(50):
        p = 1.0 / (1.0 + np.exp(-(slope * margin + offset)))
        w = np.maximum(p * (1 - p), 1e-9)
        gradient = np.array([np.dot(p - y, margin), np.sum(p - y)])
        hessian = np.array([[np.dot(w * margin, margin), np.dot(w, margin)], [np.dot(w, margin), np.sum(w)]])
        step = np.linalg.solve(hessian + 1e-6 * np.eye(2), gradient)
        slope, offset = slope - step[0], offset - step[1]
        if np.abs(step).max() < 1e-9:
            break
    return float(slope), float(offset)


def probabilities(unseen: Unseen, calibration: tuple[float, float]) -> list[list[list[Judged]]]:
    """The judged pairs with calibrated probabilities."""
    slope, offset = calibration
    return [
        [[(pair, float(1 / (1 + np.exp(-(slope * m + offset))))) for pair, m in pairs] for pairs in lists]
        for lists in unseen.pairs
    ]


def measure(data: Sequence[Example], judged: Sequence[Sequence[Sequence[Judged]]], cuts: Cuts) -> Level:
    """Surface score of the events that the cuts would choose."""
    total = Level()
    for made, lists in zip(data, judged, strict=True):
        events = chosen(made, lists, cuts)
        pairs = matching(events, made.gold, resolved=False)
        required = [g for g, event in enumerate(made.gold) if event.required]
        total += Level(len(pairs), len(events), sum(g in pairs for g in required), len(required))
    return total


def chosen(made: Example, lists: Sequence[Sequence[Judged]], cuts: Cuts) -> list[dict[str, Any]]:
    """The events chosen in one article, as the scorer reads them."""
    events = []
    for choice in choose(made.proposals, lists, cuts):
        actor, target = choice.proposal.sides(choice.pair)
        start, end = candidates.evidence(made.reading, choice.proposal, choice.pair)
        sides = {"actor": named(actor), "target": named(target)}
        reported = action(made, choice.proposal)
        events.append({"start": start, "end": end, "action": reported, "probability": choice.probability, **sides})
    return events


def best_cuts(data: Sequence[Example], judged: Sequence[Sequence[Sequence[Judged]]]) -> tuple[Cuts, Level]:
    """The cuts with the best F1 on articles not seen, and their score: each in turn, the others kept.

    A score whose precision and recall lie further apart than ``_APART`` loses by the excess: users of a graph want
    neither half of it missing nor half of it wrong.
    """

    def worth(level: Level) -> float:
        return level.f1 - max(0.0, abs(level.precision - level.recall) - _APART)

    best = Cuts(0.3, 0.6, 0.2)
    level = measure(data, judged, best)
    for name, values in _TRIED:
        for value in values:
            tried = replace(best, **{name: value})
            score = measure(data, judged, tried)
            if worth(score) > worth(level):
                best, level = tried, score
    return best, level


#: How far precision and recall may lie apart.
_APART = 0.04
#: The cuts that are tried.
_TRIED = (
    ("first", (0.2, 0.225, 0.25, 0.275, 0.3, 0.325, 0.35, 0.4)),
    ("sibling", (0.05, 0.1, 0.15, 0.2, 0.25, 0.3)),
    ("second", (0.35, 0.45, 0.55, 0.65, 0.75)),
    ("first", (0.2, 0.225, 0.25, 0.275, 0.3, 0.325, 0.35, 0.4)),
)


def fit(
    data: Sequence[Example], networks: Sequence[Network], tune: int | None = None
) -> tuple[dict[str, NDArray[Any]], Level]:
    """Forest, priors, calibration and cuts fitted to all examples (those arrays of ``weights.npz`` that are not the
    network's), and the cross-validated surface score; ``networks`` as ``cross_validate`` has them.

    Calibration and cuts are taken from the first ``tune`` examples (all by default), so that articles of another kind
    can teach the trees without moving the probabilities.
    """
    unseen = cross_validate(data, networks)
    first = unseen.pairs[:tune]
    own = Unseen(first, unseen.rows, unseen.right[: sum(len(pairs) for lists in first for pairs in lists)])
    calibration = calibrate(own)
    cuts, level = best_cuts(data[:tune], probabilities(own, calibration))
    arrays: dict[str, NDArray[Any]] = {
        "confidence": np.array(confidence(data[:tune], probabilities(own, calibration), cuts)),
        "layout": np.array(LAYOUT), "calibration": np.array(calibration),
        "cuts": np.array([cuts.first, cuts.second, cuts.sibling]),
    }  # fmt: skip
    for name, counts in zip(PRIORS, prior_counts(data), strict=True):
        arrays[f"prior.{name}.keys"] = np.array(sorted(counts))
        arrays[f"prior.{name}.counts"] = np.array([counts[key] for key in sorted(counts)])
    weight = np.where(unseen.right == 2, _REQUIRED, 1.0)
    arrays |= flat("pair", grow(unseen.rows, (unseen.right > 0).astype(float), weight))
    return arrays, level


def write(arrays: Mapping[str, NDArray[Any]], path: Path) -> None:
    """Write ``weights.npz``."""
    with path.open("wb") as file:
        np.savez_compressed(file, **dict(arrays))  # type: ignore[arg-type]
