"""Which stored articles mean somebody else since articles came or went: found from facts, without reading the others.

The facts of each article lie in the store under their keys (``kg.actors.facts``). When articles come or go, only the
keys under which they tell something are looked at: what these decide now is compared with what they decided before, and
where that differs the articles that ask for it are named. What is found depends on the articles that are there, not on
the order in which they came.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg import archive
from kg.actors import replayable
from kg.actors.facts import Source, Told
from kg.actors.merging import forbidden_pairs
from kg.actors.named import Names
from kg.actors.people import People
from kg.graph import Graph
from kg.judgements import Judgement

#: Note of the store: what articles that have gone since the last round told.
_LEFT = "left"


@dataclass(frozen=True, slots=True)
class Renewal:
    """Content ids of the articles to be resolved, the facts of all articles, and whether any have left."""

    articles: frozenset[str]
    facts: Source
    left: bool


def leaving(graph: Graph, identifiers: Sequence[str]) -> None:
    """Before articles go or are replaced: what they tell is kept until the next round."""
    left = _left(graph)
    new = {identifier: archive.facts(graph.store, identifier) for identifier in identifiers if identifier not in left}
    if new:
        graph.set_note(_LEFT, json.dumps({**left, **new}, ensure_ascii=False))


def finish(graph: Graph) -> None:
    """Forget what left, once its absence has been taken into account."""
    graph.set_note(_LEFT, None)


def find(graph: Graph, judgements: Sequence[Judgement]) -> Renewal | None:
    """The articles that came since the last round, and those that mean somebody else since then.

    ``None`` where a judgement speaks of descriptions, so that all articles must be read to replay it.
    """
    left = _left(graph)
    fresh = {*graph.holders("since", graph.note("round") or "1"), *filter(graph.has, left)}
    now = _source(graph)
    if not replayable(judgements, now):
        return None
    keys = {key for identifier in fresh for key, _ in archive.facts(graph.store, identifier)}
    keys |= {key for told in left.values() for key, _ in told}
    before = _before(now, fresh, left)
    forbidden = forbidden_pairs(judgements)
    people, names = (People(before, forbidden), People(now, forbidden)), (Names(before), Names(now))
    articles = set(fresh)
    for key in sorted(keys):
        kind, _, identifier = key.partition("/")
        if kind == "person":
            articles |= _asking(*people, key)
        elif names[0].decided(identifier) != names[1].decided(identifier):
            articles |= {article for article, _ in now(key)}
    return Renewal(frozenset(articles), now, bool(left))


def _asking(before: People, now: People, key: str) -> set[str]:
    """The articles that say a name which means another person than before."""
    old, new, articles = before.family(key).decided(), now.family(key).decided(), now.family(key).articles
    return {article for name, meant in new.items() if old.get(name) != meant for article in articles[name]}


def _source(graph: Graph) -> Source:
    """The facts in the store; each key is read once."""
    read: dict[str, list[Told]] = {}

    def facts(key: str) -> list[Told]:
        if key not in read:
            read[key] = archive.told(graph.store, key)
        return read[key]

    return facts


def _before(now: Source, fresh: set[str], left: Mapping[str, list[archive.Filed]]) -> Source:
    """The facts as they were before articles came and went."""
    gone: dict[str, list[Told]] = {}
    for identifier, told in left.items():
        for key, fact in told:
            gone.setdefault(key, []).append((identifier, fact))
    return lambda key: [*(said for said in now(key) if said[0] not in fresh), *gone.get(key, ())]


def _left(graph: Graph) -> dict[str, list[archive.Filed]]:
    kept = json.loads(graph.note(_LEFT) or "{}")
    return {identifier: [(key, tuple(fact)) for key, fact in told] for identifier, told in kept.items()}
