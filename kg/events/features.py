"""Numbers that the scorer sees: of a predicate, of an argument in a role, and of both together.

All features are language-free: relations, frame ranks, kinds and flags, never words, so that one scorer serves every
language and what it learns in one carries over to another. What is learnt of words is in ``kg.events.priors``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.events.arguments import Argument, Reading
from kg.events.modality import Standing, governing_entry, own_modality
from kg.events.predicates import Predicate
from kg.model import KINDS, MODALITIES, TYPES
from kg.syntax import Tree, Words

Row = list[float]
Matrix = NDArray[np.float32]


class OneOf(dict[str, Row]):
    """Each of some values as a row with a single 1; any other as zeros."""

    def __init__(self, values: Sequence[str]) -> None:
        super().__init__({value: [1.0 if value == v else 0.0 for v in values] for value in values})
        self._none = [0.0] * len(values)

    def __missing__(self, value: str) -> Row:
        return self._none


RELS = OneOf(("root", "conj", "xcomp", "ccomp", "advcl", "acl", "relcl", "amod", "obj", "obl", "nmod", "subj",
              "subj:pass", "appos", "parataxis", "agent"))  # fmt: skip
_EXTRACTORS = OneOf(("clauses", "phrases", "nominals", "adjectives"))
_VOICES = OneOf(("active", "passive", "reflexive", "nominal"))
_FLAGS = ("says", "claims", "control=target", "planned", "possible", "negated", "actual", "light", "causative")
_ROLES = OneOf(("subj", "obj", "iobj", "adj", "poss", "compound", "bare", "outer", "before", "after", "topic",
          "previous", "acl:", "gov:subj", "gov:obj", "gov:iobj", "gov:", "up:", "obj:",
          "of", "by", "to", "against", "with", "on", "for", "in", "from", "other"))  # fmt: skip
_HOWS = OneOf(("direct", "shared", "relative", "participle", "control", "object-control", "noun-control",
         "noun-owner", "agent", "inverted", "nested", "phrase", "deep", "outer", "near", "filled",
         "loose", "topic"))  # fmt: skip
_FORMS = OneOf(("name", "noun", "pronoun", "adjective"))
_VIAS = OneOf(("itself", "speaker", "pronoun", "possessive"))
_DEFINITE = OneOf(("definite", "indefinite", "demonstrative", "possessive"))
_OF_TYPES, _OF_KINDS, _OF_MODALITIES = OneOf(TYPES), OneOf(KINDS), OneOf(MODALITIES)


def _role(role: str, words: Words) -> str:
    """The class of a slot's role; a preposition counts as what its language says it marks, else as "other"."""
    for prefix in ("acl:", "up:", "obj:"):
        if role.startswith(prefix):
            return prefix
    if role.startswith("gov:"):
        return role if role in _ROLES else "gov:"
    return role if role in _ROLES else words.preposition_class.get(role, "other")


def predicate_features(reading: Reading, predicate: Predicate, standing: Standing, count: int) -> Row:
    """Features of the predicate alone; ``count`` is the number of its arguments."""
    tree, i = reading.tree, predicate.head
    entry = predicate.entry
    morph = tree.morph[i]
    first, end = tree.sentences[tree.sent[i]]
    kids = {tree.rel[c] for c in tree.children[i]}
    head = tree.head[i]
    nominal = reading.nominals.get(i)
    flags = entry.flags if entry else frozenset()
    return [
        1.0 if entry else 0.0,
        *_OF_TYPES[predicate.type if entry else ""],
        *_EXTRACTORS[predicate.extractor],
        *_VOICES[predicate.voice],
        *(1.0 if flag in flags else 0.0 for flag in _FLAGS),
        *RELS[tree.rel[i]],
        *_OF_MODALITIES[standing.modality],
        1.0 if standing.polarity == "negated" else 0.0,
        1.0 if standing.denied else 0.0,
        1.0 if reading.speech.speaker[i] >= 0 else 0.0,
        1.0 if reading.speech.quoted[i] else 0.0,
        1.0 if morph.get("VerbForm") == "Inf" else 0.0,
        1.0 if morph.get("VerbForm") == "Part" else 0.0,
        1.0 if "aux" in kids else 0.0,
        1.0 if "aux:pass" in kids else 0.0,
        1.0 if "xcomp" in kids else 0.0,
        1.0 if "ccomp" in kids else 0.0,
        1.0 if "obj" in kids else 0.0,
        1.0 if tree.sent[i] == 0 else 0.0,
        float(min(tree.sent[i], 20)),
        float(min(end - first, 60)),
        float(min(i - first, 60)),
        float(min(len(tree.ancestors(i)), 8)),
        1.0 if tree.pos[head] == "VERB" and head != i else 0.0,
        1.0 if nominal and nominal.number == "Plur" else 0.0,
        *_DEFINITE[nominal.definite if nominal else ""],
        float(count),
        float(len(entry.actor)) if entry else 0.0,
        float(len(entry.target)) if entry else 0.0,
    ]


def argument_features(reading: Reading, predicate: Predicate, argument: Argument) -> tuple[Row, Row]:
    """Features of an argument, as actor and as target."""
    tree, i = reading.tree, predicate.head
    slot, nominal, entity = argument.slot, argument.nominal, argument.entity
    entry = predicate.entry
    token = slot.token
    distance = token - i
    low, high = min(token, i), max(token, i)
    shared = [
        *_ROLES[_role(slot.role, tree.words)],
        *_HOWS[slot.how],
        *_OF_KINDS[argument.reference.kind],
        *_FORMS[nominal.form if nominal else "pronoun"],
        *_VIAS[argument.via],
        *_DEFINITE[nominal.definite if nominal else ""],
        1.0 if entity.known_id else 0.0,
        1.0 if slot.first >= 0 else 0.0,
        float(argument.rank),
        *_antecedent(reading, argument),
        float(max(-40, min(distance, 40))),
        float(min(abs(distance), 40)),
        float(sum(1 for k in range(low + 1, high) if tree.pos[k] == "VERB")),
        float(sum(1 for k in range(low + 1, high) if tree.token[k] == ",")),
        1.0 if tree.sent[token] == tree.sent[i] else 0.0,
        float(min(len(entity.heads), 8)),
        1.0 if entity.subjects else 0.0,
        1.0 if nominal and nominal.number == "Plur" else 0.0,
        1.0 if nominal and nominal.role == "office" else 0.0,
        1.0 if nominal and nominal.role == "people" else 0.0,
        1.0 if nominal and nominal.role == "collective" else 0.0,
        1.0 if tree.rel[token] in ("nmod", "poss") else 0.0,
    ]
    as_actor = rank(slot.role, entry.actor if entry else ())
    as_target = rank(slot.role, entry.target if entry else ())
    return [*shared, as_actor], [*shared, as_target]


def _antecedent(reading: Reading, argument: Argument) -> Row:
    """For a pronoun: how likely this antecedent is, and how much likelier than the best other."""
    guesses = reading.chains.guesses.get(argument.slot.token)
    if not guesses or argument.rank >= len(guesses):
        return [0.0, 0.0]
    own = guesses[argument.rank].salience
    others = [guess.salience for rank, guess in enumerate(guesses) if rank != argument.rank]
    return [own, own - max(others) if others else 5.0]


def rank(role: str, frame: Sequence[str]) -> float:
    """How well a slot is the one the frame names: 1 for its first choice, less for later ones, -1 for none of them."""
    if not frame:
        return 0.0
    role = role.removeprefix("acl:").removeprefix("obj:")
    return 1.0 / (1 + frame.index(role)) if role in frame else -1.0


_RULES = OneOf(("hearsay", "possible", "condition", "conditional", "would", "future", "modal", "purpose", "doubted",
          "governed:planned", "governed:possible", "governed:unconfirmed"))  # fmt: skip
_GOVERNORS = ("planned", "possible", "unconfirmed", "actual", "negated", "says", "claims", "light", "control=target")
_MORPH = (("Mood", "Cnd"), ("Mood", "Sub"), ("Tense", "Fut"), ("Tense", "Pres"), ("Tense", "Past"), ("Tense", "Imp"),
          ("VerbForm", "Inf"), ("VerbForm", "Fin"), ("VerbForm", "Part"))  # fmt: skip
_MARKS = ("condition_mark", "purpose_mark", "future_auxiliary", "would_auxiliary", "modal_possible", "modal_planned",
          "hearsay_adverb", "possible_adverb", "future_adjective", "possible_adjective")  # fmt: skip


def standing_features(reading: Reading, predicate: Predicate, standing: Standing, own: Sequence[float]) -> Row:
    """Features from which modality is judged: the predicate's own, its mood, and what the words above it imply."""
    tree, i = reading.tree, predicate.head
    kids = tree.children[i]
    verbs = [i, *(c for c in kids if tree.rel[c] in ("aux", "aux:pass", "cop"))]
    row = [*own, *_RULES[standing.rule], 1.0 if reading.speech.doubted[i] else 0.0]
    row += [1.0 if any(tree.morph[v].get(name) == value for v in verbs) else 0.0 for name, value in _MORPH]
    row += [1.0 if any(tree.lower[c] in tree.words[name] for c in kids) else 0.0 for name in _MARKS]
    above = tree.ancestors(i)[:3]
    for level in range(3):
        node = above[level] if level < len(above) else None
        entry = governing_entry(tree, node) if node is not None else None
        flags = entry.flags if entry else frozenset()
        row += [1.0 if flag in flags else 0.0 for flag in _GOVERNORS]
        morph = tree.morph[node] if node is not None else {}
        row += [1.0 if morph.get(name) == value else 0.0 for name, value in _MORPH[:6]]
        row += [1.0 if node is not None and tree.pos[node] == pos else 0.0 for pos in ("VERB", "NOUN", "ADJ")]
        row += RELS[tree.rel[(i, *above)[level]]] if node is not None else [0.0] * len(RELS)
        row += _OF_MODALITIES[own_modality(tree, node) if node is not None else ""]
    return row + _setting(tree, i, verbs)


def _setting(tree: Tree, i: int, verbs: Sequence[int]) -> Row:
    """What else bears on modality: a condition beside the clause, a question, a perfect, the preposition of a noun."""
    first, end = tree.sentences[tree.sent[i]]
    clauses = [*tree.kids(i, "advcl"), *tree.kids(tree.head[i], "advcl")]
    marks = {tree.lower[c] for clause in clauses if clause != i for c in tree.kids(clause, "mark")}
    case = tree.case(i) if tree.pos[i] in ("NOUN", "PROPN") else ""
    below = {
        tree.lower[c] for kid in tree.kids(i, "obl", "nmod", "npadv", "adv", "obj") for c in (kid, *tree.children[kid])
    }
    return [
        1.0 if marks & tree.words["condition_mark"] else 0.0,
        1.0 if any(tree.token[t] == "?" for t in range(max(first, end - 3), end)) else 0.0,
        1.0 if any(tree.lemma[v] in tree.words["perfect_auxiliary"] for v in verbs[1:]) else 0.0,
        1.0 if below & tree.words["future_adjective"] else 0.0,
        *_CASES[tree.words.preposition_class.get(case, "other" if case else "")],
    ]


_CASES = OneOf(("of", "by", "to", "against", "with", "on", "for", "in", "from", "other"))


#: Features of a role that nobody fills, by the same layout as ``argument_features``.
WIDTH = len(_ROLES) + len(_HOWS) + len(KINDS) + len(_FORMS) + len(_VIAS) + len(_DEFINITE) + 18
NOBODY: Row = [0.0] * WIDTH


def together(arguments: Sequence[Argument], head: int) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Features of every actor with every target, and which of the pairs are possible: those that name somebody, and
    not the same entity twice. Nobody stands first on both sides."""
    token = np.array([-1, *[argument.slot.token for argument in arguments]])
    entity = np.array([-1, *[argument.entity.number for argument in arguments]])
    roles = [argument.slot.role for argument in arguments]
    role = np.array([-1, *map(roles.index, roles)])
    both = np.zeros((len(token), len(token), 6), dtype=np.float32)
    both[0, :, 0] = 1.0
    both[:, 0, 1] = 1.0
    inner, actors, targets = both[1:, 1:], token[1:, None], token[None, 1:]
    same = entity[1:, None] == entity[None, 1:]
    inner[:, :, 2] = same
    inner[:, :, 3] = role[1:, None] == role[None, 1:]
    inner[:, :, 4] = (actors < head) & (head < targets)
    inner[:, :, 5] = np.clip(targets - actors, -40, 40) / 20.0
    possible = np.ones((len(token), len(token)), dtype=bool)
    possible[0, 0] = False
    possible[1:, 1:] = ~same & (actors != targets)
    return both, possible


def matrix(rows: Sequence[Row]) -> Matrix:
    """Rows as one array."""
    return np.asarray(rows, dtype=np.float32)


#: Names the order and meaning of the features; weights fitted for another layout are refused.
LAYOUT = f"5:{WIDTH}:{len(_ROLES)}:{len(_HOWS)}:{len(_FLAGS)}:{len(RELS)}"
