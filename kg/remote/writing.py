"""Writing to a store over HTTP, where no transaction spans two graphs: an order of steps that can be cut off anywhere.

Two things hold at every moment. The union never has a triple of an article that no graph has, so what must leave it
can always be told. And an article's archive comes after its graph and goes before it, so that an article that is
listed is whole. A journal, written before the first step, names the graphs of the changes under way; whoever opens
the store for writing next goes through it.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from kg import archive, disk
from kg.errors import StoreError
from kg.remote.client import Client
from kg.store import Change
from kg.vocabulary import ARCHIVE, UNION_GRAPH

_UNION = ox.NamedNode(UNION_GRAPH)
#: What is under way, and who writes; and the beginning of graphs that wait for the place of an older one.
_JOURNAL, _WRITER = ox.NamedNode(f"{ARCHIVE}journal"), ox.NamedNode(f"{ARCHIVE}writer")
_WAITING = f"{ARCHIVE}waiting:"
_SAYS = archive.predicate("says")


class Writer:
    """The one that writes to a store; one that comes later takes its place, which stops this one at its next step."""

    def __init__(self, client: Client) -> None:
        """Take the store, and mend what an earlier writer left half done."""
        self._client = client
        self._name = uuid.uuid4().hex
        client.put(_WRITER, [ox.Triple(_WRITER, _SAYS, ox.Literal(self._name))])
        self._mend()

    def change(self, changes: Sequence[Change]) -> None:
        """Carry out changes together; a change that is begun and cut off does no harm when it is done again."""
        self._check()
        self._say(json.dumps([_entry(change) for change in changes]))
        self._write(changes)

    def set_note(self, key: str, text: str | None) -> None:
        """Keep a text of the store's own under a key."""
        self._check()
        new = [] if text is None else [archive.note(key, text)]
        self._set(archive.NOTES, archive.predicate(key), new)

    def close(self) -> None:
        """Leave the store to others."""
        if self._read(_WRITER) == self._name:
            self._client.delete(_JOURNAL)
            self._client.delete(_WRITER)

    # -- the steps

    def _write(self, changes: Sequence[Change]) -> None:
        fresh = {graph: change.quads for change in changes if (graph := _graph(change.quads)) is not None}
        replaced = [graph for change in changes for graph in fresh if graph in change.gone]
        for graph, quads in fresh.items():
            self._client.put(_waiting(graph) if graph in replaced else graph, _triples(quads))
        triples = dict.fromkeys(triple for quads in fresh.values() for triple in _triples(quads))
        if triples:
            self._client.post(_UNION, triples)
        for graph in replaced:
            self._leave_union(graph)
            self._client.put(graph, _triples(fresh[graph]))
        kept = {graph: change.kept for change in changes if (graph := _graph(change.kept)) is not None}
        for graph, quads in kept.items():
            self._client.put(graph, _triples(quads))
        for change in changes:
            self._remove([graph for graph in change.gone if graph not in fresh and graph not in kept])
        for graph in replaced:
            self._client.delete(_waiting(graph))

    def _remove(self, graphs: Iterable[ox.NamedNode]) -> None:
        """Remove articles: first their archives, so that none is listed whose graph is going."""
        for graph in sorted(graphs, key=lambda graph: not archive.is_archive(graph)):
            if not archive.is_archive(graph):
                self._leave_union(graph)
            self._client.delete(graph)

    def _leave_union(self, graph: ox.NamedNode) -> None:
        """Take out of the union what only this graph has."""
        self._client.update(
            f"DELETE {{ GRAPH {_UNION} {{ ?s ?p ?o }} }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} FILTER NOT EXISTS "
            f"{{ GRAPH ?other {{ ?s ?p ?o }} FILTER (?other != {graph} && ?other != {_UNION}) }} }}"
        )

    # -- journal

    def _check(self) -> None:
        if self._read(_WRITER) != self._name:
            raise StoreError(f"another build has begun to write to {self._client.place}; this one stops here")

    def _say(self, text: str) -> None:
        self._client.put(_JOURNAL, [ox.Triple(_JOURNAL, _SAYS, ox.Literal(text))])

    def _read(self, graph: ox.NamedNode) -> str:
        said = (triple.object for triple in self._client.get(graph))
        return next((term.value for term in said if isinstance(term, ox.Literal)), "")

    def _mend(self) -> None:
        """Finish or take back what the journal tells of."""
        entries = json.loads(self._read(_JOURNAL) or "[]")
        for entry in entries:
            gone = [ox.NamedNode(iri) for iri in entry["gone"]]
            graph, kept = (ox.NamedNode(entry[name]) if entry[name] else None for name in ("graph", "kept"))
            if graph is not None and (graph in gone or kept is None):
                self._mend_replaced(graph, kept)
            elif graph is not None and kept is not None and not self._is_whole(kept):
                self._remove([graph, kept])
                continue
            self._remove(other for other in gone if other not in (graph, kept))
        if entries:
            self.set_note("resolved", None)
            self._client.delete(_JOURNAL)

    def _mend_replaced(self, graph: ox.NamedNode, kept: ox.NamedNode | None) -> None:
        """An article that was being rewritten: the union has what its graph has, and it is marked to be done again."""
        self._leave_union(_waiting(graph))
        self._client.delete(_waiting(graph))
        self._client.post(_UNION, self._client.get(graph))
        if kept is None:
            return
        if not self._is_whole(kept):
            self._remove([graph, kept])
            return
        stamp = next(t.object for t in self._client.get(kept) if t.predicate == archive.predicate("stamp"))
        assert isinstance(stamp, ox.Literal)
        # A space says nothing to who reads the stamp, and makes it another one than that of any build.
        again = ox.Quad(kept, archive.predicate("stamp"), ox.Literal(f"{stamp.value} "), kept)
        self._set(kept, archive.predicate("stamp"), [again])

    def _is_whole(self, kept: ox.NamedNode) -> bool:
        return {archive.predicate("name"), archive.predicate("stamp")} <= {t.predicate for t in self._client.get(kept)}

    def _set(self, graph: ox.NamedNode, predicate: ox.NamedNode, new: Sequence[ox.Quad]) -> None:
        clear = f"DELETE WHERE {{ GRAPH {graph} {{ {graph} {predicate} ?o }} }}"
        self._client.update(";\n".join(part for part in (clear, disk.data("INSERT", new)) if part))


def _entry(change: Change) -> dict[str, object]:
    graph, kept = _graph(change.quads), _graph(change.kept)
    return {
        "gone": [graph.value for graph in change.gone],
        "graph": graph and graph.value,
        "kept": kept and kept.value,
    }


def _graph(quads: Sequence[ox.Quad]) -> ox.NamedNode | None:
    name = quads[0].graph_name if quads else None
    return name if isinstance(name, ox.NamedNode) else None


def _waiting(graph: ox.NamedNode) -> ox.NamedNode:
    return ox.NamedNode(_WAITING + graph.value)


def _triples(quads: Sequence[ox.Quad]) -> list[ox.Triple]:
    return [quad.triple for quad in quads]
