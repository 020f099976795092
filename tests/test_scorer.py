"""Network, forest and priors: applied with numpy, refused where they do not fit."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from docs import reading

from kg.encoder import WIDTH as VECTOR
from kg.errors import ModelError
from kg.events.candidates import Proposal, propose
from kg.events.features import LAYOUT, NOBODY, WIDTH
from kg.events.network import Opinion
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


def vectors(seed: int) -> np.ndarray:
    """Vectors of ten tokens, as if the encoder had made them."""
    return np.random.RandomState(seed).normal(size=(10, VECTOR)).astype(np.float32)


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
    [judged] = weights().judge([shelling], vectors(seed=0))
    assert judged
    assert all(shelling.possible(pair) and 0.0 < chance < 1.0 for pair, chance in judged)
    assert weights().judge([], vectors(seed=0)) == []


def test_every_role_has_a_row_for_nobody_and_one_an_argument(shelling: Proposal):
    assert shelling.actors.shape == shelling.targets.shape == (len(shelling.arguments) + 1, WIDTH)
    assert not shelling.actors[0].any()


def test_an_unseen_word_counts_as_an_average_one():
    priors = Priors({"*": (25.0, 100.0), "en:0:shell": (9.0, 10.0)})
    [[word, action]] = priors.rows([("en:0:shell", "0:attack")])
    assert word > action
    assert action == pytest.approx(log(0.25 / 0.75))
    assert Priors({}).rows([("fr:0:tirer", "0:attack")]).tolist() == [[0.0, 0.0]]


@pytest.mark.parametrize("right", [0.0, 8.0])
def test_what_is_always_right_or_never_has_finite_odds(right: float):
    assert np.isfinite(Priors({"*": (right, 8.0), "en:0:shell": (right, 8.0)}).rows([("en:0:shell",)])).all()


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
    network, words = weights().network, vectors(seed=0)
    small = next(p for p in propose(reading("fr", "Jeanne Morvan est arrivée à Brest.")))
    inputs = [seen(proposal, weights().priors) for proposal in (small, shelling)]
    alone = [network.opinions([one], words)[0] for one in inputs]
    for one, among in zip(alone, network.opinions(inputs, words), strict=True):
        assert one.pairs.shape == among.pairs.shape
        assert np.allclose(one.pairs, among.pairs, atol=1e-4)


def test_a_network_looks_at_the_words_of_predicate_and_arguments_alone(shelling: Proposal):
    network, words = weights().network, vectors(seed=0)
    inputs = seen(shelling, weights().priors)
    [before] = network.opinions([inputs], words)
    asked = {inputs.head, *inputs.slots.tolist(), *inputs.meant.tolist()} - {-1}
    for token in range(len(words)):
        changed = words.copy()
        changed[token] = vectors(seed=1)[token]
        [after] = network.opinions([inputs], changed)
        assert np.allclose(before.pairs, after.pairs, atol=1e-5) == (token not in asked)


def test_vectors_of_nobody_count_nothing(shelling: Proposal):
    network, inputs = weights().network, seen(shelling, weights().priors)
    padded = np.concatenate([vectors(seed=0), vectors(seed=1)])  # the last token is nobody's
    [short], [long] = network.opinions([inputs], vectors(seed=0)), network.opinions([inputs], padded)
    assert np.allclose(short.pairs, long.pairs, atol=1e-5)
