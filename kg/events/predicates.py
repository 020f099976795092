"""Words that may report an action, with their lexicon entry and the slots around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.events.clauses import Slot, noun_slots, subjects, verb_entry, verb_slots, voice
from kg.events.phrases import phrase_pool, phrase_words
from kg.lexicon import Entry, Lexicon, lexicon
from kg.mentions import Nominal
from kg.syntax import Tree


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word or phrase that may report an action.

    ``head`` is its token, ``tokens`` all of its tokens, ``extractor`` the reading that proposed it (``clauses``,
    ``phrases``, ``nominals``, ``adjectives``), ``entry`` its lexicon row if there is one.
    """

    head: int
    tokens: tuple[int, ...]
    extractor: str
    lemma: str
    entry: Entry | None
    voice: str
    slots: tuple[Slot, ...]
    borrowed: str = ""
    done: bool = False

    @property
    def type(self) -> str:
        """The event type the lexicon gives; for a word outside it, or one that leaves it open, the type of the act
        that it introduces (« a décidé de bloquer »), else ``OTHER``.

        ``done`` marks the other reading of a word of saying, as an act upon its object ("confirmed the judge").
        """
        if self.done:
            return "OTHER"
        own = self.entry.action.type if self.entry and self.entry.action else "OTHER"
        return self.borrowed or own if own == "OTHER" else own


def predicates(tree: Tree, nominals: Mapping[int, Nominal]) -> list[Predicate]:
    """All candidate predicates of an article, in text order."""
    words = lexicon(tree.language)
    found: list[Predicate] = []
    taken: set[int] = set()
    for i in range(len(tree)):
        if tree.rel[i] in ("aux", "aux:pass", "cop", "case", "fixed", "flat"):
            continue
        if tree.pos[i] == "VERB" or _like_a_verb(tree, words, i):
            predicate = _verb(tree, words, i)
            if predicate:
                found.append(predicate)
                taken.update(predicate.tokens)
    for i in range(len(tree)):
        if i in taken or tree.rel[i] in ("case", "fixed", "flat", "mark"):
            continue
        predicate = None
        if tree.pos[i] == "NOUN" and not (tree.ent[i] and len(tree.token[i]) < 2):
            predicate = _noun(tree, words, i)
        elif tree.pos[i] == "ADJ" and tree.rel[i] not in ("amod",):
            predicate = _adjective(tree, words, i)
        if predicate:
            found.append(predicate)
    return sorted(found, key=lambda predicate: predicate.head)


def _like_a_verb(tree: Tree, words: Lexicon, i: int) -> bool:
    """A participle taken for an adjective, or an auxiliary that stands alone."""
    if tree.pos[i] == "ADJ" and (tree.morph[i].get("VerbForm") == "Part" or tree.kids(i, "aux", "aux:pass")):
        return True
    return tree.pos[i] in ("ADJ", "AUX") and words.word("verb", tree.lemma[i]) is not None


def _verb(tree: Tree, words: Lexicon, i: int) -> Predicate | None:
    lemma = tree.lemma[i]
    entry, filled = _phrase(tree, i, words.phrases(lemma))
    if entry is not None:
        if entry.action is None:
            return None
        slots = verb_slots(tree, i)
        for token in filled:
            if tree.pos[token] in ("NOUN", "PROPN", "ADJ", "ADV"):
                slots += [s for s in _complements(tree, token) if s.token not in filled]
        slots = [Slot(s.token, s.role, "filled", s.first) if s.token in filled else s for s in slots]
        return Predicate(i, (i, *filled), "phrases", entry.lemma, entry, voice(tree, i), tuple(slots))
    single = verb_entry(tree, i)
    particle = tree.kids(i, "prt")
    if particle:
        joined = f"{lemma} {tree.lower[particle[0]]}"
        return Predicate(i, (i, particle[0]), "clauses", joined, single, voice(tree, i), tuple(verb_slots(tree, i)))
    if single is not None and single.action is None and "light" in single.flags and tree.kids(i, "xcomp", "ccomp"):
        return None
    if tree.pos[i] == "AUX" and single is None:
        return None
    borrowed = _introduced(tree, words, i, single)
    return Predicate(i, (i,), "clauses", lemma, single, voice(tree, i), tuple(verb_slots(tree, i)), borrowed)


def _introduced(tree: Tree, words: Lexicon, i: int, entry: Entry | None) -> str:
    """The type of the act a verb introduces: its infinitive's, or with « commencer », « poursuivre » its noun's."""
    for child in tree.kids(i, "xcomp", "obj", "subj:pass"):
        pos = "verb" if tree.rel[child] == "xcomp" else "noun"
        if pos == "noun" and not (entry and "actual" in entry.flags):
            continue
        introduced = words.word(pos, tree.lemma[child])
        if introduced and introduced.action and introduced.action.type not in ("OTHER", "STATE"):
            return introduced.action.type
    return ""


def _phrase(tree: Tree, i: int, entries: Sequence[Entry]) -> tuple[Entry | None, list[int]]:
    """The longest phrase whose words stand around a head, with their tokens."""
    if not entries:
        return None, []
    pool, forms = phrase_pool(tree, i)
    for entry in entries:
        if entry.forms <= forms:
            filled = phrase_words(tree, i, entry, tree.lemma[i], pool)
            if filled is not None:
                return entry, filled
    return None, []


def _complements(tree: Tree, token: int) -> list[Slot]:
    found = []
    for child in tree.children[token]:
        if tree.rel[child] in ("nmod", "obl"):
            found.append(Slot(child, tree.case(child) or "bare", "phrase"))
        elif tree.rel[child] in ("obj",):
            found.append(Slot(child, "obj", "phrase"))
    return found


def _noun(tree: Tree, words: Lexicon, i: int) -> Predicate | None:
    lemma = tree.lemma[i]
    copular = _copular(tree, words, i)
    if copular:
        return copular
    entry, filled = _phrase(tree, i, words.noun_phrases(lemma))
    if entry is not None:
        if entry.action is None:
            return None
        slots = [s for s in noun_slots(tree, i) if s.token not in filled]
        slots += [s for token in filled for s in _complements(tree, token) if s.token not in filled]
        return Predicate(i, (i, *filled), "nominals", entry.lemma, entry, "nominal", tuple(slots))
    single = words.word("noun", lemma)
    if single is None or single.action is None:
        return None
    return Predicate(i, (i,), "nominals", lemma, single, "nominal", tuple(noun_slots(tree, i)))


def _copular(tree: Tree, words: Lexicon, i: int) -> Predicate | None:
    """A set phrase of "be" with a noun or adjective: « être victime de », "be guilty of"."""
    for copula in tree.kids(i, "cop"):
        for entry in words.phrases(tree.lemma[copula]):
            rest = [word for word in entry.words if word != tree.lemma[copula]]
            if not rest or entry.action is None or tree.lemma[i] not in rest:
                continue
            rest.remove(tree.lemma[i])
            pool = [c for c in tree.subtree(i) if c != i]
            filled = [next((c for c in pool if tree.lemma[c] == w or tree.lower[c] == w), -1) for w in rest]
            if -1 in filled:
                continue
            slots = [Slot(token, "subj", how) for token, how in subjects(tree, i)] + _complements(tree, i)
            return Predicate(i, (copula, i, *filled), "phrases", entry.lemma, entry, "active", tuple(slots))
    return None


def _adjective(tree: Tree, words: Lexicon, i: int) -> Predicate | None:
    copular = _copular(tree, words, i)
    if copular:
        return copular
    entry = words.word("adj", tree.lemma[i])
    if entry is None or entry.action is None:
        return None
    slots = [Slot(token, "subj", how) for token, how in subjects(tree, i)]
    slots += [s for s in verb_slots(tree, i) if s.role not in ("subj", "obj")]
    return Predicate(i, (i,), "adjectives", tree.lemma[i], entry, "active", tuple(slots))
