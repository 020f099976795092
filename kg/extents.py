"""Which words belong to a noun phrase: part of room 3, for ``kg.mentions``."""

from __future__ import annotations

from kg import gazetteer
from kg.syntax import Tree

#: Dependents that do not belong to the short form of a noun phrase.
_OUTSIDE = frozenset(
    {
        "relcl", "acl", "appos", "conj", "cc", "punct", "parataxis", "advcl", "ccomp", "xcomp", "csubj", "cop", "subj",
        "subj:pass", "aux", "adv", "obl", "obj", "dep", "mark", "vocative", "expl", "expl:subj", "aux:pass",
    }
)  # fmt: skip


def extent(tree: Tree, i: int) -> tuple[int, int]:
    """First and last token of the short noun phrase of a head: determiner, adjectives, complements, in one stretch."""
    keep = set(tree.subtree(i, _OUTSIDE))
    if i in tree.entity_of:
        first, last, _ = tree.entities[tree.entity_of[i]]
        keep.update(range(first, last))
    keep -= {c for c in tree.children[i] if tree.rel[c] == "case" and c < i}
    tokens = [i]
    j = i - 1
    while j in keep or (j - 1 in keep and j >= 0 and tree.pos[j] == "PUNCT" and tree.token[j] in "-'’«"):
        tokens.append(j)
        j -= 1
    j = i + 1
    while j in keep or (j + 1 in keep and j < len(tree) and tree.token[j] in ("-", "'", "’")):
        tokens.append(j)
        j += 1
    return _whole_words(tree, i, min(tokens), max(tokens))


def _whole_words(tree: Tree, i: int, first: int, last: int) -> tuple[int, int]:
    """The stretch of a phrase with the parts of words that a hyphen joins to it: "**Oscar-**winning film".

    A name is left as it is: in "anti-Merkel" and "US-led" it stands for itself.
    """
    named = bool(tree.ent[i]) or tree.pos[i] == "PROPN"
    while first > 1 and not (named and first == i) and tree.token[first - 1] == "-" and _glued(tree, first - 2, first):
        first -= 2
        while first > 0 and tree.head[first - 1] == i and tree.rel[first - 1] in ("det", "amod", "num", "compound"):
            first -= 1
    while last + 1 < len(tree) and _glued(tree, last, last + 1):
        if tree.token[last].endswith("-"):
            last += 1
        elif tree.token[last + 1] == "-" and not (named and last == i) and _glued(tree, last + 1, last + 2):
            last += 2
        else:
            break
    return first, last


def _glued(tree: Tree, first: int, last: int) -> bool:
    """Whether no blank stands between tokens, the last of which is a word."""
    inside = first >= 0 and last < len(tree) and (tree.token[last][0].isalnum() or tree.token[last] == "-")
    return inside and all(tree.end[k] == tree.start[k + 1] for k in range(first, last))


def name_without_place(tree: Tree, i: int, start: int, last: int) -> int:
    """The last token of a phrase less what only says where or about what: "the European Union on immigration".

    ``i`` heads the phrase, whose words without determiner go from ``start`` to ``last``. Only a named entity is cut
    short, behind its last word, where a number or a preposition other than "of" follows and nobody knows the whole by
    its name.
    """
    if i not in tree.entity_of or tree.pos[i] != "PROPN":
        return last
    end = tree.entities[tree.entity_of[i]][1]
    if not i < end <= last or tree.rel[end] not in ("case", "num"):
        return last
    if tree.words.prepositions.get(tree.lower[end], tree.lower[end]) in tree.words["of"]:
        return last
    return last if gazetteer.named(tree.span(start, last), tree.language) else end - 1


def name_end(tree: Tree, i: int, start: int, last: int) -> int:
    """The last token of the longest name that everybody knows and that a phrase begins (« État **islamique** »).

    ``i`` heads the phrase, whose words without determiner go from ``start`` to ``last``. It stays as it is where the
    longer name has another head ("the **UN** refugee agency").
    """
    end = min(start + gazetteer.longest(tree.token[start], tree.language), tree.sentences[tree.sent[start]][1])
    for stop in range(end - 1, last, -1):
        if last < tree.head[i] <= stop or not tree.token[stop][-1].isalnum():
            continue
        if gazetteer.named(tree.span(start, stop), tree.language):
            return stop
    return last
