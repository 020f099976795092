"""Networks, forest and priors: applied with numpy, refused where they do not fit."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from docs import reading

from kg.errors import ModelError
from kg.events.candidates import Proposal, propose
from kg.events.features import LAYOUT, NOBODY, WIDTH
from kg.events.network import Inputs, Networks, Opinion
from kg.events.priors import Priors
from kg.events.scorer import LEAST, Weights, pair_rows, seen, shortlist, weights
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
    [judged] = weights().judge([shelling])
    assert judged
    assert all(shelling.possible(pair) and 0.0 < chance < 1.0 for pair, chance in judged)
    assert weights().judge([]) == []


def test_every_role_has_a_row_for_nobody_and_one_an_argument(shelling: Proposal):
    assert shelling.actors.shape == shelling.targets.shape == (len(shelling.arguments) + 1, WIDTH)
    assert not shelling.actors[0].any()


def test_an_unseen_word_counts_as_an_average_one():
    priors = Priors({"*": (25.0, 100.0), "en:0:shell": (9.0, 10.0)})
    [[word, action]] = priors.rows([("en:0:shell", "0:attack")])
    assert word > action
    assert action == pytest.approx(log(0.25 / 0.75))
    assert Priors({}).rows([("fr:0:tirer", "0:attack")]).tolist() == [[0.0, 0.0]]


def test_nobody_and_every_argument_have_keys(shelling: Proposal):
    assert len(shelling.argument_keys) == len(shelling.arguments) + 1
    assert len({len(keys) for keys in shelling.argument_keys}) == 1
    assert "en:rebel" in {key for keys in shelling.argument_keys for key in keys}


def test_nobody_does_nothing_to_nobody_and_nobody_acts_on_themselves(shelling: Proposal):
    assert not shelling.open.diagonal().any()
    assert shelling.open.any()
    assert shelling.both.shape == (*shelling.open.shape, 6)


def opinion(proposal: Proposal, likely: tuple[int, int]) -> Opinion:
    size = len(proposal.arguments) + 1
    pairs = np.full((size, size), LEAST - 1, dtype=np.float32)
    pairs[likely[0] + 1, likely[1] + 1] = 2.0
    return Opinion(np.zeros(size, np.float32), np.zeros(size, np.float32), pairs)


def test_only_likely_pairs_are_judged(shelling: Proposal):
    assert shortlist(shelling, opinion(shelling, (0, 1))) == [(0, 1)]
    assert shortlist(shelling, opinion(shelling, (-1, -1))) == []


def test_pairs_of_a_proposal_have_rows_of_one_width(shelling: Proposal):
    inputs = seen(shelling, (Priors({}), Priors({}), Priors({})))
    some = pair_rows(inputs, opinion(shelling, (0, 1)), [(0, 1), (0, -1)])
    none = pair_rows(inputs, opinion(shelling, (0, 1)), [])
    assert some.shape == (2, none.shape[1])
    assert none.shape == (0, shelling.own.shape[1] + 2 + 2 * (WIDTH + 5) + 6 + 8)


def test_a_network_thinks_the_same_of_a_predicate_alone_and_among_others(shelling: Proposal):
    networks = weights().networks
    small = next(p for p in propose(reading("fr", "Jeanne Morvan est arrivée à Brest.")))
    inputs = [seen(proposal, weights().priors) for proposal in (small, shelling)]
    for alone, together in zip([networks.opinions([one])[0] for one in inputs], networks.opinions(inputs), strict=True):
        assert alone.pairs.shape == together.pairs.shape
        assert np.allclose(alone.pairs, together.pairs, atol=1e-4)


def test_a_network_is_fitted_to_what_it_is_shown():
    from kg.events.network import Scale
    from kg.networks import Case, fit_network

    random = np.random.RandomState(0)
    cases = []
    for _ in range(200):  # the right actor is the one whose first feature is high, the target is nobody
        size = random.randint(2, 5)
        actors = random.rand(size, 3).astype(np.float32)
        right = np.zeros((size, size), np.int8)
        right[actors[:, 0].argmax(), 0] = 2
        own, both = np.ones((1, 2), np.float32), np.zeros((size, size, 6), np.float32)
        cases.append(Case(Inputs(own, actors, np.zeros((size, 2), np.float32), both), np.ones_like(right, bool), right))
    arrays = Scale.fit([case.inputs for case in cases])
    fitted = fit_network(cases, Scale(arrays), seed=0)
    networks = Networks({**arrays, **{f"net0.{name}": values for name, values in fitted.items()}})
    found = networks.opinions([case.inputs for case in cases])
    hits = [o.pairs.argmax(axis=0)[0] == c.right[:, 0].argmax() for o, c in zip(found, cases, strict=True)]
    assert sum(hits) > 150
