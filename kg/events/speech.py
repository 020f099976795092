"""Who is reported as saying what: for each token the nominal of its speaker.

Direct quotation (the marks « » “ ” "), indirect speech (the complement of a verb of saying), parenthetical speech
(« …, a déclaré X »), « selon X », and accusations (« accuse X d'avoir … »: the complement is the accuser's claim).
The innermost report wins; a quotation without a verb of saying goes on with the last speaker.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.events.clauses import antecedent, is_relative, subjects, verb_entry, voice
from kg.mentions import Nominal
from kg.syntax import Tree

_OPEN, _CLOSE, _BOTH = "«“„", "»”", '"'
_LONGEST_QUOTE = 400
#: Kinds that may hold a view: « Pour l'ONU, … ».
_VOICES = frozenset({"person", "organization", "government", "military", "armed_group", "country", "group"})


@dataclass(frozen=True, slots=True)
class Speech:
    """``speaker[i]`` is the head token of who says token ``i`` (-1: the article itself), ``quoted[i]`` whether it
    stands between quotation marks, ``doubted[i]`` whether an accusation or suspicion by nobody named covers it."""

    speaker: list[int]
    quoted: list[bool]
    doubted: list[bool]


def read(tree: Tree, nominals: Mapping[int, Nominal]) -> Speech:
    """Find the reports of an article."""
    size = len(tree)
    speaker, depth = [-1] * size, [-1] * size
    doubted = [False] * size
    for i in range(size):
        for who, tokens, level in _reports(tree, nominals, i):
            for token in tokens:
                if level >= depth[token] and token != who:
                    if who < 0:
                        doubted[token] = True
                    else:
                        speaker[token], depth[token] = who, level
    quoted = [False] * size
    _quotations(tree, nominals, speaker, quoted)
    return Speech(speaker, quoted, doubted)


def _level(tree: Tree, i: int) -> int:
    return len(tree.ancestors(i))


def is_saying(tree: Tree, i: int) -> bool:
    """Whether a verb reports speech (``says`` in the lexicon)."""
    entry = verb_entry(tree, i)
    return bool(entry and "says" in entry.flags)


def sayer(tree: Tree, nominals: Mapping[int, Nominal], i: int) -> int:
    """The head token of who speaks by the verb of saying ``i``; -1 where nobody is named."""
    if voice(tree, i) == "passive":
        agents = tree.kids(i, "agent")
        return agents[0] if agents else -1
    found = subjects(tree, i)
    if found and not (is_relative(tree, found[0][0]) and tree.pos[found[0][0]] == "SCONJ"):
        return found[0][0]
    third = tree.words["third_person"]
    for c in tree.kids(i, "obj", "dep", "obl", "appos", "parataxis"):
        near = i < c < i + 8 and c in nominals
        if near and (nominals[c].form != "pronoun" or tree.lower[c] in third):
            return c
    return -1


def _reports(tree: Tree, nominals: Mapping[int, Nominal], i: int) -> list[tuple[int, list[int], int]]:
    """Reports that token ``i`` opens: (speaker or -1, tokens covered, depth)."""
    if tree.pos[i] in ("VERB", "ADJ"):
        entry = verb_entry(tree, i)
        if entry and entry.flags & {"says", "claims"}:
            claimed = _claimed(tree, i) if "claims" in entry.flags else []
            return claimed + (_said(tree, nominals, i) if "says" in entry.flags else [])
    who = according(tree, nominals, i)
    return _according(tree, i, who) if who >= 0 else []


def according(tree: Tree, nominals: Mapping[int, Nominal], i: int) -> int:
    """Who is named as the source by « selon X », « selon qui », « Pour X, … » at token ``i``; -1 for nobody."""
    case = tree.case(i)
    if case in tree.words["according"]:
        if is_relative(tree, i):
            noun = antecedent(tree, i)
            return -1 if noun is None else noun
        return i if i in nominals else -1
    if case in tree.words["viewpoint"] and i in nominals and nominals[i].kind in _VOICES:
        first = tree.sentences[tree.sent[i]][0]
        opening = [k for k in range(first, i) if tree.pos[k] in ("NOUN", "PROPN", "VERB", "AUX") and tree.head[k] != i]
        last = nominals[i].last
        return i if not opening and last + 1 < len(tree) and tree.token[last + 1] == "," else -1
    return -1


def _said(tree: Tree, nominals: Mapping[int, Nominal], i: int) -> list[tuple[int, list[int], int]]:
    who = sayer(tree, nominals, i)
    if who < 0:
        return []
    found = []
    for child in tree.kids(i, "ccomp", "xcomp", "advcl", "parataxis", "obl", "obj"):
        announced = tree.rel[child] == "obj" and tree.pos[child] == "NOUN"
        clause = announced or tree.rel[child] in ("ccomp", "xcomp") or _complement(tree, child)
        if clause and tree.pos[child] in ("VERB", "AUX", "ADJ", "NOUN", "PROPN") and child != who:
            found.append((who, tree.subtree(child), _level(tree, child)))
    inserted = tree.rel[i] in ("parataxis", "ccomp", "advcl", "acl") and tree.head[i] < i
    if inserted and not found and _parenthetical(tree, i):
        outer = set(tree.subtree(tree.head[i])) - set(tree.subtree(i))
        found.append((who, sorted(outer), _level(tree, tree.head[i])))
    return found


def _complement(tree: Tree, child: int) -> bool:
    marks = [tree.lower[c] for c in tree.kids(child, "mark")]
    return bool(marks) and any(m in tree.words["that"] for m in marks)


def _parenthetical(tree: Tree, i: int) -> bool:
    """« …, a déclaré X »: a report set off by a comma, with no complement of its own."""
    first = tree.subtree(i)[0]
    after_mark = first > 0 and tree.token[first - 1] in (",", "»", "”", '"', "—", "–", "''")
    return after_mark or tree.token[first] in (",", "»", '"')


def _claimed(tree: Tree, i: int) -> list[tuple[int, list[int], int]]:
    """« accuse X d'avoir frappé Y », « X est accusé d'avoir frappé Y »: the complement is what the accuser claims."""
    if voice(tree, i) == "passive":
        agents = tree.kids(i, "agent")
        who = agents[0] if agents else -1
    else:
        found = subjects(tree, i)
        who = found[0][0] if found else -1
    covered = []
    for child in tree.kids(i, "xcomp", "advcl", "obl", "ccomp"):
        if tree.pos[child] in ("VERB", "AUX") or tree.case(child) in tree.words["of"]:
            covered.append((who, tree.subtree(child), _level(tree, child)))
    return covered


def _according(tree: Tree, i: int, who: int) -> list[tuple[int, list[int], int]]:
    head = tree.head[i]
    if head == i:
        return []
    while tree.pos[head] not in ("VERB", "AUX", "ADJ") and tree.head[head] != head:
        head = tree.head[head]
    own = set(tree.subtree(i))
    return [(who, [t for t in tree.subtree(head) if t not in own], _level(tree, head))]


def quotations(tree: Tree) -> list[tuple[int, int]]:
    """Stretches between quotation marks as (first token inside, token after the last inside)."""
    found, opened = [], -1
    for i, token in enumerate(tree.token):
        mark = token.strip()[:1]
        if opened >= 0 and (i - opened > _LONGEST_QUOTE):
            opened = -1
        if (mark and mark in _CLOSE) or (mark == _BOTH and opened >= 0):
            if opened >= 0:
                found.append((opened + 1, i))
            opened = -1
        elif mark and (mark in _OPEN or mark == _BOTH):
            opened = i
    return found


def _quotations(tree: Tree, nominals: Mapping[int, Nominal], speaker: list[int], quoted: list[bool]) -> None:
    last = -1
    for first, end in quotations(tree):
        for i in range(first, end):
            quoted[i] = True
        if end - first < 4 and not any(tree.pos[i] == "VERB" for i in range(first, end)):
            continue
        who = _quote_speaker(tree, nominals, first, end)
        if who < 0:
            inside = [speaker[i] for i in range(first, end) if speaker[i] >= 0]
            whole = tree.sent[first] == tree.sent[end - 1] and _whole_sentence(tree, first, end)
            who = inside[0] if inside else (last if whole else -1)
        if who < 0:
            continue
        last = who
        for i in range(first, end):
            if speaker[i] < 0 or not first <= speaker[i] < end:
                speaker[i] = who


def _whole_sentence(tree: Tree, first: int, end: int) -> bool:
    begin, stop = tree.sentences[tree.sent[first]]
    outside = [i for i in range(begin, stop) if not first <= i < end and tree.pos[i] in ("VERB", "NOUN", "PROPN")]
    return not outside


def _quote_speaker(tree: Tree, nominals: Mapping[int, Nominal], first: int, end: int) -> int:
    """Who speaks the quotation: the subject of the nearest verb of saying in its sentences or just before."""
    begin = tree.sentences[tree.sent[first]][0]
    stop = tree.sentences[tree.sent[end - 1]][1]
    if end < len(tree) and stop - end <= 2 and stop < len(tree):
        stop = max(stop, tree.sentences[tree.sent[min(end, len(tree) - 1)]][1])
    before = [i for i in range(begin, first) if tree.pos[i] in ("VERB", "AUX")]
    if tree.sent[first] > 0 and (not before):
        prior = tree.sentences[tree.sent[first] - 1]
        tail = [i for i in range(*prior) if not tree.token[i].isspace()][-2:]
        if any(tree.token[i] == ":" for i in tail):
            begin = prior[0]
    outside = [*range(begin, first), *range(end, stop)]
    saying = [i for i in outside if tree.pos[i] in ("VERB", "AUX") and is_saying(tree, i)]
    for i in sorted(saying, key=lambda verb: min(abs(verb - first), abs(verb - end))):
        who = sayer(tree, nominals, i)
        if who >= 0 and not first <= who < end:
            return who
    return next((who for i in outside if (who := according(tree, nominals, i)) >= 0), -1)


def first_person(tree: Tree, speech: Speech, i: int) -> int:
    """Who « je », « nous » is: the speaker of the token's report, -1 where there is none."""
    words = tree.words
    if tree.lower[i] in words["first_person_singular"] or tree.lower[i] in words["first_person_plural"]:
        return speech.speaker[i]
    return -1
