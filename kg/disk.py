"""A store on this machine: Oxigraph in a folder or in memory. Every change of an article is one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

from kg import archive, sparql
from kg.binding import with_values
from kg.errors import StoreError
from kg.store import Change, GraphName, Results, Term

_DEFAULT = ox.DefaultGraph()


class DiskStore:
    """An open Oxigraph store; see ``kg.store.Store``. ``quads`` is the store itself."""

    batch = 1

    def __init__(self, quads: ox.Store, path: Path | None, *, writable: bool) -> None:
        """Wrap an open store; callers use ``open_store`` or ``memory``."""
        self.quads = quads
        self.path = path
        self.place = str(path) if path else "memory"
        self.writable = writable

    def __iter__(self) -> Iterator[ox.Quad]:
        """Every quad, the store's own ones too."""
        return iter(self.quads)

    def __len__(self) -> int:
        """The number of quads."""
        return len(self.quads)

    def quads_for_pattern(
        self,
        subject: ox.NamedNode | ox.BlankNode | ox.Triple | None,
        predicate: ox.NamedNode | None,
        object: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None,
        graph_name: GraphName = None,
    ) -> Iterator[ox.Quad]:
        """Quads that match."""
        return self.quads.quads_for_pattern(subject, predicate, object, graph_name)

    def graphs(self) -> list[ox.NamedNode]:
        """The graphs that a query may see."""
        return [g for g in self.quads.named_graphs() if isinstance(g, ox.NamedNode) and not archive.is_archive(g)]

    def contains_named_graph(self, graph_name: ox.NamedNode) -> bool:
        """Whether there is a graph of this name."""
        return self.quads.contains_named_graph(graph_name)

    def archives(self) -> list[tuple[str, ox.NamedNode]]:
        """File name and archive graph of all articles."""
        found = self.quads_for_pattern(None, archive.predicate("name"), None, None)
        return [(archive.text_of(q), q.subject) for q in found if isinstance(q.subject, ox.NamedNode)]

    def holders(self, key: str, texts: Sequence[str]) -> set[ox.NamedNode]:
        """The archive graphs that keep one of these texts under a key."""
        predicate = archive.predicate(key)
        found = (self.quads_for_pattern(None, predicate, ox.Literal(text), None) for text in texts)
        return {quad.subject for quads in found for quad in quads if isinstance(quad.subject, ox.NamedNode)}

    def kept(self, graphs: Sequence[ox.NamedNode], key: str) -> dict[ox.NamedNode, str]:
        """The texts that archive graphs keep under a key."""
        predicate = archive.predicate(key)
        found = ((graph, self.quads_for_pattern(graph, predicate, None, graph)) for graph in graphs)
        return {graph: archive.text_of(quad) for graph, quads in found for quad in quads}

    def query(
        self, text: str, prefixes: Mapping[str, str], bound: Mapping[str, Term], *, timeout: float | None = None
    ) -> Results:
        """Answer a query; it cannot be interrupted."""
        words = {token.keyword for token in sparql.tokens(text)}
        named: list[ox.NamedNode | ox.BlankNode] | None = None
        if "GRAPH" in words and "FROM" not in words:
            named = [*sorted(self.graphs(), key=lambda graph: graph.value)]
        try:
            return self.quads.query(with_values(text, bound), prefixes=dict(prefixes), named_graphs=named)
        except (SyntaxError, ValueError) as error:
            raise sparql.explain(text, _complaint(text, prefixes) or error) from None
        except OSError as error:
            raise StoreError(f"cannot read the store: {error}") from None

    def change(self, changes: Sequence[Change]) -> None:
        """Carry out changes, each in a transaction of its own; a triple that others have stays in the union."""
        for change in changes:
            new = [*change.quads, *_in_union(change.quads), *change.kept]
            if not change.gone:
                self._extend(new)
                continue
            graphs = {graph for graph in change.gone if not archive.is_archive(graph)}
            kept = {quad.triple for quad in change.quads}
            gone = {quad for graph in graphs for quad in self.quads_for_pattern(None, None, None, graph)}
            orphans = [q for q in gone if q.triple not in kept and not self._elsewhere(q.triple, graphs)]
            drops = [f"DROP SILENT GRAPH {graph}" for graph in sorted(change.gone, key=str)]
            self._update(*drops, data("DELETE", list(dict.fromkeys(_in_union(orphans)))), data("INSERT", new))

    def patch(self, graph: ox.NamedNode, gone: Sequence[ox.Quad], come: Sequence[ox.Quad]) -> None:
        """Take some quads out of a visible graph and put others in, in one transaction."""
        new = [*come, *_in_union(come)]
        if not gone:
            self._extend(new)
            return
        orphans = [quad for quad in gone if not self._elsewhere(quad.triple, {graph})]
        self._update(data("DELETE", [*gone, *_in_union(orphans)]), data("INSERT", new))

    def set_note(self, key: str, text: str | None) -> None:
        """Keep a text of the store's own under a key."""
        old = list(self.quads_for_pattern(archive.NOTES, archive.predicate(key), None, archive.NOTES))
        new = [] if text is None else [archive.note(key, text)]
        if old != new:
            self._update(data("DELETE", old), data("INSERT", new))

    def foreign(self) -> bool:
        """Whether it holds anything."""
        return next(iter(self.quads), None) is not None

    def close(self) -> None:
        """Write out what is pending and let go of the folder."""
        try:
            if self.writable and self.path is not None:
                self.quads.flush()
        except OSError as error:
            raise StoreError(f"cannot write the store: {error}") from None
        finally:
            del self.quads

    def _elsewhere(self, triple: ox.Triple, graphs: set[ox.NamedNode]) -> bool:
        found = self.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        return any(q.graph_name != _DEFAULT and q.graph_name not in graphs for q in found)

    def _extend(self, quads: Sequence[ox.Quad]) -> None:
        try:
            self.quads.extend(quads)
        except OSError as error:
            raise StoreError(f"cannot write the store: {error}") from None

    def _update(self, *operations: str) -> None:
        try:
            self.quads.update(";\n".join(operation for operation in operations if operation))
        except OSError as error:
            raise StoreError(f"cannot write the store: {error}") from None


def open_store(folder: Path, *, write: bool) -> DiskStore:
    """The Oxigraph store in a folder, made where it is missing and ``write`` is set; ``StoreError`` otherwise."""
    exists = (folder / "CURRENT").is_file()
    if not exists and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreError(f"{folder} is no store of this program")
    if not exists and not write:
        raise StoreError(f"there is no store at {folder}; kg build makes one")
    try:
        if write:
            folder.parent.mkdir(parents=True, exist_ok=True)
        quads = ox.Store(str(folder)) if write else ox.Store.read_only(str(folder))
    except (OSError, ValueError, RuntimeError) as error:
        raise _unopened(folder, error) from None
    return DiskStore(quads, folder, writable=write)


def memory() -> DiskStore:
    """A new store in memory."""
    return DiskStore(ox.Store(), None, writable=True)


def data(verb: str, quads: Iterable[ox.Quad]) -> str:
    """``INSERT DATA`` or ``DELETE DATA`` of ground quads; the terms write themselves, escaped."""
    grouped: dict[str, list[str]] = {}
    for quad in quads:
        name = "" if quad.graph_name == _DEFAULT else str(quad.graph_name)
        grouped.setdefault(name, []).append(f"{quad.triple} .")
    parts = [
        f"GRAPH {name} {{ {' '.join(triples)} }}" if name else " ".join(triples) for name, triples in grouped.items()
    ]
    return f"{verb} DATA {{ {' '.join(parts)} }}" if parts else ""


def _in_union(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    return [ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads]


def _unopened(path: Path, error: Exception) -> StoreError:
    text = " ".join(str(error).split())
    if "lock" in text.lower():
        return StoreError(f"the store {path} is being written by another process")
    return StoreError(f"cannot open the store {path}: {text}")


def _complaint(text: str, prefixes: Mapping[str, str]) -> SyntaxError | ValueError | None:
    """What the engine says of a query before values were put into it, so that it points at the right column."""
    try:
        ox.Store().query(text, prefixes=dict(prefixes))
    except (SyntaxError, ValueError) as error:
        return error
    return None
