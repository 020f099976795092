"""The learned judge of antecedents (``weights.npz``): a small network over the features of anaphor and candidate and
the encoder's vectors of the anaphor, of the candidate's mention before it and of its first one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.coreference.entities import Entity
from kg.coreference.features import LAYOUT, Anaphor
from kg.coreference.resolution import Choices
from kg.encoder import Array
from kg.encoder.layers import rectified, standard
from kg.errors import ModelError
from kg.forest import Floats, Matrix, shipped
from kg.tree import Tree

#: The probability from which a named antecedent is taken and one that has no name, for descriptions and the rest. A
#: name says more than a description does, another description hardly more; a pronoun has no words to lose.
CUTS: Mapping[str, tuple[float, float]] = {"description": (0.33, 0.7), "pronoun": (0.05, 0.05)}
#: The layers that read vectors: of the anaphor, of the last mention, of the first; two that are multiplied.
_SEEING = ("anaphor.seen", "last.seen", "first.seen", "anaphor.meets", "first.meets")


def cut(anaphor: Anaphor, entity: Entity) -> float:
    """The probability from which an entity is taken."""
    named, other = CUTS["description" if anaphor.nominal.form == "noun" else "pronoun"]
    return named if entity.form == "name" else other


class Weights:
    """The network of antecedents."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Take the arrays of ``weights.npz``; ``ModelError`` where they were fitted for other features."""
        if str(arrays["layout"]) != LAYOUT:
            raise ModelError("the weights of coreference were fitted for another version of the features: run kg fit")
        self.w = {name: values.astype(np.float32) for name, values in arrays.items() if name != "layout"}
        self.seeing = np.concatenate([self.w[name] for name in _SEEING], axis=1)

    def of(self, tree: Tree) -> Judge:
        """The judge of one article's antecedents."""
        return Judge(self, tree)


class Judge:
    """Judges the antecedents of one article (a ``kg.coreference.resolution.Judge``)."""

    def __init__(self, weights: Weights, tree: Tree) -> None:
        """Read the article's vectors once."""
        self._w = weights.w
        parts = np.split(tree.vectors @ weights.seeing, len(_SEEING), axis=1)
        self._seen: Mapping[str, Array] = dict(zip(_SEEING, parts, strict=True))

    def __call__(self, choices: Sequence[Choices], rows: Matrix) -> Floats:
        """The probability of each row."""
        w, seen = self._w, self._seen
        anaphors, lasts, firsts = mentions(choices)
        layer = standard(rows, w["scale"]) @ w["features"] + w["features.bias"]
        layer += seen["anaphor.seen"][anaphors] + seen["last.seen"][lasts] + seen["first.seen"][firsts]
        layer += seen["anaphor.meets"][anaphors] * seen["first.meets"][firsts]
        odds = rectified(layer) @ w["out"][:, 0] + w["out.bias"]
        found: Floats = 1.0 / (1.0 + np.exp(-odds.astype(np.float64)))
        return found

    def cut(self, anaphor: Anaphor, entity: Entity) -> float:
        """The probability from which an entity is taken."""
        return cut(anaphor, entity)


def mentions(choices: Sequence[Choices]) -> NDArray[np.intp]:
    """For each candidate the tokens of the anaphor, of the candidate's mention before it, and of its first mention."""
    found = []
    for anaphor, candidates, _ in choices:
        head = anaphor.nominal.head
        for entity in candidates:
            place = bisect_left(entity.heads, head)
            found.append((head, entity.heads[place - 1] if place else entity.heads[0], entity.heads[0]))
    return np.array(found, np.intp).T


@cache
def weights() -> Weights:
    """The judge that ships with the package, read once."""
    return Weights(shipped("kg.coreference", "weights.npz"))
