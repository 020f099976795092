"""The nominals of a text: what each is, and which words are its name."""

from __future__ import annotations

import pytest
from docs import at, parsed

from kg.mentions import Nominal, mention, nominals
from kg.model import Article


def found(language: str, sentence: str, form: str) -> Nominal:
    made = parsed(language, sentence)
    return nominals(made)[at(made, form)]


def test_a_name_of_two_words_is_one_nominal():
    made = parsed("fr", "Paul Kermadec rencontre Jeanne Morvan.")
    named = {n.name: (n.kind, n.form) for n in nominals(made).values()}
    assert named == {"Paul Kermadec": ("person", "name"), "Jeanne Morvan": ("person", "name")}


def test_the_determiner_is_no_part_of_the_name_but_of_the_mention():
    made = parsed("fr", "La Ligue des pêcheurs bretons (LPB) proteste.")
    ligue = nominals(made)[at(made, "Ligue")]
    assert ligue.name == "Ligue des pêcheurs bretons"
    assert (ligue.kind, ligue.definite) == ("organization", "definite")
    text = Article("test", "test.txt", made.text, "fr")
    assert mention(made, ligue, text).text == "La Ligue des pêcheurs bretons"


def test_known_names_carry_who_they_are():
    hamas = found("fr", "Le Hamas a libéré un otage.", "Hamas")
    assert hamas.known is not None
    assert (hamas.known.id, hamas.kind, hamas.form) == ("hamas", "armed_group", "name")


def test_a_nationality_adjective_stands_for_its_country():
    adjective = found("fr", "Des soldats israéliens ont quitté Gaza.", "israéliens")
    assert adjective.known is not None
    assert (adjective.form, adjective.known.id) == ("adjective", "israel")


def test_several_persons_are_a_group():
    assert found("fr", "Des soldats israéliens ont quitté Gaza.", "soldats").kind == "group"
    assert found("en", "No soldier left the station.", "soldier").kind == "person"


def test_the_name_inside_an_office():
    minister = found("fr", "L'ancien ministre français Paul Kermadec a parlé.", "ministre")
    assert (minister.name, minister.kind, minister.role) == ("Paul Kermadec", "person", "office")
    assert minister.named is not None


@pytest.mark.parametrize(
    ("language", "sentence", "form"),
    [
        ("fr", "Elle repart lundi.", "Elle"),
        ("fr", "Le ministre les a reçus.", "les"),
        ("fr", "L'armée qui occupe la vallée menace le village.", "qui"),
        ("en", "He thanked her.", "her"),
        ("en", "The mayor praised himself.", "himself"),
    ],
)
def test_pronouns(language: str, sentence: str, form: str):
    assert found(language, sentence, form).form == "pronoun"


@pytest.mark.parametrize(
    ("language", "sentence", "form", "definite"),
    [
        ("fr", "Une banque ferme.", "banque", "indefinite"),
        ("fr", "La banque licencie des employés.", "banque", "definite"),
        ("fr", "Paul Kermadec salue ses voisins.", "voisins", "possessive"),
        ("en", "A bank closed.", "bank", "indefinite"),
        ("en", "The bank dismissed its staff.", "staff", "possessive"),
    ],
)
def test_definiteness(language: str, sentence: str, form: str, definite: str):
    assert found(language, sentence, form).definite == definite


def test_words_that_say_when_name_nobody():
    made = parsed("fr", "Elle repart lundi.")
    monday = at(made, "lundi")
    assert monday in nominals(made)
    assert monday not in nominals(made, [(made.start[monday], made.end[monday])])


def test_an_english_nationality_adjective_stands_for_its_country():
    adjective = found("en", "Israeli soldiers left Gaza.", "Israeli")
    assert adjective.known is not None
    assert (adjective.form, adjective.known.id) == ("adjective", "israel")


@pytest.mark.parametrize(
    ("language", "sentence", "form", "name"),
    [
        ("en", "The Oslo-based shipping company sued the port.", "company", "Oslo-based shipping company"),
        ("en", "A 34-year-old nurse sued the hospital.", "nurse", "34-year-old nurse"),
        ("fr", "Le centre-ville a été bouclé.", "centre", "centre-ville"),
    ],
)
def test_a_word_with_a_hyphen_is_not_torn(language: str, sentence: str, form: str, name: str):
    assert found(language, sentence, form).name == name


def test_a_name_that_everybody_knows_is_read_to_its_end():
    mission = found("fr", "Le Groupe de soutien à l'islam et aux musulmans a revendiqué l'attaque.", "Groupe")
    assert mission.known is not None
    assert mission.known.id == "jamaat-nasr-al-islam-wal-muslimin"


def test_an_acronym_inside_a_longer_name_stays_itself():
    acronym = found("en", "The UN refugee agency asked for help.", "UN")
    assert acronym.name == "UN"
