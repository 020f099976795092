"""What the annotation of events says about antecedents: what the judge of room 4 learns from.

An annotated entity lists its wordings in the article: a description with such a wording stands for it, and so do the
entity's other mentions before. A pronoun or possessive stands for the actor or target of an annotated event where it
fills that place of the event's word and no noun phrase there has a wording of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kg import coreference, when
from kg.coreference import Judge
from kg.coreference.features import Anaphor
from kg.coreference.judging import mentions
from kg.coreference.resolution import Choices
from kg.events import speech
from kg.events.extract import action_of
from kg.events.features import rank
from kg.events.predicates import Predicate, predicates
from kg.forest import Floats, Matrix
from kg.gold import Annotated, Entity, Gold, tokens
from kg.mentions import Nominal, nominals
from kg.model import Article
from kg.score import argument_matches, contains
from kg.tree import Tree


@dataclass(slots=True)
class Parsed:
    """An annotated article as rooms 2 and 3 read it, with the annotated entities (by place) of its anaphors."""

    article: Article
    tree: Tree
    gold: Annotated
    nominals: dict[int, Nominal]
    speakers: Sequence[int]
    described: dict[int, int] = field(default_factory=dict)
    meant: dict[int, set[int]] = field(default_factory=dict)


def parsed(article: Article, tree: Tree, gold: Annotated) -> Parsed:
    """Read one annotated article and label its anaphors."""
    found = nominals(tree, when.find(tree.text, tree.language))
    made = Parsed(article, tree, gold, found, speech.read(tree, found).speaker)
    made.described = described(tree, found, gold.entities)
    made.meant = meant(tree, found, gold)
    return made


def described(tree: Tree, found: Mapping[int, Nominal], entities: Sequence[Entity]) -> dict[int, int]:
    """Head token of a noun phrase → the annotated entity whose (longest) wording it is; none where two claim it."""
    words = [(word, i) for i, token in enumerate(tree.token) for word in _plain(token)]
    places = defaultdict(list)
    for k, (word, _) in enumerate(words):
        places[word].append(k)
    best: dict[int, tuple[int, set[int]]] = {}
    for number, entity in enumerate(entities):
        for wording in {*entity.names, *entity.canonical} - {()}:
            for k in places.get(wording[0], ()):
                size = len(wording)
                if tuple(word for word, _ in words[k : k + size]) != wording:
                    continue
                inside = [i for i in range(words[k][1], words[k + size - 1][1] + 1) if i in found]
                if not inside:
                    continue
                head = min(inside, key=lambda i: (len(tree.ancestors(i)), i))
                longest, claims = best.get(head, (0, set()))
                if size > longest:
                    best[head] = (size, {number})
                elif size == longest:
                    claims.add(number)
    return {head: claims.pop() for head, (_, claims) in best.items() if len(claims) == 1}


def _plain(token: str) -> tuple[str, ...]:
    """The words of one token as wordings have them, articles kept."""
    return tokens("x " + token)[1:]


def meant(tree: Tree, found: Mapping[int, Nominal], gold: Annotated) -> dict[int, set[int]]:
    """Pronoun or possessive → the annotated entities that it stands for as an argument of an annotated event."""
    numbers = {id(entity): number for number, entity in enumerate(gold.entities)}
    acts = [predicate for predicate in predicates(tree, found) if predicate.type != "STATE"]
    labels: dict[int, set[int]] = {}
    for event in gold.events:
        if event.types == {"STATE"}:
            continue
        for predicate in _reporting(tree, acts, event):
            entry = predicate.entry
            for entity, frame in (
                (event.actor, entry.actor if entry else ("subj",)),
                (event.target, entry.target if entry else ("obj",)),
            ):
                token = _pronoun(tree, found, predicate, frame, entity) if entity else None
                if token is not None:
                    labels.setdefault(token, set()).add(numbers[id(entity)])
    return labels


def _reporting(tree: Tree, acts: Sequence[Predicate], event: Gold) -> list[Predicate]:
    """The predicates of an event's sentence that have its lemma; those in the snippet where there are any."""
    near = []
    for predicate in acts:
        first, end = tree.sentences[tree.sent[predicate.head]]
        lemma = tokens(action_of(predicate, tree.language).lemma)
        alike = any(lemma == other or contains(lemma, other) or contains(other, lemma) for other in event.lemmas)
        if alike and tree.start[first] < event.end and event.start < tree.end[end - 1]:
            near.append(predicate)
    return [p for p in near if event.start - 2 <= tree.start[p.head] < event.end + 2] or near


def _pronoun(
    tree: Tree, found: Mapping[int, Nominal], predicate: Predicate, frame: Sequence[str], entity: Entity
) -> int | None:
    """The pronoun or possessive in a role, unless a noun phrase there has a wording of the entity."""
    third = tree.words["third_person"] | tree.words["latter"]
    best: tuple[float, int] | None = None
    for slot in predicate.slots:
        nominal, lower = found.get(slot.token), tree.lower[slot.token]
        if nominal is not None and nominal.form != "pronoun":
            words = {"label": nominal.name, "mention": tree.span(nominal.first, nominal.last)}
            if argument_matches(words, entity, resolved=False):
                return None
        elif lower in third or tree.words.possessives.get(lower, "first") != "first":
            fit = rank(slot.role, frame)
            if fit > 0:
                best = max(best, (fit, slot.token)) if best else (fit, slot.token)
    return best[1] if best else None


@dataclass(frozen=True, slots=True)
class Lesson:
    """An anaphor with its candidates: for each the tokens of anaphor, last and first mention (``mentions``, three
    rows), its features, and whether it is right (-1: not told); ``labelled`` where the annotation says what is meant.
    """

    mentions: NDArray[np.intp]
    rows: Matrix
    right: Floats
    labelled: bool


class Teacher:
    """A judge that knows the annotation: notes what it is asked and answers rightly where it can, else as ``other``."""

    def __init__(self, article: Parsed, other: Judge) -> None:
        """``other`` judges what the annotation does not tell."""
        self.article, self.other = article, other
        self.lessons: list[Lesson] = []

    def __call__(self, choices: Sequence[Choices], rows: Matrix) -> Floats:
        """The right answers, 0 and 1, where the annotation has them."""
        answers, places = self.other(choices, rows), mentions(choices)
        place = 0
        for anaphor, candidates, own in choices:
            here = slice(place, place + len(own))
            place += len(own)
            if own:
                right, labelled = self._right(anaphor, candidates), bool(self._meant(anaphor))
                if (right >= 0).any():
                    self.lessons.append(Lesson(places[:, here], rows[here], right, labelled))
                if labelled:
                    answers[here] = right
        return answers

    def cut(self, anaphor: Anaphor, entity: coreference.Entity) -> float:
        """The cut that will be used."""
        return self.other.cut(anaphor, entity)

    def _meant(self, anaphor: Anaphor) -> set[int]:
        head = anaphor.nominal.head
        if anaphor.nominal.form != "noun":
            return self.article.meant.get(head, set())
        return {self.article.described[head]} if head in self.article.described else set()

    def _right(self, anaphor: Anaphor, candidates: Sequence[coreference.Entity]) -> Floats:
        """1 and 0 for each candidate, -1 where the annotation does not tell."""
        meant, described = self._meant(anaphor), self.article.described
        right = np.full(len(candidates), -1.0)
        for place, entity in enumerate(candidates):
            claims = Counter(described[head] for head in entity.heads if head in described)
            mostly = claims.most_common(1)[0][0] if claims else None
            if meant:
                right[place] = 1.0 if mostly in meant else 0.0
            elif mostly is not None and anaphor.nominal.form == "noun":
                right[place] = 0.0
        return right


def lessons(article: Parsed, other: Judge) -> list[Lesson]:
    """What the annotation of an article teaches about its anaphors, the entities being as the annotation and, where
    it does not tell, ``other`` leave them."""
    teacher = Teacher(article, other)
    coreference.resolve(article.tree, article.nominals, article.speakers, teacher)
    return teacher.lessons
