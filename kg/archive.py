"""What a store keeps of an article besides its graph: text, event lines, role lines, stamp. One archive graph each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from urllib.parse import unquote

import pyoxigraph as ox

from kg import copies
from kg.errors import StoreError
from kg.model import Article
from kg.store import GraphName, Store
from kg.vocabulary import ARCHIVE, STORE_GRAPH, UNION_GRAPH, local_name

#: The graph of what a store notes about itself.
NOTES = ox.NamedNode(STORE_GRAPH)
#: Articles of which a text is read at once.
_PARCEL = 500
#: A key, and what an article tells under it.
Filed = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Stored:
    """An article that the store has: its file name, content id, and the stamp that its build left."""

    name: str
    id: str
    stamp: str


def node(identifier: str) -> ox.NamedNode:
    """The archive graph of an article's content id."""
    return ox.NamedNode(ARCHIVE + local_name(identifier))


def identifier_of(graph: ox.NamedNode) -> str:
    """The content id whose archive graph this is."""
    return graph.value[len(ARCHIVE) :]


def is_archive(graph: GraphName) -> bool:
    """Whether a graph is one of the store's own and so none of the user's."""
    return isinstance(graph, ox.NamedNode) and (
        graph.value.startswith(ARCHIVE) or graph.value in (STORE_GRAPH, UNION_GRAPH)
    )


def quads(
    article: Article,
    lines: Sequence[str],
    roles: Sequence[str],
    stamp: str,
    rows: str,
    since: str = "",
    facts: Sequence[Filed] = (),
) -> list[ox.Quad]:
    """The archive graph of an article; ``rows`` are its events as ``kg.rows`` encodes them.

    ``since`` is the round in which the article came (see ``kg.stories``), ``facts`` what it tells of actors, each with
    the key that it is filed under: ``told`` gives those of all articles under one.
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
    keys += [ox.Quad(_filed_under(key), predicate("told"), _literal(key, fact), graph) for key, fact in facts]
    return [ox.Quad(graph, predicate(key), ox.Literal(text), graph) for key, text in kept.items()] + keys


def told(store: Store, key: str) -> list[tuple[str, tuple[str, ...]]]:
    """What articles tell under a key: their content ids and the facts."""
    found = store.quads_for_pattern(_filed_under(key), predicate("told"), None, None)
    pairs = [(quad.graph_name, tuple(json.loads(text_of(quad))[1:])) for quad in found]
    return [(identifier_of(graph), fact) for graph, fact in pairs if isinstance(graph, ox.NamedNode)]


def facts(store: Store, identifier: str) -> list[Filed]:
    """What the article of a content id tells, sorted: keys and facts."""
    found = store.quads_for_pattern(None, predicate("told"), None, node(identifier))
    return sorted((key, tuple(fact)) for key, *fact in (json.loads(text_of(quad)) for quad in found))


def _filed_under(key: str) -> ox.NamedNode:
    return ox.NamedNode(f"{STORE_GRAPH}/{local_name(key)}")


def _literal(key: str, fact: Sequence[str]) -> ox.Literal:
    return ox.Literal(json.dumps([key, *fact], ensure_ascii=False))


def stored(store: Store) -> Iterator[Stored]:
    """All articles of a store, sorted by name."""
    for name, graph, stamp in texts(store, "stamp"):
        yield Stored(name, identifier_of(graph), stamp)


def texts(store: Store, key: str) -> Iterator[tuple[str, ox.NamedNode, str]]:
    """File name, archive graph and the text kept under a key (or nothing) of all articles, sorted by name."""
    found = sorted(store.archives(), key=lambda pair: (pair[0], pair[1].value))
    for start in range(0, len(found), _PARCEL):
        parcel = found[start : start + _PARCEL]
        kept = store.kept([graph for _, graph in parcel], key)
        for name, graph in parcel:
            yield name, graph, kept.get(graph, "")


def named(store: Store, name: str) -> list[str]:
    """Content ids of the articles of this file name."""
    return holders(store, "name", name)


def identifier(store: Store, name: str) -> str:
    """The content id of the article of this file name; ``StoreError`` where there is none."""
    found = named(store, name)
    if not found:
        raise StoreError(f"the store has no article {name!r}")
    return found[0]


def read(store: Store, graph: ox.NamedNode, key: str) -> str | None:
    """One kept text."""
    return store.kept([graph], key).get(graph)


def holders(store: Store, key: str, *texts: str) -> list[str]:
    """Content ids of the articles for which one of ``texts`` is kept under a key, sorted."""
    return sorted(map(identifier_of, store.holders(key, texts)))


def note(key: str, text: str) -> ox.Quad:
    """The quad that keeps a text of the store's own under a key."""
    return ox.Quad(NOTES, predicate(key), ox.Literal(text), NOTES)


def noted(store: Store, key: str) -> str | None:
    """The text of the store's own that is kept under a key."""
    return next((text_of(q) for q in store.quads_for_pattern(NOTES, predicate(key), None, NOTES)), None)


def notes(store: Store) -> Iterator[tuple[str, str]]:
    """All texts of the store's own, each with its key."""
    start = len(f"{STORE_GRAPH}#")
    found = store.quads_for_pattern(NOTES, None, None, NOTES)
    return ((unquote(quad.predicate.value[start:]), text_of(quad)) for quad in found)


def predicate(key: str) -> ox.NamedNode:
    """The archive's own property for a key."""
    return ox.NamedNode(f"{STORE_GRAPH}#{local_name(key)}")


def text_of(quad: ox.Quad) -> str:
    """The text that a quad of an archive keeps."""
    return quad.object.value if isinstance(quad.object, ox.Literal) else str(quad.object)
