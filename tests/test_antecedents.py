"""What the annotation of events says about antecedents, and a judge that is told it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from docs import at, parsed

from kg import antecedents, coreference
from kg.antecedents import Parsed, Teacher
from kg.coreference.resolution import Choices
from kg.forest import Floats, Matrix
from kg.gold import Annotated, Entity, Gold, tokens
from kg.model import Article


def known(kind: str, *names: str) -> Entity:
    wordings = tuple(tokens(name) for name in names)
    return Entity(kind, wordings[:1], wordings, names[0])


def act(text: str, actor: Entity | None, target: Entity | None, lemma: str) -> Gold:
    start = len(text) - len(text.split(". ")[-1])
    return Gold(
        start, len(text), actor, target, None, (tokens(lemma),), frozenset({"OTHER"}), "affirmed", "actual", True
    )


def annotated(language: str, sentences: tuple[str, ...], entities: tuple[Entity, ...], *events: Gold) -> Parsed:
    text = " ".join(sentences)
    gold = Annotated("test.txt", entities, events)
    return antecedents.parsed(Article("test", "test.txt", text, language), parsed(language, *sentences), gold)


BANK = known("organization", "banque")
HE, HER = known("person", "Peter Ashdown"), known("person", "Jane Holloway")
MET = ("Peter Ashdown met Jane Holloway.", "He thanked her.")


def test_a_description_is_the_entity_whose_wording_it_is():
    made = annotated("fr", ("Une banque ferme.", "La banque licencie des employés."), (BANK,))
    assert made.described == {at(made.tree, "banque"): 0, at(made.tree, "banque", 1): 0}


def test_a_wording_of_two_entities_tells_nothing():
    made = annotated("fr", ("Une banque ferme.",), (BANK, known("place", "banque")))
    assert made.described == {}


def test_a_pronoun_is_what_the_event_says_it_is():
    made = annotated("en", MET, (HE, HER), act(" ".join(MET), HE, HER, "thank"))
    assert made.meant == {at(made.tree, "He"): {0}, at(made.tree, "her"): {1}}


def test_a_noun_phrase_in_the_place_of_the_pronoun_takes_its_label():
    text = "Peter Ashdown thanked his neighbours."
    made = annotated("en", (text,), (HE,), act(text, HE, None, "thank"))
    assert made.meant == {}


class Undecided:
    """A judge that finds every candidate as likely."""

    def __call__(self, choices: Sequence[Choices], rows: Matrix) -> Floats:
        return np.full(len(rows), 0.3)

    def cut(self, anaphor: object, entity: object) -> float:
        return 0.5


def test_the_teacher_answers_by_the_annotation_and_notes_the_rows():
    made = annotated("en", MET, (HE, HER), act(" ".join(MET), HE, HER, "thank"))
    teacher = Teacher(made, Undecided())
    chains = coreference.resolve(made.tree, made.nominals, made.speakers, teacher)
    assert chains.entity(at(made.tree, "He")) is chains.entity(at(made.tree, "Ashdown"))
    assert chains.entity(at(made.tree, "her")) is chains.entity(at(made.tree, "Holloway"))
    assert all(lesson.labelled and len(lesson.rows) == len(lesson.right) for lesson in teacher.lessons)
    assert [lesson.right.tolist() for lesson in teacher.lessons] == [[1.0], [1.0]]


def test_a_lesson_names_the_tokens_of_anaphor_and_antecedent():
    made = annotated("en", MET, (HE, HER), act(" ".join(MET), HE, HER, "thank"))
    he, her = antecedents.lessons(made, Undecided())
    places = {form: at(made.tree, form) for form in ("Ashdown", "Holloway", "He", "her")}
    assert he.mentions.tolist() == [[places["He"]], [places["Ashdown"]], [places["Ashdown"]]]
    assert her.mentions.tolist() == [[places["her"]], [places["Holloway"]], [places["Holloway"]]]


def test_what_the_annotation_does_not_tell_is_left_to_the_other_judge():
    made = annotated("en", MET, (HE, HER))
    assert antecedents.lessons(made, Undecided()) == []
    chains = coreference.resolve(made.tree, made.nominals, made.speakers, Teacher(made, Undecided()))
    assert chains.entity(at(made.tree, "He")) is not chains.entity(at(made.tree, "Ashdown"))
