"""Who an event's speaker may be, and what the networks of modality and speaker learn from."""

from __future__ import annotations

import numpy as np
import pytest
from docs import at, reading

from kg.encoder import WIDTH
from kg.events.candidates import propose
from kg.events.settle import modality_keys, modality_row, saying, settle, standing
from kg.events.speakers import Speakers
from kg.examples import Example, example
from kg.gold import Entity, Gold, tokens
from kg.model import MODALITIES, Article
from kg.standings import cases, lessons, modality_counts, saying_counts

SAID = "The mayor said that the police hold the stadium."
MAYOR, POLICE, STADIUM = (
    Entity(kind, (tokens(name),), (tokens(name),), name)
    for kind, name in (("person", "the mayor"), ("organization", "the police"), ("place", "the stadium"))
)


def offered(language: str, sentence: str, form: str) -> dict[str | None, set[str]]:
    """The possible speakers of a word by their form (``None``: the article), and how each was found."""
    made = reading(language, sentence)
    found = Speakers(made).candidates(at(made.tree, form))
    return {made.tree.token[c.token] if c.token >= 0 else None: c.hows for c in found}


@pytest.mark.parametrize(
    ("language", "sentence", "form", "who", "how"),
    [
        ("en", SAID, "hold", "mayor", "above"),
        ("en", '"The police hold the stadium," said the mayor.', "hold", "mayor", "beside"),
        ("fr", "Selon le maire, la police occupe le stade.", "occupe", "maire", "according"),
        ("fr", "Le maire accuse la police d'avoir frappé un passant.", "frappé", "maire", "rule"),
    ],
)
def test_whoever_speaks_may_be_the_source(language: str, sentence: str, form: str, who: str, how: str):
    found = offered(language, sentence, form)
    assert found[None] == {"nobody"}
    assert how in found[who]


def test_an_article_in_which_nobody_speaks_speaks_itself():
    assert offered("fr", "Les rebelles ont bombardé la ville.", "bombardé") == {None: {"nobody"}}


def case(source: Entity | None):
    event = Gold(
        0, len(SAID), POLICE, STADIUM, source, (tokens("hold"),), frozenset({"COERCE"}), "affirmed", "actual", True
    )
    [found] = cases(example(Article("test", "test.txt", SAID, "en"), reading("en", SAID), [event]))
    return found


def test_the_annotated_source_is_right():
    assert [c.token for c, right in zip(case(MAYOR).offered, case(MAYOR).right, strict=True) if right] != [-1]
    assert case(None).right[0]
    assert sum(case(None).right) == 1


def test_words_of_saying_are_counted():
    counts = saying_counts([case(MAYOR), case(None)])
    assert counts["en:say"] == (1.0, 2.0)
    assert saying(counts, ["en:say"]) == [pytest.approx(0.0)]
    assert saying(counts, ()) == [0.0, 0.0]


def test_a_word_that_never_reports_counts_less_than_an_average_one():
    counts = {"*": (50.0, 100.0), "en:say": (90.0, 100.0), "en:see": (1.0, 100.0)}
    often, never, unseen = (saying(counts, [key])[0] for key in ("en:say", "en:see", "en:new"))
    assert unseen == pytest.approx(0.0)
    assert never < unseen < often


def test_modalities_are_counted_for_a_word_and_for_the_word_above():
    found = case(MAYOR)
    assert modality_keys(found.speakers.reading, found.proposal) == ("en:hold", "en:say>ccomp", "state>ccomp")
    counts = modality_counts([found])
    assert counts["en:hold"] == counts["*"] == (1.0, 0.0, 0.0, 0.0)
    assert np.isfinite(
        modality_row(found.speakers.reading, found.proposal, {**counts, "*": (4.0, 3.0, 2.0, 1.0)})
    ).all()


def test_what_ships_settles_speaker_and_modality():
    made = reading("en", SAID)
    [holding] = [p for p in propose(made) if p.predicate.lemma == "hold"]
    [settled] = settle(made, [holding], [None])
    assert settled.source is not None
    assert (settled.source.mention, settled.polarity, settled.modality) == ("The mayor", "affirmed", "actual")
    assert settle(made, [], []) == []


def test_the_counts_that_ship_know_both_languages():
    assert {"en:say", "fr:affirmer"} <= set(standing().sayings)


def test_a_lesson_is_counted_on_other_articles():
    def told(source: Entity | None) -> Example:
        gold = Gold(
            0, len(SAID), POLICE, STADIUM, source, (tokens("hold"),), frozenset({"COERCE"}), "negated", "planned", True
        )
        return example(Article("test", "test.txt", SAID, "en"), reading("en", SAID), [gold])

    said = told(MAYOR)
    [lesson], [other], _ = lessons([said, told(None), said], [0, 1, 0])
    assert lesson.head == at(said.reading.tree, "hold")
    assert said.reading.tree.token[lesson.speakers[lesson.right][0]] == "mayor"
    assert other.speakers[other.right].tolist() == [-1]
    assert (lesson.modality, lesson.negated) == (MODALITIES.index("planned"), True)
    # Elsewhere nothing said was the speaker's for one, all was for the other.
    assert lesson.rows.shape == other.rows.shape
    assert lesson.rows[1].sum() < other.rows[1].sum()


def test_the_networks_that_ship_read_vectors():
    random = np.random.RandomState(0)
    vectors = random.normal(size=(30, WIDTH)).astype(np.float32)
    rows = np.zeros((30, len(modality_row(case(MAYOR).speakers.reading, case(MAYOR).proposal, {}))), np.float32)
    assert len(set(standing().modalities(rows, vectors))) > 1
    assert len(set(standing().modalities(rows, vectors * 0))) == 1
