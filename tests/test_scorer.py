"""The forests: applied with numpy, refused where they do not fit."""

from __future__ import annotations

from math import log

import numpy as np
import pytest

from docs import reading
from kg.errors import ModelError
from kg.events.candidates import Proposal, propose
from kg.events.features import LAYOUT, NOBODY, WIDTH, joint
from kg.events.scorer import Priors, Weights, pair_rows, shortlist, weights
from kg.forest import Forest

#: Two trees. The first asks feature 0 and then feature 1; the second is one leaf.
TREES = {
    "tiny.feature": np.array([0, 0, 1, 0, 0, 0]),
    "tiny.threshold": np.array([0.5, 0.0, 10.0, 0.0, 0.0, 0.0]),
    "tiny.left": np.array([1, 1, 3, 3, 4, 5]),
    "tiny.right": np.array([2, 1, 4, 3, 4, 5]),
    "tiny.value": np.array([0.0, -1.0, 0.0, 2.0, 3.0, 0.25]),
    "tiny.roots": np.array([0, 5]),
    "tiny.depth": np.array(2),
}


@pytest.fixture
def shelling() -> Proposal:
    return next(p for p in propose(reading("en", "The rebels and the army shelled the town.")))


def test_a_row_falls_through_every_tree():
    rows = np.array([[0.5, 99.0], [0.6, 10.0], [0.6, 10.5]], dtype=np.float32)
    assert Forest(TREES, "tiny").margin(rows).tolist() == [-0.75, 2.25, 3.25]


def test_no_rows_have_no_margins():
    assert Forest(TREES, "tiny").margin(np.zeros((0, 2), dtype=np.float32)).shape == (0,)


def test_weights_for_other_features_are_refused():
    with pytest.raises(ModelError, match="fitted for another version of the features"):
        Weights({"layout": np.array("0:" + LAYOUT)})


def test_the_weights_that_ship_fit_the_features():
    shipped = weights()
    assert 0.0 < shipped.cuts.first < 1.0
    assert len(NOBODY) == WIDTH


def test_shipped_weights_give_each_pair_a_probability(shelling: Proposal):
    [judged] = weights().judge([shelling], "en")
    assert judged
    assert all(shelling.possible(pair) and 0.0 < chance < 1.0 for pair, chance in judged)
    assert weights().judge([], "en") == []


def test_every_role_has_a_row_for_nobody_and_one_an_argument(shelling: Proposal):
    assert shelling.actors.shape == shelling.targets.shape == (len(shelling.arguments) + 1, WIDTH)
    assert not shelling.actors[0].any()


def test_an_unseen_word_counts_as_an_average_one(shelling: Proposal):
    seen = Priors({"*": (25.0, 100.0), "en:0:shell": (9.0, 10.0)})
    word, action = seen.row(shelling, "en")[0]
    assert word > action
    assert action == pytest.approx(log(0.25 / 0.75))
    assert Priors({}).row(shelling, "fr")[0].tolist() == [0.0, 0.0]


def test_only_likely_pairs_are_judged(shelling: Proposal):
    size = len(shelling.arguments) + 1
    actors, targets = np.full(size, -9.0), np.full(size, -9.0)
    actors[1], targets[2] = 3.0, 3.0
    assert shortlist(shelling, actors, targets) == [(0, 1)]


def test_pairs_of_a_proposal_have_rows_of_one_width(shelling: Proposal):
    size = len(shelling.arguments) + 1
    margins = np.zeros(size)
    some = pair_rows(shelling, shelling.own, [(0, 1), (0, -1)], margins, margins)
    none = pair_rows(shelling, shelling.own, [], margins, margins)
    assert some.shape == (2, none.shape[1])
    assert none.shape[1] == shelling.own.shape[1] + 2 * WIDTH + len(joint(None, None, 0)) + 8
