"""Cytoscape JSON (``elements`` of nodes and edges), for Cytoscape desktop and cytoscape.js."""

from __future__ import annotations

import json
from collections.abc import Sequence
from tempfile import TemporaryFile
from typing import IO

from kg.export.network import NODE_COLUMNS, Network, Value
from kg.export.options import Options
from kg.graph import Graph


def export(graph: Graph, out: IO[bytes], options: Options) -> None:
    """Write the network as Cytoscape JSON, an element a line."""
    network = Network(graph, options)
    with TemporaryFile() as edges:
        mark = b""
        for edge in network.edges():
            data = {"id": edge.id, "source": edge.source, "target": edge.target}
            edges.write(mark + _element(data, network.columns, edge.values))
            mark = b",\n"
        out.write(b'{"format_version":"1.0","generated_by":"kg-news","data":{"name":"kg"},"elements":{"nodes":[\n')
        mark = b""
        for node in network.nodes():
            out.write(mark + _element({"id": node.id}, NODE_COLUMNS, network.node_values(node)))
            mark = b",\n"
        out.write(b'\n],"edges":[\n')
        edges.seek(0)
        for line in edges:
            out.write(line)
    out.write(b"\n]}}\n")


def _element(data: dict[str, str], columns: Sequence[tuple[str, str]], values: Sequence[Value]) -> bytes:
    """One element; ``id``, ``source`` and ``target`` are its own, attributes keep their names."""
    found = {name: value for (name, _), value in zip(columns, values, strict=True) if value not in (None, "")}
    text = json.dumps({"data": {**found, **data}}, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace")
