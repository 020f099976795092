"""Fitting: candidates are labelled by the annotation, and what LightGBM grows is what numpy applies."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from docs import reading

from kg.examples import Example, example
from kg.fit import Unseen, calibrate, folds, prior_counts, write
from kg.forest import Forest
from kg.forests import flat, grow
from kg.gold import Entity, Gold, tokens
from kg.model import Article

SENTENCE = "The rebels and the army shelled the town."
REBELS, ARMY, TOWN, MAYOR = (
    Entity(kind, (tokens(name),), (tokens(name),), name)
    for kind, name in (
        ("armed_group", "the rebels"),
        ("military", "the army"),
        ("place", "the town"),
        ("person", "the mayor"),
    )
)


def gold(actor: Entity | None, target: Entity | None, lemma: str, *types: str, required: bool = True) -> Gold:
    return Gold(
        0, len(SENTENCE), actor, target, None, (tokens(lemma),), frozenset(types), "affirmed", "actual", required
    )


def labelled(*events: Gold) -> Example:
    return example(Article("test", "test.txt", SENTENCE, "en"), reading("en", SENTENCE), events)


def right(made: Example) -> set[tuple[str, str | None, str | None, int]]:
    """The pairs labelled right: lemma, actor, target and weight."""
    found = set()
    for proposal, pairs in zip(made.proposals, made.right, strict=True):
        for pair, value in pairs.items():
            actor, target = (side and side.reference.mention for side in proposal.sides(pair))
            found.add((proposal.predicate.lemma, actor, target, value))
    return found


def test_the_pair_that_the_annotation_names_is_right():
    made = labelled(gold(REBELS, TOWN, "shell", "ASSAULT"))
    assert right(made) == {("shell", "The rebels", "the town", 2)}


def test_an_optional_event_weighs_less():
    made = labelled(gold(REBELS, TOWN, "shell", "ASSAULT"), gold(ARMY, TOWN, "shell", "ASSAULT", required=False))
    assert right(made) == {("shell", "The rebels", "the town", 2), ("shell", "the army", "the town", 1)}


def test_the_type_will_do_where_the_lemma_differs():
    assert right(labelled(gold(ARMY, TOWN, "bomb", "ASSAULT"))) == {("shell", "the army", "the town", 2)}


def test_another_act_is_no_match():
    assert right(labelled(gold(ARMY, TOWN, "praise", "SUPPORT"))) == set()
    assert right(labelled(gold(MAYOR, TOWN, "shell", "ASSAULT"))) == set()
    assert right(labelled(gold(None, TOWN, "shell", "ASSAULT"))) == {("shell", None, "the town", 2)}


def test_statements_are_not_learned():
    made = labelled(gold(ARMY, None, "say", "STATE"))
    assert made.gold == []


def test_priors_count_words_actions_and_arguments():
    made = [labelled(gold(REBELS, TOWN, "shell", "ASSAULT")), labelled()]
    predicate, actor, target = prior_counts(made)
    assert predicate["*"] == predicate["en:0:shell"] == (1.0, 2.0)
    assert actor["en:rebel"] == (1.0, 2.0)
    assert target["en:rebel"] == (0.0, 2.0)
    assert target["en:town"] == (1.0, 2.0)
    assert set(made[0].proposals[0].keys) <= set(predicate)


def test_a_key_seen_once_is_left_out():
    assert all(set(counts) == {"*"} for counts in prior_counts([labelled()])[:1])


def test_an_article_is_in_the_same_fold_at_every_run():
    data = [labelled()] * 12
    assert folds(data) == folds(data)


def test_calibration_finds_the_share_of_right_ones():
    margins = [0.0] * 100
    pairs = [[[((0, -1), margin) for margin in margins]]]
    values = np.array([1.0] * 25 + [0.0] * 75)
    slope, offset = calibrate(Unseen(pairs, np.zeros((100, 1), dtype=np.float32), values))
    assert 1.0 / (1.0 + np.exp(-(slope * 0.0 + offset))) == pytest.approx(0.25, abs=0.001)


def test_weights_are_read_back_as_written(tmp_path: Path):
    path = tmp_path / "weights.npz"
    write({"layout": np.array("1:2"), "cuts": np.array([0.25, 0.5])}, path)
    with np.load(path, allow_pickle=False) as arrays:
        assert str(arrays["layout"]) == "1:2"
        assert arrays["cuts"].tolist() == [0.25, 0.5]


def test_numpy_applies_what_lightgbm_grew():
    pytest.importorskip("lightgbm", reason="LightGBM grows the trees; only `kg fit` needs it")
    generator = np.random.default_rng(7)
    rows = generator.integers(-3, 4, size=(400, 12)).astype(np.float32)
    answer = (rows[:, 0] + rows[:, 3] * rows[:, 5] > 0).astype(float)
    booster = grow(rows, answer)
    margins = Forest(flat("actor", booster), "actor").margin(rows)
    np.testing.assert_allclose(margins, booster.predict(rows, raw_score=True), atol=1e-4)
