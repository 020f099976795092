"""A parsed article in one shape for every language: tokens with universal relations.

spaCy's pipelines follow different schemes: in French a preposition depends on its noun and a copula on its predicate
(Universal Dependencies), in English both head them (CLEAR). ``tree`` maps labels by the language's ``labels.toml``
and turns head function words into dependents, so that the rooms after it are written once. Relations used: root subj
subj:pass csubj obj iobj obl agent nmod poss appos amod det case mark cop aux aux:pass expl flat fixed compound prt
acl relcl advcl xcomp ccomp conj cc parataxis num adv neg punct dep.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
from spacy.attrs import HEAD
from spacy.tokens import Doc

from kg import language as lang
from kg.encoder import vectors
from kg.mending import mend, reattach
from kg.tree import Tree, Words, clause_of, nominal, text_of, words

__all__ = ["Tree", "Words", "clause_of", "nominal", "text_of", "tree", "words"]


@cache
def _features(morph: str) -> Mapping[str, str]:
    return dict(pair.split("=", 1) for pair in morph.split("|") if "=" in pair)


@cache
def _lemma_corrections(language: str) -> Mapping[tuple[str, str], str]:
    return {(row["form"], row["pos"]): row["lemma"] for row in lang.table(language, "lemmas")}


def tree(doc: Doc, language: str) -> Tree:
    """Read a parsed ``Doc`` into a ``Tree`` by the language's label table; the ``Doc`` is not changed."""
    data = lang.labels(language)
    relations, kinds = data["relations"], data["entities"]
    corrections = _lemma_corrections(language)
    found = Tree(doc.text, language)
    found.vectors = vectors(doc)
    sentence = -1
    heads = doc.to_array([HEAD]).astype(np.int64).tolist()
    for token, head in zip(doc, heads, strict=True):
        if token.is_sent_start or sentence < 0:
            sentence += 1
        pos, lower = token.pos_, token.lower_
        if lower in found.words["euphonic"]:  # « a-t-il »
            pos = "PART"
        elif pos == "PRON" and lower[:1] == "-":  # « dit-il »
            lower = lower.removeprefix("-t").lstrip("-") or lower
        found.token.append(token.text)
        found.lower.append(lower)
        found.lemma.append(corrections.get((lower, pos)) or token.lemma_.lower())
        found.pos.append(pos)
        found.rel.append("dep" if lower in found.words["euphonic"] else relations.get(token.dep_, "dep"))
        found.head.append(token.i + head)
        found.morph.append(_features(str(token.morph)))
        found.start.append(token.idx)
        found.end.append(token.idx + len(token.text))
        found.sent.append(sentence)
        found.ent.append("")
    for ent in doc.ents:
        kind = kinds.get(ent.label_)
        if kind:
            for i in range(ent.start, ent.end):
                found.ent[i] = kind
                found.entity_of[i] = len(found.entities)
            found.entities.append((ent.start, ent.end, kind))
    found.link()
    mend(found)
    if data["structure"]["head_function_words"]:
        _demote_function_words(found)
    reattach(found)
    _sentences(found)
    return found


def _sentences(tree: Tree) -> None:
    first = 0
    for i in range(1, len(tree) + 1):
        if i == len(tree) or tree.sent[i] != tree.sent[first]:
            tree.sentences.append((first, i))
            first = i


def _demote_function_words(tree: Tree) -> None:
    """Make prepositions and copulas dependents of the word they head (CLEAR → universal relations)."""
    for i in range(len(tree)):
        head = tree.head[i]
        if tree.rel[i] == "iobj" and any(tree.rel[c] == "pobj" for c in tree.children[i]):
            tree.rel[i] = "prep"  # "sent aid to Lebanon"
        if tree.rel[i] == "attr" and tree.pos[head] in ("AUX", "VERB") and tree.lemma[head] in tree.words["copula"]:
            _swap_copula(tree, i)
    tree.link()
    for i in range(len(tree)):
        rel = tree.rel[i]
        if rel == "pobj":
            _attach_nominal(tree, i)
        elif rel == "pcomp":
            head = tree.head[i]
            tree.head[i], tree.rel[i] = tree.head[head], "advcl"
            tree.head[head], tree.rel[head] = i, "mark"
        elif rel == "npadv":
            tree.rel[i] = "obl"
        elif rel == "attr":
            tree.rel[i] = "xcomp"
        elif rel == "neg":
            tree.rel[i] = "adv"
        elif rel == "relcl" and _has_infinitive_marker(tree, i):
            tree.rel[i] = "acl"
    for i in range(len(tree)):
        if tree.rel[i] == "prep":
            tree.rel[i] = "adv"
    tree.link()


def _has_infinitive_marker(tree: Tree, i: int) -> bool:
    """« plans to leave »: what the parser calls a relative clause is an infinitive under a noun."""
    return any(tree.rel[c] == "aux" and tree.lower[c] in tree.words["infinitive_marker"] for c in tree.children[i])


def _swap_copula(tree: Tree, i: int) -> None:
    copula = tree.head[i]
    if any(tree.rel[c] == "expl:subj" for c in tree.children[copula]):
        return
    tree.rel[i] = tree.rel[copula]
    tree.head[i] = i if tree.head[copula] == copula else tree.head[copula]
    for child in tree.children[copula]:
        if child != i:
            tree.head[child] = i
    tree.children[i] = sorted({*tree.children[i], *(c for c in tree.children[copula] if c != i), copula})
    tree.children[copula] = []
    tree.head[copula], tree.rel[copula] = i, "cop"


def _attach_nominal(tree: Tree, i: int) -> None:
    first = tree.head[i]
    prepositions = [first]
    while tree.rel[first] == "prep" and tree.rel[tree.head[first]] == "prep" and len(prepositions) < 4:
        first = tree.head[first]
        prepositions.append(first)
    if tree.rel[first] not in ("prep", "case"):
        return
    governor = tree.head[first]
    if governor == first:
        return
    by_agent = tree.lower[first] in tree.words["passive_by"] and tree.pos[governor] == "VERB"
    verbal = tree.pos[governor] in ("VERB", "AUX", "ADJ", "ADV")
    tree.rel[i] = "agent" if by_agent and _passive(tree, governor) else "obl" if verbal else "nmod"
    tree.head[i] = governor
    for preposition in prepositions:
        tree.head[preposition], tree.rel[preposition] = i, "case"


def _passive(tree: Tree, i: int) -> bool:
    participle = tree.morph[i].get("VerbForm") == "Part" and tree.morph[i].get("Tense") == "Past"
    perfect = any(tree.lemma[c] in tree.words["perfect_auxiliary"] for c in tree.kids(i, "aux"))
    return participle and (not perfect or bool(tree.kids(i, "aux:pass")))
