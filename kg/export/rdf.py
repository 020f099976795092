"""The graph as RDF: Turtle of the union, TriG, N-Quads and JSON-LD with a named graph an article; sorted, streamed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import IO

import pyoxigraph as ox

from kg.export.network import Network
from kg.export.options import Options
from kg.graph import Graph
from kg.literals import standard
from kg.rows import Row
from kg.vocabulary import TALLIES_GRAPH, TERMS_GRAPH

_POSITION = re.compile(r"-(\d+)-\d+$")


def turtle(graph: Graph, out: IO[bytes], options: Options) -> None:
    """Write the union of all articles as Turtle: each article's own nodes in its order, then what they share."""
    ox.serialize(_union(graph, options), out, ox.RdfFormat.TURTLE, prefixes=_prefixes(graph))


def trig(graph: Graph, out: IO[bytes], options: Options) -> None:
    """Write a named graph an article as TriG."""
    ox.serialize(_quads(graph, options), out, ox.RdfFormat.TRIG, prefixes=_prefixes(graph))


def nquads(graph: Graph, out: IO[bytes], options: Options) -> None:
    """Write a named graph an article as N-Quads."""
    ox.serialize(_quads(graph, options), out, ox.RdfFormat.N_QUADS)


def jsonld(graph: Graph, out: IO[bytes], options: Options) -> None:
    """Write a named graph an article as JSON-LD."""
    ox.serialize(_quads(graph, options), out, ox.RdfFormat.JSON_LD, prefixes=_prefixes(graph))


def _prefixes(graph: Graph) -> dict[str, str]:
    return dict(sorted(graph.vocabulary.prefixes.items()))


def _quads(graph: Graph, options: Options) -> Iterator[ox.Quad]:
    """The quads of the articles by name, and those of the program's own terms, in a fixed order within each graph."""
    for quads in _articles(graph, options):
        yield from sorted(quads, key=_Order(graph, quads))
    for name in _common(options):
        yield from sorted(_in_graph(graph, name), key=_Order(graph, ()))


def _union(graph: Graph, options: Options) -> Iterator[ox.Triple]:
    """Each triple of the union once: articles' own nodes as they come, what they share sorted at the end."""
    own = tuple(graph.vocabulary.prefixes[name] for name in ("article", "event", "evidence", "selector", "membership"))
    shared = {quad.triple: quad for name in _common(options) for quad in _in_graph(graph, name)}
    for quads in _articles(graph, options):
        for quad in sorted(quads, key=_Order(graph, quads)):
            if _iri(quad.subject).startswith(own):
                yield quad.triple
            else:
                shared[quad.triple] = quad
    yield from (quad.triple for quad in sorted(shared.values(), key=_Order(graph, ())))


def _articles(graph: Graph, options: Options) -> Iterator[list[ox.Quad]]:
    kept = _kept(graph, options)
    for stored in graph.articles():
        found = _in_graph(graph, graph.article_node(stored.id).value)
        if kept is None:
            yield found
        elif stored.name in kept:
            yield list(_closure(graph, graph.article_node(stored.id), found, kept[stored.name]))


def _common(options: Options) -> tuple[str, ...]:
    """The graphs of no article: the program's own terms, and the counts, which hold only for the whole."""
    return (TERMS_GRAPH,) if options.filters else (TALLIES_GRAPH, TERMS_GRAPH)


def _in_graph(graph: Graph, name: str) -> list[ox.Quad]:
    return list(graph.store.quads_for_pattern(None, None, None, ox.NamedNode(name)))


def _kept(graph: Graph, options: Options) -> dict[str, list[Row]] | None:
    """The events that pass the filters, by article; ``None`` where nothing is filtered."""
    if not options.filters:
        return None
    kept: dict[str, list[Row]] = {}
    for row in Network(graph, options).rows():
        kept.setdefault(row.article, []).append(row)
    return kept


def _closure(graph: Graph, node: ox.NamedNode, quads: list[ox.Quad], rows: list[Row]) -> Iterator[ox.Quad]:
    """Of an article's quads those that describe these events, their actors and evidence, the article and its build."""
    by_subject: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        by_subject.setdefault(_iri(quad.subject), []).append(quad)
    plain = {
        (row.actor, row.action, row.target)
        for row in rows
        if row.polarity == "affirmed" and row.modality == "actual" and (not row.claimed or row.source == row.actor)
    }
    actors = graph.vocabulary.prefixes["actor"]
    builds = [_iri(quad.subject) for quad in quads if quad.predicate == standard("prov:used")]
    waiting = [node.value, *builds, *(row.event for row in rows)]
    seen: set[str] = set()
    while waiting:
        subject = waiting.pop()
        found = () if subject in seen else by_subject.get(subject, ())
        seen.add(subject)
        for quad in found:
            end = _iri(quad.object)
            if not (subject.startswith(actors) and end.startswith(actors)):
                waiting.append(end)
            elif (subject, quad.predicate.value, end) not in plain:
                continue
            yield quad


class _Order:
    """Sorting of an article's quads for a reader: itself, its events with their evidence by position, then the rest."""

    def __init__(self, graph: Graph, quads: Iterable[ox.Quad]) -> None:
        self._article = graph.vocabulary.prefixes["article"]
        evidence = standard("kg:evidence")
        self._evidence = {_iri(quad.subject): _iri(quad.object) for quad in quads if quad.predicate == evidence}
        self._placed = tuple(graph.vocabulary.prefixes[name] for name in ("evidence", "selector"))

    def __call__(self, quad: ox.Quad) -> tuple[int, int, str, str, str]:
        subject, predicate = _iri(quad.subject), quad.predicate.value
        place = self._evidence.get(subject, subject)
        match = _POSITION.search(place) if place.startswith(self._placed) else None
        group = 0 if subject.startswith(self._article) else 1 if match else 2
        type_first = "" if predicate.endswith("#type") else predicate
        return group, int(match[1]) if match else 0, subject, type_first, str(quad.object)


def _iri(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""
