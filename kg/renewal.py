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
from itertools import islice

from kg import archive
from kg.actors import replayable
from kg.actors.facts import Source, Told
from kg.actors.merging import forbidden_pairs
from kg.actors.named import Names
from kg.actors.people import People
from kg.graph import Graph
from kg.judgements import Judgement

#: Notes of the store, one for each article that has gone since the last round: what it told.
_LEFT = "left-"
#: Facts kept at hand, and keys that are compared at once.
_AT_HAND, _KEYS = 100_000, 2_000


@dataclass(frozen=True, slots=True)
class Renewal:
    """Content ids of the articles to be resolved, the facts of all articles, and whether any have left."""

    articles: frozenset[str]
    facts: Source
    left: bool


def leaving(graph: Graph, identifiers: Sequence[str]) -> None:
    """Before articles go or are replaced: what they tell is kept until the next round."""
    for identifier in identifiers:
        if graph.note(_LEFT + identifier) is None:
            told = archive.facts(graph.store, identifier)
            graph.set_note(_LEFT + identifier, json.dumps(told, ensure_ascii=False))


def finish(graph: Graph) -> None:
    """Forget what left, once its absence has been taken into account."""
    for identifier in list(_left(graph)):
        graph.set_note(_LEFT + identifier, None)


def find(graph: Graph, judgements: Sequence[Judgement]) -> Renewal | None:
    """The articles that came since the last round, and those that mean somebody else since then.

    ``None`` where a judgement speaks of descriptions, so that all articles must be read to replay it.
    """
    left = _left(graph)
    fresh = {*graph.holders("since", graph.note("round") or "1"), *filter(graph.has, left)}
    now = facts_of(graph)
    if not replayable(judgements, now):
        return None
    keys = {key for identifier in fresh for key, _ in archive.facts(graph.store, identifier)}
    keys |= {key for told in left.values() for key, _ in told}
    before = _before(now, fresh, left)
    forbidden = forbidden_pairs(judgements)
    articles = set(fresh)
    remaining = iter(sorted(keys))
    while some := list(islice(remaining, _KEYS)):
        people, names = (People(before, forbidden), People(now, forbidden)), (Names(before), Names(now))
        for kind, _, identifier in (key.partition("/") for key in some):
            if kind == "person":
                articles |= _asking(*people, f"{kind}/{identifier}")
            elif names[0].decided(identifier) != names[1].decided(identifier):
                articles |= {article for article, _ in now(f"{kind}/{identifier}")}
    return Renewal(frozenset(articles), now, bool(left))


def _asking(before: People, now: People, key: str) -> set[str]:
    """The articles that say a name which means another person than before."""
    old, new, articles = before.family(key).decided(), now.family(key).decided(), now.family(key).articles
    return {article for name, meant in new.items() if old.get(name) != meant for article in articles[name]}


def facts_of(graph: Graph) -> Source:
    """The facts in the store; those that were asked for last are at hand."""
    read: dict[str, list[Told]] = {}
    number = 0

    def facts(key: str) -> list[Told]:
        nonlocal number
        if key not in read:
            if number > _AT_HAND:
                read.clear()
                number = 0
            read[key] = archive.told(graph.store, key)
            number += 1 + len(read[key])
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
    kept = {
        key.removeprefix(_LEFT): json.loads(text) for key, text in archive.notes(graph.store) if key.startswith(_LEFT)
    }
    return {identifier: [(key, tuple(fact)) for key, fact in told] for identifier, told in kept.items()}
