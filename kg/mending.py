"""What parsers get wrong, mended by rule in the tree that they give."""

from __future__ import annotations

from kg.tree import Tree


def mend(tree: Tree) -> None:
    """Reattach what parsers get wrong around a verb: a name that stands as its clausal complement is its object, and a
    noun coordinated with the verb itself belongs to the object before it (« tenons Israël et ses dirigeants … »); a
    second object behind a comma names the first."""
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
