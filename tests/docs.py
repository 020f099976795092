"""Parsed sentences as data: ``parses.conllu`` → ``Doc``, so that tests of rooms 3 to 5 load no pipeline;
the vectors are the encoder's.

The file is CoNLL-U, checked by hand, with the relations of the language's own pipeline (``labels.toml`` lists them) and
named entities in the last column (``Ent=B-PER``). A test names a sentence by its text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from spacy.lang.lex_attrs import LEX_ATTRS
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.coreference import Entity
from kg.encoder import component
from kg.events import candidates
from kg.events.arguments import Reading
from kg.events.clauses import Slot
from kg.syntax import Tree, tree

Row = Sequence[str]
PARSES = Path(__file__).parent / "parses.conllu"


@cache
def parses() -> Mapping[str, Sequence[Row]]:
    """The sentences of ``parses.conllu`` by their text."""
    found = {}
    for block in PARSES.read_text(encoding="utf-8").strip().split("\n\n"):
        lines = block.splitlines()
        text = next(line.removeprefix("# text = ") for line in lines if line.startswith("# text = "))
        found[text] = [line.split("\t") for line in lines if not line.startswith("#")]
    return found


def doc(*sentences: str) -> Doc:
    """One article of these sentences, a blank between each two."""
    rows: list[Row] = []
    heads: list[int] = []
    for sentence in sentences:
        first = len(rows)
        own = parses()[sentence]
        heads += [first + (int(head) or place) - 1 for place, (*_, head, _, _, _) in enumerate(own, start=1)]
        rows += own
    misc = [dict(pair.split("=", 1) for pair in row[9].split("|") if "=" in pair) for row in rows]
    made = Doc(
        Vocab(lex_attr_getters=LEX_ATTRS),
        words=[row[1] for row in rows],
        lemmas=[row[2] for row in rows],
        pos=[row[3] for row in rows],
        morphs=["" if row[5] == "_" else row[5] for row in rows],
        heads=heads,
        deps=["ROOT" if row[7] == "root" else row[7] for row in rows],
        spaces=[row.get("SpaceAfter") != "No" for row in misc],
        ents=[row.get("Ent", "O") for row in misc],
    )
    return component(made)


def parsed(language: str, *sentences: str) -> Tree:
    """The ``Tree`` of an article of these sentences."""
    return tree(doc(*sentences), language)


def reading(language: str, *sentences: str) -> Reading:
    """What rooms 3 and 4 and the speech reader say of an article of these sentences."""
    return candidates.read(parsed(language, *sentences))


def at(made: Tree, form: str, nth: int = 0) -> int:
    """The first token with a form, or the ``nth`` after it."""
    return [i for i, token in enumerate(made.token) if token == form][nth]


def entity(made: Reading, form: str, nth: int = 0) -> Entity | None:
    """The entity that a token stands for."""
    return made.chains.entity(at(made.tree, form, nth))


def filled(made: Tree, slots: Sequence[Slot]) -> list[tuple[str, str, str]]:
    """Slots as (role, form that stands there, rule that found it)."""
    return [(slot.role, made.token[slot.token], slot.how) for slot in slots]
