"""What a store keeps of an article besides its graph: text, event lines, role lines, stamp. One archive graph each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

import pyoxigraph as ox

from kg import copies
from kg.errors import StoreError
from kg.model import Article
from kg.vocabulary import ARCHIVE, STORE_GRAPH, local_name

_STORE = ox.NamedNode(STORE_GRAPH)


@dataclass(frozen=True, slots=True)
class Stored:
    """An article that the store has: its file name, content id, and the stamp that its build left."""

    name: str
    id: str
    stamp: str


def node(identifier: str) -> ox.NamedNode:
    """The archive graph of an article's content id."""
    return ox.NamedNode(ARCHIVE + local_name(identifier))


def is_archive(graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph) -> bool:
    """Whether a graph is one of the archive and so none of the user's."""
    return isinstance(graph, ox.NamedNode) and (graph.value.startswith(ARCHIVE) or graph == _STORE)


def quads(
    article: Article, lines: Sequence[str], roles: Sequence[str], stamp: str, rows: str, since: str = ""
) -> list[ox.Quad]:
    """The archive graph of an article; ``rows`` are its events as ``kg.rows`` encodes them.

    ``since`` is the round in which the article came (see ``kg.stories``).
    """
    data = {key: value for key, value in asdict(article).items() if key not in ("text", "story")}
    kept = {
        "name": article.name,
        "text": article.text,
        "article": json.dumps(data, ensure_ascii=False, sort_keys=True),
        "lines": "\n".join(lines),
        "roles": "\n".join(roles),
        "rows": rows,
        "stamp": stamp,
        "since": since,
        "story": article.story or article.id,
        "signature": (mark := copies.signature(article.text)),
    }
    graph = node(article.id)
    keys = [ox.Quad(graph, predicate("band"), ox.Literal(band), graph) for band in copies.bands(mark)]
    return [ox.Quad(graph, predicate(key), ox.Literal(text), graph) for key, text in kept.items()] + keys


def stored(store: ox.Store) -> Iterator[Stored]:
    """All articles of a store, sorted by name."""
    found = [(_text(q), q.subject) for q in store.quads_for_pattern(None, predicate("name"), None, None)]
    for name, graph in sorted(found, key=lambda pair: (pair[0], str(pair[1]))):
        if isinstance(graph, ox.NamedNode):
            yield Stored(name, graph.value[len(ARCHIVE) :], read(store, graph, "stamp") or "")


def named(store: ox.Store, name: str) -> list[str]:
    """Content ids of the articles of this file name."""
    return holders(store, "name", name)


def identifier(store: ox.Store, name: str) -> str:
    """The content id of the article of this file name; ``StoreError`` where there is none."""
    found = named(store, name)
    if not found:
        raise StoreError(f"the store has no article {name!r}")
    return found[0]


def read(store: ox.Store, graph: ox.NamedNode, key: str) -> str | None:
    """One kept text."""
    found = next(iter(store.quads_for_pattern(graph, predicate(key), None, graph)), None)
    return None if found is None else _text(found)


def holders(store: ox.Store, key: str, text: str) -> list[str]:
    """Content ids of the articles for which ``text`` is kept under a key, sorted."""
    found = store.quads_for_pattern(None, predicate(key), ox.Literal(text), None)
    return sorted(q.subject.value[len(ARCHIVE) :] for q in found if isinstance(q.subject, ox.NamedNode))


def note(key: str, text: str) -> ox.Quad:
    """The quad that keeps a text of the store's own under a key."""
    return ox.Quad(_STORE, predicate(key), ox.Literal(text), _STORE)


def notes(store: ox.Store, key: str) -> ox.Quad | None:
    """The quad that ``note`` made for a key, if the store has one."""
    return next(iter(store.quads_for_pattern(_STORE, predicate(key), None, _STORE)), None)


def predicate(key: str) -> ox.NamedNode:
    """The archive's own property for a key."""
    return ox.NamedNode(f"{STORE_GRAPH}#{local_name(key)}")


def _text(quad: ox.Quad) -> str:
    return quad.object.value if isinstance(quad.object, ox.Literal) else str(quad.object)
