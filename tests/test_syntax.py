"""One shape for every language: function words depend on what they mark."""

from __future__ import annotations

import pytest
from docs import at, parsed

from kg.mentions import nominals
from kg.model import Article
from kg.parse import parse
from kg.syntax import Tree, clause_of, nominal, text_of, tree


def arc(made: Tree, form: str, nth: int = 0) -> tuple[str, str]:
    """The relation of a token and the form of its head."""
    i = at(made, form, nth)
    return made.rel[i], made.token[made.head[i]]


def test_an_english_preposition_becomes_the_case_of_its_noun():
    made = parsed("en", "The rebels shelled the town near the river.")
    assert arc(made, "river") == ("obl", "shelled")
    assert arc(made, "near") == ("case", "river")
    assert made.case(at(made, "river")) == "near"


def test_a_preposition_under_a_noun_makes_it_a_complement():
    made = parsed("en", "The general launched an attack on the rebels.")
    assert arc(made, "rebels") == ("nmod", "attack")


def test_a_preposition_of_two_words():
    made = parsed("en", "According to the mayor, the police hold the stadium.")
    assert arc(made, "mayor") == ("obl", "hold")
    assert made.case(at(made, "mayor")) == "according to"


def test_the_agent_of_an_english_passive():
    made = parsed("en", "The town was shelled by the rebels.")
    assert arc(made, "rebels") == ("agent", "shelled")
    assert arc(made, "by") == ("case", "rebels")
    assert arc(made, "town") == ("subj:pass", "shelled")


def test_an_english_copula_becomes_a_dependent_of_its_predicate():
    made = parsed("en", "The guards are loyal to the mayor.")
    assert arc(made, "loyal") == ("root", "loyal")
    assert arc(made, "are") == ("cop", "loyal")
    assert arc(made, "guards") == ("subj", "loyal")
    assert arc(made, "mayor") == ("obl", "loyal")


def test_a_gerund_under_a_preposition_is_a_clause_with_a_mark():
    made = parsed("en", "The mayor left without greeting the farmers.")
    assert arc(made, "greeting") == ("advcl", "left")
    assert arc(made, "without") == ("mark", "greeting")


def test_french_already_has_this_shape():
    made = parsed("fr", "La ville a été bombardée par les rebelles.")
    assert arc(made, "rebelles") == ("agent", "bombardée")
    assert arc(made, "par") == ("case", "rebelles")
    assert arc(made, "ville") == ("subj:pass", "bombardée")
    assert arc(made, "été") == ("aux:pass", "bombardée")


def test_a_contracted_preposition_is_written_as_the_lexicon_does():
    made = parsed("fr", "Le juge ordonne aux soldats de libérer le village.")
    assert made.case(at(made, "soldats")) == "à"


def test_no_head_is_lost_and_every_sentence_has_one_root():
    sentences = ("A bank closed.", "The bank dismissed its staff.", "The guards are loyal to the mayor.")
    made = parsed("en", *sentences)
    assert made.sentences[-1][1] == len(made)
    for first, end in made.sentences:
        assert [i for i in range(first, end) if made.head[i] == i] == [
            i for i in range(first, end) if made.rel[i] == "root"
        ]
        assert all(first <= made.head[i] < end for i in range(first, end))


def test_offsets_and_subtrees_are_of_the_article():
    made = parsed("fr", "Le maire promet de soutenir les paysans.")
    tokens = made.subtree(at(made, "soutenir"))
    assert text_of(made, tokens) == "de soutenir les paysans"
    assert text_of(made, made.subtree(at(made, "promet"), frozenset({"xcomp", "punct"}))) == "Le maire promet"


def test_the_clause_of_a_word():
    made = parsed("fr", "Le maire a déclaré que la police occupe le stade.")
    assert clause_of(made, at(made, "stade")) == at(made, "occupe")
    assert clause_of(made, at(made, "maire")) == at(made, "déclaré")
    assert nominal(made, at(made, "stade"))
    assert not nominal(made, at(made, "que"))


@pytest.mark.model
def test_what_stands_behind_a_place_and_a_colon_takes_its_place():
    text = "France : Paul Martin, condamné hier à trois ans de prison, fait appel."
    [(_, doc)] = parse([Article("a", "a", text, "fr")])
    found = tree(doc, "fr")
    assert found.sentences == [(0, len(found))]
    martin, condemned = found.lower.index("paul"), found.lower.index("condamné")
    assert found.head[condemned] == martin
    assert found.rel[0] == "dep"


@pytest.mark.model
def test_an_adjective_in_a_nouns_place_is_a_nominal():
    [(_, doc)] = parse([Article("a", "a", "Les blessés ont été évacués par les secours.", "fr")])
    found = tree(doc, "fr")
    assert "blessés" in {nominal.name for nominal in nominals(found).values()}


@pytest.mark.model
def test_a_recipient_behind_to_is_a_complement_of_the_verb():
    [(_, doc)] = parse([Article("a", "a", "Qatar sent humanitarian aid to Lebanon.", "en")])
    found = tree(doc, "en")
    assert arc(found, "Lebanon") == ("obl", "sent")
    assert arc(found, "to") == ("case", "Lebanon")
