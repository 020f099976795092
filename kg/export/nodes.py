"""What a network shows of an actor."""

from __future__ import annotations

from typing import NamedTuple

import pyoxigraph as ox

from kg.graph import Graph
from kg.literals import standard
from kg.names import Names
from kg.vocabulary import KG

_KIND, _COUNTRY = standard("kg:kind"), standard("kg:countryCode")
_SAME, _LABEL = standard("owl:sameAs"), standard("rdfs:label")


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
    wikidata_prefix = graph.vocabulary.prefixes["wd"]
    for quad in graph.store.quads_for_pattern(ox.NamedNode(iri), None, None, ox.DefaultGraph()):
        predicate, found = quad.predicate, quad.object
        if predicate == _KIND and isinstance(found, ox.NamedNode):
            kind = found.value[len(KG) :]
        elif predicate == _COUNTRY and isinstance(found, ox.Literal):
            country = found.value
        elif predicate == _SAME and isinstance(found, ox.NamedNode) and found.value.startswith(wikidata_prefix):
            wikidata = found.value[len(wikidata_prefix) :]
        elif predicate == _LABEL and isinstance(found, ox.Literal):
            labels.append((found.language or "", found.value))
    identifier = iri.removeprefix(graph.vocabulary.prefixes["actor"])
    return Node(iri, identifier, names.label(ox.NamedNode(iri)), kind, country, wikidata, tuple(sorted(labels)))
