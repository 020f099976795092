"""Candidate events of an article: every predicate with every pair of arguments in reach, as features."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kg import coreference, when
from kg.events import features, speech
from kg.events.arguments import Argument, Reading, arguments
from kg.events.features import Matrix
from kg.events.modality import Standing, standing
from kg.events.predicates import Predicate, predicates
from kg.events.priors import argument_keys, predicate_keys
from kg.mentions import nominals
from kg.syntax import Tree

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A predicate with its arguments, how it stands, and the features of all.

    A pair (actor, target) holds places in ``arguments``; -1 is nobody. ``own`` holds the predicate's features,
    ``actors`` and ``targets`` one row for nobody and one for each argument in the role, ``both`` the features of each
    actor with each target, ``open`` which pairs are possible; ``keys`` and ``argument_keys`` are what the priors of
    predicate and arguments are filed under.
    """

    sentence: int
    predicate: Predicate
    standing: Standing
    arguments: tuple[Argument, ...]
    own: Matrix
    actors: Matrix
    targets: Matrix
    both: NDArray[np.float32]
    open: NDArray[np.bool_]
    keys: tuple[str, ...]
    argument_keys: tuple[tuple[str, ...], ...]

    def sides(self, pair: Pair) -> tuple[Argument | None, Argument | None]:
        """Actor and target of a pair."""
        actor, target = pair
        return (self.arguments[actor] if actor >= 0 else None, self.arguments[target] if target >= 0 else None)

    def possible(self, pair: Pair) -> bool:
        """Whether a pair names somebody, and not the same entity twice."""
        return bool(self.open[pair[0] + 1, pair[1] + 1])


def read(tree: Tree, judge: coreference.Judge | None = None) -> Reading:
    """Rooms 3 and 4 and the speech reader over a parsed article; ``judge`` judges antecedents (default: as shipped)."""
    times = when.find(tree.text, tree.language)
    found = nominals(tree, times)
    reports = speech.read(tree, found)
    return Reading(tree, found, coreference.resolve(tree, found, reports.speaker, judge), reports, times)


def propose(reading: Reading) -> list[Proposal]:
    """All candidates of an article, predicate by predicate in text order."""
    proposals = []
    for predicate in predicates(reading.tree, reading.nominals):
        found = arguments(reading, predicate)
        if found:
            proposals.append(_proposal(reading, predicate, found))
        if predicate.type == "STATE" and any(a.slot.role == "obj" and a.nominal is not None for a in found):
            proposals.append(_proposal(reading, replace(predicate, done=True), found))
    return proposals


def _proposal(reading: Reading, predicate: Predicate, found: list[Argument]) -> Proposal:
    stands = standing(reading.tree, predicate.head, reading.speech.doubted[predicate.head])
    own = features.predicate_features(reading, predicate, stands, len(found))
    both = [features.argument_features(reading, predicate, argument) for argument in found]
    pairs, possible = features.together(found, predicate.head)
    return Proposal(
        reading.tree.sent[predicate.head],
        predicate,
        stands,
        tuple(found),
        features.matrix([own]),
        features.matrix([features.NOBODY, *(actor for actor, _ in both)]),
        features.matrix([features.NOBODY, *(target for _, target in both)]),
        pairs,
        possible,
        predicate_keys(predicate, reading.tree.language),
        tuple(argument_keys(reading.tree, predicate, argument) for argument in (None, *found)),
    )


def evidence(reading: Reading, proposal: Proposal, pair: Pair) -> tuple[int, int]:
    """Characters of the evidence: from the first to the last of predicate and arguments within the sentence."""
    tree, head = reading.tree, proposal.predicate.head
    tokens = [*proposal.predicate.tokens]
    for argument in proposal.sides(pair):
        if argument is not None and tree.sent[argument.slot.token] == tree.sent[head]:
            tokens.append(argument.slot.token)
            if argument.nominal:
                tokens += [argument.nominal.first, argument.nominal.last]
    return tree.start[min(tokens)], tree.end[max(tokens)]
