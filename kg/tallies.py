"""Counts over the whole graph, kept as statements, so that questions of everybody and everything need not count.

They stand in a graph of their own, ``urn:kg:tallies``, on the nodes that they count: how often an actor acts, suffers
and is quoted, when it first appears, how many events have an action, type or place, an article or a month. A build
tells them anew from the events at its end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.literals import standard
from kg.ontology import CONFLICT, COOPERATION
from kg.rows import Row
from kg.vocabulary import TALLIES_GRAPH, TYPE, Vocabulary

_Key = tuple[str, str]


@dataclass(slots=True)
class _Count:
    """What is counted so far: (node, property) → number, and the first day of each actor."""

    numbers: Counter[_Key] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)
    quoted: set[tuple[str, str]] = field(default_factory=set)

    def add(self, row: Row, article: str, story: str, month: str | None) -> None:
        numbers = self.numbers
        for node in (row.action, TYPE + row.type, article, row.place, month):
            if node is not None:
                numbers[node, "kg:events"] += 1
        if month is not None:
            numbers[month, "kg:cooperative"] += row.type in COOPERATION
            numbers[month, "kg:conflictual"] += row.type in CONFLICT
        for end, name in ((row.actor, "kg:acts"), (row.target, "kg:suffers"), (row.source, "kg:claims")):
            if end is not None:
                numbers[end, name] += 1
        if row.source is not None and (row.source, story) not in self.quoted:
            self.quoted.add((row.source, story))
            numbers[row.source, "kg:quotedIn"] += 1
        for end in (row.actor, row.target):
            if end is not None and row.date is not None:
                self.first[end] = min(row.date, self.first.get(end, row.date))


def tallies(rows: Iterable[Row], articles: Mapping[str, tuple[str, str]], vocabulary: Vocabulary) -> Iterator[ox.Quad]:
    """The quads of ``urn:kg:tallies`` for these events.

    ``articles`` maps the file name of every article to its node and its story, which copies of one text share.
    """
    count = _Count(Counter({(node, "kg:events"): 0 for node, _ in articles.values()}))
    months: dict[str, str] = {}
    for row in rows:
        month = row.date[:7] if row.date else None
        if month is not None and month not in months:
            months[month] = vocabulary.iri("month", month)
        count.add(row, *articles[row.article], months.get(month or ""))
    graph = ox.NamedNode(TALLIES_GRAPH)
    for (node, name), number in count.numbers.items():
        yield ox.Quad(ox.NamedNode(node), standard(name), ox.Literal(number), graph)
    for node, date in count.first.items():
        yield ox.Quad(ox.NamedNode(node), standard("kg:first"), ox.Literal(date, datatype=standard("xsd:date")), graph)
    for month, node in months.items():
        yield ox.Quad(ox.NamedNode(node), standard("rdfs:label"), ox.Literal(month), graph)
