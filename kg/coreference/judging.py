"""The learned judge of antecedents: one forest for descriptions, one for pronouns and possessives (``weights.npz``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.coreference.entities import Entity
from kg.coreference.features import LAYOUT, Anaphor
from kg.coreference.resolution import Choices
from kg.errors import ModelError
from kg.forest import Floats, Forest, Matrix, shipped

#: The forests by name, each with the probability from which a named antecedent is taken and one that has no name.
#: A name says more than a description does, another description hardly more; a pronoun has no words to lose.
CUTS: Mapping[str, tuple[float, float]] = {"description": (0.33, 0.7), "pronoun": (0.05, 0.05)}


def forest_of(anaphor: Anaphor) -> str:
    """The name of the forest that judges an anaphor."""
    return "description" if anaphor.nominal.form == "noun" else "pronoun"


def cut(anaphor: Anaphor, entity: Entity) -> float:
    """The probability from which an entity is taken."""
    named, other = CUTS[forest_of(anaphor)]
    return named if entity.form == "name" else other


class Weights:
    """The forests as a judge of antecedents (``kg.coreference.resolution.Judge``)."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Take the arrays of ``weights.npz``; ``ModelError`` where they were fitted for other features."""
        if str(arrays["layout"]) != LAYOUT:
            raise ModelError("the weights of coreference were fitted for another version of the features: run kg fit")
        self.forests = {name: Forest(arrays, name) for name in CUTS}

    def __call__(self, choices: Sequence[Choices], rows: Matrix) -> Floats:
        """The probability of each row; all choices are of one kind of anaphor."""
        found: Floats = 1.0 / (1.0 + np.exp(-self.forests[forest_of(choices[0][0])].margin(rows)))
        return found

    def cut(self, anaphor: Anaphor, entity: Entity) -> float:
        """The probability from which an entity is taken."""
        return cut(anaphor, entity)


@cache
def weights() -> Weights:
    """The judge that ships with the package, read once."""
    return Weights(shipped("kg.coreference", "weights.npz"))
