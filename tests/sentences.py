"""Single sentences as articles: what the tables of sentences are read with."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from kg import actors
from kg.extraction import extract
from kg.model import Article, Event

TESTS = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    """The rows of ``tests/<name>.tsv``; ``#`` starts a comment."""
    lines = (TESTS / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader((line for line in lines if line[:1] != "#"), delimiter="\t", quoting=csv.QUOTE_NONE))


def events(sentences: Sequence[tuple[str, str]]) -> list[list[Event]]:
    """The events of each (language, sentence), actors resolved over all of them."""
    articles = {
        name: Article(name, name, text, language, published="2025-06-04")
        for number, (language, text) in enumerate(sentences)
        for name in [f"s{number:03}.txt"]
    }
    found = list(extract(articles.values()))
    resolution = actors.resolve([event for one in found for event in one.events], [], articles)
    by_article: dict[str, list[Event]] = {name: [] for name in articles}
    for event in resolution.events:
        by_article[event.article].append(event)
    return list(by_article.values())


def share(right: Iterable[bool]) -> float:
    """How many of the answers are right, between 0 and 1."""
    answers = list(right)
    return sum(answers) / len(answers)
