"""Set phrases and support verbs of the lexicon: which tokens around a head fill a phrase's other words."""

from __future__ import annotations

from collections.abc import Sequence

from kg.events.clauses import is_reflexive
from kg.lexicon import Entry
from kg.syntax import Tree


def phrase_words(tree: Tree, i: int, entry: Entry, head_word: str, pool: Sequence[int]) -> list[int] | None:
    """The tokens that fill a phrase's other words around its head, or ``None`` where one is missing.

    ``head_word`` is the word of the phrase that ``i`` itself fills.
    """
    rest = list(entry.words)
    rest.remove(head_word)
    found: list[int] = []
    for word in rest:
        if word in tree.words["reflexive"]:
            if not is_reflexive(tree, i):
                return None
            continue
        match = next((c for c in pool if c not in found and _says(tree, c, word) and _near(tree, i, c, entry)), None)
        match = _predicative(tree, i, word) if match is None else match
        if match is None:
            return None
        found.append(match)
    return found


def phrase_pool(tree: Tree, i: int) -> tuple[list[int], set[str]]:
    """The tokens below a head that may fill a phrase, and all their forms, to rule phrases out at a glance."""
    pool = [c for c in tree.subtree(i, _OTHER_CLAUSES) if c != i]
    if tree.rel[i] in ("acl", "amod", "relcl"):  # « une enquête ouverte hier »
        pool.append(tree.head[i])
    forms = {form for c in (*pool, *range(i + 2, min(i + 10, len(tree)))) for form in (tree.lemma[c], tree.lower[c])}
    forms |= {tree.words.prepositions[form] for form in forms if form in tree.words.prepositions}
    return pool, forms | tree.words["reflexive"] | {tree.lemma[i]}


_OTHER_CLAUSES = frozenset({"relcl", "advcl", "ccomp", "conj", "subj", "parataxis", "punct"})
_CONTENT = frozenset({"NOUN", "PROPN", "ADJ", "VERB", "NUM"})


def _predicative(tree: Tree, i: int, word: str) -> int | None:
    """An adjective of the phrase that the parser gave to the object: « tenir X et Y responsables »."""
    for c in range(i + 2, min(i + 10, len(tree))):
        if tree.pos[c] in ("VERB", "AUX", "PUNCT") or tree.sent[c] != tree.sent[i]:
            return None
        if tree.pos[c] == "ADJ" and tree.lemma[c] == word:
            return c
    return None


def _says(tree: Tree, c: int, word: str) -> bool:
    return tree.lemma[c] == word or tree.lower[c] == word or tree.words.prepositions.get(tree.lower[c]) == word


def _near(tree: Tree, i: int, c: int, entry: Entry) -> bool:
    """Whether a token belongs to the head itself: a content word directly or past an adverb of quantity; a preposition
    where its noun fills the phrase too, or the frame names it."""
    head = tree.head[c]
    if head == i:
        return True
    if c == tree.head[i]:
        return "obj" in entry.target or "obj" not in entry.actor
    if tree.pos[c] in _CONTENT:
        return tree.head[head] == i and tree.pos[head] in ("ADV", "DET", "PRON", "ADP")
    if tree.head[head] != i or tree.rel[c] not in ("case", "mark", "fixed", "adv", "det"):
        return False
    word = tree.words.prepositions.get(tree.lower[c], tree.lower[c])
    return tree.lemma[head] in entry.words or word in entry.target
