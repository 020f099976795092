"""Rooms 6 to 8 over all that a store holds: actors resolved from the stored event lines; no model is needed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from kg import eventline, renewal, roleline, stories
from kg.actors import Resolution, replayable, resolve
from kg.actors.facts import Source
from kg.actors.merging import forbidden_pairs
from kg.archive import Stored
from kg.graph import Entry, Graph
from kg.judgements import Judgement
from kg.language import pronouns
from kg.model import Article, Event, Role
from kg.provenance import data_version, from_stamp, to_stamp
from kg.statements import Build, statements
from kg.version import VERSION

#: Notes of the store: for which judgements and tables it is resolved, and which pairs were kept apart in its facts.
_RESOLVED, _APART = "resolved", "apart"
#: What the end of a build leaves in a store; another number makes the next build end anew.
_LAYOUT = 1
#: Articles that are resolved at once, so that a million need no more memory than a thousand.
_AT_ONCE = 500


def entry(graph: Graph, article: Article, part: Resolution, made: Build) -> Entry:
    """What the store is given of an article: its events, roles and actors."""
    lines = tuple(eventline.to_line(event) for event in part.events)
    roles = tuple(roleline.to_line(role) for role in part.roles)
    facts = tuple(part.facts.get(article.name, ()))
    quads = statements(article, part.events, part.roles, part.actors, build=made, vocabulary=graph.vocabulary)
    return Entry(article, tuple(quads), lines, roles, to_stamp(made, _description(part, article)), facts)


def _is_stored(graph: Graph, before: Stored, article: Article, part: Resolution) -> bool:
    """Whether the store has this text with these very events, roles and actors, so that nothing need be compared."""
    lines = [eventline.to_line(event) for event in part.events]
    roles = [roleline.to_line(role) for role in part.roles]
    stamp = to_stamp(from_stamp(before.stamp), _description(part, article))
    return before.stamp == stamp and graph.lines(article.name) == lines and graph.roles(article.name) == roles


def _description(part: Resolution, article: Article) -> str:
    """A hash over what an article tells of actors, and over those it refers to, as far as its graph describes them."""
    text = article.text.casefold()
    ends = [end for event in part.events for end in (event.actor, event.target, event.source)]
    ends += [end for role in part.roles for end in (role.person, role.organization)]
    told: list[object] = [sorted(part.facts.get(article.name, ()))]
    for identifier in sorted({end.id for end in ends if end}):
        actor = part.actors.get(identifier)
        if actor:
            wordings = sorted(wording for wording in set(actor.wordings) if wording.casefold() in text)
            about = (sorted(actor.labels.items()), actor.kind, actor.country, sorted(actor.identifiers.items()))
            told.append((identifier, about, wordings))
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def leaving(graph: Graph, identifiers: Sequence[str]) -> None:
    """Before articles go or are replaced: what must be looked at again when they have."""
    stories.leaving(graph, identifiers)
    if graph.note(_RESOLVED) is not None:
        renewal.leaving(graph, identifiers)


def begin(graph: Graph, judgements: Sequence[Judgement], *, again: bool = False) -> None:
    """To be called before a build stores anything.

    At its end all articles are resolved ``again`` where asked for, or where anything else has changed but articles.
    """
    apart = _apart(judgements)
    told = json.loads(graph.note(_APART) or "[]")
    if apart not in told:
        graph.set_note(_APART, json.dumps([*told, apart]))
    if again or graph.note(_RESOLVED) != _state(judgements):
        graph.set_note(_RESOLVED, None)


def _state(judgements: Sequence[Judgement]) -> str:
    depends = (_LAYOUT, sorted(map(repr, judgements)), data_version(), VERSION)
    return hashlib.sha256(repr(depends).encode()).hexdigest()


def _apart(judgements: Sequence[Judgement]) -> str:
    """The pairs that judgements keep apart, which what articles tell of actors depends on."""
    pairs = sorted(map(sorted, forbidden_pairs(judgements)))
    return hashlib.sha256(repr(pairs).encode()).hexdigest()[:16] if pairs else ""


def _told(graph: Graph, judgements: Sequence[Judgement]) -> Source | None:
    """The facts in the store, where they are those of this program and these judgements, and are all that is needed."""
    stamps = (from_stamp(stored.stamp) for stored in graph.articles())
    if json.loads(graph.note(_APART) or "[]") != [_apart(judgements)]:
        return None
    if any((made.lexicon, made.code) != (data_version(), VERSION) for made in stamps):
        return None
    facts = renewal.facts_of(graph)
    return facts if replayable(judgements, facts) else None


def resolve_corpus(graph: Graph, *, judgements: Sequence[Judgement] = ()) -> int:
    """Resolve actors, link copies, and rewrite the graphs of articles that this changes; says how many.

    Only those articles are read that came since it was last done, and those that mean somebody else since then; all of
    them where judgements or tables have changed. No model is needed.
    """
    state = _state(judgements)
    stories_of = stories.find(graph)
    if graph.note(_RESOLVED) == state and (told := renewal.find(graph, judgements)) is not None:
        if not told.articles and not stories_of and not told.left and not graph.untold:
            return 0
        names = [graph.kept(identifier, "name") for identifier in sorted({*told.articles, *stories_of})]
        changed = _rewrite(graph, names, stories_of, judgements, told.facts)
    else:
        names, facts = [stored.name for stored in graph.articles()], _told(graph, judgements)
        changed = _rewrite(graph, names, stories_of, judgements, facts)
        graph.set_note(_APART, json.dumps([_apart(judgements)]))
    graph.tally()
    stories.finish(graph)
    renewal.finish(graph)
    graph.set_note(_RESOLVED, state)
    return changed


def _rewrite(
    graph: Graph,
    names: Sequence[str],
    stories_of: Mapping[str, str],
    judgements: Sequence[Judgement],
    facts: Source | None,
) -> int:
    """Resolve these articles and store those that are not stored so; without ``facts`` they are all that there are."""
    changed = 0
    remaining = iter(names)
    while some := list(islice(remaining, _AT_ONCE if facts else None)):
        resolution = resolution_of(graph, judgements=judgements, names=some, facts=facts)
        parts, none = _by_article(resolution), replace(resolution, events=(), roles=())
        for start in range(0, len(some), graph.store.batch):
            parcel = some[start : start + graph.store.batch]
            changed += _store(graph, {name: parts.get(name, none) for name in parcel}, stories_of)
    return changed


def _store(graph: Graph, parts: Mapping[str, Resolution], stories_of: Mapping[str, str]) -> int:
    """Store those articles that are not stored so, and say how many."""
    entries = []
    for before in filter(None, map(graph.stored, parts)):
        article, part = graph.article(before.name), parts[before.name]
        if before.id in stories_of or not _is_stored(graph, before, article, part):
            article = replace(article, story=stories_of.get(before.id, article.story))
            entries.append(entry(graph, article, part, from_stamp(before.stamp)))
    return sum(graph.replace_all(entries))


def resolution_of(
    graph: Graph,
    *,
    judgements: Sequence[Judgement] = (),
    names: Iterable[str] | None = None,
    facts: Source | None = None,
) -> Resolution:
    """Events, roles and actors of stored articles, resolved together: of all, or of those of the file names given.

    ``facts`` are those of all articles, if these are not all.
    """
    articles: dict[str, Article] = {}
    events: list[Event] = []
    roles: list[Role] = []
    for name in [entry.name for entry in graph.articles()] if names is None else names:
        articles[name] = graph.article(name)
        events += map(eventline.from_line, graph.lines(name))
        roles += map(roleline.from_line, graph.roles(name))
    return resolve(events, roles, articles, judgements=judgements, facts=facts)


def _by_article(resolution: Resolution) -> dict[str, Resolution]:
    """The resolution in parts, one an article, each with its own wordings and facts alone."""
    events: dict[str, list[Event]] = {}
    roles: dict[str, list[Role]] = {}
    for event in resolution.events:
        events.setdefault(event.article, []).append(event)
    for role in resolution.roles:
        roles.setdefault(role.article, []).append(role)
    return {
        name: own(resolution, name, events.get(name, []), roles.get(name, [])) for name in events.keys() | roles.keys()
    }


def own(resolution: Resolution, name: str, events: Sequence[Event], roles: Sequence[Role]) -> Resolution:
    """The part of one article: its events and roles, its actors with the wordings that it has for them, its facts."""
    ends = [end for event in events for end in (event.actor, event.target, event.source) if end]
    ends += [end for role in roles for end in (role.person, role.organization) if end]
    wordings: dict[str, set[str]] = {}
    for end in ends:
        said = {end.name} if end.mention.lower() in pronouns() else {end.name, end.mention}
        wordings.setdefault(end.id, set()).update(said)
    actors = {
        identifier: replace(resolution.actors[identifier], wordings=tuple(sorted(said)))
        for identifier, said in wordings.items()
    }
    return Resolution(tuple(events), tuple(roles), actors, {name: resolution.facts.get(name, ())})
