"""Room 4: which nominals of an article are the same entity.

Names join by known identity, surname, acronym or head, and appositions join at once (``naming``). Then descriptions,
pronouns and possessives take up the entity that a learned judge finds likeliest (``features``, ``judging``): mention
ranking after Denis and Baldridge (2008), with a small network over the encoder's vectors. A doubtful description stays
alone: a missing link costs less than a wrong one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.coreference.entities import Chains, Entity, Guess
from kg.coreference.judging import weights
from kg.coreference.resolution import Judge
from kg.coreference.resolution import resolve as resolve_by
from kg.mentions import Nominal
from kg.tree import Tree

__all__ = ["Chains", "Entity", "Guess", "Judge", "resolve"]


def resolve(tree: Tree, nominals: Mapping[int, Nominal], speakers: Sequence[int], judge: Judge | None = None) -> Chains:
    """Join an article's nominals into entities.

    ``speakers`` gives for each token the head token of who is reported as saying it (-1: the article itself);
    ``judge`` stands in for the one that ships with the package.
    """
    return resolve_by(tree, nominals, speakers, judge or weights().of(tree))
