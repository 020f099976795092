"""Numbers from which an antecedent is judged: of the anaphor, of an entity, and of both together.

Relations, kinds and forms are coded by their place in a list, since the judges are decision trees; no feature is a
word.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg import gazetteer
from kg.coreference.entities import BODIES, Entity
from kg.mentions import Nominal
from kg.tree import Tree
from kg.wordings import key

Row = list[float]


def _codes(*names: str) -> Mapping[str, float]:
    return {name: float(place) for place, name in enumerate(names, start=1)}


_SUBJECT = ("subj", "subj:pass")
_RELS = _codes("subj", "subj:pass", "agent", "obj", "iobj", "obl", "root", "conj", "appos", "compound", "poss", "nmod")
_KINDS = _codes("person", "group", "armed_group", "military", "government", "organization", "country", "place",
                "agreement", "thing")  # fmt: skip
_DEFINITE = _codes("indefinite", "possessive", "definite", "demonstrative")
_ROLES = _codes("-", "people", "collective", "office")
_FORMS = _codes("adjective", "noun", "pronoun", "name")
_GENDERS = {"Masc": -1.0, "Fem": 1.0}


@dataclass(frozen=True, slots=True)
class Anaphor:
    """What may take up an entity: a description, a pronoun or a possessive (with a nominal made up for it).

    ``modifiers`` narrow a description, ``country`` is the one it names, ``kin`` the groups of its noun; ``speaker``
    and ``last_speaker`` are the tokens of who says it and of who was last reported before it (-1: nobody).
    """

    nominal: Nominal
    possessive: bool
    modifiers: frozenset[str]
    country: str
    kin: frozenset[str]
    speaker: int
    last_speaker: int


def anaphor_features(tree: Tree, anaphor: Anaphor) -> Row:
    """Features of the anaphor alone."""
    nominal, i = anaphor.nominal, anaphor.nominal.head
    described = nominal.form == "noun"
    noun = gazetteer.noun(nominal.lemma, tree.language) if described else None
    lower, words = tree.lower[i], tree.words
    kids = [tree.rel[c] for c in tree.children[i]]
    return [
        1.0 if anaphor.possessive else 0.0,
        _RELS.get(tree.rel[i], 0.0),
        _KINDS.get(nominal.kind, 0.0) if described else 0.0,
        _ROLES.get(noun.role, 0.0) if noun else 0.0,
        _DEFINITE.get(nominal.definite, 0.0),
        1.0 if lower in words["person_pronoun"] else 2.0 if lower in words["inanimate_pronoun"] else 0.0,
        1.0 if lower in words["latter"] else 0.0,
        1.0 if nominal.number == "Plur" else 0.0,
        _GENDERS.get(nominal.gender, 0.0),
        float(min(tree.sent[i], 12)),
        float(min(i - tree.sentences[tree.sent[i]][0], 40)),
        float(len(anaphor.modifiers)),
        1.0 if anaphor.country else 0.0,
        1.0 if "relcl" in kids or "acl" in kids else 0.0,
        1.0 if anaphor.speaker >= 0 else 0.0,
        2.0 if "person" in anaphor.kin else 1.0 if anaphor.kin else 0.0,
    ]


#: Places of the pair features that ``among`` compares: distance, earlier mentions, kin, likeness of kind, same noun.
_DISTANCE, _MENTIONS, _KIN, _LIKE, _SAME = range(5)


def pair_features(
    tree: Tree, anaphor: Anaphor, entity: Entity, nominals: Mapping[int, Nominal], of: Mapping[int, int]
) -> Row:
    """Features of an entity as what the anaphor stands for; ``of`` maps head tokens to entities."""
    nominal, i, heads = anaphor.nominal, anaphor.nominal.head, entity.heads
    place = bisect_left(heads, i)
    last = heads[place - 1] if place else heads[0]
    here, there = tree.sent[i], tree.sent[last]
    before, governor, rel = nominals.get(last), tree.head[i], tree.rel[last]
    earlier = heads[max(0, place - 6) : place]
    subjects = [here - tree.sent[h] for h in earlier if tree.rel[h] in _SUBJECT]
    like = 1.0 if entity.kind == nominal.kind else 0.5 if entity.kind in BODIES and nominal.kind in BODIES else 0.0
    clause = tree.head[last] == governor or last == governor or governor in heads
    return [
        float(min(abs(i - last), 200)),
        float(min(place, 12)),
        float(len(anaphor.kin & entity.kin)),
        like,
        1.0 if nominal.lemma in entity.lemmas and nominal.form == "noun" else 0.0,
        float(min(here - there, 8)),
        float(sum(1 for h in earlier if here - tree.sent[h] <= 1)),
        float(len(subjects)),
        1.0 if 1 in subjects else 0.0,
        1.0 if 0 in subjects else 0.0,
        1.0 if tree.sent[heads[0]] == 0 else 0.0,
        _RELS.get(rel, 0.0),
        _FORMS[before.form] if before else 3.0,
        _DEFINITE.get(before.definite, 0.0) if before else 0.0,
        1.0 if clause else 0.0,
        1.0 if rel == tree.rel[i] else 0.0,
        _FORMS[entity.form],
        _KINDS[entity.kind],
        (1.0 if entity.known_id else 0.0) + (2.0 if entity.roles else 0.0),
        1.0 if entity.kin else 0.0,
        _GENDERS.get(entity.gender, 0.0),
        _agreement(nominal.gender, entity.gender),
        1.0 if (nominal.number == "Plur") == entity.plural else -1.0,
        1.0 if anaphor.speaker >= 0 and of.get(anaphor.speaker) == entity.number else 0.0,
        1.0 if anaphor.last_speaker >= 0 and of.get(anaphor.last_speaker) == entity.number else 0.0,
        *(_wording(anaphor, entity) if nominal.form == "noun" else _NO_WORDING),
    ]


_NO_WORDING: Row = [0.0] * 6


def _wording(anaphor: Anaphor, entity: Entity) -> Row:
    """Features of a description's words: same noun, same office, word of the name, modifiers, country."""
    nominal, own = anaphor.nominal, anaphor.modifiers
    first = key(nominal.name)[:1]
    country = 0.0
    if anaphor.country and entity.country:
        country = 1.0 if anaphor.country == entity.country else -1.0
    return [
        1.0 if nominal.lemma in entity.roles else 0.0,
        1.0 if first and any(first in (k[:1], k[-1:]) for k in entity.keys if len(k) > 1) else 0.0,
        float(len(own & entity.modifiers)),
        float(len(own - entity.modifiers)),
        float(len(entity.modifiers - own)) if entity.lemmas else -1.0,
        country,
    ]


def _agreement(one: str, other: str) -> float:
    if one in _GENDERS and other in _GENDERS:
        return 1.0 if one == other else -1.0
    return 0.0


def among(pairs: Sequence[Row]) -> list[Row]:
    """How each candidate stands among those of its anaphor: by nearness, by mentions, and among those that fit."""
    size = len(pairs)
    nearest = sorted(range(size), key=lambda k: pairs[k][_DISTANCE])
    often = sorted(range(size), key=lambda k: -pairs[k][_MENTIONS])
    found: list[Row] = [[float(size)] for _ in pairs]
    for order in (nearest, often):
        for place, k in enumerate(order):
            found[k].append(float(place))
    for fits in (
        [pair[_KIN] > 0 for pair in pairs],
        [pair[_LIKE] == 1.0 for pair in pairs],
        [pair[_KIN] > 0 and pair[_LIKE] > 0 for pair in pairs],
        [pair[_SAME] > 0 for pair in pairs],
    ):
        count, total = 0, float(sum(fits))
        for k in nearest:
            count += fits[k]
            found[k] += [float(count) if fits[k] else 0.0, total]
    return found


def rows(own: Row, pairs: Sequence[Row]) -> list[Row]:
    """The rows of an anaphor's candidates: its own features, the pair's, and how the candidate stands among all."""
    return [own + pair + place for pair, place in zip(pairs, among(pairs), strict=True)]


#: Names the order and meaning of the features; weights fitted for another layout are refused.
LAYOUT = f"1:{len(_RELS)}:{len(_KINDS)}"
