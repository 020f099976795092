"""Who stands where around a verb: subjects found through conjunction, control, relatives and participles, voice,
objects and prepositional dependents. One reading for every language, over universal relations.

A ``Slot`` says which token stands in which place of the frame; ``how`` names the rule that found it, so that the
scorer can learn how far each rule is to be trusted.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.lexicon import Entry, lexicon
from kg.syntax import Tree


@dataclass(frozen=True, slots=True)
class Slot:
    """One candidate for a role: ``role`` is ``subj``, ``obj``, ``iobj``, a preposition, ``adj``, ``poss``,
    ``compound`` or these behind ``gov:`` (a dependent of the governing verb); ``first`` is the first conjunct."""

    token: int
    role: str
    how: str
    first: int = -1


def voice(tree: Tree, i: int) -> str:
    """``active``, ``passive`` or ``reflexive``."""
    rels = {tree.rel[c] for c in tree.children[i]}
    if is_reflexive(tree, i):
        return "reflexive"
    if "subj:pass" in rels or "aux:pass" in rels or "agent" in rels or _be_without_perfect(tree, i):
        return "passive"
    morph = tree.morph[i]
    if morph.get("VerbForm") == "Part" and morph.get("Tense", "Past") == "Past" and "aux" not in rels:
        if tree.rel[i] == "conj":
            return voice(tree, tree.head[i]) if tree.pos[tree.head[i]] == "VERB" else "passive"
        return "passive" if "subj" not in rels or tree.pos[i] == "ADJ" else "active"
    return "active"


def _be_without_perfect(tree: Tree, i: int) -> bool:
    """« est expulsé »: "be" with a participle whose perfect takes another auxiliary, whatever the parser calls it."""
    if tree.pos[i] != "VERB" or tree.lemma[i] in tree.words["be_perfect"]:
        return False
    entry = lexicon(tree.language).word("verb", tree.lemma[i])
    if entry and entry.target and "obj" not in (*entry.target, *entry.actor):
        return False
    auxiliaries = [tree.lemma[c] for c in tree.kids(i, "aux")]
    return bool(auxiliaries) and auxiliaries[-1] in tree.words["passive_auxiliary"]


def verb_entry(tree: Tree, i: int) -> Entry | None:
    """The lexicon entry of a single verb, with its clitics where there is a row for that (« se retirer »)."""
    words, lemma = lexicon(tree.language), tree.lemma[i]
    clitics = [tree.lemma[c] for c in tree.children[i] if c < i and tree.lemma[c] in tree.words["clitic"]]
    for first in range(len(clitics)):
        entry = words.word("verb", " ".join([*clitics[first:], lemma]))
        if entry is not None:
            return entry
    return words.word("verb", lemma)


def is_reflexive(tree: Tree, i: int) -> bool:
    """Whether the verb has a reflexive clitic or pronoun (« se », "itself")."""
    return any(
        tree.lower[c] in tree.words["reflexive"] and tree.rel[c] in ("expl", "obj", "iobj", "mark", "dep", "subj")
        for c in tree.children[i]
    )


def antecedent(tree: Tree, i: int) -> int | None:
    """The noun that a relative pronoun stands for: the head of its relative clause."""
    node = i
    for above in tree.ancestors(i):
        if tree.rel[node] in ("relcl", "acl") and tree.rel[i] != "relcl" and tree.pos[above] not in ("VERB", "AUX"):
            return above
        node = above
    return None


def is_relative(tree: Tree, i: int) -> bool:
    """Whether a token is a relative pronoun."""
    return tree.pos[i] in ("PRON", "SCONJ", "DET", "ADV") and (
        tree.morph[i].get("PronType") == "Rel" or tree.lower[i] in tree.words["relative"]
    )


def subjects(tree: Tree, i: int, depth: int = 0) -> list[tuple[int, str]]:
    """The grammatical subject of a predicate and the rule that found it; empty where none is in reach."""
    direct = tree.kids(i, "subj", "subj:pass", "csubj")
    if direct:
        token = direct[0]
        if is_relative(tree, token):
            noun = antecedent(tree, token)
            if noun is not None:
                return [(noun, "relative")]
        return [(token, "direct")]
    if depth > 4:
        return []
    rel, head = tree.rel[i], tree.head[i]
    if rel == "conj" and head != i and tree.pos[head] in ("VERB", "AUX", "ADJ", "NOUN"):
        return [(token, "shared" if how == "direct" else how) for token, how in subjects(tree, head, depth + 1)]
    if rel == "relcl":
        return [(head, "relative")] if not _object_relative(tree, i) else _inverted(tree, i)
    if rel in ("acl", "amod") and tree.pos[head] in ("NOUN", "PROPN", "PRON", "NUM", "X"):
        if tree.morph[i].get("VerbForm") == "Inf":
            return _noun_control(tree, head, depth)
        return [(head, "participle")]
    if rel in ("xcomp", "ccomp", "advcl", "obl", "parataxis", "acl") and not _finite(tree, i) and head != i:
        return controllers(tree, head, depth)
    return []


def _object_relative(tree: Tree, i: int) -> bool:
    return any(
        is_relative(tree, c)
        and (tree.rel[c] in ("obj", "iobj", "obl") or tree.lower[c] in tree.words["relative_object"])
        for c in tree.children[i]
    )


def _inverted(tree: Tree, i: int) -> list[tuple[int, str]]:
    later = [c for c in tree.kids(i, "obj") if c > i and tree.pos[c] in ("NOUN", "PROPN")]
    return [(later[0], "inverted")] if later else []


def _finite(tree: Tree, i: int) -> bool:
    if tree.morph[i].get("VerbForm") == "Fin":
        return True
    return any(
        tree.rel[c] in ("aux", "aux:pass", "cop") and tree.morph[c].get("VerbForm") == "Fin" for c in tree.children[i]
    )


def _noun_control(tree: Tree, noun: int, depth: int) -> list[tuple[int, str]]:
    """The subject of an infinitive under a noun: « la décision du juge de libérer », « a l'intention de »."""
    owner = [c for c in tree.kids(noun, "nmod", "poss") if tree.rel[c] == "poss" or tree.case(c) in tree.words["of"]]
    if owner:
        return [(owner[0], "noun-owner")]
    governor = tree.head[noun]
    if governor != noun and tree.pos[governor] in ("VERB", "AUX", "ADJ"):
        entry = verb_entry(tree, governor)
        addressed = tree.rel[noun] in ("obj", "iobj") or tree.case(noun) in (entry.target if entry else ())
        if entry and "control=target" in entry.flags and addressed:  # « demande à la ville de publier »
            return [(noun, "object-control")]
        return [(token, "noun-control") for token, _ in subjects(tree, governor, depth + 1)]
    return []


def controllers(tree: Tree, governor: int, depth: int = 0) -> list[tuple[int, str]]:
    """The understood subject of an infinitive or participle under a verb, by the verb's control."""
    entry = verb_entry(tree, governor)
    passive = voice(tree, governor) == "passive"
    if entry and "control=target" in entry.flags and not passive:
        objects = tree.kids(governor, "obj", "iobj")
        taken_up = {c: antecedent(tree, c) if is_relative(tree, c) else c for c in objects}
        slots = [found for found in taken_up.values() if found is not None]
        slots += [c for c in tree.kids(governor, "obl") if tree.case(c) in entry.target]
        slots = [c for c in slots if tree.lower[c] not in tree.words["reflexive"]]
        if slots:
            return [(slots[0], "object-control")]
    return [(token, "control") for token, _ in subjects(tree, governor, depth + 1)]


#: Relations under which parsers hide an object (« tenons Israël et ses dirigeants responsables »).
_LOOSE = frozenset({"xcomp", "ccomp", "conj", "dep", "appos"})


def verb_slots(tree: Tree, i: int) -> list[Slot]:
    """The slots of a verb, in the frame's own terms: in a passive the grammatical subject is the ``obj``."""
    slots: list[Slot] = []
    is_passive = voice(tree, i) == "passive"
    for token, how in subjects(tree, i):
        slots.append(Slot(token, "obj" if is_passive else "subj", how))
    for child in tree.children[i]:
        rel = tree.rel[child]
        if rel == "agent":
            slots.append(Slot(child, "subj", "agent"))
        elif rel in ("obj", "iobj"):
            if tree.lower[child] in tree.words["reflexive"]:
                continue
            token, how = child, "direct"
            if is_relative(tree, child):
                noun = antecedent(tree, child)
                if noun is None:
                    continue
                token, how = noun, "relative"
            slots.append(Slot(token, rel, how))
        elif rel in ("obl", "nmod"):
            slots.extend(_oblique(tree, child, is_passive))
        elif rel in ("ccomp", "xcomp") and not _finite(tree, child):
            slots += [Slot(c, "obj", "loose") for c in tree.kids(child, "subj")[:1] if not is_relative(tree, c)]
            if tree.pos[child] in ("NOUN", "PROPN") and child > i and not tree.case(child):
                slots += [Slot(child, "obj", "loose")] if not tree.kids(child, "cop", "subj") else []
        elif rel in _LOOSE and child > i and tree.pos[child] in ("NOUN", "PROPN") and not tree.case(child):
            if not tree.kids(child, "cop", "subj", "subj:pass"):
                slots.append(Slot(child, "obj", "loose"))
        elif rel == "adv" and tree.pos[child] == "ADV":
            slots.extend(Slot(c, tree.case(c) or "obj", "deep") for c in tree.kids(child, "obl", "nmod", "obj"))
    if tree.rel[i] == "relcl" and _object_relative(tree, i) and not any(s.role == "obj" for s in slots):
        slots.append(Slot(tree.head[i], "obj", "relative"))
    slots += _object_complements(tree, slots)
    slots += _shared_objects(tree, i, slots)
    return _with_conjuncts(tree, slots)


def _object_complements(tree: Tree, slots: list[Slot]) -> list[Slot]:
    """Complements of the object, reachable for support verbs (« mener une offensive contre Y »)."""
    found = []
    for slot in slots:
        if slot.role == "obj" and slot.how == "direct" and tree.pos[slot.token] == "NOUN":
            found += [Slot(c, f"obj:{tree.case(c)}", "nested") for c in tree.kids(slot.token, "nmod") if tree.case(c)]
    return found


def _oblique(tree: Tree, child: int, is_passive: bool) -> list[Slot]:
    case = tree.case(child)
    token, how = child, "direct"
    if tree.lemma[child] in tree.words["prepositional_noun"]:  # « en faveur de », "in response to"
        below = [c for c in tree.kids(child, "nmod") if tree.case(c)]
        if not below:
            return []
        token = below[0]
        whole = " ".join(part for part in (case, tree.lemma[child], tree.case(token)) if part)
        return [Slot(token, tree.words.prepositions.get(whole, whole), how)]
    if is_relative(tree, child):
        noun = antecedent(tree, child)
        if noun is None:
            return []
        token, how = noun, "relative"
    if case in tree.words["passive_by"] and is_passive:
        return [Slot(token, "subj", "agent")]
    return [Slot(token, case or "bare", how)]


def _shared_objects(tree: Tree, i: int, slots: list[Slot]) -> list[Slot]:
    """The object of a later conjunct serves the earlier verb that has none: « a pris et brûlé la ville »."""
    if any(slot.role == "obj" for slot in slots):
        return []
    found = []
    for other in tree.kids(i, "conj"):
        if tree.pos[other] == "VERB" and not tree.kids(other, "subj", "subj:pass"):
            found += [Slot(c, "obj", "shared") for c in tree.kids(other, "obj")]
    return found


def _with_conjuncts(tree: Tree, slots: list[Slot]) -> list[Slot]:
    found: list[Slot] = []
    seen: set[tuple[int, str]] = set()
    for slot in slots:
        for token in (slot.token, *conjuncts(tree, slot.token)):
            if (token, slot.role) not in seen:
                seen.add((token, slot.role))
                found.append(slot if token == slot.token else Slot(token, slot.role, slot.how, slot.token))
    return found


def conjuncts(tree: Tree, i: int) -> list[int]:
    """The further members of a coordination that ``i`` heads."""
    found = []
    for child in tree.kids(i, "conj"):
        if tree.pos[child] in ("NOUN", "PROPN", "PRON", "NUM", "X", "ADJ"):
            found += [child, *conjuncts(tree, child)]
    return found


def noun_slots(tree: Tree, i: int) -> list[Slot]:
    """The slots of a nominal event: its complements, possessor, adjectives, and those of the verb above it."""
    slots: list[Slot] = []
    for child in tree.children[i]:
        rel = tree.rel[child]
        if rel in ("nmod", "obl"):
            slots.append(Slot(child, tree.case(child) or "bare", "direct"))
        elif rel in ("amod", "compound", "poss", "appos"):
            slots.append(Slot(child, {"amod": "adj"}.get(rel, rel), "direct"))
        elif rel == "det" and tree.lower[child] in tree.words.possessives:
            slots.append(Slot(child, "poss", "direct"))
        elif rel == "agent":
            slots.append(Slot(child, tree.case(child) or "subj", "agent"))
        elif rel in ("subj", "subj:pass") and not is_relative(tree, child):  # « des civils sont morts »
            slots.append(Slot(child, "subj", "direct"))
        elif rel in ("acl", "relcl") and tree.pos[child] in ("VERB", "ADJ"):
            slots += [
                Slot(s.token, "acl:" + s.role, s.how) for s in verb_slots(tree, child) if s.token != i and s.first < 0
            ]
    if tree.rel[i] == "conj" and tree.pos[tree.head[i]] == "NOUN":
        slots += [s for s in noun_slots(tree, tree.head[i]) if s.token > i or s.role[:4] in ("poss", "gov:")]
    governor = tree.head[i]
    if governor != i and tree.pos[governor] in ("VERB", "ADJ", "NOUN") and tree.rel[i] not in ("conj", "appos"):
        if tree.pos[governor] == "NOUN":
            slots += [Slot(c, "up:" + (tree.case(c) or tree.rel[c]), "direct")
                      for c in tree.kids(governor, "nmod", "amod", "poss") if c != i]  # fmt: skip
            governor = tree.head[governor] if tree.rel[governor] in ("obj", "obl", "subj", "subj:pass") else governor
        if tree.pos[governor] == "VERB":
            slots += [Slot(s.token, "gov:" + s.role, s.how) for s in verb_slots(tree, governor)
                      if s.token != i and s.first < 0 and not s.role.startswith("obj:")]  # fmt: skip
    return _with_conjuncts(tree, slots)
