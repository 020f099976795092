"""Who is reported as saying what."""

from __future__ import annotations

import pytest
from docs import at, parsed, reading

from kg.events.speech import first_person, is_saying, quotations


def speaker(language: str, sentence: str, form: str) -> str | None:
    """The form of the token that is said to say a token; ``None`` where the article does."""
    made = reading(language, sentence)
    who = made.speech.speaker[at(made.tree, form)]
    return made.tree.token[who] if who >= 0 else None


@pytest.mark.parametrize(
    ("language", "sentence", "said", "who"),
    [
        ("fr", "Le maire a déclaré : « La police occupe le stade ».", "occupe", "maire"),
        ("fr", "« La police occupe le stade », a déclaré le maire.", "occupe", "maire"),
        ("en", '"The police hold the stadium," said the mayor.', "hold", "mayor"),
    ],
)
def test_direct_speech(language: str, sentence: str, said: str, who: str):
    made = reading(language, sentence)
    assert speaker(language, sentence, said) == who
    assert made.speech.quoted[at(made.tree, said)]
    assert not made.speech.quoted[at(made.tree, who)]


@pytest.mark.parametrize(
    ("language", "sentence", "said", "saying"),
    [
        ("fr", "Le maire a déclaré que la police occupe le stade.", "occupe", "déclaré"),
        ("en", "The mayor said that the police hold the stadium.", "hold", "said"),
    ],
)
def test_indirect_speech(language: str, sentence: str, said: str, saying: str):
    who = "maire" if language == "fr" else "mayor"
    assert speaker(language, sentence, said) == who
    assert speaker(language, sentence, saying) is None
    made = parsed(language, sentence)
    assert is_saying(made, at(made, saying))
    assert not is_saying(made, at(made, said))


@pytest.mark.parametrize(
    ("language", "sentence", "said", "who"),
    [
        ("fr", "Selon le maire, la police occupe le stade.", "occupe", "maire"),
        ("fr", "D'après le maire, la police occupe le stade.", "occupe", "maire"),
        ("fr", "Pour le maire, la police occupe le stade.", "occupe", "maire"),
        ("en", "According to the mayor, the police hold the stadium.", "hold", "mayor"),
    ],
)
def test_according_to_somebody(language: str, sentence: str, said: str, who: str):
    assert speaker(language, sentence, said) == who
    assert speaker(language, sentence, who) is None


@pytest.mark.parametrize(
    ("language", "sentence", "claimed", "accusing", "who"),
    [
        ("fr", "Le maire accuse la police d'avoir frappé un passant.", "frappé", "accuse", "maire"),
        ("en", "The mayor accused the police of beating a man.", "beating", "accused", "mayor"),
    ],
)
def test_an_accusation_is_the_accusers_claim(language: str, sentence: str, claimed: str, accusing: str, who: str):
    assert speaker(language, sentence, claimed) == who
    assert speaker(language, sentence, accusing) is None


@pytest.mark.parametrize(
    ("language", "sentence", "claimed"),
    [
        ("fr", "Le maire est accusé d'avoir frappé un passant.", "frappé"),
        ("en", "The mayor was accused of beating a man.", "beating"),
    ],
)
def test_an_accusation_by_nobody_is_doubted(language: str, sentence: str, claimed: str):
    made = reading(language, sentence)
    assert made.speech.doubted[at(made.tree, claimed)]
    assert speaker(language, sentence, claimed) is None


@pytest.mark.parametrize(
    ("language", "sentence", "pronoun", "who"),
    [
        ("fr", "Le maire affirme : « Nous soutenons les paysans ».", "Nous", "maire"),
        ("en", '"We support the farmers," the mayor said.', "We", "mayor"),
    ],
)
def test_the_first_person_is_the_speaker(language: str, sentence: str, pronoun: str, who: str):
    made = reading(language, sentence)
    spoken = first_person(made.tree, made.speech, at(made.tree, pronoun))
    assert made.tree.token[spoken] == who
    found = made.reference(at(made.tree, pronoun))
    assert found is not None
    assert (found[0].name, found[0].mention, found[2]) == (who, pronoun, "speaker")


def test_what_nobody_says_is_the_articles_own():
    made = reading("fr", "Les rebelles ont bombardé la ville.")
    assert set(made.speech.speaker) == {-1}
    assert not any(made.speech.quoted)


def test_quotations_are_what_stands_between_the_marks():
    made = parsed("fr", "Le maire a déclaré : « La police occupe le stade ».")
    [(first, end)] = quotations(made)
    assert made.span(first, end - 1) == "La police occupe le stade"


def test_a_pronoun_behind_a_linking_t_speaks():
    assert speaker("fr", "« Je quitte la mairie », a-t-il dit.", "quitte") == "-il"
