"""A parsed article as parallel lists: tokens with universal relations, and the closed word classes of its language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from kg import language as lang
from kg.forest import Matrix


class Words(dict[str, frozenset[str]]):
    """The closed word classes of a language: ``labels.toml`` as sets of lower-case words; ``words["negation"]`` and so
    on, empty where the language has none."""

    def __init__(self, language: str) -> None:
        """Read the classes of a language."""
        data = lang.labels(language)
        super().__init__((n, frozenset(values)) for n, values in data["words"].items() if n[-7:] != "phrases")
        self.prepositions: Mapping[str, str] = data.get("prepositions", {})
        self.possessives: Mapping[str, str] = data.get("possessives", {})
        self.preposition_class: Mapping[str, str] = data.get("preposition_class", {})

    def __missing__(self, name: str) -> frozenset[str]:
        return frozenset()


@cache
def words(language: str) -> Words:
    """The closed word classes of a language, read once."""
    return Words(language)


class Tree:
    """Tokens of one article as parallel lists; ``head[i] == i`` marks the root of a sentence.

    ``morph[i]`` maps features (``Number``) to values, ``start``/``end`` are characters of the article, ``sent[i]``
    numbers the sentence, ``ent[i]`` is the kind of the named entity the token belongs to or ``""``, and ``entities``
    lists them as (first token, token after the last, kind). ``vectors`` has the encoder's row for each token.
    """

    __slots__ = (
        "children", "end", "ent", "entities", "entity_of", "head", "language", "lemma", "lower", "morph", "pos", "rel",
        "sent", "sentences", "start", "text", "token", "vectors", "words",
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
        self.vectors: Matrix = np.zeros((0, 0), np.float32)

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
