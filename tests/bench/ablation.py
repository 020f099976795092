"""What each part of the extraction adds: the annotated articles are read once whole, and once without each part.

    python tests/bench/ablation.py fr GOLD ARTICLES

GOLD is a folder of annotations, ARTICLES one of their texts. The weights stay as they are fitted; a part is switched
off where it is called.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

import kg.coreference
import kg.events.speech
from kg.actors import resolve
from kg.coreference import Chains
from kg.encoder import WIDTH
from kg.eventline import to_line
from kg.events import extract
from kg.events.candidates import Proposal
from kg.events.scorer import Weights
from kg.events.speech import Speech
from kg.gold import read_gold
from kg.model import Article
from kg.parse import parse
from kg.score import DETAILS, LEVELS, Score, score

_resolve = kg.coreference.resolve


def nothing(*_: Any, **__: Any) -> None:
    """Stands for a rule that finds nothing."""


def none_at_all(*_: Any, **__: Any) -> tuple[()]:
    """Stands for a list that is empty."""
    return ()


def silent(tree: Any, nominals: Any) -> Speech:
    """Nobody says anything."""
    return Speech([-1] * len(tree), [False] * len(tree), [False] * len(tree))


def apart(tree: Any, nominals: Mapping[int, Any], *others: Any) -> Chains:
    """No nominal stands for what another names; only words that are the same are the same."""
    whole = _resolve(tree, nominals, *others)
    entities = list(whole.entities)
    of = {}
    for head, number in whole.of.items():
        nominal, entity = nominals.get(head), whole.entities[number]
        if nominal is None or nominal.form == "pronoun":
            continue
        if nominal.name != entity.name:
            entities.append(replace(entity, number=len(entities), name=nominal.name, heads=[head]))
            number = len(entities) - 1
        of[head] = number
    return Chains(tuple(entities), of, {}, {})


def blind(doc: Any) -> Any:
    """No word is seen by the encoder."""
    return np.zeros((len(doc), WIDTH), np.float32)


def by_frame(weights: Weights, proposals: Sequence[Proposal], *_: Any) -> list[list[tuple[tuple[int, int], float]]]:
    """Instead of the scorer: the arguments that stand in the first place of the frame they fit."""
    return [[(pair, 1.0 - 1e-6)] if (pair := _framed(proposal)) != (-1, -1) else [] for proposal in proposals]


def _framed(proposal: Proposal) -> tuple[int, int]:
    entry = proposal.predicate.entry
    if entry is None or entry.action is None:
        return -1, -1

    def best(frame: Sequence[str]) -> int:
        fits = [(frame.index(a.slot.role), n) for n, a in enumerate(proposal.arguments) if a.slot.role in frame]
        return min(fits)[1] if fits else -1

    pair = best(entry.actor), best(entry.target)
    return pair if pair != (-1, -1) and proposal.possible(pair) else (-1, -1)


#: Each part with what it is replaced by.
PARTS: Mapping[str, Mapping[str, Callable[..., Any]]] = {
    "lexicon": {
        "kg.lexicon.Lexicon.word": nothing,
        "kg.lexicon.Lexicon.phrases": none_at_all,
        "kg.lexicon.Lexicon.noun_phrases": none_at_all,
    },
    "support verbs, phrases": {
        "kg.lexicon.Lexicon.phrases": none_at_all,
        "kg.lexicon.Lexicon.noun_phrases": none_at_all,
    },
    "nominals": {"kg.events.predicates._noun": nothing},
    "speech": {"kg.events.speech.read": silent},
    "coreference": {"kg.coreference.resolve": apart},
    "mending of trees": {"kg.syntax.mend": nothing, "kg.syntax.reattach": nothing},
    "encoder": {"kg.syntax.vectors": blind},
    "learned scorer": {"kg.events.scorer.Weights.judge": by_frame},
}


def measured(parsed: Sequence[tuple[Article, Any]], gold: Path, texts: Path, part: str | None) -> Score:
    """The scores without a part, or with all."""
    with ExitStack() as stack:
        for name, by in PARTS[part].items() if part else ():
            stack.enter_context(patch(name, by))
        found = [extract(article, doc) for article, doc in parsed]
    events = [event for one in found for event in one.events]
    roles = [role for one in found for role in one.roles]
    resolution = resolve(events, roles, {article.name: article for article, _ in parsed}, judgements=())
    return score([to_line(event) for event in resolution.events], gold, texts)


def main(language: str, gold: str, texts: str) -> None:
    """Print the table."""
    names = [annotated.article for annotated in read_gold(Path(gold), Path(texts))]
    articles = [Article(n, n, (Path(texts) / n).read_text(encoding="utf-8"), language) for n in names]
    parsed = list(parse(articles))
    print(f"{'':32}" + "".join(f"{name:>18}" for name in (*LEVELS, *DETAILS)))
    for part in (None, *PARTS):
        found = measured(parsed, Path(gold), Path(texts), part)
        figures = [level.f1 for level in found.levels.values()] + [found.accuracy(name) or 0.0 for name in DETAILS]
        print(f"{'without ' + part if part else 'all parts':32}" + "".join(f"{figure:18.3f}" for figure in figures))


if __name__ == "__main__":
    main(*sys.argv[1:])
