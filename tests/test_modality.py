"""How an action stands: polarity, modality, and whether it is refused."""

from __future__ import annotations

import pytest
from docs import at, parsed

from kg.events.modality import Standing, standing


def stands(language: str, sentence: str, verb: str, *, doubted: bool = False) -> Standing:
    made = parsed(language, sentence)
    return standing(made, at(made, verb), doubted)


@pytest.mark.parametrize(
    ("language", "sentence", "verb"),
    [
        ("fr", "La police n'a pas arrêté le suspect.", "arrêté"),
        ("fr", "La police n'a jamais arrêté le suspect.", "arrêté"),
        ("fr", "La police n'arrête plus personne.", "arrête"),
        ("fr", "Aucun soldat n'a quitté la gare.", "quitté"),
        ("fr", "Le maire part sans saluer les paysans.", "saluer"),
        ("en", "The police did not arrest the suspect.", "arrest"),
        ("en", "The police never arrested the suspect.", "arrested"),
        ("en", "No soldier left the station.", "left"),
        ("en", "The mayor left without greeting the farmers.", "greeting"),
    ],
)
def test_negation(language: str, sentence: str, verb: str):
    assert stands(language, sentence, verb).polarity == "negated"


@pytest.mark.parametrize(
    ("language", "sentence", "verb"),
    [
        ("fr", "Les rebelles ont bombardé la ville.", "bombardé"),
        ("fr", "La ville a été bombardée par les rebelles.", "bombardée"),
        ("fr", "Le maire part sans saluer les paysans.", "part"),
        ("en", "The rebels shelled the town near the river.", "shelled"),
        ("en", "The mayor left without greeting the farmers.", "left"),
    ],
)
def test_what_simply_happened(language: str, sentence: str, verb: str):
    assert stands(language, sentence, verb) == Standing("affirmed", "actual", "", False)


@pytest.mark.parametrize(
    ("language", "sentence", "verb", "modality", "rule"),
    [
        ("fr", "La police arrêtera le suspect.", "arrêtera", "planned", "future"),
        ("en", "The police will arrest the suspect.", "arrest", "planned", "future"),
        ("fr", "La police aurait arrêté le suspect.", "arrêté", "unconfirmed", "conditional"),
        ("en", "The police would arrest the suspect.", "arrest", "planned", "would"),
        ("en", "The police reportedly arrested the suspect.", "arrested", "unconfirmed", "hearsay"),
        ("fr", "La police avance pour arrêter le suspect.", "arrêter", "planned", "purpose"),
        ("en", "The police moved to arrest the suspect.", "arrest", "planned", "purpose"),
        ("fr", "Si la police arrête le suspect, le maire part.", "arrête", "possible", "condition"),
        ("en", "If the police arrest the suspect, the mayor leaves.", "arrest", "possible", "condition"),
        ("fr", "Le maire peut recevoir les paysans.", "recevoir", "possible", "governed:possible"),
        ("en", "The mayor may meet the farmers.", "meet", "possible", "possible"),
        ("fr", "La police compte interroger le suspect.", "interroger", "planned", "governed:planned"),
        ("fr", "Le maire promet de soutenir les paysans.", "soutenir", "planned", "governed:planned"),
        ("en", "The mayor promises to support the farmers.", "support", "planned", "governed:planned"),
    ],
)
def test_modality(language: str, sentence: str, verb: str, modality: str, rule: str):
    found = stands(language, sentence, verb)
    assert (found.modality, found.rule) == (modality, rule)


@pytest.mark.parametrize(
    ("language", "sentence", "refused", "refusing"),
    [
        ("fr", "Le maire refuse de recevoir les paysans.", "recevoir", "refuse"),
        ("en", "The mayor refused to meet the farmers.", "meet", "refused"),
    ],
)
def test_the_complement_of_a_refusal_is_denied(language: str, sentence: str, refused: str, refusing: str):
    assert stands(language, sentence, refused).denied
    assert not stands(language, sentence, refusing).denied


def test_the_main_clause_is_not_under_the_condition():
    assert stands("fr", "Si la police arrête le suspect, le maire part.", "part").modality == "actual"


def test_a_relative_clause_stands_by_itself():
    assert stands("fr", "L'armée qui occupe la vallée menace le village.", "occupe").modality == "actual"


def test_what_nobody_vouches_for_is_unconfirmed_unless_it_is_less():
    happened = "Les rebelles ont bombardé la ville."
    assert stands("fr", happened, "bombardé", doubted=True).modality == "unconfirmed"
    assert stands("fr", "La police arrêtera le suspect.", "arrêtera", doubted=True).modality == "planned"
