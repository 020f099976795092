"""What parsers get wrong, mended by rule in the tree that they give.

``mend`` works on the parser's own relations, ``reattach`` on the universal ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from kg import language as lang
from kg.tree import Tree

#: Relations that join a name or description to its parts.
_PARTS = frozenset({"flat", "appos", "nmod", "conj", "compound"})
#: Relations under which the parser hides a verb that it took for something else.
_HIDDEN = frozenset({"nmod", "punct", "acl", "amod", "flat", "adv", "dep", "appos", "conj", "compound"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X", "SYM", "ADJ"})


def mend(tree: Tree) -> None:
    """Reattach what parsers get wrong around a verb: a name that stands as its clausal complement is its object, and a
    noun coordinated with the verb itself belongs to the object before it (« tenons Israël et ses dirigeants … »); a
    second object behind a comma names the first; a place before a colon is not whom the rest is about."""
    for i in range(len(tree)):
        if tree.token[i] == ":":
            _set_place_apart(tree, i)
    for i in range(len(tree)):
        head = tree.head[i]
        if tree.morph[i].get("VerbForm") == "Inf" and tree.lower[head] in tree.words["purpose_mark"] and head < i:
            tree.head[i], tree.rel[i] = tree.head[head], "advcl"  # « afin d'exercer »: the adverb marks the purpose
            tree.head[head], tree.rel[head] = i, "mark"
            tree.link()
            continue
        if tree.pos[i] not in ("NOUN", "PROPN") or tree.pos[head] != "VERB" or i <= head:
            continue
        if tree.kids(i, "cop", "subj", "subj:pass", "case", "mark", "aux"):
            continue
        if tree.rel[i] in ("xcomp", "ccomp") and tree.pos[i] == "PROPN" and not tree.kids(head, "obj"):
            tree.rel[i] = "obj"
        elif tree.rel[i] == "obj" and tree.pos[i] == "PROPN" and tree.token[i - 1] == ",":
            before = [c for c in tree.kids(head, "obj") if head < c < i and tree.pos[c] == "NOUN"]
            if before:  # « a répondu sa directrice, Claire Delmas »
                tree.head[i], tree.rel[i] = before[-1], "appos"
                tree.link()
        elif tree.rel[i] == "conj" and tree.kids(i, "cc"):
            before = [c for c in tree.kids(head, "obj") if head < c < i]
            if before:
                tree.head[i] = before[-1]
                tree.link()


def _set_place_apart(tree: Tree, colon: int) -> None:
    """« France : Paul Martin, condamné hier, fait appel »: what stands behind the colon takes the place's place."""
    first = colon
    while first > 0 and tree.sent[first - 1] == tree.sent[colon]:
        first -= 1
    before = [i for i in range(first, colon) if not first <= tree.head[i] < colon or tree.head[i] == i]
    if len(before) != 1 or colon - first > 4 or tree.ent[before[0]] not in ("place", "country"):
        return
    place = before[0]
    behind = [c for c in tree.children[place] if c > colon and tree.pos[c] in _NOMINAL and not tree.case(c)]
    if not behind:
        return
    chief = behind[0]
    tree.head[chief] = chief if tree.head[place] == place else tree.head[place]
    tree.rel[chief] = tree.rel[place]
    for child in tree.children[place]:
        if child >= colon and child != chief:
            tree.head[child] = chief
    tree.head[place], tree.rel[place] = chief, "dep"
    tree.link()


def reattach(tree: Tree) -> None:
    """Mend verbs taken for other words, subjects taken for those of passives, and complements stuck to names."""
    for i in range(len(tree)):
        _mend_voice(tree, i)
    if _finite(tree.language):
        for root in [i for i in range(len(tree)) if tree.head[i] == i]:
            _raise_verb(tree, root)
    for i in range(len(tree)):
        _free_complement(tree, i)


@cache
def _finite(language: str) -> Mapping[str, str]:
    """Finite form → lemma, for the verbs that taggers of a language take for other words; most languages need none."""
    return {row["form"]: row["lemma"] for row in lang.table(language, "finite")}


def _mend_voice(tree: Tree, i: int) -> None:
    """A participle with an auxiliary is a verb whatever its tag, and passive only with the auxiliary of passives:
    « la Corée a piraté Sony », « les rebelles avaient enlevé le juge », « la Hongrie est tombée »."""
    auxiliaries = tree.kids(i, "aux")
    if tree.pos[i] == "X" and auxiliaries:
        tree.pos[i] = "VERB"
        for child in tree.kids(i, "nmod", "dep"):
            if child > i and tree.pos[child] in ("PROPN", "NOUN", "X") and not tree.case(child):
                tree.rel[child] = "obj"
    if tree.pos[i] == "X" and tree.ent[i]:
        tree.pos[i] = "PROPN"
    subjects = tree.kids(i, "subj:pass")
    if not subjects or not tree.words["be_perfect"]:
        return
    passive = tree.kids(i, "aux:pass")
    if tree.lemma[i] in tree.words["be_perfect"] or (auxiliaries and not passive):
        for child in subjects:
            tree.rel[child] = "subj"
        for child in passive:
            tree.rel[child] = "aux"


def _raise_verb(tree: Tree, root: int) -> None:
    """« Paris dément », « la Turquie livre des armes »: a sentence without verb whose verb was taken for a noun,
    adjective or participle that belongs to the subject."""
    if tree.pos[root] not in _NOMINAL or tree.kids(root, "cop", "aux", "aux:pass"):
        return
    if tree.kids(root, "subj") and tree.lower[root] in _finite(tree.language) and not tree.kids(root, "det", "case"):
        _make_verb(tree, root)
        return
    for verb in _hidden_verbs(tree, root):
        subject = root
        tree.head[verb], tree.rel[verb] = verb, "root"
        for child in [c for c in tree.subtree(root) if c > verb and tree.head[c] < verb and c != verb]:
            tree.head[child] = verb
        tree.head[subject], tree.rel[subject] = verb, "subj"
        tree.link()
        _make_verb(tree, verb)
        return


def _hidden_verbs(tree: Tree, root: int) -> Iterator[int]:
    """Tokens behind a nominal root that have the form of a finite verb and stand where one may."""
    forms = _finite(tree.language)
    for i in tree.subtree(root):
        if i <= root or tree.lower[i] not in forms or not tree.token[i].islower() or tree.rel[i] not in _HIDDEN:
            continue
        if tree.kids(i, "det", "case", "mark", "cc", "subj", "aux", "cop", "aux:pass"):
            continue
        if any(tree.pos[above] == "VERB" or tree.rel[above] in ("acl", "relcl") for above in tree.ancestors(i)):
            continue
        if tree.pos[i - 1] in ("DET", "ADP", "ADV", "CCONJ", "NUM"):
            continue
        follows = tree.pos[i + 1] if i + 1 < len(tree) and tree.sent[i + 1] == tree.sent[i] else ""
        participle = tree.morph[i].get("VerbForm") == "Part"
        if follows in ("DET", "PROPN") or (not participle and follows in ("", "PUNCT", "PRON", "NUM", "ADP", "ADV")):
            yield i


def _make_verb(tree: Tree, i: int) -> None:
    """The token is the finite verb of its clause, what hangs on it without preposition its object."""
    tree.pos[i], tree.lemma[i] = "VERB", _finite(tree.language)[tree.lower[i]]
    tree.morph[i] = {"VerbForm": "Fin", "Mood": "Ind", "Tense": "Pres"}
    for child in tree.children[i]:
        if (
            child < i
            or tree.rel[child] in ("punct", "subj", "cc", "obj", "obl", "adv")
            or tree.pos[child] not in _NOMINAL
        ):
            continue
        cases = tree.kids(child, "case")
        if cases and all(tree.lower[c] in tree.words["indefinite"] for c in cases):  # « livre des armes »
            for c in cases:
                tree.rel[c], tree.pos[c] = "det", "DET"
            cases = []
        if cases:
            tree.rel[child] = "obl"
        elif not tree.kids(i, "obj"):
            tree.rel[child] = "obj"


def _free_complement(tree: Tree, i: int) -> None:
    """A name is whole without the time, place or means behind it, which belong to the verb: « a rencontré Lula à
    Paris », « menace TikTok d'une amende », « a visité Chypre mercredi »."""
    name = tree.head[i]
    if tree.rel[i] != "nmod" or i <= name or tree.entity_of.get(i, -1) == tree.entity_of.get(name, -2):
        return
    named = [c for c in tree.kids(name, "nmod", "appos", "flat") if name < c < i and tree.pos[c] == "PROPN"]
    if tree.pos[name] != "PROPN" and not tree.ent[name] and all(tree.case(c) for c in named):
        return
    case = tree.case(i)
    if not case and (tree.pos[i] != "NOUN" or not tree.token[i].islower() or tree.token[i - 1] == "-"):
        return
    whole = tree.ent[name] in ("person", "place") or (tree.kids(i, "det", "num") and tree.pos[i] != "PROPN")
    if case and tree.words.preposition_class.get(case) == "of" and not whole:
        return
    verb = _verb_over(tree, name)
    if verb is not None and verb < i:
        tree.head[i], tree.rel[i] = verb, "obl"
        tree.link()


def _verb_over(tree: Tree, name: int) -> int | None:
    """The verb whose object or complement a name is, alone or as a part of it."""
    node = name
    while tree.rel[node] in _PARTS and tree.head[node] < node:
        node = tree.head[node]
    over = tree.head[node]
    complement = tree.rel[node] in ("obj", "iobj", "obl", "agent", "xcomp", "subj:pass", "subj")
    return over if complement and over < node and tree.pos[over] == "VERB" else None
