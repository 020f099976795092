"""Who an event's speaker may be: the article itself, and whoever is named as speaking around it.

The rules of ``speech`` propose one speaker for each token. Beside it stand the subjects of the clauses above, owners
of the nouns above (« l'accusation de X »), « selon X », and those who speak elsewhere in the sentence and in its
neighbours. A network (``standing.npz``, made by ``kg fit``) chooses among them. The features are language-free; what
single words of saying do is counted apart (``keys``).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from kg.coreference import Entity
from kg.events import speech
from kg.events.arguments import Reading
from kg.events.clauses import is_relative, subjects, verb_entry, voice
from kg.events.features import RELS, OneOf, Row
from kg.events.modality import governing_entry
from kg.lexicon import Entry
from kg.model import KINDS
from kg.syntax import Tree

_FLAGS = ("says", "claims", "planned", "possible", "unconfirmed", "negated", "actual", "light")
_TYPES = OneOf(("STATE", "ACCUSE", "REQUEST", "REJECT", "THREATEN", "AGREE", "SUPPORT", "CONSULT", "OTHER"))
_HOWS = ("nobody", "rule", "above", "owner", "according", "beside", "before", "after", "running")
_CROSSED = ("relcl", "acl", "advcl", "appos", "parataxis", "subj", "nmod", "conj", "ccomp", "xcomp")
_FORMS = OneOf(("name", "noun", "pronoun", "adjective"))
_KINDS = OneOf(KINDS)
_BEFORE = (",", "»", "”", '"', "’", "'", "''")
#: How many words above the event are looked at.
_HIGHEST = 5
#: A quotation of more tokens holds clauses, not single words.
_LONG = 6


@dataclass(slots=True)
class Candidate:
    """A possible speaker: the nominal's head token (-1: the article), the ways in which it was found, and the word of
    saying (-1: none) with the number of words between it and the event, the token below it and the relations passed."""

    token: int
    hows: set[str]
    level: int = 9
    word: int = -1
    path: int = -1
    distance: int = 0
    crossed: frozenset[str] = field(default_factory=frozenset)


class Speakers:
    """Where somebody speaks in an article, and who may therefore be the source of an event."""

    def __init__(self, reading: Reading) -> None:
        """Look through the article once."""
        tree, nominals = reading.tree, reading.nominals
        self.reading = reading
        self.sayings: dict[int, list[tuple[int, int]]] = {}
        self.according: dict[int, list[int]] = {}
        self.quotes = speech.quotations(tree)
        self.quote = {i: n for n, (first, end) in enumerate(self.quotes) for i in range(first, end)}
        for i in range(len(tree)):
            who = -1
            if tree.pos[i] == "VERB" and (speech.is_saying(tree, i) or self._inserted(i)):
                who = speech.sayer(tree, nominals, i)
                if who >= 0:
                    self.sayings.setdefault(tree.sent[i], []).append((i, who))
            elif i in nominals or tree.pos[i] == "PRON":
                who = speech.according(tree, nominals, i)
                if who >= 0:
                    self.according.setdefault(tree.sent[i], []).append(who)

    def _inserted(self, i: int) -> bool:
        """« …, raille X », "…, fumed X": a verb behind a comma or closing mark, with its subject after it."""
        tree = self.reading.tree
        after = tree.kids(i, "subj", "obj", "dep", "appos", "obl")
        if not any(i < c < i + 6 and c in self.reading.nominals for c in after) or tree.kids(i, "ccomp", "xcomp"):
            return False
        first = i
        while first > 0 and tree.pos[first - 1] in ("AUX", "PRON", "PART", "ADV"):
            first -= 1
        return first > 0 and tree.token[first - 1] in _BEFORE

    def candidates(self, i: int) -> list[Candidate]:
        """The possible speakers of the event at token ``i``, the article itself first."""
        found: dict[int, Candidate] = {-1: Candidate(-1, {"nobody"})}
        tree, speaker, sentence = self.reading.tree, self.reading.speech.speaker, self.reading.tree.sent[i]
        if speaker[i] >= 0:
            self._add(found, speaker[i], "rule")
        self._above(found, i)
        for token in self.according.get(sentence, ()):
            self._add(found, token, "according", distance=token - i)
        for offset, how in ((0, "beside"), (-1, "before"), (1, "after")):
            for verb, who in self.sayings.get(sentence + offset, ()):
                self._add(found, who, how, word=verb, distance=verb - i)
        last = tree.sentences[sentence][0] - 1
        if last >= 0 and speaker[last] >= 0:
            self._add(found, speaker[last], "running", distance=last - i)
        return list(found.values())

    def _add(self, found: dict[int, Candidate], token: int, how: str, *, word: int = -1, distance: int = 0) -> None:
        if token not in found:
            if self.reading.reference(token) is None:
                return
            found[token] = Candidate(token, set())
        made = found[token]
        if how not in made.hows:
            made.hows.add(how)
            if made.word < 0:
                made.word, made.distance = word, distance

    def _above(self, found: dict[int, Candidate], i: int) -> None:
        """The subjects of the clauses above, and the owners of the nouns above."""
        tree = self.reading.tree
        node, crossed = i, frozenset[str]()
        for level, above in enumerate(tree.ancestors(i)[:_HIGHEST]):
            crossed |= {tree.rel[node]}
            noun = tree.pos[above] == "NOUN"
            who = self._owner(above, node) if noun else _speaking(tree, above, node)
            if who >= 0:
                self._add(found, who, "owner" if noun else "above", word=above, distance=who - i)
                made = found.get(who)
                if made is not None and level < made.level:
                    made.level, made.word, made.path, made.crossed = level, above, node, crossed
            node = above

    def _owner(self, noun: int, below: int) -> int:
        kids = self.reading.tree.kids(noun, "poss", "nmod", "amod", "compound", "det")
        return next((c for c in kids if c != below and self.reading.chains.entity(c) is not None), -1)

    def entry(self, word: int) -> Entry | None:
        """The lexicon entry of a word of saying."""
        tree = self.reading.tree
        return verb_entry(tree, word) or governing_entry(tree, word)

    def keys(self, candidate: Candidate) -> tuple[str, ...]:
        """Under which keys it is counted how often the word above reports what is below it; empty for other finds."""
        if candidate.word < 0 or not candidate.hows & {"above", "owner", "beside"}:
            return ()
        tree, entry = self.reading.tree, self.entry(candidate.word)
        act = entry.action.id if entry and entry.action else "-"
        return f"{tree.language}:{tree.lemma[candidate.word]}", f"a:{act}"

    def features(self, i: int, candidate: Candidate, count: int, actor: Entity | None) -> Row:
        """Features of one possible speaker of the event at ``i`` done by ``actor``; ``count`` is how many there are."""
        reading, tree, token = self.reading, self.reading.tree, candidate.token
        word = candidate.word
        if word < 0 and "rule" in candidate.hows:
            word = tree.head[token]
        made = reading.reference(token) if token >= 0 else None
        nominal = reading.nominals.get(token)
        entry = self.entry(word) if word >= 0 else None
        rule = reading.speech.speaker[i]
        other = reading.reference(rule) if rule >= 0 else None
        marks = tree.kids(candidate.path, "mark") if candidate.path >= 0 else []
        morph = tree.morph[word] if word >= 0 else {}
        return [
            *_anyhot(candidate.hows, _HOWS),
            float(candidate.level),
            *_anyhot(entry.flags if entry else (), _FLAGS),
            *_TYPES[entry.action.type if entry and entry.action else ""],
            1.0 if entry is None and word >= 0 else 0.0,
            *RELS[tree.rel[candidate.path] if candidate.path >= 0 else ""],
            *_anyhot(candidate.crossed, _CROSSED),
            *_KINDS[made[0].kind if made else ""],
            *_FORMS[nominal.form if nominal else ""],
            *self._quoting(i, token, word),
            1.0 if rule >= 0 else 0.0,
            1.0 if other and made and other[1] is made[1] else 0.0,
            1.0 if made and made[1] is actor else 0.0,
            1.0 if any(tree.lower[c] in tree.words["that"] for c in marks) else 0.0,
            1.0 if morph.get("VerbForm") == "Fin" else 0.0,
            1.0 if morph.get("VerbForm") == "Part" else 0.0,
            1.0 if word >= 0 and tree.pos[word] == "NOUN" else 0.0,
            1.0 if word >= 0 and tree.sent[word] == tree.sent[i] and word < i else 0.0,
            float(max(-60, min(60, candidate.distance))),
            float(min(count, 8)),
            1.0 if token >= 0 and tree.sent[token] == tree.sent[i] else 0.0,
        ]

    def _quoting(self, i: int, token: int, word: int) -> Row:
        """How the event, the speaker and the word of saying lie to quotation marks."""
        first, end = self.reading.tree.sentences[self.reading.tree.sent[i]]
        own = self.quote.get(i, -1)
        inside = own >= 0
        return [
            1.0 if inside else 0.0,
            1.0 if inside and self.quotes[own][1] - self.quotes[own][0] > _LONG else 0.0,
            1.0 if inside and self.quote.get(token, -2) == own else 0.0,
            1.0 if inside and self.quote.get(word, -2) == own else 0.0,
            1.0 if not inside and token in self.quote else 0.0,
            1.0 if any(k in self.quote for k in range(first, end)) else 0.0,
        ]


def _speaking(tree: Tree, verb: int, below: int) -> int:
    """Who does what a verb or adjective above says: the agent of a passive, else the subject."""
    agents = tree.kids(verb, "agent") if voice(tree, verb) == "passive" else []
    found = [t for t, _ in subjects(tree, verb) if t != below and not is_relative(tree, t)]
    return agents[0] if agents else found[0] if found else -1


def _anyhot(values: Collection[str], names: tuple[str, ...]) -> Row:
    return [1.0 if name in values else 0.0 for name in names]
