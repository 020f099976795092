"""Numbers that the scorer sees: of a predicate, of an argument in a role, and of both together.

All features are language-free: relations, frame ranks, kinds and flags, never words, so that one scorer serves every
language and what it learns in one carries over to another.
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

RELS = ("root", "conj", "xcomp", "ccomp", "advcl", "acl", "relcl", "amod", "obj", "obl", "nmod", "subj", "subj:pass",
         "appos", "parataxis", "agent")  # fmt: skip
_EXTRACTORS = ("clauses", "phrases", "nominals", "adjectives")
_VOICES = ("active", "passive", "reflexive", "nominal")
_FLAGS = ("says", "claims", "control=target", "planned", "possible", "negated", "actual", "light", "causative")
_ROLES = ("subj", "obj", "iobj", "adj", "poss", "compound", "bare", "outer", "before", "after",
          "acl:", "gov:subj", "gov:obj", "gov:iobj", "gov:", "up:", "obj:",
          "of", "by", "to", "against", "with", "on", "for", "in", "from", "other")  # fmt: skip
_HOWS = ("direct", "shared", "relative", "participle", "control", "object-control", "noun-control", "noun-owner",
         "agent", "inverted", "nested", "phrase", "deep", "outer", "near", "filled", "loose")  # fmt: skip
_FORMS = ("name", "noun", "pronoun", "adjective")
_VIAS = ("itself", "speaker", "pronoun", "possessive")
_DEFINITE = ("definite", "indefinite", "demonstrative", "possessive")

Row = list[float]
Matrix = NDArray[np.float32]


def onehot(value: str, values: Sequence[str]) -> Row:
    """1 at the place of a value among values, 0 elsewhere; all 0 where it is not among them."""
    return [1.0 if value == v else 0.0 for v in values]


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
        *onehot(predicate.type if entry else "", TYPES),
        *onehot(predicate.extractor, _EXTRACTORS),
        *onehot(predicate.voice, _VOICES),
        *(1.0 if flag in flags else 0.0 for flag in _FLAGS),
        *onehot(tree.rel[i], RELS),
        *onehot(standing.modality, MODALITIES),
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
        *onehot(nominal.definite if nominal else "", _DEFINITE),
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
        *onehot(_role(slot.role, tree.words), _ROLES),
        *onehot(slot.how, _HOWS),
        *onehot(argument.reference.kind, KINDS),
        *onehot(nominal.form if nominal else "pronoun", _FORMS),
        *onehot(argument.via, _VIAS),
        *onehot(nominal.definite if nominal else "", _DEFINITE),
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


_RULES = ("hearsay", "possible", "condition", "conditional", "would", "future", "modal", "purpose", "doubted",
          "governed:planned", "governed:possible", "governed:unconfirmed")  # fmt: skip
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
    row = [*own, *onehot(standing.rule, _RULES), 1.0 if reading.speech.doubted[i] else 0.0]
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
        row += onehot(tree.rel[(i, *above)[level]], RELS) if node is not None else [0.0] * len(RELS)
        row += onehot(own_modality(tree, node) if node is not None else "", MODALITIES)
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
        *onehot(tree.words.preposition_class.get(case, "other" if case else ""), _CASES),
    ]


_CASES = ("of", "by", "to", "against", "with", "on", "for", "in", "from", "other")


#: Features of a role that nobody fills, by the same layout as ``argument_features``.
WIDTH = len(_ROLES) + len(_HOWS) + len(KINDS) + len(_FORMS) + len(_VIAS) + len(_DEFINITE) + 18
NOBODY: Row = [0.0] * WIDTH


def joint(actor: Argument | None, target: Argument | None, head: int) -> Row:
    """Features of an actor and a target together."""
    if actor is None or target is None:
        return [1.0 if actor is None else 0.0, 1.0 if target is None else 0.0, 0.0, 0.0, 0.0, 0.0]
    a, t = actor.slot.token, target.slot.token
    return [
        0.0,
        0.0,
        1.0 if actor.entity is target.entity else 0.0,
        1.0 if actor.slot.role == target.slot.role else 0.0,
        1.0 if a < head < t else 0.0,
        float(max(-40, min(t - a, 40))),
    ]


def matrix(rows: Sequence[Row]) -> Matrix:
    """Rows as one array."""
    return np.asarray(rows, dtype=np.float32)


#: Names the order and meaning of the features; weights fitted for another layout are refused.
LAYOUT = f"4:{WIDTH}:{len(_ROLES)}:{len(_HOWS)}:{len(_FLAGS)}:{len(RELS)}"
