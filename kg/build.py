"""The hallway: rooms 1 to 8 in order. Articles in, a graph of events out; unchanged articles are not parsed again.

Each article is stored in one transaction as soon as it is read, with actors as far as it knows them alone; at the end
the actors are resolved over the whole corpus and the graphs that this changes are rewritten. A build that is cut off
goes on where it stopped when it is run again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from kg.actors import resolve
from kg.corpus import begin, entry, leaving, own, resolve_corpus
from kg.extraction import Engine, Extracted, Here, extract
from kg.graph import Graph
from kg.judgements import Judgement
from kg.ledger import Ledger
from kg.model import Article, Event, Role
from kg.provenance import from_stamp, made_with
from kg.read import Note, Options, Skipped, read

#: What may become of an article, in the order in which a summary names it.
OUTCOMES = ("added", "replaced", "unchanged", "duplicate", "removed", "skipped")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened: ``outcome`` is one of ``OUTCOMES`` or ``note``, ``detail`` the reason where due."""

    name: str
    outcome: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did: how many articles had which outcome, and how many events the parsed ones gave."""

    outcomes: Mapping[str, int]
    events: int

    @property
    def parsed(self) -> int:
        """How many articles were parsed."""
        return self.outcomes.get("added", 0) + self.outcomes.get("replaced", 0)


@dataclass(slots=True)
class _Run:
    """What one build knows while it runs."""

    watch: Callable[[Step], None]
    outcomes: Counter[str] = field(default_factory=Counter)
    events: int = 0
    names: Ledger = field(default_factory=Ledger)  # of the articles seen
    ids: Ledger = field(default_factory=Ledger)  # content id → name of the articles seen
    kept: Ledger = field(default_factory=Ledger)  # names of stored articles whose text was seen under another name
    skipped: list[str] = field(default_factory=list)

    def tell(self, name: str, outcome: str, detail: str = "") -> None:
        if outcome in OUTCOMES:
            self.outcomes[outcome] += 1
        self.watch(Step(name, outcome, detail))


def build(
    graph: Graph,
    paths: Iterable[str | Path],
    *,
    options: Options | None = None,
    models: Mapping[str, str] | None = None,
    judgements: Sequence[Judgement] = (),
    again: bool = False,
    prune: bool = False,
    limit: int | None = None,
    engine: Engine | None = None,
    watch: Callable[[Step], None] = lambda step: None,
) -> Summary:
    """Read the articles that ``paths`` name into ``graph``, and resolve actors over all that it holds.

    ``again`` parses unchanged articles too; ``prune`` removes articles that ``paths`` no longer name; ``limit`` is the
    most articles to parse; ``engine`` is where they are read and parsed, this process by default; ``watch`` is told of
    each article. Raises ``StoreError`` and ``ModelError``.
    """
    engine = engine or Here()
    run = _Run(watch)
    begin(graph, judgements, again=again)
    pending = _pending(graph, engine.read(paths, options), run, models=models, again=again)
    found = engine.extract(islice(pending, limit), models=models)
    while parcel := list(islice(found, graph.store.batch)):
        before = {item.article.name: graph.stored(item.article.name) for item in parcel}
        leaving(graph, [stored.id for stored in before.values() if stored])
        _store_new(graph, parcel, models, judgements)
        for article in (item.article for item in parcel):
            run.tell(article.name, "replaced" if before[article.name] else "added")
        run.events += sum(len(item.events) for item in parcel)
    if prune:
        _prune(graph, run)
    resolve_corpus(graph, judgements=judgements)
    return Summary(dict(run.outcomes), run.events)


def plan(
    graph: Graph | None,
    paths: Iterable[str | Path],
    *,
    options: Options | None = None,
    models: Mapping[str, str] | None = None,
    again: bool = False,
    watch: Callable[[Step], None] = lambda step: None,
) -> Summary:
    """What ``build`` would do, without a model and without writing; ``graph`` is ``None`` where there is none yet."""
    run = _Run(watch)
    graph = graph or Graph.memory()
    for article in _pending(graph, read(paths, options), run, models=models, again=again):
        run.tell(article.name, "replaced" if graph.stored(article.name) else "added")
    return Summary(dict(run.outcomes), 0)


def extract_all(
    paths: Iterable[str | Path],
    *,
    options: Options | None = None,
    models: Mapping[str, str] | None = None,
    judgements: Sequence[Judgement] = (),
    jobs: int = 1,
    watch: Callable[[Step], None] = lambda step: None,
) -> tuple[tuple[Event, ...], Summary]:
    """The events of the articles that ``paths`` name, actors resolved over all of them; nothing is stored."""
    run = _Run(watch)
    articles: dict[str, Article] = {}
    events: list[Event] = []
    roles: list[Role] = []
    pending = _pending(Graph.memory(), read(paths, options), run, models=models, again=True)
    for found in extract(pending, models=models, jobs=jobs):
        articles[found.article.name] = found.article
        events += found.events
        roles += found.roles
        run.tell(found.article.name, "added")
    resolution = resolve(events, roles, articles, judgements=judgements)
    return tuple(resolution.events), Summary(dict(run.outcomes), len(events))


def explained(
    paths: Iterable[str | Path], *, options: Options | None = None, models: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Lines that say what was found in the articles that ``paths`` name, by which rule, and what was dropped."""
    from kg.events.explain import explain
    from kg.parse import parse

    articles = (found for found in read(paths, options) if isinstance(found, Article))
    for article, doc in parse(articles, models=models):
        yield f"== {article.name}"
        yield from explain(article, doc)


def _pending(
    graph: Graph,
    items: Iterable[Article | Skipped | Note],
    run: _Run,
    *,
    models: Mapping[str, str] | None,
    again: bool,
) -> Iterator[Article]:
    """The articles to parse; all others are told of and counted."""
    for item in items:
        if isinstance(item, Note):
            run.tell(item.name, "note", item.text)
        elif isinstance(item, Skipped):
            run.skipped.append(item.name)
            run.tell(item.name, "skipped", item.reason)
        elif (first := run.ids.get(item.id) or graph.kept(item.id, "name") or item.name) != item.name:
            run.kept.add(first)
            run.tell(item.name, "duplicate", f"the same text as {first}")
        elif not run.names.add(item.name):
            run.skipped.append(item.name)
            run.tell(item.name, "skipped", "another article of this build has its name")
        else:
            run.ids.add(item.id, item.name)
            before = graph.stored(item.name)
            same = before and before.id == item.id and from_stamp(before.stamp) == made_with(item.language, models)
            if same and not again:
                run.tell(item.name, "unchanged")
            else:
                yield item


def _store_new(
    graph: Graph, parcel: Sequence[Extracted], models: Mapping[str, str] | None, judgements: Sequence[Judgement]
) -> None:
    """Store articles with actors as far as each knows them alone."""
    entries = []
    for found in parcel:
        article = found.article
        part = resolve(found.events, found.roles, {article.name: article}, judgements=judgements)
        part = own(part, article.name, part.events, part.roles)
        entries.append(entry(graph, article, part, made_with(article.language, models)))
    graph.replace_all(entries)


def _prune(graph: Graph, run: _Run) -> None:
    """Remove the articles that no path names any more; one whose file could not be read this time is kept."""
    parts = tuple(f"{name}{mark}" for name in run.skipped for mark in "#/")
    skipped = set(run.skipped)
    for stored in list(graph.articles()):
        named = stored.name in run.names or stored.name in run.kept or stored.name in skipped
        if not named and not stored.name.startswith(parts):
            leaving(graph, [stored.id])
            graph.remove(stored.name)
            run.tell(stored.name, "removed")
