"""Candidate events of an article: every predicate with every pair of arguments in reach, as features."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg import coreference, when
from kg.events import features, speech
from kg.events.arguments import Argument, Reading, arguments
from kg.events.modality import Standing, standing
from kg.events.predicates import Predicate, predicates
from kg.mentions import nominals
from kg.syntax import Tree


@dataclass(frozen=True, slots=True)
class Proposal:
    """A predicate with its arguments, how it stands, and the pairs (actor, target) to be judged.

    A pair holds places in ``arguments``; -1 is nobody. ``rows`` holds the features of each pair.
    """

    sentence: int
    predicate: Predicate
    standing: Standing
    arguments: tuple[Argument, ...]
    pairs: tuple[tuple[int, int], ...]
    rows: NDArray[np.float32]

    def sides(self, pair: tuple[int, int]) -> tuple[Argument | None, Argument | None]:
        """Actor and target of a pair."""
        actor, target = pair
        return (self.arguments[actor] if actor >= 0 else None, self.arguments[target] if target >= 0 else None)


def read(tree: Tree) -> Reading:
    """Rooms 3 and 4 and the speech reader over a parsed article."""
    times = when.find(tree.text, tree.language)
    found = nominals(tree, times)
    return Reading(tree, found, coreference.resolve(tree, found), speech.read(tree, found), times)


def propose(reading: Reading) -> list[Proposal]:
    """All candidates of an article, predicate by predicate in text order."""
    proposals = []
    for predicate in predicates(reading.tree, reading.nominals):
        found = arguments(reading, predicate)
        if found:
            proposals.append(_proposal(reading, predicate, found))
    return proposals


def _proposal(reading: Reading, predicate: Predicate, found: list[Argument]) -> Proposal:
    stands = standing(reading.tree, predicate.head, reading.speech.doubted[predicate.head])
    pairs = [
        (a, t)
        for a in range(-1, len(found))
        for t in range(-1, len(found))
        if a != t and not (a >= 0 and t >= 0 and found[a].entity is found[t].entity)
    ]
    own = features.predicate_features(reading, predicate, stands, len(found))
    both = [features.argument_features(reading, predicate, argument) for argument in found]
    actors = [features.NOBODY, *(actor for actor, _ in both)]
    targets = [features.NOBODY, *(target for _, target in both)]
    rows = features.matrix(
        [
            own
            + actors[a + 1]
            + targets[t + 1]
            + features.joint(found[a] if a >= 0 else None, found[t] if t >= 0 else None, predicate.head)
            for a, t in pairs
        ]
    )
    return Proposal(reading.tree.sent[predicate.head], predicate, stands, tuple(found), tuple(pairs), rows)


def evidence(reading: Reading, proposal: Proposal, pair: tuple[int, int]) -> tuple[int, int]:
    """Characters of the evidence: from the first to the last of predicate and arguments within the sentence."""
    tree, head = reading.tree, proposal.predicate.head
    tokens = [*proposal.predicate.tokens]
    for argument in proposal.sides(pair):
        if argument is not None and tree.sent[argument.slot.token] == tree.sent[head]:
            tokens.append(argument.slot.token)
            if argument.nominal:
                tokens += [argument.nominal.first, argument.nominal.last]
    return tree.start[min(tokens)], tree.end[max(tokens)]
