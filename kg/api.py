"""``kg.open(path)``: a graph as Python users know one: rows for pandas, a networkx graph, an rdflib dataset."""

from __future__ import annotations

import html
import io
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg import plot, questions
from kg import query as queries
from kg.errors import KgError
from kg.export import Options, export
from kg.export.network import NODE_COLUMNS, Network
from kg.graph import Counts, Graph
from kg.results import Table

if TYPE_CHECKING:
    import networkx
    import rdflib


class KnowledgeGraph:
    """An open store, read-only. ``graph`` is the room below, for what this face does not show."""

    def __init__(self, graph: Graph, *, lang: str = "en") -> None:
        """Wrap an open graph; users call ``kg.open``. ``lang`` is the language of labels."""
        self.graph = graph
        self.lang = lang

    def ask(self, question: str, /, *, iris: bool = False, folder: str | Path | None = None, **params: str) -> Table:
        """Answer a named question: ``kg.open("kg.db").ask("what-did", actor="Hamas")``.

        ``params`` are what a user would type; ``iris`` gives prefixed names in place of labels; ``folder`` adds
        questions of your own. ``QueryError`` for an unknown question, parameter or value.
        """
        return questions.ask(self.graph, question, params, lang=self.lang, iris=iris, folder=folder)

    def questions(self, folder: str | Path | None = None) -> Table:
        """The named questions with group, summary and parameters."""
        found = questions.library(folder).values()
        rows = tuple((q.group, q.name, q.summary, "; ".join(q.parameters)) for q in found)
        return Table(("group", "name", "summary", "parameters"), rows)

    def query(self, sparql: str, *, timeout: float | None = None) -> Table:
        """Answer SPARQL of your own, with every prefix known; ``pandas.DataFrame(found.dicts())`` is a data frame.

        ``timeout`` in seconds really stops it. ``QueryError`` points at line and column.
        """
        return queries.table(self.graph, sparql, timeout=timeout)

    def network(self, options: Options | None = None, **filters: Any) -> networkx.MultiDiGraph:
        """The network with the attributes of the GraphML export; ``filters`` are fields of ``Options``."""
        import networkx

        network = Network(self.graph, options or Options(lang=self.lang, **filters))
        found = networkx.MultiDiGraph()
        edges = list(network.edges())
        for node in network.nodes():
            found.add_node(node.id, **_present(NODE_COLUMNS, network.node_values(node)))
        for edge in edges:
            found.add_edge(edge.source, edge.target, key=edge.id, **_present(network.columns, edge.values))
        return found

    @cached_property
    def dataset(self) -> rdflib.Dataset:
        """An rdflib dataset in memory with a named graph an article; its default graph is their union."""
        import rdflib

        out = io.BytesIO()
        export(self.graph, "nquads", out)
        found = rdflib.Dataset(default_union=True)
        found.parse(data=out.getvalue(), format="nquads")
        for prefix, iri in self.graph.vocabulary.prefixes.items():
            found.bind(prefix, iri, override=True, replace=True)
        return found

    def export(self, form: str, out: str | Path, options: Options | None = None) -> None:
        """Write an export file; see ``kg.export.export``."""
        export(self.graph, form, out, options or Options(lang=self.lang))

    def counts(self) -> Counts:
        """Articles, events, actors, nodes and edges of the network, triples."""
        return self.graph.counts()

    def label(self, name: str) -> str:
        """The label of a node given by its prefixed name (``actor:hamas``)."""
        from kg.names import Names

        return Names(self.graph, self.lang).label(ox.NamedNode(self.graph.vocabulary.expand(name)))

    def __enter__(self) -> KnowledgeGraph:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the store."""
        self.graph.close()

    def picture(self, kind: str = "network", options: Options | None = None, *, top: int = 30, **filters: Any) -> str:
        """A picture of ``kg.plot.KINDS`` as SVG text; ``top`` and ``filters`` as there. Needs matplotlib."""
        return plot.svg(self.graph, kind, options or Options(lang=self.lang, **filters), top=top)

    def _repr_html_(self) -> str:
        """What a notebook shows: the counts, and the network of the busiest actors where matplotlib is there."""
        counts = self.counts()
        rows = tuple((name, getattr(counts, name)) for name in counts.__slots__)
        table = Table(("what", "how many"), rows)._repr_html_()
        try:
            return table + self.picture(top=15)
        except KgError as error:
            return f"{table}<p>{html.escape(str(error))}</p>"


def open_graph(path: str | Path = "kg.db", *, lang: str = "en") -> KnowledgeGraph:
    """Open a store for reading; ``StoreError`` where there is none. Known to users as ``kg.open``."""
    return KnowledgeGraph(Graph.open(path), lang=lang)


def _present(columns: tuple[tuple[str, str], ...], values: tuple[Any, ...]) -> dict[str, Any]:
    pairs: Iterator[tuple[str, Any]] = ((name, value) for (name, _), value in zip(columns, values, strict=True))
    return {name: value for name, value in pairs if value is not None and value != ""}


__all__ = ["KnowledgeGraph", "open_graph"]
