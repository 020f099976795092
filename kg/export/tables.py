"""Tables: nodes and edges for spreadsheets and Gephi, and events as political scientists keep them. Formula-safe."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable
from typing import IO

from kg.export.network import NODE_COLUMNS, Network, Value
from kg.export.nodes import Node, node
from kg.export.options import Options
from kg.graph import Graph
from kg.ontology import TYPE_LABELS

#: A cell that begins with one of these is a formula to a spreadsheet; an apostrophe before it keeps it text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_EVENT_COLUMNS = (
    "event", "date", "actor", "actor_id", "actor_kind", "actor_country", "actor_role", "target", "target_id",
    "target_kind", "target_country", "target_role", "action", "lemma", "type", "cameo_root", "polarity", "modality",
    "speaker", "speaker_id", "place", "time", "confidence", "quote", "start", "end", "article", "extractor",
)  # fmt: skip
_ROLES = """
SELECT ?person ?role ?body WHERE {
  ?membership org:member ?person ; org:role/rdfs:label ?role .
  OPTIONAL { ?membership org:organization/rdfs:label ?body }
} ORDER BY ?person ?role ?body
"""


def network(graph: Graph, out: IO[bytes], options: Options) -> None:
    """Write ``nodes.csv`` and ``edges.csv`` in one zip file, with the columns Id, Source, Target that Gephi wants."""
    found = Network(graph, options)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        with archive.open(_entry("edges.csv"), "w", force_zip64=True) as stream:
            header = ("Source", "Target", "Id", *(name.capitalize() for name, _ in found.columns))
            _write(stream, header, ((edge.source, edge.target, edge.id, *edge.values) for edge in found.edges()))
        with archive.open(_entry("nodes.csv"), "w", force_zip64=True) as stream:
            header = ("Id", *(name.capitalize() for name, _ in NODE_COLUMNS))
            _write(stream, header, ((each.id, *found.node_values(each)) for each in found.nodes()))


def events(graph: Graph, out: IO[bytes], options: Options) -> None:
    """Write one row an event as CSV, one-ended events too; roles and CAMEO root codes are given where known."""
    found = Network(graph, options)
    roles = _roles(graph)
    nodes: dict[str, Node] = {}

    def end(iri: str | None) -> tuple[Value, ...]:
        if iri is None:
            return (None,) * 5
        if iri not in nodes:
            nodes[iri] = node(graph, found.names, iri)
        known = nodes[iri]
        return known.label, known.id, known.kind, known.country, roles.get(iri)

    def rows() -> Iterable[tuple[Value, ...]]:
        for row in found.rows():
            cameo = " ".join(TYPE_LABELS[row.type][2])
            yield (
                row.event[found.event_start:], row.date, *end(row.actor), *end(row.target),
                found.identifier(row.action), row.lemma, row.type, cameo, row.polarity, row.modality,
                *end(row.source)[:2], found.label(row.place), row.when, row.confidence, row.quote, row.start, row.end,
                row.article, row.extractor,
            )  # fmt: skip

    _write(out, _EVENT_COLUMNS, rows())


def safe(value: Value) -> Value:
    """A cell that no spreadsheet runs as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _write(out: IO[bytes], header: Iterable[str], rows: Iterable[tuple[Value, ...]]) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", errors="replace", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([safe(value) for value in row] for row in rows)
    text.flush()
    text.detach()


def _entry(name: str) -> zipfile.ZipInfo:
    """A zip entry without a clock in it, stored as it is: the same bytes everywhere."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_STORED
    return entry


def _roles(graph: Graph) -> dict[str, str]:
    """The roles of each actor as one text: ``president (Borduria); …``."""
    found: dict[str, dict[str, set[str]]] = {}
    for solution in graph.solutions(_ROLES):
        body = solution["body"]
        bodies = found.setdefault(solution["person"].value, {}).setdefault(solution["role"].value, set())
        bodies.update([body.value] if body is not None else [])
    return {
        person: "; ".join(f"{role} ({', '.join(sorted(bodies))})" if bodies else role for role, bodies in held.items())
        for person, held in found.items()
    }
