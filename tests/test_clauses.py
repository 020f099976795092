"""Who stands where around a verb or a nominal event."""

from __future__ import annotations

import pytest
from docs import at, filled, parsed

from kg.events.clauses import conjuncts, noun_slots, subjects, verb_slots, voice
from kg.events.predicates import Predicate, predicates
from kg.mentions import nominals
from kg.syntax import Tree


def slots(made: Tree, form: str) -> list[tuple[str, str, str]]:
    return filled(made, verb_slots(made, at(made, form)))


def predicate(made: Tree, form: str) -> Predicate:
    return next(p for p in predicates(made, nominals(made)) if p.head == at(made, form))


@pytest.mark.parametrize(
    ("language", "sentence", "verb", "acting", "undergoing"),
    [
        ("fr", "La ville a été bombardée par les rebelles.", "bombardée", "rebelles", "ville"),
        ("en", "The town was shelled by the rebels.", "shelled", "rebels", "town"),
    ],
)
def test_a_passive_with_an_agent(language: str, sentence: str, verb: str, acting: str, undergoing: str):
    made = parsed(language, sentence)
    assert voice(made, at(made, verb)) == "passive"
    assert slots(made, verb) == [("obj", undergoing, "direct"), ("subj", acting, "agent")]


@pytest.mark.parametrize(
    ("language", "sentence", "verb", "undergoing"),
    [
        ("fr", "Le journaliste est expulsé.", "expulsé", "journaliste"),
        ("en", "The reporter was expelled.", "expelled", "reporter"),
    ],
)
def test_a_passive_without_agent_has_no_actor(language: str, sentence: str, verb: str, undergoing: str):
    made = parsed(language, sentence)
    assert slots(made, verb) == [("obj", undergoing, "direct")]


@pytest.mark.parametrize(
    ("language", "sentence", "verb", "acting", "undergoing"),
    [
        ("fr", "Les rebelles ont bombardé la ville.", "bombardé", "rebelles", "ville"),
        ("en", "The rebels shelled the town near the river.", "shelled", "rebels", "town"),
    ],
)
def test_an_active_clause(language: str, sentence: str, verb: str, acting: str, undergoing: str):
    made = parsed(language, sentence)
    assert voice(made, at(made, verb)) == "active"
    assert slots(made, verb)[:2] == [("subj", acting, "direct"), ("obj", undergoing, "direct")]


@pytest.mark.parametrize(
    ("language", "sentence", "verb", "acting", "undergoing"),
    [
        ("fr", "L'armée qui occupe la vallée menace le village.", "occupe", "armée", "vallée"),
        ("en", "The army that holds the valley threatens the village.", "holds", "army", "valley"),
    ],
)
def test_the_subject_of_a_relative_clause(language: str, sentence: str, verb: str, acting: str, undergoing: str):
    made = parsed(language, sentence)
    assert slots(made, verb) == [("subj", acting, "relative"), ("obj", undergoing, "direct")]


@pytest.mark.parametrize(
    ("language", "sentence", "verb", "acting", "undergoing"),
    [
        ("fr", "Le village que l'armée menace résiste.", "menace", "armée", "village"),
        ("en", "The village that the army threatens resists.", "threatens", "army", "village"),
    ],
)
def test_the_object_of_a_relative_clause(language: str, sentence: str, verb: str, acting: str, undergoing: str):
    made = parsed(language, sentence)
    assert slots(made, verb) == [("subj", acting, "direct"), ("obj", undergoing, "relative")]


@pytest.mark.parametrize(
    ("language", "sentence", "first", "second", "acting"),
    [
        ("fr", "La police a arrêté et interrogé le suspect.", "arrêté", "interrogé", "police"),
        ("en", "Police arrested and questioned the suspect.", "arrested", "questioned", "Police"),
    ],
)
def test_coordinated_verbs_share_subject_and_object(language: str, sentence: str, first: str, second: str, acting: str):
    made = parsed(language, sentence)
    assert slots(made, first) == [("subj", acting, "direct"), ("obj", "suspect", "shared")]
    assert slots(made, second) == [("subj", acting, "shared"), ("obj", "suspect", "direct")]


@pytest.mark.parametrize(
    ("language", "sentence", "verb", "acting"),
    [
        ("fr", "Le maire promet de soutenir les paysans.", "soutenir", "maire"),
        ("en", "The mayor promises to support the farmers.", "support", "mayor"),
        ("fr", "Le maire part sans saluer les paysans.", "saluer", "maire"),
        ("en", "The mayor left without greeting the farmers.", "greeting", "mayor"),
    ],
)
def test_the_subject_controls_an_infinitive(language: str, sentence: str, verb: str, acting: str):
    made = parsed(language, sentence)
    assert slots(made, verb)[0] == ("subj", acting, "control")


@pytest.mark.parametrize(
    ("language", "sentence", "verb", "acting"),
    [
        ("fr", "Le juge ordonne aux soldats de libérer le village.", "libérer", "soldats"),
        ("en", "The judge ordered the soldiers to leave the village.", "leave", "soldiers"),
    ],
)
def test_who_is_ordered_does_it(language: str, sentence: str, verb: str, acting: str):
    made = parsed(language, sentence)
    assert slots(made, verb)[0] == ("subj", acting, "object-control")


@pytest.mark.parametrize(
    ("language", "sentence", "verb", "acting"),
    [
        ("fr", "La décision du juge de libérer le suspect inquiète le maire.", "libérer", "juge"),
        ("en", "The judge's decision to free the suspect worries the mayor.", "free", "judge"),
    ],
)
def test_who_decides_does_it(language: str, sentence: str, verb: str, acting: str):
    made = parsed(language, sentence)
    assert [(made.token[token], how) for token, how in subjects(made, at(made, verb))] == [(acting, "noun-owner")]


def test_a_past_participle_makes_its_noun_the_object():
    made = parsed("fr", "Les soldats retranchés dans la gare tirent.")
    assert slots(made, "retranchés") == [("obj", "soldats", "participle"), ("dans", "gare", "direct")]


def test_a_present_participle_makes_its_noun_the_subject():
    made = parsed("en", "Soldiers hiding in the station fired.")
    assert slots(made, "hiding") == [("subj", "Soldiers", "participle"), ("in", "station", "direct")]


def test_a_clitic_is_an_object():
    made = parsed("fr", "Le ministre les a reçus.")
    assert slots(made, "reçus") == [("subj", "ministre", "direct"), ("obj", "les", "direct")]


@pytest.mark.parametrize(
    ("language", "sentence", "verb", "acting"),
    [
        ("fr", "Le village s'est rendu.", "rendu", "village"),
        ("en", "The mayor praised himself.", "praised", "mayor"),
    ],
)
def test_a_reflexive_is_no_object(language: str, sentence: str, verb: str, acting: str):
    made = parsed(language, sentence)
    assert voice(made, at(made, verb)) == "reflexive"
    assert slots(made, verb) == [("subj", acting, "direct")]


@pytest.mark.parametrize(
    ("language", "sentence", "verb", "phrase", "slot"),
    [
        ("fr", "Le général a lancé une offensive contre les rebelles.", "lancé", "lancer offensive", "contre"),
        ("en", "The general launched an attack on the rebels.", "launched", "launch attack", "on"),
    ],
)
def test_a_support_verb_and_its_noun_are_one_phrase(language: str, sentence: str, verb: str, phrase: str, slot: str):
    made = parsed(language, sentence)
    found = predicate(made, verb)
    assert (found.extractor, found.lemma, found.type) == ("phrases", phrase, "ASSAULT")
    roles = {s.role: made.token[s.token] for s in found.slots}
    assert roles["subj"] in ("général", "general")
    assert roles[slot] in ("rebelles", "rebels")


def test_a_phrase_needs_its_words_around_its_own_verb():
    made = parsed("fr", "Les rebelles ont bombardé la ville.")
    found = predicate(made, "bombardé")
    assert (found.extractor, found.lemma) == ("clauses", "bombarder")


def test_a_reflexive_verb_has_an_entry_of_its_own():
    made = parsed("fr", "Le village s'est rendu.")
    entry = predicate(made, "rendu").entry
    assert entry is not None
    assert entry.lemma == "se rendre"


def test_the_slots_of_a_noun():
    made = parsed("fr", "La décision du juge de libérer le suspect inquiète le maire.")
    assert ("de", "juge", "direct") in filled(made, noun_slots(made, at(made, "décision")))


@pytest.mark.parametrize(
    ("language", "sentence", "verb", "first", "second"),
    [
        ("fr", "Les rebelles et l'armée ont bombardé la ville.", "bombardé", "rebelles", "armée"),
        ("en", "The rebels and the army shelled the town.", "shelled", "rebels", "army"),
    ],
)
def test_every_member_of_a_coordination_has_the_slot(language: str, sentence: str, verb: str, first: str, second: str):
    made = parsed(language, sentence)
    assert [member for role, member, _ in slots(made, verb) if role == "subj"] == [first, second]
    assert conjuncts(made, at(made, first)) == [at(made, second)]
