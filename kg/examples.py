"""Annotated articles as examples to learn from: their candidates, and which of them are right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.antecedents import Parsed, parsed
from kg.coreference import Judge
from kg.events import candidates
from kg.events.arguments import Argument, Reading
from kg.events.candidates import Pair, Proposal
from kg.events.extract import action_of, is_statement
from kg.gold import Entity, Gold, read_gold, tokens
from kg.model import Article
from kg.parse import parse
from kg.score import argument_matches, contains
from kg.syntax import tree


@dataclass(slots=True)
class Example:
    """One annotated article: its candidates, its gold events, and for each proposal which pairs are right
    (1 optional, 2 required)."""

    article: Article
    reading: Reading
    proposals: list[Proposal]
    gold: list[Gold]
    right: list[dict[Pair, int]] = field(default_factory=list)


def annotated(folder: Path, texts: Path, language: str, *, models: Mapping[str, str] | None = None) -> list[Parsed]:
    """Parse the annotated articles of a folder and label their anaphors."""
    gold = list(read_gold(folder, texts))
    articles = [Article(g.article, g.article, (texts / g.article).read_text(encoding="utf-8"), language) for g in gold]
    return [
        parsed(article, tree(doc, language), own)
        for (article, doc), own in zip(parse(articles, models=models), gold, strict=True)
    ]


def examples(data: Sequence[Parsed], judges: Sequence[Judge]) -> list[Example]:
    """Label the candidates of annotated articles, each read with its own judge of antecedents."""
    return [
        example(made.article, candidates.read(made.tree, judge), made.gold.events)
        for made, judge in zip(data, judges, strict=True)
    ]


def example(article: Article, reading: Reading, gold: Iterable[Gold]) -> Example:
    """Label the candidates of one article: for each gold event the pairs whose wording fits it best."""
    proposals = [p for p in candidates.propose(reading) if not is_statement(p)]
    made = Example(article, reading, proposals, [g for g in gold if g.types != {"STATE"}], [{} for _ in proposals])
    for event in made.gold:
        matches = [
            (quality, place, pair)
            for place, proposal in enumerate(proposals)
            for pair, quality in fitting(made, proposal, event)
        ]
        best = max((quality for quality, _, _ in matches), default=0.0)
        for quality, place, pair in matches:
            if quality >= best - 0.05:
                value = 2 if event.required else 1
                made.right[place][pair] = max(value, made.right[place].get(pair, 0))
    return made


def fitting(made: Example, proposal: Proposal, event: Gold) -> list[tuple[Pair, float]]:
    """The pairs of a proposal that match a gold event on the surface, with how well their words fit."""
    first, end = made.reading.tree.sentences[proposal.sentence]
    if not (made.reading.tree.start[first] < event.end and event.start < made.reading.tree.end[end - 1]):
        return []
    reported = action(made, proposal)
    lemma = tokens(reported["lemma"])
    by_lemma = any(lemma == other or contains(lemma, other) or contains(other, lemma) for other in event.lemmas)
    if not by_lemma and reported["type"] not in event.types - {"OTHER"}:
        return []
    size = len(proposal.arguments)
    actors = {a: _fit(_side(proposal, a), event.actor) for a in range(-1, size)}
    targets = {t: _fit(_side(proposal, t), event.target) for t in range(-1, size)}
    found = []
    for a, fit_a in actors.items():
        for t, fit_t in targets.items():
            if fit_a and fit_t and proposal.possible((a, t)):
                start, stop = candidates.evidence(made.reading, proposal, (a, t))
                if start < event.end and event.start < stop:
                    found.append(((a, t), fit_a + fit_t + (0.5 if by_lemma else 0.0)))
    return found


def _side(proposal: Proposal, place: int) -> dict[str, Any] | None:
    return named(proposal.arguments[place]) if place >= 0 else None


def named(argument: Argument | None) -> dict[str, Any] | None:
    """An argument as the scorer reads it."""
    if argument is None:
        return None
    return {"label": argument.reference.name, "mention": argument.reference.mention}


def action(made: Example, proposal: Proposal) -> dict[str, str]:
    """The action of a proposal as the scorer reads it."""
    found = action_of(proposal.predicate, made.article.language)
    return {"lemma": found.lemma, "type": found.type}


def _fit(side: Mapping[str, Any] | None, entity: Entity | None) -> float:
    """How well words fit an entity: 0 not at all, else the share of words in common with its nearest wording."""
    if side is None or entity is None:
        return 1.0 if side is None and entity is None else 0.0
    if not argument_matches(side, entity, resolved=False):
        return 0.0
    best = 0.01
    for words in (tokens(side["label"]), tokens(side["mention"])):
        for wording in (*entity.canonical, *entity.names):
            if words and (contains(words, wording) or contains(wording, words)):
                best = max(best, len({*words} & {*wording}) / len({*words} | {*wording}))
    return best + (0.2 if argument_matches(side, entity, resolved=True) else 0.0)
