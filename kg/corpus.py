"""Rooms 6 to 8 over all that a store holds: actors resolved from the stored event lines; no model is needed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from kg import eventline, roleline, stories
from kg.actors import Resolution, resolve
from kg.archive import Stored
from kg.graph import Entry, Graph
from kg.judgements import Judgement
from kg.model import Article, Event, Role
from kg.provenance import from_stamp, to_stamp
from kg.statements import Build, statements

_RESOLVED = "resolved"
#: What the end of a build leaves in a store; another number makes the next build end anew.
_LAYOUT = 1


def entry(graph: Graph, article: Article, part: Resolution, made: Build) -> Entry:
    """What the store is given of an article: its events, roles and actors."""
    lines = tuple(eventline.to_line(event) for event in part.events)
    roles = tuple(roleline.to_line(role) for role in part.roles)
    quads = statements(article, part.events, part.roles, part.actors, build=made, vocabulary=graph.vocabulary)
    return Entry(article, tuple(quads), lines, roles, to_stamp(made, _description(part, article.text)))


def _is_stored(graph: Graph, before: Stored, article: Article, part: Resolution) -> bool:
    """Whether the store has this text with these very events, roles and actors, so that nothing need be compared."""
    lines = [eventline.to_line(event) for event in part.events]
    roles = [roleline.to_line(role) for role in part.roles]
    stamp = to_stamp(from_stamp(before.stamp), _description(part, article.text))
    return before.stamp == stamp and graph.lines(article.name) == lines and graph.roles(article.name) == roles


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


def forget(graph: Graph) -> None:
    """Let the next ``resolve_corpus`` go over everything."""
    graph.set_note(_RESOLVED, None)


def resolve_corpus(graph: Graph, *, judgements: Sequence[Judgement] = ()) -> int:
    """Resolve actors over all stored articles, link copies, and rewrite the graphs that this changes; says how many.

    Does nothing where neither articles nor judgements have changed since it was last done. No model is needed.
    """
    state = _state(graph, judgements)
    if graph.note(_RESOLVED) == state:
        return 0
    parts = _by_article(resolution := resolution_of(graph, judgements=judgements))
    none = replace(resolution, events=(), roles=())
    stories_of = stories.find(graph)
    changed = 0
    stored = iter(list(graph.articles()))
    while parcel := list(islice(stored, graph.store.batch)):
        entries = []
        for before in parcel:
            article, part = graph.article(before.name), parts.get(before.name, none)
            if before.id in stories_of or not _is_stored(graph, before, article, part):
                article = replace(article, story=stories_of.get(before.id, article.story))
                entries.append(entry(graph, article, part, from_stamp(before.stamp)))
        changed += sum(graph.replace_all(entries))
    stories.finish(graph)
    graph.tally()
    graph.set_note(_RESOLVED, state)
    return changed


def resolution_of(graph: Graph, *, judgements: Sequence[Judgement] = ()) -> Resolution:
    """Events, roles and actors of all stored articles, resolved together."""
    articles: dict[str, Article] = {}
    events: list[Event] = []
    roles: list[Role] = []
    for name in [entry.name for entry in graph.articles()]:
        articles[name] = graph.article(name)
        events += map(eventline.from_line, graph.lines(name))
        roles += map(roleline.from_line, graph.roles(name))
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
