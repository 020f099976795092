"""What a network shows of an actor."""

from __future__ import annotations

from typing import NamedTuple

import pyoxigraph as ox

from kg.graph import Graph
from kg.names import Names
from kg.vocabulary import KG


class Node(NamedTuple):
    """An actor as a network shows it."""

    iri: str
    id: str
    label: str
    kind: str
    country: str | None
    wikidata: str | None
    language_labels: tuple[tuple[str, str], ...]


def node(graph: Graph, names: Names, iri: str) -> Node:
    """What a network shows of an actor."""
    kind, country, wikidata = "thing", None, None
    labels = []
    for quad in graph.store.quads_for_pattern(ox.NamedNode(iri), None, None, ox.DefaultGraph()):
        predicate = graph.vocabulary.shorten(quad.predicate.value)
        value = quad.object.value if isinstance(quad.object, ox.NamedNode | ox.Literal) else ""
        if predicate == "kg:kind":
            kind = value[len(KG) :]
        elif predicate == "kg:countryCode":
            country = value
        elif predicate == "owl:sameAs" and value.startswith(graph.vocabulary.prefixes["wd"]):
            wikidata = value[len(graph.vocabulary.prefixes["wd"]) :]
        elif predicate == "rdfs:label" and isinstance(quad.object, ox.Literal):
            labels.append((quad.object.language or "", value))
    identifier = iri.removeprefix(graph.vocabulary.prefixes["actor"])
    return Node(iri, identifier, names.label(ox.NamedNode(iri)), kind, country, wikidata, tuple(sorted(labels)))
