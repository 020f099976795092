"""Which nominals are the same: names, offices, descriptions, pronouns, possessives."""

from __future__ import annotations

import pytest
from docs import at, entity, reading

from kg.coreference.kin import kin
from kg.wordings import key


@pytest.mark.parametrize(
    ("language", "first", "second", "full", "short"),
    [
        ("fr", "Jeanne Morvan est arrivée à Brest.", "Morvan salue les marins.", "Jeanne", "Morvan"),
        ("en", "Jane Holloway arrived in Bristol.", "Holloway met the sailors.", "Holloway", "Holloway"),
    ],
)
def test_a_surname_takes_up_the_full_name(language: str, first: str, second: str, full: str, short: str):
    made = reading(language, first, second)
    again = entity(made, short, 1)
    assert again is entity(made, full)
    assert again is not None
    assert again.name == made.nominals[at(made.tree, full)].name


def test_people_of_different_first_names_are_not_the_same():
    made = reading("fr", "Paul Kermadec rencontre Jeanne Morvan.")
    assert entity(made, "Paul") is not entity(made, "Jeanne")


def test_a_pronoun_agrees_in_gender():
    made = reading("en", "Peter Ashdown met Jane Holloway.", "He thanked her.")
    assert entity(made, "He") is not None
    he, her = at(made.tree, "He"), at(made.tree, "her")
    assert entity(made, "He") is entity(made, "Ashdown")
    assert made.chains.guesses[he][0].entity != made.chains.guesses[her][0].entity


def test_a_feminine_pronoun_takes_up_the_subject():
    made = reading("fr", "Jeanne Morvan est arrivée à Brest.", "Elle repart lundi.")
    assert entity(made, "Elle") is entity(made, "Jeanne")


def test_a_pronoun_never_stands_for_another_argument_of_its_own_verb():
    made = reading("en", "Peter Ashdown met Jane Holloway.", "He thanked her.")
    assert entity(made, "her") is not entity(made, "He")


def test_a_pronoun_without_antecedent_stays_alone():
    made = reading("fr", "Elle repart lundi.")
    assert entity(made, "Elle") is None


@pytest.mark.parametrize(
    ("language", "sentence", "possessive", "owner"),
    [
        ("fr", "Paul Kermadec salue ses voisins.", "ses", "Paul"),
        ("en", "Peter Ashdown thanked his neighbours.", "his", "Ashdown"),
    ],
)
def test_a_possessive_belongs_to_the_subject(language: str, sentence: str, possessive: str, owner: str):
    made = reading(language, sentence)
    assert entity(made, possessive) is entity(made, owner)


@pytest.mark.parametrize(
    ("language", "sentence", "office", "name"),
    [
        ("fr", "Le maire de Brest, Paul Kermadec, a démissionné.", "maire", "Paul"),
        ("en", "The mayor of Bristol, Peter Ashdown, resigned.", "mayor", "Ashdown"),
    ],
)
def test_an_apposition_names_the_office(language: str, sentence: str, office: str, name: str):
    made = reading(language, sentence)
    assert entity(made, office) is entity(made, name)


@pytest.mark.parametrize(
    ("language", "first", "second", "full", "short"),
    [
        ("fr", "La Ligue des pêcheurs bretons (LPB) proteste.", "La LPB bloque le port.", "Ligue", "LPB"),
        ("en", "The Union of Harbour Workers (UHW) protested.", "The UHW blocked the port.", "Union", "UHW"),
    ],
)
def test_an_acronym_is_the_name_it_shortens(language: str, first: str, second: str, full: str, short: str):
    made = reading(language, first, second)
    assert entity(made, short) is entity(made, full)
    assert entity(made, short, 1) is entity(made, full)


@pytest.mark.parametrize(
    ("language", "first", "second", "form"),
    [
        ("fr", "Une banque ferme.", "La banque licencie des employés.", "banque"),
        ("en", "A bank closed.", "The bank dismissed its staff.", "bank"),
    ],
)
def test_a_definite_description_takes_up_its_noun(language: str, first: str, second: str, form: str):
    made = reading(language, first, second)
    assert entity(made, form, 1) is entity(made, form)


def test_an_indefinite_noun_is_somebody_new():
    made = reading("fr", "La banque licencie des employés.", "Une banque ferme.")
    assert entity(made, "banque", 1) is not entity(made, "banque")


def test_a_body_is_taken_up_by_its_kind_and_country():
    made = reading("fr", "Le Hamas a libéré un otage.", "Le groupe palestinien menace Israël.")
    assert entity(made, "groupe") is entity(made, "Hamas")


def test_a_form_of_address_is_no_part_of_the_name():
    made = reading("fr", "Jeanne Morvan est arrivée à Brest.", "Mme Morvan salue les marins.")
    again = entity(made, "Mme")
    assert again is not None
    assert again is entity(made, "Jeanne")
    assert again.name == "Jeanne Morvan"


def test_a_body_goes_by_the_first_word_of_its_name_whatever_its_kind():
    made = reading("en", "Norhaven Air dismissed its staff.", "Norhaven closed.")
    assert entity(made, "Norhaven", 1) is entity(made, "Air")


def test_nouns_that_take_one_another_up_share_a_group():
    assert kin("maire", "fr") & kin("édile", "fr")
    assert kin("companies", "en") == kin("nonsense", "en") == frozenset()
    assert kin("firm", "en") & kin("company", "en")
    assert not kin("maire", "fr") & kin("usine", "fr")


def test_names_are_compared_without_accents_and_punctuation():
    assert key("Jean-Noël L’Hôte") == key("jean noel l'hote") == ("jean", "noel", "l", "hote")


@pytest.mark.parametrize(
    ("language", "first", "second", "name", "noun"),
    [
        ("fr", "La Cour des pêches a condamné l'armateur.", "La Cour rendra son avis lundi.", "Cour", "Cour"),
        (
            "en",
            "The Fisheries Commission fined the owner.",
            "The commission meets on Monday.",
            "Commission",
            "commission",
        ),
    ],
)
def test_a_plain_noun_takes_up_the_one_name_it_heads(language: str, first: str, second: str, name: str, noun: str):
    made = reading(language, first, second)
    again = entity(made, noun, 1 if name == noun else 0)
    assert again is entity(made, name)


def test_a_plain_noun_that_heads_two_names_is_neither():
    made = reading("en", "The Fisheries Commission sued the Harbour Commission.", "The commission meets on Monday.")
    assert entity(made, "commission") is not entity(made, "Fisheries")
