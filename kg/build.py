"""The hallway: rooms 1 to 8 in order. Articles in, a graph of events out; unchanged articles are not parsed again.

Each article is stored in one transaction as soon as it is read, with actors as far as it knows them alone; at the end
the actors are resolved over the whole corpus and the graphs that this changes are rewritten. A build that is cut off
goes on where it stopped when it is run again.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from kg import eventline, roleline, stories
from kg.actors import Resolution, resolve
from kg.archive import Stored
from kg.extraction import extract
from kg.graph import Graph
from kg.judgements import Judgement
from kg.ledger import Ledger
from kg.model import Article, Event, Role
from kg.provenance import from_stamp, made_with, to_stamp
from kg.read import Note, Options, Skipped, read
from kg.statements import Build, statements

#: What may become of an article, in the order in which a summary names it.
OUTCOMES = ("added", "replaced", "unchanged", "duplicate", "removed", "skipped")
_RESOLVED = "resolved"
#: What the end of a build leaves in a store; another number makes the next build end anew.
_LAYOUT = 1


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
    jobs: int = 1,
    watch: Callable[[Step], None] = lambda step: None,
) -> Summary:
    """Read the articles that ``paths`` name into ``graph``, and resolve actors over all that it holds.

    ``again`` parses unchanged articles too; ``prune`` removes articles that ``paths`` no longer name; ``limit`` is the
    most articles to parse; ``jobs`` is the number of processes that parse; ``watch`` is told of each article. Raises
    ``StoreError`` and ``ModelError``.
    """
    run = _Run(watch)
    if again:
        graph.set_note(_RESOLVED, None)
    pending = _pending(graph, read(paths, options), run, models=models, again=again)
    for found in extract(islice(pending, limit), models=models, jobs=jobs):
        article = found.article
        before = graph.stored(article.name)
        if before:
            stories.leaving(graph, [before.id])
        resolution = resolve(found.events, found.roles, {article.name: article}, judgements=judgements)
        _store(graph, article, resolution, made_with(article.language, models))
        run.events += len(found.events)
        run.tell(article.name, "replaced" if before else "added")
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


def _store(graph: Graph, article: Article, part: Resolution, made: Build, before: Stored | None = None) -> bool:
    """Put the events, roles and actors of one article into the graph; true where that changed something.

    ``before`` is what the store has of the same text: if its lines and actors are these, nothing need be compared.
    """
    lines = [eventline.to_line(event) for event in part.events]
    roles = [roleline.to_line(role) for role in part.roles]
    stamp = to_stamp(made, _description(part, article.text))
    if before and before.stamp == stamp and graph.lines(article.name) == lines and graph.roles(article.name) == roles:
        return False
    quads = statements(article, part.events, part.roles, part.actors, build=made, vocabulary=graph.vocabulary)
    return graph.replace(article, quads, lines, roles, stamp=stamp)


def _description(part: Resolution, text: str) -> str:
    """A hash over the actors that one article's events and roles refer to, as far as its graph describes them."""
    text = text.casefold()
    ends = [end for event in part.events for end in (event.actor, event.target, event.source)]
    ends += [end for role in part.roles for end in (role.person, role.organization)]
    told: list[object] = []
    for identifier in sorted({end.id for end in ends if end}):
        actor = part.actors.get(identifier)
        if actor:
            wordings = sorted(wording for wording in set(actor.wordings) if wording.casefold() in text)
            about = (sorted(actor.labels.items()), actor.kind, actor.country, sorted(actor.identifiers.items()))
            told.append((identifier, about, wordings))
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def _prune(graph: Graph, run: _Run) -> None:
    """Remove the articles that no path names any more; one whose file could not be read this time is kept."""
    parts = tuple(f"{name}{mark}" for name in run.skipped for mark in "#/")
    skipped = set(run.skipped)
    for entry in list(graph.articles()):
        named = entry.name in run.names or entry.name in run.kept or entry.name in skipped
        if not named and not entry.name.startswith(parts):
            stories.leaving(graph, [entry.id])
            graph.remove(entry.name)
            run.tell(entry.name, "removed")


def resolve_corpus(graph: Graph, *, judgements: Sequence[Judgement] = ()) -> int:
    """Resolve actors over all stored articles, link copies, and rewrite the graphs that this changes; says how many.

    Does nothing where neither articles nor judgements have changed since it was last done. No model is needed.
    """
    state = _state(graph, judgements)
    if graph.note(_RESOLVED) == state:
        return 0
    parts = _by_article(resolution := resolution_of(graph, judgements=judgements))
    none = replace(resolution, events=(), roles=())
    told = stories.find(graph)
    changed = 0
    for entry in list(graph.articles()):
        part, article = parts.get(entry.name, none), graph.article(entry.name)
        before = None if entry.id in told else entry
        article = replace(article, story=told.get(entry.id, article.story))
        changed += _store(graph, article, part, from_stamp(entry.stamp), before)
    stories.finish(graph)
    graph.tally()
    graph.set_note(_RESOLVED, state)
    return changed


def resolution_of(graph: Graph, *, judgements: Sequence[Judgement] = ()) -> Resolution:
    """Events, roles and actors of all stored articles, resolved together."""
    articles = {entry.name: graph.article(entry.name) for entry in graph.articles()}
    events = [eventline.from_line(line) for name in articles for line in graph.lines(name)]
    roles = [roleline.from_line(line) for name in articles for line in graph.roles(name)]
    return resolve(events, roles, articles, judgements=judgements)


def _by_article(resolution: Resolution) -> dict[str, Resolution]:
    """The resolution in parts, one an article, so that none is searched through for each article."""
    events: dict[str, list[Event]] = {}
    roles: dict[str, list[Role]] = {}
    for event in resolution.events:
        events.setdefault(event.article, []).append(event)
    for role in resolution.roles:
        roles.setdefault(role.article, []).append(role)
    return {
        name: replace(resolution, events=tuple(events.get(name, ())), roles=tuple(roles.get(name, ())))
        for name in events.keys() | roles.keys()
    }


def _state(graph: Graph, judgements: Sequence[Judgement]) -> str:
    """A hash over what the resolution of actors depends on."""
    digest = hashlib.sha256(repr((_LAYOUT, sorted(map(repr, judgements)))).encode())
    for entry in graph.articles():
        digest.update(f"{entry.name}\0{entry.id}\0{from_stamp(entry.stamp).id}\n".encode())
    return digest.hexdigest()
