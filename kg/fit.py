"""Fit the scorer of room 5 to annotated articles; cross-validated by article, deterministic for a given input.

Needs the extra ``dev`` (LightGBM); what it makes, ``kg/events/weights.npz``, is applied with numpy alone. The forests
are gradient-boosted trees (Friedman 2001) as LightGBM grows them; the probability is calibrated (Platt 1999) on
predictions for articles that the trees had not seen, and so are the two cuts chosen.
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
from kg.events.scorer import Priors, pair_rows, role_rows, shortlist
from kg.events.select import Cuts, Judged, choose
from kg.examples import Example, action, named
from kg.forest import Floats
from kg.forests import flat, grow
from kg.score import Level, matching

FOLDS = 5
#: How much a required event weighs against an optional one.
_REQUIRED = 2.5


@dataclass(slots=True)
class _Roles:
    """The rows of the two argument forests, proposal by proposal."""

    rows: Matrix
    right: NDArray[np.float64]
    fold: NDArray[np.int64]


def prior_counts(data: Iterable[Example]) -> dict[str, tuple[float, float]]:
    """How often each lemma and action reported an event, for ``Priors``."""
    counts: dict[str, tuple[float, float]] = {}
    for made in data:
        for proposal, pairs in zip(made.proposals, made.right, strict=True):
            for key in ("*", *Priors.keys(proposal, made.article.language)):
                events, occurrences = counts.get(key, (0.0, 0.0))
                counts[key] = (events + bool(pairs), occurrences + 1.0)
    return counts


def _owns(data: Sequence[Example], fold: Sequence[int]) -> list[list[Matrix]]:
    """For each article and proposal the predicate's features with priors that have not seen the article."""
    priors = [Priors(prior_counts(m for m, own in zip(data, fold, strict=True) if own != f)) for f in range(FOLDS)]
    return [
        [np.concatenate([p.own, priors[own].row(p, made.article.language)], axis=1) for p in made.proposals]
        for made, own in zip(data, fold, strict=True)
    ]


def _role_data(data: Sequence[Example], fold: Sequence[int], owns: Sequence[Sequence[Matrix]], side: int) -> _Roles:
    rows, right, folds = [], [], []
    for made, own, predicates in zip(data, fold, owns, strict=True):
        for proposal, features, pairs in zip(made.proposals, predicates, made.right, strict=True):
            rows.append(role_rows(features, proposal.targets if side else proposal.actors))
            hits = {pair[side] for pair in pairs}
            right += [1.0 if place in hits else 0.0 for place in range(-1, len(proposal.arguments))]
            folds += [own] * len(rows[-1])
    return _Roles(np.concatenate(rows), np.array(right), np.array(folds))


def folds(data: Sequence[object]) -> list[int]:
    """A fold for each article, the same at every run."""
    return [int(x) for x in np.random.RandomState(0).randint(0, FOLDS, len(data))]


def _unseen(name: str, rows: Matrix, right: Floats, fold: NDArray[np.int64], weight: Floats | None = None) -> Floats:
    """Log-odds for each row from a forest that has not seen the row's article."""
    margin = np.zeros(len(rows))
    for own in range(FOLDS):
        seen = fold != own
        forest = grow(name, rows[seen], (right[seen] > 0).astype(float), None if weight is None else weight[seen])
        margin[~seen] = forest.predict(rows[~seen], raw_score=True)
    return margin


@dataclass(slots=True)
class Unseen:
    """What cross-validation gives: for each article and proposal its judged pairs, uncalibrated log-odds."""

    pairs: list[list[list[tuple[Pair, float]]]]
    rows: Matrix
    right: Floats


def cross_validate(data: Sequence[Example]) -> Unseen:
    """Judge every article by forests that have not seen it."""
    fold = folds(data)
    owns = _owns(data, fold)
    roles = [_role_data(data, fold, owns, side) for side in (0, 1)]
    margins = [
        _unseen(name, role.rows, role.right, role.fold) for name, role in zip(("actor", "target"), roles, strict=True)
    ]
    rows, right, own, where, place = [], [], [], [], 0
    for made, number, predicates in zip(data, fold, owns, strict=True):
        for proposal, features, hits in zip(made.proposals, predicates, made.right, strict=True):
            size = len(proposal.arguments) + 1
            actors, targets = (margin[place : place + size] for margin in margins)
            place += size
            pairs = shortlist(proposal, actors, targets)
            rows.append(pair_rows(proposal, features, pairs, actors, targets))
            right += [float(hits.get(pair, 0)) for pair in pairs]
            own += [number] * len(pairs)
            where.append(pairs)
    matrix, values = np.concatenate(rows), np.array(right)
    weight = np.where(values == 2, _REQUIRED, 1.0)
    margin = _unseen("pair", matrix, values, np.array(own), weight)
    judged, place, parts = [], 0, iter(where)
    for made in data:
        lists = []
        for _ in made.proposals:
            pairs = next(parts)
            lists.append([(pair, float(margin[place + k])) for k, pair in enumerate(pairs)])
            place += len(pairs)
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
_APART = 0.08
#: The cuts that are tried.
_TRIED = (
    ("first", (0.2, 0.225, 0.25, 0.275, 0.3, 0.325, 0.35, 0.4)),
    ("sibling", (0.05, 0.1, 0.15, 0.2, 0.25, 0.3)),
    ("second", (0.35, 0.45, 0.55, 0.65, 0.75)),
    ("first", (0.2, 0.225, 0.25, 0.275, 0.3, 0.325, 0.35, 0.4)),
)


def fit(data: Sequence[Example], tune: int | None = None) -> tuple[dict[str, NDArray[Any]], Level]:
    """The arrays of ``weights.npz`` fitted to all examples, and the cross-validated surface score.

    Calibration and cuts are taken from the first ``tune`` examples (all by default), so that articles of another kind
    can teach the trees without moving the probabilities.
    """
    unseen = cross_validate(data)
    first = unseen.pairs[:tune]
    own = Unseen(first, unseen.rows, unseen.right[: sum(len(pairs) for lists in first for pairs in lists)])
    calibration = calibrate(own)
    cuts, level = best_cuts(data[:tune], probabilities(own, calibration))
    fold = folds(data)
    owns = _owns(data, fold)
    counts = prior_counts(data)
    arrays: dict[str, NDArray[Any]] = {
        "prior.keys": np.array(sorted(counts)), "prior.counts": np.array([counts[key] for key in sorted(counts)]),
        "confidence": np.array(confidence(data[:tune], probabilities(own, calibration), cuts)),
        "layout": np.array(LAYOUT), "calibration": np.array(calibration),
        "cuts": np.array([cuts.first, cuts.second, cuts.sibling]),
    }  # fmt: skip
    for side, name in enumerate(("actor", "target")):
        role = _role_data(data, fold, owns, side)
        arrays |= flat(name, grow(name, role.rows, role.right))
    weight = np.where(unseen.right == 2, _REQUIRED, 1.0)
    arrays |= flat("pair", grow("pair", unseen.rows, (unseen.right > 0).astype(float), weight))
    return arrays, level


def write(arrays: Mapping[str, NDArray[Any]], path: Path) -> None:
    """Write ``weights.npz``."""
    with path.open("wb") as file:
        np.savez_compressed(file, **dict(arrays))  # type: ignore[arg-type]
