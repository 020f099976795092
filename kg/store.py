"""The seam to where quads are kept: what a graph needs of a store, whether on this disk or behind an address.

``kg.disk`` keeps quads in an Oxigraph store on this machine, ``kg.remote`` in any store that speaks SPARQL 1.1 over
HTTP. Both keep the union of all visible graphs as triples of its own: whoever reads ``DefaultGraph()`` reads that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

Term = ox.NamedNode | ox.Literal
Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
GraphName = ox.NamedNode | ox.BlankNode | ox.DefaultGraph | None


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one article: graphs that go (visible and archive ones), then quads that come.

    ``quads`` are those of one visible graph, whose triples the union gets too; ``kept`` those of one archive graph.
    """

    gone: tuple[ox.NamedNode, ...] = ()
    quads: tuple[ox.Quad, ...] = ()
    kept: tuple[ox.Quad, ...] = ()


class Store(Protocol):
    """Quads in, solutions out. Every method may raise ``StoreError``."""

    #: What messages call it, and the folder that a process of its own may open, if there is one.
    place: str
    path: Path | None
    #: How many articles are best written at once.
    batch: int

    def quads_for_pattern(
        self,
        subject: ox.NamedNode | ox.BlankNode | ox.Triple | None,
        predicate: ox.NamedNode | None,
        object: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None,
        graph_name: GraphName = None,
    ) -> Iterable[ox.Quad]:
        """Quads that match; ``None`` is any term, ``DefaultGraph()`` the union."""
        ...

    def graphs(self) -> list[ox.NamedNode]:
        """The graphs that a query may see, in no order."""
        ...

    def contains_named_graph(self, graph_name: ox.NamedNode) -> bool:
        """Whether there is a graph of this name with anything in it."""
        ...

    def archives(self) -> list[tuple[str, ox.NamedNode]]:
        """File name and archive graph of all articles."""
        ...

    def holders(self, key: str, texts: Sequence[str]) -> set[ox.NamedNode]:
        """The archive graphs that keep one of these texts under a key."""
        ...

    def kept(self, graphs: Sequence[ox.NamedNode], key: str) -> Mapping[ox.NamedNode, str]:
        """The texts that archive graphs keep under a key, by graph."""
        ...

    def query(
        self,
        text: str,
        prefixes: Mapping[str, str],
        bound: Mapping[str, Term],
        *,
        timeout: float | None = None,
    ) -> Results:
        """Answer a query that ``kg.sparql.guard`` let pass, over the union and the visible graphs.

        ``bound`` are the variables that have a value. ``timeout`` is in seconds; a store that cannot be interrupted
        leaves it to its caller. ``QueryError`` for a query that is wrong.
        """
        ...

    def change(self, changes: Sequence[Change]) -> None:
        """Carry out changes one after the other; each is there as a whole, or will be when it is done again."""
        ...

    def patch(self, graph: ox.NamedNode, gone: Sequence[ox.Quad], come: Sequence[ox.Quad]) -> None:
        """Take some quads out of a visible graph and put others in, in the union too; as a whole or not at all."""
        ...

    def set_note(self, key: str, text: str | None) -> None:
        """Keep a text of the store's own under a key; ``None`` removes it."""
        ...

    def foreign(self) -> bool:
        """Whether what is there already speaks against beginning a store here."""
        ...

    def close(self) -> None:
        """Let go of it; nothing else may be called afterwards."""
        ...
