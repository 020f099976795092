"""What parsers get wrong is mended in the tree."""

from __future__ import annotations

import finite
import pytest
from docs import at, parsed

from kg.lexicon import lexicon
from kg.syntax import Tree


def arc(made: Tree, form: str) -> tuple[str, str]:
    """The relation of a token and the form of its head."""
    i = at(made, form)
    return made.rel[i], made.token[made.head[i]]


@pytest.mark.parametrize(
    ("sentence", "verb", "lemma", "subject", "target"),
    [
        ("La Turquie livre des canons à la Libye.", "livre", "livrer", "Turquie", "canons"),
        ("Le ministre gracie Israël", "gracie", "gracier", "ministre", "Israël"),
        ("Berlin dément", "dément", "démentir", "Berlin", None),
    ],
)
def test_a_verb_taken_for_another_word(sentence: str, verb: str, lemma: str, subject: str, target: str | None):
    made = parsed("fr", sentence)
    i = at(made, verb)
    assert (made.pos[i], made.lemma[i], made.rel[i]) == ("VERB", lemma, "root")
    assert arc(made, subject) == ("subj", verb)
    if target:
        assert arc(made, target) == ("obj", verb)


def test_a_noun_under_a_preposition_stays_a_noun():
    made = parsed("fr", "Le monde du livre juge sévèrement.")
    assert made.pos[at(made, "livre")] == "NOUN"


def test_a_participle_that_was_taken_for_a_foreign_word():
    made = parsed("fr", "La Corée du Nord a piraté Sony en 2014.")
    assert made.pos[at(made, "piraté")] == "VERB"
    assert arc(made, "Sony") == ("obj", "piraté")


def test_only_the_auxiliary_of_passives_makes_a_passive():
    assert arc(parsed("fr", "Les FARC avaient enlevé Louise Weber."), "FARC") == ("subj", "enlevé")
    assert arc(parsed("fr", "La ville a été bombardée par les rebelles."), "ville") == ("subj:pass", "bombardée")


@pytest.mark.parametrize(
    ("sentence", "complement", "verb"),
    [
        ("La Norvège a menacé TikTok d'une amende.", "amende", "menacé"),
        ("La reine a visité Malte mardi.", "mardi", "visité"),
        ("Le maire a rencontré Louise Weber à Anvers.", "Anvers", "rencontré"),
    ],
)
def test_a_name_is_whole_without_what_belongs_to_the_verb(sentence: str, complement: str, verb: str):
    assert arc(parsed("fr", sentence), complement) == ("obl", verb)


def test_the_parts_of_a_name_stay_together():
    assert arc(parsed("fr", "La Corée du Nord a piraté Sony en 2014."), "Nord") == ("nmod", "Corée")


def test_finite_forms_are_those_of_the_pipeline():
    rows = [line.split("\t") for line in finite.PATH.read_text(encoding="utf-8").splitlines() if line[:1] != "#"][1:]
    known = lexicon(finite.LANGUAGE)
    assert len(rows) > 5_000
    missing = [lemma for _, lemma in rows if not (known.word("verb", lemma) or known.phrases(lemma))]
    assert len(set(missing)) <= 0.1 * len({lemma for _, lemma in rows})
    fresh = dict(line.split("\t") for line in finite.text().splitlines() if line[:1] != "#")
    assert {form: lemma for form, lemma in rows if fresh.get(form, lemma) != lemma} == {}
    assert {"dément": "démentir", "livre": "livrer", "visitera": "visiter"}.items() <= fresh.items()
