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

from kg import archive, disk, remote, rows, sparql
from kg.archive import Stored
from kg.beginning import prepare
from kg.errors import StoreError
from kg.literals import standard
from kg.model import Article
from kg.recount import Recount
from kg.store import Change, Results, Store, Term
from kg.vocabulary import Vocabulary

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


@dataclass(frozen=True, slots=True)
class Entry:
    """What a store is given of an article.

    ``lines`` and ``roles`` are the JSON lines that ``Graph.lines`` and ``Graph.roles`` give back; ``stamp`` is any text
    that ``Graph.articles`` gives back; ``facts`` is what the article tells of actors (``kg.archive.told``).
    """

    article: Article
    quads: tuple[ox.Quad, ...]
    lines: tuple[str, ...]
    roles: tuple[str, ...] = ()
    stamp: str = ""
    facts: tuple[archive.Filed, ...] = ()


class Graph:
    """A store of articles; open one with ``Graph.open``. Usable in a ``with`` statement."""

    def __init__(self, store: Store, vocabulary: Vocabulary, *, writable: bool) -> None:
        """Wrap an open store; callers use ``Graph.open`` or ``Graph.memory``."""
        self.store = store
        self.vocabulary = vocabulary
        self.writable = writable
        self._counts = Recount(store, vocabulary)

    @classmethod
    def open(cls, path: str | Path, *, write: bool = False, base: str | None = None) -> Graph:
        """Open the store at ``path``, a folder or an http address; read-only unless ``write``, which also creates it.

        ``base`` is where data IRIs of a new store live. ``StoreError`` where there is no store to read, the path is
        something else, another process is writing it, or the store has another base or layout.
        """
        if remote.is_address(path):
            store: Store = remote.connect(str(path), write=write)
        else:
            store = disk.open_store(Path(path), write=write)
        return cls(store, prepare(store, base, write=write), writable=write)

    @classmethod
    def memory(cls, *, base: str | None = None) -> Graph:
        """A new store in memory, for tests and short-lived work."""
        store = disk.memory()
        return cls(store, prepare(store, base, write=True), writable=True)

    @staticmethod
    def exists(path: str | Path) -> bool:
        """Whether there is anything at ``path`` that could be opened for reading."""
        return remote.exists(str(path)) if remote.is_address(path) else Path(path).exists()

    def close(self) -> None:
        """Let go of the store, so that another process may write it; nothing else may be called afterwards.

        ``StoreError`` where the last of it cannot be written; whatever a transaction stored is kept all the same.
        """
        try:
            self.store.close()
        finally:
            del self.store

    def __enter__(self) -> Graph:
        """The graph itself."""
        return self

    def __exit__(self, raised: type[BaseException] | None, *_: object) -> None:
        """Close the store; after an error without a further one."""
        try:
            self.close()
        except StoreError:
            if raised is None:
                raise

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

        Nothing else changes. True where something did change. See ``Entry`` for what is given.
        """
        return self.replace_all([Entry(article, tuple(quads), tuple(lines), tuple(roles), stamp)])[0]

    def replace_all(self, entries: Sequence[Entry]) -> list[bool]:
        """``replace`` for several articles, at once where the store is far away: ``store.batch`` is a good number."""
        self._check_writable()
        changes = [self._change(entry) for entry in entries]
        gone = [graph for change in changes if change for graph in change.gone if archive.is_archive(graph)]
        coming = [entry.article.id for entry, change in zip(entries, changes, strict=True) if change]
        self._counts.changing([*map(archive.identifier_of, gone), *coming])
        self.store.change([change for change in changes if change is not None])
        return [change is not None for change in changes]

    def remove(self, name: str) -> bool:
        """Remove the article of this file name and nothing else; True where there was one."""
        self._check_writable()
        former = archive.named(self.store, name)
        if former:
            self._counts.changing(former)
            self.store.change([Change(self._graphs_of(former))])
        return bool(former)

    def tally(self) -> bool:
        """Bring the counts of ``kg.tallies`` up to date, as a build does at its end; true where they were others."""
        self._check_writable()
        return self._counts.tally()

    @property
    def untold(self) -> bool:
        """Whether articles may have come or gone since ``tally``."""
        return self._counts.due

    def set_note(self, key: str, text: str | None) -> None:
        """Keep a text of the store's own under a key (``None`` removes it)."""
        self._check_writable()
        self.store.set_note(key, text)

    def _change(self, entry: Entry) -> Change | None:
        """What putting an article into the store changes; ``None`` where it is there already."""
        article, node = entry.article, self.article_node(entry.article.id)
        new = tuple(q if q.graph_name == node else ox.Quad(q.subject, q.predicate, q.object, node) for q in entry.quads)
        since = self.kept(article.id, "since") or self.note("round") or "1"
        told = rows.encode(rows.rows(new, article.name))
        kept = archive.quads(article, entry.lines, entry.roles, entry.stamp, told, since, entry.facts)
        former = {*archive.named(self.store, article.name), *([article.id] if self.has(article.id) else [])}
        if former == {article.id} and self._same(node, new) and self._same(archive.node(article.id), kept):
            return None
        return Change(self._graphs_of(sorted(former)), new, tuple(kept))

    def _graphs_of(self, identifiers: Iterable[str]) -> tuple[ox.NamedNode, ...]:
        return tuple(graph for i in identifiers for graph in (self.article_node(i), archive.node(i)))

    def _same(self, graph: ox.NamedNode, quads: Sequence[ox.Quad]) -> bool:
        return set(self.store.quads_for_pattern(None, None, None, graph)) == set(quads)

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
        for name, _, text in archive.texts(self.store, "rows"):
            yield from rows.decode(text or "[]", name)

    def kept(self, identifier: str, key: str) -> str:
        """A text that the archive keeps for the article of this content id (``name``, ``story`` …); else empty."""
        return archive.read(self.store, archive.node(identifier), key) or ""

    def holders(self, key: str, *texts: str) -> list[str]:
        """Content ids of the articles for which the archive keeps one of ``texts`` under a key, sorted."""
        return archive.holders(self.store, key, *texts)

    def copies(self) -> dict[str, str]:
        """Article → the one that stands for it, by file names, for all articles that have near-identical copies."""
        found = self.store.quads_for_pattern(None, standard("prov:alternateOf"), None, ox.DefaultGraph())
        ends = [(q.subject, q.object) for q in found]
        pairs = [(a.value, b.value) for a, b in ends if isinstance(a, ox.NamedNode) and isinstance(b, ox.NamedNode)]
        name = {iri: self.kept(self.vocabulary.identifier(iri), "name") for pair in pairs for iri in pair}
        return {name[iri]: name[story] for copy, story in pairs for iri in (copy, story)}

    def note(self, key: str) -> str | None:
        """The text that ``set_note`` keeps under a key."""
        return archive.noted(self.store, key)

    def graphs(self) -> list[ox.NamedNode]:
        """The named graphs that a query may see, sorted: one an article, and that of the program's own terms."""
        return sorted(self.store.graphs(), key=lambda graph: graph.value)

    def is_graph(self, iri: str) -> bool:
        """Whether ``iri`` names a graph that a query may see."""
        if iri.startswith("_:") or not iri.isprintable() or any(c in '<>"{}|^`\\ ' for c in iri) or ":" not in iri:
            return False
        node = ox.NamedNode(iri)
        return not archive.is_archive(node) and self.store.contains_named_graph(node)

    def query(
        self, text: str, substitutions: Mapping[str, Term] | None = None, *, timeout: float | None = None
    ) -> Results:
        """Run a SPARQL query; every prefix of the vocabulary is known.

        ``substitutions`` binds variables (named without ``?``) that the query projects. ``timeout`` in seconds is kept
        by stores that can be interrupted: not by one on this disk, for which ``kg.query`` has a process of its own.
        Refused before execution: updates, ``SERVICE``, ``FROM`` of anything but a graph of the store. ``QueryError``
        points at line and column.
        """
        sparql.guard(text, self.vocabulary.prefixes, self.is_graph)
        return self.store.query(text, self.vocabulary.prefixes, substitutions or {}, timeout=timeout)

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
        found = archive.read(self.store, archive.node(archive.identifier(self.store, name)), key)
        if found is None:
            raise StoreError(f"the article {name!r} was taken out of the store while it was read")
        return found
