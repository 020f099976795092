"""The store: quads in, solutions out. One named graph an article; the default graph is their union.

The union is kept as triples of its own, each once, so that a triple that two articles report is one solution and not
two. What the store needs for itself (event lines, texts) lies in archive graphs, outside the union and every export.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg import archive, disk, rows, sparql
from kg.archive import Stored
from kg.errors import StoreError
from kg.literals import standard
from kg.model import Article
from kg.tallies import tallies
from kg.vocabulary import TALLIES_GRAPH, Vocabulary

Term = ox.NamedNode | ox.Literal
Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
_DEFAULT = ox.DefaultGraph()
_COUNTS = {
    "events": "SELECT (COUNT(*) AS ?n) { ?e a sem:Event }",
    "actors": "SELECT (COUNT(*) AS ?n) { ?a a sem:Actor }",
    "nodes": (
        "SELECT (COUNT(DISTINCT ?a) AS ?n) "
        "{ { ?e kg:actor ?a ; kg:target ?other } UNION { ?e kg:target ?a ; kg:actor ?other } }"
    ),
    "edges": "SELECT (COUNT(*) AS ?n) { ?e kg:actor ?a ; kg:target ?t }",
    "triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
}


@dataclass(frozen=True, slots=True)
class Counts:
    """What the store holds. ``nodes`` and ``edges`` are those of the network (an edge an event with both ends)."""

    articles: int
    events: int
    actors: int
    nodes: int
    edges: int
    triples: int


class Graph:
    """A store of articles; open one with ``Graph.open``. Usable in a ``with`` statement."""

    def __init__(self, store: ox.Store, vocabulary: Vocabulary, path: Path | None, *, writable: bool) -> None:
        """Wrap an open Oxigraph store; callers use ``Graph.open`` or ``Graph.memory``."""
        self.store = store
        self.vocabulary = vocabulary
        self.path = path
        self.writable = writable

    @classmethod
    def open(cls, path: str | Path, *, write: bool = False, base: str | None = None) -> Graph:
        """Open the store at ``path``; read-only unless ``write``, which also creates it.

        ``base`` is where data IRIs of a new store live. ``StoreError`` where there is no store to read, the path is
        something else, another process is writing it, or the store has another base or layout.
        """
        store = disk.open_store(Path(path), write=write)
        return cls(store, disk.prepare(store, base, str(path), write=write), Path(path), writable=write)

    @classmethod
    def memory(cls, *, base: str | None = None) -> Graph:
        """A new store in memory, for tests and short-lived work."""
        store = ox.Store()
        return cls(store, disk.prepare(store, base, "memory", write=True), None, writable=True)

    def close(self) -> None:
        """Let go of the store, so that another process may write it; nothing else may be called afterwards.

        ``StoreError`` where the last of it cannot be written; whatever a transaction stored is kept all the same.
        """
        try:
            if self.writable and self.path is not None:
                self.store.flush()
        except OSError as error:
            raise StoreError(f"cannot write the store: {error}") from None
        finally:
            del self.store

    def __enter__(self) -> Graph:
        """The graph itself."""
        return self

    def __exit__(self, raised: type[BaseException] | None, *_: object) -> None:
        """Close the store; after an error without a further one."""
        if raised is None:
            self.close()
        else:
            del self.store

    def article_node(self, identifier: str) -> ox.NamedNode:
        """The node, and the named graph, of an article's content id."""
        return ox.NamedNode(self.vocabulary.iri("article", identifier))

    # -- writing

    def replace(
        self,
        article: Article,
        quads: Iterable[ox.Quad],
        lines: Sequence[str],
        roles: Sequence[str] = (),
        *,
        stamp: str = "",
    ) -> bool:
        """Put an article's graph in place of its former one and of an older version under the same name.

        ``lines`` and ``roles`` are the JSON lines that ``lines()`` and ``roles()`` give back; ``stamp`` is any text
        that ``articles()`` gives back. One transaction; nothing else changes. True where something did change.
        """
        node = self.article_node(article.id)
        new = [q if q.graph_name == node else ox.Quad(q.subject, q.predicate, q.object, node) for q in quads]
        since = self.kept(article.id, "since") or self.note("round") or "1"
        kept = archive.quads(article, lines, roles, stamp, rows.encode(rows.rows(new, article.name)), since)
        former = set(archive.named(self.store, article.name)) | ({article.id} if self.has(article.id) else set())
        if former == {article.id} and self._same(node, new) and self._same(archive.node(article.id), kept):
            return False
        union = [ox.Quad(q.subject, q.predicate, q.object) for q in new]
        self._write(sorted(former), [*new, *union, *kept])
        return True

    def remove(self, name: str) -> bool:
        """Remove the article of this file name and nothing else; True where there was one."""
        former = archive.named(self.store, name)
        if former:
            self._write(former, [])
        return bool(former)

    def tally(self) -> bool:
        """Tell the counts of ``kg.tallies`` anew from all events, as a build does at its end; one transaction.

        True where they were others. Until then they are those of the last time.
        """
        found = list(self.articles())
        articles = {each.name: (self.article_node(each.id).value, self.kept(each.id, "story")) for each in found}
        new = set(tallies(self.rows(), articles, self.vocabulary))
        old = set(self.store.quads_for_pattern(None, None, None, ox.NamedNode(TALLIES_GRAPH)))
        if new != old:
            self._update(disk.data("DELETE", disk.both(old - new)), disk.data("INSERT", disk.both(new - old)))
        return new != old

    def set_note(self, key: str, text: str | None) -> None:
        """Keep a text of the store's own under a key (``None`` removes it)."""
        old = archive.notes(self.store, key)
        new = None if text is None else archive.note(key, text)
        if old != new:
            self._update(disk.data("DELETE", [old] if old else []), disk.data("INSERT", [new] if new else []))

    def _same(self, graph: ox.NamedNode, quads: Sequence[ox.Quad]) -> bool:
        return set(self.store.quads_for_pattern(None, None, None, graph)) == set(quads)

    def _write(self, former: Sequence[str], quads: Sequence[ox.Quad]) -> None:
        """One transaction: the graphs of the former ids go, ``quads`` come; a triple others have stays in the union."""
        if not former:
            self._extend(quads)
            return
        graphs = {self.article_node(identifier) for identifier in former}
        kept = {q.triple for q in quads}
        gone = {q.triple for graph in graphs for q in self.store.quads_for_pattern(None, None, None, graph)} - kept
        orphans = [ox.Quad(t.subject, t.predicate, t.object) for t in gone if not self._elsewhere(t, graphs)]
        dropped = sorted(str(graph) for graph in graphs) + [str(archive.node(identifier)) for identifier in former]
        drops = [f"DROP SILENT GRAPH {graph}" for graph in dropped]
        self._update(*drops, disk.data("DELETE", orphans), disk.data("INSERT", quads))

    def _elsewhere(self, triple: ox.Triple, graphs: set[ox.NamedNode]) -> bool:
        found = self.store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        return any(q.graph_name != _DEFAULT and q.graph_name not in graphs for q in found)

    def _extend(self, quads: Sequence[ox.Quad]) -> None:
        self._check_writable()
        try:
            self.store.extend(quads)
        except OSError as error:
            raise StoreError(f"cannot write the store: {error}") from None

    def _update(self, *operations: str) -> None:
        self._check_writable()
        try:
            self.store.update(";\n".join(operation for operation in operations if operation))
        except OSError as error:
            raise StoreError(f"cannot write the store: {error}") from None

    def _check_writable(self) -> None:
        if not self.writable:
            raise StoreError("the store is open for reading only")

    # -- reading

    def articles(self) -> Iterator[Stored]:
        """The articles of the store (file name, content id, stamp), sorted by name."""
        return archive.stored(self.store)

    def stored(self, name: str) -> Stored | None:
        """The article of this file name, if the store has one."""
        found = archive.named(self.store, name)
        return Stored(name, found[0], self.kept(found[0], "stamp")) if found else None

    def has(self, identifier: str) -> bool:
        """Whether the store has an article of this content id."""
        return self.store.contains_named_graph(archive.node(identifier))

    def lines(self, name: str) -> list[str]:
        """The stored event lines of an article, in the order given; ``StoreError`` where there is no such article."""
        return [line for line in self._kept(name, "lines").split("\n") if line]

    def roles(self, name: str) -> list[str]:
        """The stored role lines of an article; ``StoreError`` where there is no such article."""
        return [line for line in self._kept(name, "roles").split("\n") if line]

    def text(self, name: str) -> str:
        """The stored text of an article; ``StoreError`` where there is no such article."""
        return self._kept(name, "text")

    def article(self, name: str) -> Article:
        """The article as it was given to ``replace``; ``StoreError`` where there is none of this name."""
        about = json.loads(self._kept(name, "article"))
        story = self.kept(about["id"], "story")
        return Article(text=self._kept(name, "text"), story="" if story == about["id"] else story, **about)

    def rows(self) -> Iterator[rows.Row]:
        """Every event as a flat row, by article name, then by position in the text; streamed, no query."""
        for stored in self.articles():
            text = archive.read(self.store, archive.node(stored.id), "rows")
            yield from rows.decode(text or "[]", stored.name)

    def kept(self, identifier: str, key: str) -> str:
        """A text that the archive keeps for the article of this content id (``name``, ``story`` …); else empty."""
        return archive.read(self.store, archive.node(identifier), key) or ""

    def holders(self, key: str, text: str) -> list[str]:
        """Content ids of the articles for which the archive keeps ``text`` under a key, sorted."""
        return archive.holders(self.store, key, text)

    def copies(self) -> dict[str, str]:
        """Article → the one that stands for it, by file names, for all articles that have near-identical copies."""
        found = self.store.quads_for_pattern(None, standard("prov:alternateOf"), None, _DEFAULT)
        ends = [(q.subject, q.object) for q in found]
        pairs = [(a.value, b.value) for a, b in ends if isinstance(a, ox.NamedNode) and isinstance(b, ox.NamedNode)]
        name = {iri: self.kept(self.vocabulary.identifier(iri), "name") for pair in pairs for iri in pair}
        return {name[iri]: name[story] for copy, story in pairs for iri in (copy, story)}

    def note(self, key: str) -> str | None:
        """The text that ``set_note`` keeps under a key."""
        found = archive.notes(self.store, key)
        return found.object.value if found is not None and isinstance(found.object, ox.Literal) else None

    def graphs(self) -> list[ox.NamedNode]:
        """The named graphs that a query may see, sorted: one an article, and that of the program's own terms."""
        found = [g for g in self.store.named_graphs() if isinstance(g, ox.NamedNode) and not archive.is_archive(g)]
        return sorted(found, key=lambda graph: graph.value)

    def is_graph(self, iri: str) -> bool:
        """Whether ``iri`` names a graph that a query may see."""
        if iri.startswith("_:") or not iri.isprintable() or any(c in '<>"{}|^`\\ ' for c in iri) or ":" not in iri:
            return False
        node = ox.NamedNode(iri)
        return not archive.is_archive(node) and self.store.contains_named_graph(node)

    def query(self, text: str, substitutions: Mapping[str, Term] | None = None) -> Results:
        """Run a SPARQL query in this process, without a time limit; every prefix of the vocabulary is known.

        ``substitutions`` binds variables (named without ``?``) that the query projects. Refused before execution:
        updates, ``SERVICE``, ``FROM`` of anything but a graph of the store. ``QueryError`` points at line and column.
        """
        sparql.guard(text, self.vocabulary.prefixes, self.is_graph)
        words = {token.keyword for token in sparql.tokens(text)}
        named: list[ox.NamedNode | ox.BlankNode] | None = None
        if "GRAPH" in words and "FROM" not in words:
            named = [*self.graphs()]
        bound: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]
        bound = {ox.Variable(name): value for name, value in (substitutions or {}).items()}
        try:
            return self.store.query(
                text, prefixes=dict(self.vocabulary.prefixes), named_graphs=named, substitutions=bound or None
            )
        except (SyntaxError, ValueError) as error:
            raise sparql.explain(text, error) from None
        except OSError as error:
            raise StoreError(f"cannot read the store: {error}") from None

    def solutions(self, text: str, substitutions: Mapping[str, Term] | None = None) -> ox.QuerySolutions:
        """Like ``query`` for a ``SELECT``; ``KgError`` for another form."""
        found = self.query(text, substitutions)
        if not isinstance(found, ox.QuerySolutions):
            raise StoreError("only a SELECT has solutions")
        return found

    def counts(self) -> Counts:
        """How many articles, events, actors, nodes and edges of the network, and triples of the union there are."""
        numbers = {name: int(next(self.solutions(text))["n"].value) for name, text in _COUNTS.items()}
        return Counts(articles=sum(1 for _ in self.articles()), **numbers)

    def _kept(self, name: str, key: str) -> str:
        return archive.read(self.store, archive.node(archive.identifier(self.store, name)), key) or ""
