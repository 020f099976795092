"""Second step of room 4: descriptions, pronouns and possessives take up an entity, or none."""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

import numpy as np

from kg.coreference import features
from kg.coreference.entities import BODIES, Chains, Entity, Guess
from kg.coreference.features import Anaphor, Row
from kg.coreference.kin import kin
from kg.coreference.naming import Naming, modifiers
from kg.forest import Floats, Matrix
from kg.mentions import Nominal
from kg.tree import Tree

#: How many antecedents of a pronoun are kept for the scorer to choose from.
_GUESSES = 3
#: How many sentences back a pronoun and a description reach, a name further on may lie, and candidates at most.
_REACH, _FAR, _AHEAD, _MOST = 5, 12, 2, 12
#: Determiners of descriptions that may take up an entity.
_TAKING_UP = frozenset({"definite", "demonstrative", "possessive"})
_NEVER = frozenset({"expl", "expl:subj", "case", "mark"})
_KINDS = (
    frozenset({"person", "group"}),
    frozenset({*BODIES, "place", "thing", "group"}),
    frozenset({"thing", "agreement", "place", "organization", "group"}),
)

Choices = tuple[Anaphor, Sequence[Entity], Sequence[Row]]


class Judge(Protocol):
    """Says how likely each candidate is what its anaphor stands for."""

    def __call__(self, choices: Sequence[Choices], rows: Matrix) -> Floats:
        """The probability of each row; ``choices`` are the anaphors with their candidates and rows, in order."""
        ...

    def cut(self, anaphor: Anaphor, entity: Entity) -> float:
        """The probability from which an entity is taken; of several, the one that is above it by most."""
        ...


def resolve(tree: Tree, nominals: Mapping[int, Nominal], speakers: Sequence[int], judge: Judge) -> Chains:
    """Join an article's nominals into entities; ``speakers`` gives for each token who is reported as saying it."""
    return _Resolver(tree, nominals, speakers, judge).run()


class _Resolver:
    def __init__(self, tree: Tree, nominals: Mapping[int, Nominal], speakers: Sequence[int], judge: Judge) -> None:
        self.tree, self.nominals, self.judge = tree, nominals, judge
        self.speakers, self.last = speakers, _last_speakers(speakers)
        named = Naming(tree, nominals)
        self.entities, self.of = named.entities, named.of
        self.owners: dict[int, int] = {}
        self.guesses: dict[int, tuple[Guess, ...]] = {}

    def run(self) -> Chains:
        self._descriptions()
        for token, head in sorted(self._pronouns()):
            if token == head:
                self._pronoun(self.nominals[head])
            else:
                self._possessive(token, head)
        return Chains(tuple(self.entities), self.of, self.owners, self.guesses)

    def _anaphor(self, nominal: Nominal, *, possessive: bool = False) -> Anaphor:
        i, none = nominal.head, frozenset[str]()
        if nominal.form != "noun":
            return Anaphor(nominal, possessive, none, "", none, self.speakers[i], self.last[i])
        narrowed, groups = modifiers(self.tree, i), kin(nominal.lemma, self.tree.language)
        return Anaphor(nominal, possessive, narrowed, self._country(i), groups, self.speakers[i], self.last[i])

    def _country(self, head: int) -> str:
        for child in self.tree.kids(head, "amod", "nmod", "poss", "compound"):
            other = self.nominals.get(child)
            if other and other.known and other.known.country:
                return other.known.country
        return ""

    def _choices(self, anaphor: Anaphor, candidates: Sequence[Entity]) -> Choices:
        own = features.anaphor_features(self.tree, anaphor)
        pairs = [features.pair_features(self.tree, anaphor, e, self.nominals, self.of) for e in candidates]
        return anaphor, candidates, features.rows(own, pairs)

    def _judged(self, choices: Sequence[Choices]) -> list[list[tuple[float, Entity]]]:
        """The candidates of each anaphor with their probabilities, best first."""
        rows = [row for _, _, own in choices for row in own]
        if not rows:
            return [[] for _ in choices]
        chances = iter(self.judge(choices, np.asarray(rows, dtype=np.float32)).tolist())
        return [
            sorted(((next(chances), entity) for entity in candidates), key=lambda judged: -judged[0])
            for _, candidates, _ in choices
        ]

    def _descriptions(self) -> None:
        """« la chancelière », « le groupe »: judged at once as the names have left the entities, joined in order."""
        choices, own = [], []
        for nominal in self.nominals.values():
            if nominal.form == "noun" and nominal.definite in _TAKING_UP:
                entity = self.entities[self.of[nominal.head]]
                if entity.form == "noun" and entity.heads[0] == nominal.head:
                    anaphor = self._anaphor(nominal)
                    choices.append(self._choices(anaphor, self._describable(anaphor, entity)))
                    own.append(entity)
        homes = [entity.heads[0] for entity in self.entities]
        for entity, (anaphor, _, _), ranked in zip(own, choices, self._judged(choices), strict=True):
            found = self._of_country(anaphor, [candidate for _, candidate in ranked])
            if found is None:
                found = self._taken(anaphor, ranked)
            if found is not None:
                taken = self.entities[self.of[homes[found.number]]]
                if taken is not entity:
                    self._merge(entity, taken)

    def _of_country(self, anaphor: Anaphor, candidates: Sequence[Entity]) -> Entity | None:
        """« le groupe palestinien » → the one body of that country named in the sentences before it."""
        nominal, here = anaphor.nominal, self.tree.sent[anaphor.nominal.head]
        if not anaphor.country or len(anaphor.modifiers) > 1 or nominal.kind not in BODIES or nominal.number == "Plur":
            return None
        kinds = {nominal.kind, "organization", "armed_group"} if nominal.kind != "country" else {"country"}
        fitting = [
            entity
            for entity in candidates
            if entity.form == "name"
            and entity.country == anaphor.country
            and entity.kind in kinds
            and any(0 <= here - self.tree.sent[head] <= 3 for head in entity.heads if head < nominal.head)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _merge(self, own: Entity, other: Entity) -> None:
        for head in own.heads:
            other.take(self.tree, self.nominals[head])
            self.of[head] = other.number
        other.heads.sort()
        other.modifiers |= own.modifiers
        other.kin |= own.kin
        other.gender = other.gender or own.gender
        own.heads = []

    def _describable(self, anaphor: Anaphor, own: Entity) -> list[Entity]:
        """The entities that a description can stand for, nearest first, those of the same noun before all others."""
        tree, nominal = self.tree, anaphor.nominal
        i, lemma, here = nominal.head, nominal.lemma, tree.sent[nominal.head]
        near: list[tuple[int, Entity]] = []
        for entity in self.entities:
            if entity is own:
                continue
            heads = entity.heads
            place = bisect_left(heads, i)
            last = heads[place - 1] if place else heads[0]
            distance = here - tree.sent[last]
            same = lemma in entity.lemmas or lemma in entity.roles
            if place == 0 and (entity.form != "name" or -distance > _AHEAD):
                continue
            if tree.head[last] == i or tree.head[i] == last or (distance > _FAR and not same):
                continue
            if same or self._fits(anaphor, entity):
                near.append((abs(i - last) - (1000 if same else 0), entity))
        near.sort(key=lambda pair: pair[0])
        return [entity for _, entity in near[:_MOST]]

    def _fits(self, anaphor: Anaphor, entity: Entity) -> bool:
        """Whether a description of another noun can stand for an entity at all: kind, number, a person's gender."""
        nominal = anaphor.nominal
        if entity.form == "adjective" and entity.kind != nominal.kind:
            return False
        if nominal.kind == entity.kind == "person" and _clash(nominal.gender, entity.gender):
            return False
        if anaphor.kin & entity.kin:
            return True
        unsure = entity.form == "name" and not entity.known_id and nominal.kind != "place"
        if not unsure and not _compatible(nominal.kind, entity.kind):
            return False
        plural = nominal.number == "Plur"
        return plural == entity.plural or (plural and entity.kind in BODIES)

    def _pronouns(self) -> Iterator[tuple[int, int]]:
        """Pronouns and possessives of the third person, each with the nominal's head."""
        tree = self.tree
        third = tree.words["third_person"] | tree.words["latter"]
        for head, nominal in self.nominals.items():
            if nominal.form == "pronoun" and tree.rel[head] not in _NEVER and tree.lower[head] in third:
                yield head, head
            for child in tree.kids(head, "det", "poss"):
                if tree.words.possessives.get(tree.lower[child], "first") != "first":
                    yield child, head

    def _pronoun(self, nominal: Nominal) -> None:
        tree, i = self.tree, nominal.head
        governor = tree.head[i]
        clause = {self.of[c] for c in tree.children[governor] if c != i and c in self.of and tree.rel[c] != "advcl"}
        best = self._best(self._anaphor(nominal), clause)
        if best is None:
            return
        self.of[i] = best.number
        insort(best.heads, i)
        if tree.rel[i] in ("subj", "subj:pass"):
            best.subjects.append(i)

    def _possessive(self, token: int, head: int) -> None:
        tree = self.tree
        self.of.pop(token, None)
        number = {"plural": "Plur", "singular": "Sing"}[tree.words.possessives[tree.lower[token]]]
        gender = tree.morph[token].get("Gender", "") if tree.pos[token] == "PRON" else ""
        nominal = Nominal(token, token, token, "person", "pronoun", "", "", gender=gender, number=number)
        best = self._best(self._anaphor(nominal, possessive=True), {self.of.get(head, -1)})
        if best is not None:
            self.owners[token] = best.number

    def _best(self, anaphor: Anaphor, excluded: set[int]) -> Entity | None:
        """The likeliest antecedent of a pronoun or possessive where it is likely enough; notes all guesses."""
        ranked = self._judged([self._choices(anaphor, self._agreeing(anaphor, excluded))])[0]
        if not ranked:
            return None
        guesses = tuple(Guess(entity.number, _salience(chance)) for chance, entity in ranked[:_GUESSES])
        self.guesses[anaphor.nominal.head] = guesses
        return self._taken(anaphor, ranked[:1])

    def _taken(self, anaphor: Anaphor, ranked: Sequence[tuple[float, Entity]]) -> Entity | None:
        """The entity likely enough to be taken, ``None`` where none is."""
        excess = [(chance / self.judge.cut(anaphor, entity), entity) for chance, entity in ranked]
        best = max(excess, key=lambda pair: pair[0], default=None)
        return best[1] if best and best[0] >= 1.0 else None

    def _agreeing(self, anaphor: Anaphor, excluded: set[int]) -> list[Entity]:
        tree, nominal = self.tree, anaphor.nominal
        i, here = nominal.head, tree.sent[nominal.head]
        near: list[tuple[int, Entity]] = []
        for entity in self.entities:
            place = bisect_left(entity.heads, i)
            if not place or entity.number in excluded or here - tree.sent[entity.heads[place - 1]] > _REACH:
                continue
            if agrees(tree, nominal, entity):
                near.append((i - entity.heads[place - 1], entity))
        near.sort(key=lambda pair: pair[0])
        return [entity for _, entity in near[:_MOST]]


def _salience(chance: float) -> float:
    """Log-odds counted from those of 1 in 400."""
    bounded = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(bounded / (1.0 - bounded)) + 6.0


def _last_speakers(speakers: Sequence[int]) -> list[int]:
    """For each token the last speaker before it."""
    found, last = [], -1
    for token, speaker in enumerate(speakers):
        found.append(last)
        if 0 <= speaker <= token:
            last = speaker
    return found


def _compatible(one: str, other: str) -> bool:
    return one in ("thing", other) or any(one in kinds and other in kinds for kinds in _KINDS)


def _clash(one: str, other: str) -> bool:
    return one != other and one in ("Masc", "Fem") and other in ("Masc", "Fem")


def agrees(tree: Tree, nominal: Nominal, entity: Entity) -> bool:
    """Whether an entity can be what a pronoun stands for: person or thing, number, gender."""
    if entity.form == "adjective" and len(entity.heads) == 1:
        return False
    lower = tree.lower[nominal.head]
    if lower in tree.words["person_pronoun"] and entity.kind != "person":
        return False
    if lower in tree.words["inanimate_pronoun"] and entity.kind in ("person", "group"):
        return False
    plural = nominal.number == "Plur"
    collective = entity.kind in BODIES or entity.kind == "group"
    if plural != entity.plural and not (plural and collective):
        return False
    return not _clash(nominal.gender, entity.gender)
