"""The graph as a network: nodes are actors, edges are events or actor-action-target dyads, with the same attributes
in every network format.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

import pyoxigraph as ox

from kg.export.nodes import Node, node
from kg.export.options import Filter, Options
from kg.graph import Graph
from kg.literals import digest
from kg.names import Names
from kg.ontology import CONFLICT, COOPERATION
from kg.rows import Row

Value = str | int | float | None
#: Attributes of a node: name and type (``string``, ``int``, ``double``).
NODE_COLUMNS = (
    ("label", "string"),
    ("name", "string"),
    ("kind", "string"),
    ("country", "string"),
    ("wikidata", "string"),
)
_SHARED = (
    ("label", "string"),
    ("interaction", "string"),
    ("action", "string"),
    ("type", "string"),
    ("valence", "string"),
)
#: Attributes of an edge that stands for one event.
EVENT_COLUMNS = (
    *_SHARED,
    ("weight", "double"),
    ("date", "string"),
    ("polarity", "string"),
    ("modality", "string"),
    ("claimed", "int"),
    ("speaker", "string"),
    ("place", "string"),
    ("confidence", "double"),
    ("lemma", "string"),
    ("quote", "string"),
    ("article", "string"),
    ("event", "string"),
)
#: Attributes of an edge that stands for all events of one actor, action and target.
DYAD_COLUMNS = (
    *_SHARED,
    ("weight", "double"),
    ("count", "int"),
    ("affirmed", "int"),
    ("claimed", "int"),
    ("first", "string"),
    ("last", "string"),
    ("confidence", "double"),
    ("articles", "int"),
)
_VALENCE = {**dict.fromkeys(COOPERATION, "cooperation"), **dict.fromkeys(CONFLICT, "conflict")}


_K = TypeVar("_K")
_V = TypeVar("_V")


class Kept(dict[_K, _V], Generic[_K, _V]):
    """What a function makes of each value, called once a value: no more than ``most`` of them are remembered."""

    def __init__(self, make: Callable[[_K], _V], most: int | None = None) -> None:
        """``make`` must always give the same for the same value."""
        self._make, self._most = make, most

    def __missing__(self, key: _K) -> _V:
        """What the function makes of a value that is not remembered."""
        made = self._make(key)
        if self._most is None or len(self) < self._most:
            self[key] = made
        return made


class Edge(NamedTuple):
    """An edge: its id, the ids of its ends, and its values in the order of the network's edge columns."""

    id: str
    source: str
    target: str
    values: tuple[Value, ...]


@dataclass(slots=True)
class _Dyad:
    count: int = 0
    affirmed: int = 0
    claimed: int = 0
    first: str | None = None
    last: str | None = None
    confidence: float = 0.0
    articles: int = 0
    article: str = ""
    stories: frozenset[str] = frozenset()

    def add(self, row: Row, story: str | None) -> None:
        """Count an event; ``story`` is the article that stands for the copies of its own, if it has copies."""
        self.count += 1
        self.affirmed += row.polarity == "affirmed"
        self.claimed += row.claimed
        self.confidence += row.confidence
        if row.article != self.article and story not in self.stories:
            self.articles += 1
            self.stories |= {story} if story else frozenset()
        self.article = row.article
        if row.date:
            self.first = min(row.date, self.first or row.date)
            self.last = max(row.date, self.last or row.date)


class Network:
    """The network of a graph under some options. ``edges()`` streams; ``nodes()`` is known once it has ended."""

    def __init__(self, graph: Graph, options: Options) -> None:
        """``QueryError`` where an actor of the options is not known."""
        self.graph = graph
        self.options = options
        self.names = Names(graph, options.lang)
        self.columns = EVENT_COLUMNS if options.shape == "events" else DYAD_COLUMNS
        self._filter = Filter.of(graph, options)
        self.event_start = len(graph.vocabulary.prefixes["event"])
        self._ends = Kept[str, str](lambda iri: iri.removeprefix(graph.vocabulary.prefixes["actor"]))
        self._local = Kept[str, str](lambda iri: graph.vocabulary.shorten(iri).partition(":")[2])
        self._labels = Kept[str | None, str | None](lambda iri: iri and self.names.label(ox.NamedNode(iri)))

    def rows(self) -> Iterator[Row]:
        """The events that pass the filters, one-ended ones too."""
        if not self.options.filters:
            yield from self.graph.rows()
            return
        if self.options.min_count <= 1:
            yield from filter(self._filter, self.graph.rows())
            return
        often = Counter(_key(row) for row in filter(self._filter, self.graph.rows()))
        for row in filter(self._filter, self.graph.rows()):
            if often[_key(row)] >= self.options.min_count:
                yield row

    def edges(self) -> Iterator[Edge]:
        """The edges: events in the order of articles and text, or dyads by actor, action and target."""
        both = (row for row in self.rows() if row.actor and row.target)
        return self._events(both) if self.options.shape == "events" else self._dyads(both)

    def nodes(self) -> Iterator[Node]:
        """The actors that the edges given so far join, by id."""
        for iri in sorted(self._ends):
            yield node(self.graph, self.names, iri)

    def node_values(self, found: Node) -> tuple[Value, ...]:
        """The values of a node in the order of ``NODE_COLUMNS``."""
        return (found.label, found.label, found.kind, found.country, found.wikidata)

    def label(self, iri: str | None) -> str | None:
        """The label of a node's IRI."""
        return self._labels[iri]

    def identifier(self, iri: str) -> str:
        """What follows the prefix in the IRI of an action."""
        return self._local[iri]

    def _events(self, rows: Iterator[Row]) -> Iterator[Edge]:
        """One edge a row; there may be millions, so a row is taken apart once and names are looked up in place."""
        start, ends, labels, local = self.event_start, self._ends, self._labels, self._local
        for (
            event, actor, target, action, type_, lemma, polarity, modality, confidence, quote, _, _, date, source,
            claimed, place, _, _, article,
        ) in rows:  # fmt: skip
            label, event = labels[action], event[start:]
            values = (
                label, label, local[action], type_, _VALENCE.get(type_), 1.0, date, polarity, modality, int(claimed),
                labels[source], labels[place], confidence, lemma, quote, article, event,
            )  # fmt: skip
            yield Edge(event, ends[actor or ""], ends[target or ""], values)

    def _dyads(self, rows: Iterator[Row]) -> Iterator[Edge]:
        found: dict[tuple[str | None, ...], _Dyad] = {}
        copies = self.graph.copies()
        for row in rows:
            found.setdefault((*_key(row), row.type), _Dyad()).add(row, copies.get(row.article))
        for (actor, action, target, type_), dyad in sorted(found.items(), key=lambda item: str(item[0])):
            label = self.label(action)
            source, end = self._ends[actor or ""], self._ends[target or ""]
            values = (
                label, label, self.identifier(action or ""), type_, _VALENCE.get(type_ or ""), float(dyad.count),
                dyad.count, dyad.affirmed, dyad.claimed, dyad.first, dyad.last,
                round(dyad.confidence / dyad.count, 2), dyad.articles,
            )  # fmt: skip
            yield Edge(digest([source, action, end, type_]), source, end, values)


def _key(row: Row) -> tuple[str | None, str, str | None]:
    return row.actor, row.action, row.target
