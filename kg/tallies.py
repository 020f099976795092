"""Counts over the whole graph, kept as statements, so that questions of everybody and everything need not count.

They stand in a graph of their own, ``urn:kg:tallies``, on the nodes that they count: how often an actor acts, suffers
and is quoted, when it first appears, how many events have an action, type or place, an article or a month. The most
frequent actors have a rank, since to sort all of a large store takes seconds. ``kg.recount`` keeps it all while
articles come and go.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import nsmallest

import pyoxigraph as ox

from kg.literals import standard
from kg.ontology import CONFLICT, COOPERATION
from kg.rows import Row
from kg.vocabulary import TALLIES_GRAPH, TYPE, Vocabulary

#: A node and a property of it.
Key = tuple[str, str]
#: The node of an article, its story (which copies of one text share), and its events.
Counted = tuple[str, str, Iterable[Row]]
GRAPH = ox.NamedNode(TALLIES_GRAPH)
#: Rank → the counts whose sum it is by.
RANKS = {"kg:rank": ("kg:acts", "kg:suffers"), "kg:speakerRank": ("kg:claims",)}
#: How many actors are given each rank.
RANKED = 1000


@dataclass(slots=True)
class Count:
    """What is counted of some articles: numbers, the first day of each actor, who is quoted in which story, months."""

    vocabulary: Vocabulary
    numbers: Counter[Key] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)
    quoted: set[tuple[str, str]] = field(default_factory=set)
    months: dict[str, str] = field(default_factory=dict)

    def add(self, node: str, story: str, rows: Iterable[Row]) -> None:
        """Count the events of one article."""
        self.numbers[node, "kg:events"] += 0
        for row in rows:
            self._add(node, story, row)

    def _add(self, article: str, story: str, row: Row) -> None:
        numbers = self.numbers
        month = self._month(row.date) if row.date else None
        for node in (row.action, TYPE + row.type, article, row.place, month):
            if node is not None:
                numbers[node, "kg:events"] += 1
        if month is not None:
            numbers[month, "kg:cooperative"] += row.type in COOPERATION
            numbers[month, "kg:conflictual"] += row.type in CONFLICT
        for end, name in ((row.actor, "kg:acts"), (row.target, "kg:suffers"), (row.source, "kg:claims")):
            if end is not None:
                numbers[end, name] += 1
        if row.source is not None:
            self.quoted.add((row.source, story))
        for end in (row.actor, row.target):
            if end is not None and row.date is not None:
                self.first[end] = min(row.date, self.first.get(end, row.date))

    def _month(self, date: str) -> str:
        month = date[:7]
        if month not in self.months:
            self.months[month] = self.vocabulary.iri("month", month)
        return self.months[month]


def tallies(articles: Iterable[Counted], vocabulary: Vocabulary) -> Iterator[ox.Quad]:
    """The quads of ``urn:kg:tallies`` for these articles and no others, each once."""
    count = Count(vocabulary)
    for article in articles:
        count.add(*article)
    for source, _ in count.quoted:
        count.numbers[source, "kg:quotedIn"] += 1
    yield from (number(key, value) for key, value in count.numbers.items())
    for node, date in count.first.items():
        yield first(node, date)
        yield debut(node, count.months[date[:7]])
    yield from (label(node, month) for month, node in count.months.items())
    yield from ranks(count.numbers)


def number(key: Key, value: int) -> ox.Quad:
    """The statement of a number."""
    return ox.Quad(ox.NamedNode(key[0]), standard(key[1]), ox.Literal(value), GRAPH)


def first(node: str, date: str) -> ox.Quad:
    """The statement of the day on which an actor first appears."""
    day = ox.Literal(date, datatype=standard("xsd:date"))
    return ox.Quad(ox.NamedNode(node), standard("kg:first"), day, GRAPH)


def debut(node: str, month: str) -> ox.Quad:
    """The statement of the month in which an actor first appears; ``month`` is its node."""
    return ox.Quad(ox.NamedNode(node), standard("kg:debut"), ox.NamedNode(month), GRAPH)


def label(node: str, month: str) -> ox.Quad:
    """The statement of a month's name."""
    return ox.Quad(ox.NamedNode(node), standard("rdfs:label"), ox.Literal(month), GRAPH)


def ranks(numbers: Mapping[Key, int]) -> Iterator[ox.Quad]:
    """The statements of ranks: those that are counted most, and among equals in the order of their IRIs."""
    for name, properties in RANKS.items():
        totals = Counter[str]()
        for (node, counted), value in numbers.items():
            if counted in properties:
                totals[node] += value
        most = nsmallest(RANKED, ((-value, node) for node, value in totals.items()))
        for rank, (_, node) in enumerate(most, start=1):
            yield ox.Quad(ox.NamedNode(node), standard(name), ox.Literal(rank), GRAPH)
