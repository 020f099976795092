"""A parsed article in one shape for every language: tokens with universal relations.

spaCy's pipelines follow different schemes: in French a preposition depends on its noun and a copula on its predicate
(Universal Dependencies), in English both head them (CLEAR). ``tree`` maps labels by the language's ``labels.toml``
and turns head function words into dependents, so that the rooms after it are written once. Relations used: root subj
subj:pass csubj obj iobj obl agent nmod poss appos amod det case mark cop aux aux:pass expl flat fixed compound prt
acl relcl advcl xcomp ccomp conj cc parataxis num adv neg punct dep.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from spacy.tokens import Doc

from kg import language as lang


class Words:
    """The closed word classes of a language: ``labels.toml`` as sets; ``words["negation"]`` and so on."""

    def __init__(self, language: str) -> None:
        """Read the classes of a language."""
        data = lang.labels(language)
        self._sets = {name: frozenset(values) for name, values in data["words"].items() if name[-7:] != "phrases"}
        self.prepositions: Mapping[str, str] = data.get("prepositions", {})
        self.possessives: Mapping[str, str] = data.get("possessives", {})
        self.preposition_class: Mapping[str, str] = data.get("preposition_class", {})

    def __getitem__(self, name: str) -> frozenset[str]:
        """The set of lower-case words of a class; empty where the language has none."""
        return self._sets.get(name, frozenset())


@cache
def words(language: str) -> Words:
    """The closed word classes of a language, read once."""
    return Words(language)


class Tree:
    """Tokens of one article as parallel lists; ``head[i] == i`` marks the root of a sentence.

    ``morph[i]`` maps features (``Number``) to values, ``start``/``end`` are characters of the article, ``sent[i]``
    numbers the sentence, ``ent[i]`` is the kind of the named entity the token belongs to or ``""``, and ``entities``
    lists them as (first token, token after the last, kind).
    """

    __slots__ = (
        "children", "end", "ent", "entities", "entity_of", "head", "language", "lemma", "lower", "morph", "pos", "rel",
        "sent", "sentences", "start", "text", "token", "words",
    )  # fmt: skip

    def __init__(self, text: str, language: str) -> None:
        """An empty tree over a text; ``tree`` and tests fill it."""
        self.text = text
        self.language = language
        self.words = words(language)
        self.token: list[str] = []
        self.lower: list[str] = []
        self.lemma: list[str] = []
        self.pos: list[str] = []
        self.rel: list[str] = []
        self.head: list[int] = []
        self.morph: list[Mapping[str, str]] = []
        self.start: list[int] = []
        self.end: list[int] = []
        self.sent: list[int] = []
        self.ent: list[str] = []
        self.entities: list[tuple[int, int, str]] = []
        self.entity_of: dict[int, int] = {}
        self.children: list[list[int]] = []
        self.sentences: list[tuple[int, int]] = []

    def __len__(self) -> int:
        """Number of tokens."""
        return len(self.token)

    def link(self) -> None:
        """Make the children lists again after heads have changed."""
        self.children = [[] for _ in self.head]
        for i, head in enumerate(self.head):
            if head != i:
                self.children[head].append(i)

    def kids(self, i: int, *rels: str) -> list[int]:
        """The dependents of a token with one of the relations, in text order."""
        rel = self.rel
        return [c for c in self.children[i] if rel[c] in rels]

    def case(self, i: int) -> str:
        """The preposition of a nominal as the lexicon writes it, multi-word ones joined by blanks; ``""`` if none."""
        parts = [c for c in self.children[i] if self.rel[c] in ("case", "mark") and c < i and self.pos[c] != "PART"]
        if not parts:
            return ""
        first = parts[0]
        tokens = [first, *self.kids(first, "fixed"), *parts[1:]]
        forms = [self.words.prepositions.get(self.lower[t], self.lower[t]) for t in sorted(set(tokens))]
        return " ".join(forms)

    def subtree(self, i: int, stop: frozenset[str] = frozenset()) -> list[int]:
        """Tokens below ``i`` (itself included), not entering dependents whose relation is in ``stop``, sorted."""
        found: list[int] = []
        queue = [i]
        while queue:
            node = queue.pop()
            found.append(node)
            queue.extend(c for c in self.children[node] if self.rel[c] not in stop)
        return sorted(found)

    def ancestors(self, i: int) -> list[int]:
        """The chain of heads above a token, nearest first."""
        chain: list[int] = []
        while self.head[i] != i and len(chain) < 100:
            i = self.head[i]
            chain.append(i)
        return chain

    def span(self, first: int, last: int) -> str:
        """The article's text from the first to the last token, both included."""
        return self.text[self.start[first] : self.end[last]]


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
    sentence = -1
    for token in doc:
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
        found.head.append(token.head.i)
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
    _mend(found)
    if data["structure"]["head_function_words"]:
        _demote_function_words(found)
    _sentences(found)
    return found


def _mend(tree: Tree) -> None:
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


def nominal(tree: Tree, i: int) -> bool:
    """Whether a token can head a noun phrase."""
    return tree.pos[i] in ("NOUN", "PROPN", "PRON", "NUM") or tree.ent[i] != ""


def clause_of(tree: Tree, i: int) -> int:
    """The nearest verb at or above a token: the predicate of its clause (the sentence's root if there is none)."""
    for node in (i, *tree.ancestors(i)):
        if tree.pos[node] in ("VERB", "AUX"):
            return node
    return (i, *tree.ancestors(i))[-1]


def text_of(tree: Tree, tokens: Sequence[int]) -> str:
    """The text that a sorted list of tokens covers, from the first to the last."""
    return tree.span(tokens[0], tokens[-1])
