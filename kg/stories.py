"""Which articles are copies of one text: links between near-identical articles, kept up as articles come and go.

A *story* is a set of articles in which each is a near-identical copy of another one (``kg.copies``). The article that
stands for it is the earliest, by date of publication and then by name. What a story is depends on the articles that are
there and not on the order in which they came. Only articles that came since the last round are looked at, each by a few
keys, so that ten new ones cost the same in a large store as in an empty one.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg import copies
from kg.graph import Graph

#: Notes of the store: the number of the round, and the articles to be looked at though they are older.
_ROUND, _AGAIN = "round", "stories"
_NO_DATE = "9999"


def find(graph: Graph) -> dict[str, str]:
    """Content id → story of the articles whose story is another one than the store has."""
    fresh = sorted({*graph.holders("since", _round(graph)), *_again(graph)})
    stands = _joined(graph, [identifier for identifier in fresh if graph.has(identifier)])
    return {identifier: story for identifier, story in stands.items() if graph.kept(identifier, "story") != story}


def finish(graph: Graph) -> None:
    """Begin the next round, once the articles have the stories that ``find`` gave."""
    number = _round(graph)
    if graph.holders("since", number):
        graph.set_note(_ROUND, str(int(number) + 1))
    graph.set_note(_AGAIN, None)


def leaving(graph: Graph, identifiers: Iterable[str]) -> None:
    """Before articles go or are replaced: they and their copies are to be looked at again, if they have any."""
    left = set(_again(graph))
    for identifier in identifiers:
        story = graph.holders("story", graph.kept(identifier, "story"))
        left.update(story if len(story) > 1 else ())
    if left - set(_again(graph)):
        graph.set_note(_AGAIN, json.dumps(sorted(left)))


def _round(graph: Graph) -> str:
    return graph.note(_ROUND) or "1"


def _again(graph: Graph) -> list[str]:
    return list(json.loads(graph.note(_AGAIN) or "[]"))


def _joined(graph: Graph, fresh: list[str]) -> Mapping[str, str]:
    """The stories of fresh articles, and of the older ones whose story they change."""
    above: dict[str, str] = {}
    new = set(fresh)

    def top(node: str) -> str:
        while above.setdefault(node, node) != node:
            node = above[node]
        return node

    for identifier in fresh:
        signature = graph.kept(identifier, "signature")
        seen = {identifier}
        top(identifier)
        for other in graph.holders("band", *copies.bands(signature)):
            if other in seen:
                continue
            seen.add(other)
            node = other if other in new else graph.kept(other, "story")
            if top(node) != top(identifier) and _copies(graph, signature, other):
                above[top(node)] = top(identifier)
    groups: dict[str, list[str]] = defaultdict(list)
    for node in list(above):
        groups[top(node)].append(node)
    return {member: story for group in groups.values() for member, story in _told(graph, group, new)}


def _copies(graph: Graph, signature: str, other: str) -> bool:
    return copies.similarity(signature, graph.kept(other, "signature")) >= copies.THRESHOLD


def _told(graph: Graph, group: list[str], new: set[str]) -> Iterable[tuple[str, str]]:
    """Each article of a group with the one that stands for it; an older article in it stands for its copies."""
    story = min(group, key=lambda identifier: _rank(graph, identifier))
    for node in group:
        if node in new:
            yield node, story
        elif node != story:
            yield from ((member, story) for member in graph.holders("story", node) if member not in new)


def _rank(graph: Graph, identifier: str) -> tuple[str, str, str]:
    about = json.loads(graph.kept(identifier, "article") or "{}")
    return about.get("published") or _NO_DATE, about.get("name", ""), identifier
