"""Which candidates become events."""

from __future__ import annotations

from dataclasses import replace

import pytest
from docs import reading

from kg.events.candidates import Pair, Proposal, evidence, propose
from kg.events.select import Choice, Cuts, Judged, choose

CUTS = Cuts(first=0.4, second=0.6, sibling=0.4)


def proposed(language: str, sentence: str, lemma: str) -> Proposal:
    return next(p for p in propose(reading(language, sentence)) if p.predicate.lemma == lemma)


def pair(proposal: Proposal, actor: str | None, target: str | None) -> Pair:
    """The places of two arguments by the text of their mentions."""
    mentions = [argument.reference.mention for argument in proposal.arguments]
    return tuple(-1 if side is None else mentions.index(side) for side in (actor, target))


def taken(proposal: Proposal, *judged: Judged) -> list[tuple[Pair, float]]:
    return [(choice.pair, choice.probability) for choice in choose([proposal], [list(judged)], CUTS)]


@pytest.fixture
def shelling() -> Proposal:
    return proposed("en", "The rebels and the army shelled the town.", "shell")


def test_the_likeliest_pair_is_taken(shelling: Proposal):
    right, wrong = pair(shelling, "The rebels", "the town"), pair(shelling, "the town", "The rebels")
    assert taken(shelling, (wrong, 0.41), (right, 0.9)) == [(right, 0.9)]


def test_nothing_is_taken_below_the_cut(shelling: Proposal):
    assert taken(shelling, (pair(shelling, "The rebels", "the town"), 0.39)) == []
    assert taken(shelling) == []


def test_coordinated_actors_make_an_event_each(shelling: Proposal):
    first, second = pair(shelling, "The rebels", "the town"), pair(shelling, "the army", "the town")
    assert taken(shelling, (first, 0.9), (second, 0.5)) == [(first, 0.9), (second, 0.5)]


def test_a_pair_that_coordination_does_not_explain_is_left(shelling: Proposal):
    right, other = pair(shelling, "The rebels", "the town"), pair(shelling, "the town", "the army")
    assert taken(shelling, (right, 0.9), (other, 0.8)) == [(right, 0.9)]


def test_the_same_act_is_told_once_a_sentence(shelling: Proposal):
    both = pair(shelling, "The rebels", "the town")
    weaker = replace(shelling)
    found = choose([weaker, shelling], [[(both, 0.5)], [(both, 0.9)]], CUTS)
    assert found == [Choice(shelling, both, 0.9)]


def test_acts_of_another_sentence_are_others(shelling: Proposal):
    both = pair(shelling, "The rebels", "the town")
    later = replace(shelling, sentence=shelling.sentence + 1)
    assert len(choose([shelling, later], [[(both, 0.5)], [(both, 0.9)]], CUTS)) == 2


def test_nobody_does_nothing_to_nobody(shelling: Proposal):
    assert not shelling.possible((-1, -1))
    assert shelling.possible((0, -1))
    assert not shelling.possible((0, 0))


def test_the_evidence_runs_from_the_first_to_the_last_word():
    sentence = "Les rebelles et l'armée ont bombardé la ville."
    made = reading("fr", sentence)
    proposal = next(p for p in propose(made) if p.predicate.lemma == "bombarder")
    start, end = evidence(made, proposal, pair(proposal, "l'armée", "la ville"))
    assert sentence[start:end] == "l'armée ont bombardé la ville"


def test_a_pronoun_means_one_entity_in_all_events_of_a_predicate():
    shelling = next(p for p in propose(reading("en", "The rebels and the army shelled the town.")))
    first = next(n for n, a in enumerate(shelling.arguments) if a.reference.mention == "The rebels")
    town = next(n for n, a in enumerate(shelling.arguments) if a.reference.mention == "the town")
    other = replace(shelling.arguments[first], rank=1)
    twice = replace(shelling, arguments=(*shelling.arguments, other))
    judged: list[list[Judged]] = [[((first, town), 0.9), ((len(shelling.arguments), town), 0.8)]]
    assert [choice.pair for choice in choose([twice], judged, CUTS)] == [(first, town)]
