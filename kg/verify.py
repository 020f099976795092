"""Whether a graph can still be trusted: every quotation is where it is said to be, and the articles are unchanged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg import eventline, roleline
from kg.errors import KgError
from kg.graph import Graph
from kg.model import Article, Reference
from kg.read import Note, Skipped


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it should be in an article."""

    article: str
    problem: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked, and what was found wrong."""

    articles: int
    quotations: int
    problems: tuple[Problem, ...]


def verify(graph: Graph, originals: Iterable[Article | Skipped | Note] = ()) -> Report:
    """Check every quotation and mention of the graph against the text it was read from.

    ``originals`` are articles read anew: those that the graph has under the same name must have the same content.
    """
    problems: list[Problem] = []
    articles = quotations = 0
    for stored in graph.articles():
        articles += 1
        text = graph.text(stored.name)
        for problem in _quotations(graph, stored.name, text):
            quotations += 1
            if problem:
                problems.append(Problem(stored.name, problem))
    return Report(articles, quotations, (*problems, *_changes(graph, originals)))


def _quotations(graph: Graph, name: str, text: str) -> Iterator[str | None]:
    """For each event and role of an article, what is wrong with it, or ``None``."""
    for line in graph.lines(name):
        try:
            event = eventline.from_line(line)
        except KgError as error:
            yield str(error)
            continue
        if text[event.start : event.end] != event.quote:
            yield f"characters {event.start} to {event.end} are not {event.quote!r}"
        else:
            yield _mentions(text, (event.actor, event.target, event.source))
    for line in graph.roles(name):
        try:
            role = roleline.from_line(line)
        except KgError as error:
            yield str(error)
            continue
        yield _mentions(text, (role.person, role.organization))


def _mentions(text: str, ends: Iterable[Reference | None]) -> str | None:
    for end in ends:
        if end is not None and end.start is not None and text[end.start : end.end] != end.mention:
            return f"characters {end.start} to {end.end} are not {end.mention!r}"
    return None


def _changes(graph: Graph, originals: Iterable[Article | Skipped | Note]) -> Iterator[Problem]:
    """Articles whose files have other content than the graph has."""
    ids = {stored.name: stored.id for stored in graph.articles()}
    for item in originals:
        if isinstance(item, Article) and item.name not in ids:
            yield Problem(item.name, "not in the graph")
        elif isinstance(item, Article) and ids[item.name] != item.id:
            yield Problem(item.name, "has changed since it was read")
        elif isinstance(item, Skipped):
            yield Problem(item.name, f"cannot be read: {item.reason}")
