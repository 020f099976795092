"""Reading a store over HTTP as one on this disk is read; see ``kg.store.Store``.

The union is a graph of its own there, named to the engine with every query, so that it does not matter what the
engine takes for its default graph or whether it counts a triple of two graphs twice.
"""

from __future__ import annotations

import io
import json
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg import archive, sparql
from kg.binding import with_values
from kg.errors import StoreError
from kg.remote import rewriting
from kg.remote.client import Client
from kg.remote.writing import Writer
from kg.store import Change, GraphName, Results, Term
from kg.vocabulary import STANDARD, TALLIES_GRAPH, TERMS_GRAPH, UNION_GRAPH

_UNION = ox.NamedNode(UNION_GRAPH)
_TERMS = ox.NamedNode(TERMS_GRAPH)
_TALLIES = ox.NamedNode(TALLIES_GRAPH)
_ARTICLE = STANDARD["schema"] + "NewsArticle"
#: Articles asked for at once, archives kept at hand, and rows of a page: stores cut answers off at 10,000.
_BATCH, _AT_HAND, _PAGE = 16, 64, 5000


class RemoteStore:
    """A store at an address."""

    path: Path | None = None
    batch = _BATCH

    def __init__(self, client: Client, writer: Writer | None) -> None:
        """Wrap a client; callers use ``kg.remote.connect``."""
        self.client = client
        self.place = client.place
        self._writer = writer
        self._archives: OrderedDict[ox.NamedNode, dict[str, str]] = OrderedDict()
        self._listed: list[ox.NamedNode] = []
        self._place_of: dict[ox.NamedNode, int] = {}
        self._sees_all: bool | None = None

    # -- quads

    def quads_for_pattern(
        self,
        subject: ox.NamedNode | ox.BlankNode | ox.Triple | None,
        predicate: ox.NamedNode | None,
        object: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None,
        graph_name: GraphName = None,
    ) -> Iterator[ox.Quad]:
        """Quads that match; those of a whole named graph by the Graph Store Protocol."""
        graph = _UNION if isinstance(graph_name, ox.DefaultGraph) else graph_name
        if subject is None and predicate is None and object is None and isinstance(graph, ox.NamedNode):
            for triple in self.client.get(graph):
                yield ox.Quad(triple.subject, triple.predicate, triple.object, graph_name or ox.DefaultGraph())
            return
        given = {"s": subject, "p": predicate, "o": object, "g": graph}
        s, p, o, g = (f"?{name}" if term is None else str(term) for name, term in given.items())
        free = " ".join(f"?{name}" for name, term in given.items() if term is None) or f"(1 AS ?{rewriting.NOTHING})"
        for row in self._select(f"SELECT {free} {{ GRAPH {g} {{ {s} {p} {o} }} }}"):
            found = {name: row[name] if term is None else term for name, term in given.items()}
            where = ox.DefaultGraph() if found["g"] == _UNION else found["g"]
            yield ox.Quad(found["s"], found["p"], found["o"], where)  # type: ignore[arg-type]

    def graphs(self) -> list[ox.NamedNode]:
        """The graphs of the articles, as the union names them, and that of the terms."""
        rows = self._pages(f"?g a <{_ARTICLE}>", "g", _UNION)
        return [row["g"] for row in rows if isinstance(row["g"], ox.NamedNode)] + [
            graph for graph in (_TERMS, _TALLIES) if self.contains_named_graph(graph)
        ]

    def contains_named_graph(self, graph_name: ox.NamedNode) -> bool:
        """Whether this program has a graph of this name; those of others are not seen."""
        own = archive.is_archive(graph_name) or graph_name in (_TERMS, _TALLIES)
        triple = "?s ?p ?o" if own else f"{graph_name} a <{_ARTICLE}>"
        return self._ask(f"ASK {{ GRAPH {graph_name} {{ {triple} }} }}")

    def is_begun(self) -> bool:
        """Whether this program has written here."""
        return self.contains_named_graph(archive.NOTES)

    def foreign(self) -> bool:
        """Never: what others keep in the same store is left alone and not seen."""
        return False

    # -- archives

    def archives(self) -> list[tuple[str, ox.NamedNode]]:
        """File name and archive graph of all articles."""
        rows = self._pages(f"?g {archive.predicate('name')} ?name", "g", None)
        listed = [(row["name"].value, row["g"]) for row in rows]
        self._listed = [graph for _, graph in sorted(listed, key=lambda pair: (pair[0], pair[1].value))]
        self._place_of = {graph: place for place, graph in enumerate(self._listed)}
        return listed

    def holders(self, key: str, texts: Sequence[str]) -> set[ox.NamedNode]:
        """The archive graphs that keep one of these texts under a key."""
        values = " ".join(str(ox.Literal(text)) for text in texts)
        pattern = f"VALUES ?text {{ {values} }} ?g {archive.predicate(key)} ?text"
        return {row["g"] for row in self._pages(pattern, "g", None, distinct=True)} if texts else set()

    def kept(self, graphs: Sequence[ox.NamedNode], key: str) -> Mapping[ox.NamedNode, str]:
        """The texts that archive graphs keep under a key; a whole archive is read at once, with those listed next."""
        if key in ("name", "stamp"):
            values = " ".join(map(str, graphs))
            rows = self._select(
                f"SELECT * {{ VALUES ?g {{ {values} }} GRAPH ?g {{ ?g {archive.predicate(key)} ?o }} }}"
            )
            return {row["g"]: row["o"].value for row in rows}
        return {graph: found[key] for graph in graphs if key in (found := self._archive(graph))}

    def _archive(self, graph: ox.NamedNode) -> dict[str, str]:
        if graph not in self._archives:
            at = self._place_of.get(graph, len(self._listed))
            wanted = [g for g in (graph, *self._listed[at + 1 : at + _BATCH]) if g not in self._archives]
            found: dict[ox.NamedNode, dict[str, str]] = {g: {} for g in wanted}
            values = " ".join(map(str, wanted))
            for row in self._select(f"SELECT * {{ VALUES ?g {{ {values} }} GRAPH ?g {{ ?g ?p ?o }} }}"):
                found[row["g"]][row["p"].value.rpartition("#")[2]] = row["o"].value
            self._archives.update(found)
            while len(self._archives) > _AT_HAND:
                self._archives.popitem(last=False)
            return found[graph]
        return self._archives[graph]

    # -- queries

    def query(
        self, text: str, prefixes: Mapping[str, str], bound: Mapping[str, Term], *, timeout: float | None = None
    ) -> Results:
        """Answer a query. What is no SPARQL 1.1, or calls a function that is none of its own, never leaves here."""
        _check(text, prefixes, bound)
        form = sparql.form(text)
        text = rewriting.with_prefixes(with_values(text, bound), prefixes)
        if form in ("CONSTRUCT", "DESCRIBE"):
            return self._triples(rewriting.as_select(text), prefixes, timeout)
        return self._answer(text, prefixes, timeout)

    def _answer(
        self, text: str, prefixes: Mapping[str, str], timeout: float | None
    ) -> ox.QuerySolutions | ox.QueryBoolean:
        words = {token.keyword for token in sparql.tokens(text)}
        dataset = [] if "FROM" in words else [("default-graph-uri", UNION_GRAPH)]
        if "GRAPH" in words and self._graphs_are_open():
            text = rewriting.with_visible_graphs(text, prefixes["article"], (TERMS_GRAPH, TALLIES_GRAPH))
        elif "GRAPH" in words and dataset:
            dataset += [("named-graph-uri", graph.value) for graph in self.graphs()]
        rows = self.client.rows(text, dataset, timeout)
        if f"?{rewriting.GRAPH}" in text:
            rows = _without(rows, rewriting.GRAPH)
        return ox.parse_query_results(rows, ox.QueryResultsFormat.JSON)

    def _triples(self, query: rewriting.Select, prefixes: Mapping[str, str], timeout: float | None) -> ox.QueryTriples:
        """What a template makes of rows, or what the union says of nodes."""
        here = ox.Store()
        rows: list[ox.QuerySolution] = []
        names: list[str] = []
        if query.text:
            found = self._answer(query.text, prefixes, timeout)
            assert isinstance(found, ox.QuerySolutions)
            names = [variable.value for variable in found.variables]
            rows = list(found)
        if query.template:
            data = " ".join("(" + " ".join(str(term or "UNDEF") for term in row) + ")" for row in rows)
            columns = " ".join(f"?{name}" for name in names)
            text = f"{query.head}CONSTRUCT {{{query.template}}} WHERE {{ VALUES ({columns}) {{ {data} }} }}"
            return here.query(text)  # type: ignore[return-value]
        nodes = {term for row in rows for term in row if isinstance(term, ox.NamedNode)}
        if query.items:
            constants = here.query(f"{query.head}SELECT * {{ VALUES ?node {{ {query.items} }} }}")
            nodes |= {row["node"] for row in constants}  # type: ignore[union-attr]
        for node in sorted(nodes, key=str):
            here.extend(self.quads_for_pattern(node, None, None, ox.DefaultGraph()))
        return here.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")  # type: ignore[return-value]

    def _graphs_are_open(self) -> bool:
        """Whether this engine lets ``GRAPH`` see graphs that the dataset of a query does not name."""
        if self._sees_all is None:
            text = f"ASK {{ GRAPH {archive.NOTES} {{ ?s ?p ?o }} }}"
            self._sees_all = self._ask(text, [("default-graph-uri", UNION_GRAPH)])
        return self._sees_all

    def _ask(self, text: str, dataset: Sequence[tuple[str, str]] = ()) -> bool:
        return bool(ox.parse_query_results(self.client.rows(text, dataset), ox.QueryResultsFormat.JSON))

    def _select(self, text: str) -> ox.QuerySolutions:
        found = ox.parse_query_results(self.client.rows(text), ox.QueryResultsFormat.JSON)
        if not isinstance(found, ox.QuerySolutions):
            raise StoreError(f"the store {self.place} does not answer in SPARQL JSON")
        return found

    def _pages(
        self, pattern: str, key: str, graph: ox.NamedNode | None, *, distinct: bool = False
    ) -> Iterator[ox.QuerySolution]:
        """All solutions of a pattern inside a graph (``?g``: any), a page at a time, by an IRI that each has once."""
        last, where = "", str(graph) if graph else "?g"
        while True:
            after = f'FILTER (STR(?{key}) > "{last}")'
            columns = f"DISTINCT ?{key}" if distinct else "*"
            text = f"SELECT {columns} {{ GRAPH {where} {{ {pattern} }} {after} }} ORDER BY ?{key} LIMIT {_PAGE}"
            page = list(self._select(text))
            yield from page
            if len(page) < _PAGE:
                return
            last = page[-1][key].value

    # -- writing

    def change(self, changes: Sequence[Change]) -> None:
        """Carry out changes; what is cut off in the middle is mended by the next who opens the store for writing."""
        for change in changes:
            for graph in (*change.gone, *(quad.graph_name for quad in change.kept[:1])):
                if isinstance(graph, ox.NamedNode):
                    self._archives.pop(graph, None)
        if changes:
            self._written().change(changes)

    def patch(self, graph: ox.NamedNode, gone: Sequence[ox.Quad], come: Sequence[ox.Quad]) -> None:
        """Take some quads out of a visible graph and put others in: the graph is written anew."""
        old = dict.fromkeys(self.quads_for_pattern(None, None, None, graph))
        out = set(gone)
        new = tuple(dict.fromkeys([*(quad for quad in old if quad not in out), *come]))
        self.change([Change((graph,) if old else (), new)])

    def set_note(self, key: str, text: str | None) -> None:
        """Keep a text of the store's own under a key."""
        if archive.noted(self, key) != text:
            self._written().set_note(key, text)

    def close(self) -> None:
        """Say that nobody writes any more, and close the connections."""
        if self._writer is not None:
            self._writer.close()
        self.client.close()

    def _written(self) -> Writer:
        if self._writer is None:
            raise StoreError("the store is open for reading only")
        return self._writer


def _without(rows: IO[bytes], start: str) -> IO[bytes]:
    """SPARQL JSON without the columns whose names begin so."""
    data = json.load(rows)
    if "vars" in data["head"]:
        data["head"]["vars"] = [name for name in data["head"]["vars"] if not name.startswith(start)]
        for row in data["results"]["bindings"]:
            for name in [name for name in row if name.startswith(start)]:
                del row[name]
    return io.BytesIO(json.dumps(data).encode())


def _check(text: str, prefixes: Mapping[str, str], bound: Mapping[str, Term]) -> None:
    """Let the engine at hand read a query, over nothing: what it does not know is refused as it would be here."""
    values: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]
    values = {ox.Variable(name): value for name, value in bound.items()}
    try:
        ox.Store().query(text, prefixes=dict(prefixes), substitutions=values or None)
    except (SyntaxError, ValueError) as error:
        raise sparql.explain(text, error) from None
