"""Polarity and modality of a reported action, from negation, mood, tense, modal verbs and what governs it.

One reading for every language: the words are classes of ``labels.toml``, the flags come from the action lexicon.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.lexicon import Entry, lexicon
from kg.syntax import Tree


@dataclass(frozen=True, slots=True)
class Standing:
    """How an action stands: ``polarity``, ``modality``, the rule that set the latter, and whether it is ``denied``:
    the complement of a refusal or denial, which reports no act."""

    polarity: str
    modality: str
    rule: str
    denied: bool


def standing(tree: Tree, i: int, doubted: bool) -> Standing:
    """Polarity and modality of the predicate at token ``i``; ``doubted`` where an accusation by nobody covers it."""
    negated = is_negated(tree, i)
    modality, rule, denied = _own(tree, i)
    node = i
    for above in tree.ancestors(i)[:6]:
        if tree.rel[node] in ("relcl", "parataxis", "appos", "subj", "subj:pass"):
            break
        if tree.pos[above] in ("VERB", "AUX", "ADJ", "NOUN"):
            stronger, why, refused, flips, goes_on = _governed(tree, above, node, i)
            if modality == "actual" and stronger != "actual":
                modality, rule = stronger, why
            denied = denied or refused
            negated = negated or flips
            if not goes_on:
                break
        node = above
    if doubted and modality == "actual":
        modality, rule = "unconfirmed", "doubted"
    return Standing("negated" if negated else "affirmed", modality, rule, denied)


def is_negated(tree: Tree, i: int) -> bool:
    """Whether the predicate itself is negated."""
    words, lower = tree.words, tree.lower
    kids = tree.children[i]
    particle = any(lower[c] in words["negation"] for c in kids)
    for c in kids:
        if lower[c] in words["negation_adverb"] and tree.rel[c] in ("adv", "neg", "dep", "case", "mark"):
            return True
        if particle and lower[c] in words["negation_with_particle"]:
            return True
        if tree.rel[c] in ("mark", "case") and lower[c] in words["without"]:
            return True
        if tree.rel[c] in ("subj", "subj:pass", "obj") and _is_nobody(tree, c):
            return True
        if tree.rel[c] == "det" and lower[c] in words["negation_determiner"]:
            return True
    return False


def _is_nobody(tree: Tree, i: int) -> bool:
    """« personne », « aucun soldat », "no one", "no soldier"."""
    words, lower = tree.words, tree.lower
    determined = any(lower[d] in words["negation_determiner"] for d in tree.children[i])
    return lower[i] in words["negation_pronoun"] or determined


def _own(tree: Tree, i: int) -> tuple[str, str, bool]:
    """Modality that the predicate's own form gives: conditional, future, purpose, condition, adverbs."""
    words, lower = tree.words, tree.lower
    kids = tree.children[i]
    for c in kids:
        if lower[c] in words["hearsay_adverb"]:
            return "unconfirmed", "hearsay", False
        if lower[c] in words["possible_adverb"] or (tree.rel[c] == "aux" and lower[c] in words["modal_possible"]):
            return "possible", "possible", False
        if tree.rel[c] == "mark" and lower[c] in words["condition_mark"]:
            return "possible", "condition", False
    verbs = [i, *(c for c in kids if tree.rel[c] in ("aux", "aux:pass", "cop"))]
    moods = {tree.morph[v].get("Mood") for v in verbs}
    tenses = {tree.morph[v].get("Tense") for v in verbs}
    if "Cnd" in moods:
        return ("unconfirmed", "conditional", False)
    if any(tree.rel[c] == "aux" and lower[c] in words["would_auxiliary"] for c in kids):
        return "planned", "would", False
    if "Fut" in tenses or any(tree.rel[c] == "aux" and lower[c] in words["future_auxiliary"] for c in kids):
        return "planned", "future", False
    if any(tree.rel[c] == "aux" and lower[c] in words["modal_planned"] for c in kids):
        return "planned", "modal", False
    marks = [c for c in kids if tree.rel[c] in ("mark", "case") and c < i]
    if any(lower[c] in words["purpose_mark"] for c in marks) and tree.morph[i].get("VerbForm") == "Inf":
        return "planned", "purpose", False
    marked = any(tree.rel[c] == "aux" and lower[c] in words["infinitive_marker"] for c in kids)
    if marked and tree.rel[i] in ("advcl", "acl"):
        return "planned", "purpose", False
    return "actual", "", False


def _governed(tree: Tree, above: int, node: int, i: int) -> tuple[str, str, bool, bool, bool]:
    """What the word above gives its complement: (modality, rule, denied, flips polarity, look further up)."""
    entry = governing_entry(tree, above)
    light = bool(entry and ("light" in entry.flags or "causative" in entry.flags))
    clausal = tree.rel[node] in ("xcomp", "ccomp", "advcl", "obl", "obj", "acl", "nmod", "conj")
    if tree.rel[node] == "conj":
        inherited, rule, _ = _own(tree, above)
        return inherited, rule, False, False, True
    if not clausal or entry is None:
        nominal = tree.pos[i] == "NOUN" and tree.rel[node] in ("obj", "obl", "nmod")
        return ("actual", "", False, False, nominal and tree.pos[above] == "VERB" and entry is None)
    own, rule, _ = _own(tree, above)
    complement = tree.rel[node] in ("xcomp", "ccomp") or tree.pos[node] in ("VERB", "AUX") or node == i
    denied = "negated" in entry.flags and complement
    for flag in ("unconfirmed", "possible", "planned"):
        if flag in entry.flags and complement:
            if light and own in ("possible", "unconfirmed") and flag == "planned":
                return own, rule, denied, is_negated(tree, above), True
            return flag, f"governed:{flag}", denied, light and is_negated(tree, above), light
    if light or "actual" in entry.flags:
        return own, rule, denied, is_negated(tree, above), True
    return "actual", "", denied, denied and "says" in entry.flags, False


def own_modality(tree: Tree, i: int) -> str:
    """The modality that a word's own form gives: mood, tense, modal verbs, adverbs and marks."""
    return _own(tree, i)[0]


def governing_entry(tree: Tree, i: int) -> Entry | None:
    """The lexicon entry of a word that may govern a complement."""
    pos = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adj"}.get(tree.pos[i])
    return lexicon(tree.language).word(pos, tree.lemma[i]) if pos else None
