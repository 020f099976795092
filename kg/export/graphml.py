"""GraphML, written as a stream: one file that Gephi, Cytoscape, Tulip, yEd, igraph and networkx read.

What those readers need and other writers miss: keys have readable ids (older Gephi shows ``d0``), each edge has an
``id`` and a ``label`` attribute (Gephi merges parallel edges without, Neo4j takes it for the relation), nodes have
``name`` and edges ``interaction`` (Cytoscape), text with ``&`` or ``<`` stands in CDATA (Tulip keeps only what follows
the last entity), and no character that XML cannot hold is written. The strict variant leaves the edge's ``label``
attribute out, which the GraphML schema does not know.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from tempfile import TemporaryFile
from typing import IO

from kg.export import yed
from kg.export.network import NODE_COLUMNS, Edge, Network, Value
from kg.export.nodes import Node
from kg.export.options import Options
from kg.export.xmltext import attribute, content
from kg.graph import Graph

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"{spaces}
         xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns {schema}">
"""
_SCHEMA = "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd"


def export(graph: Graph, out: IO[bytes], options: Options) -> None:
    """Write the network as GraphML in the profile and shape that the options name."""
    network = Network(graph, options)
    drawn = options.profile == "yed"
    with TemporaryFile() as edges:
        for edge in network.edges():
            edges.write(_edge(edge, network.columns, options).encode())
        spaces = yed.NAMESPACE if drawn else ""
        out.write(_HEAD.format(spaces=spaces, schema=yed.SCHEMA if drawn else _SCHEMA).encode())
        out.write(_keys(network.columns, drawn=drawn).encode())
        out.write(b'<graph id="kg" edgedefault="directed">\n')
        nodes = list(network.nodes())
        for number, node in enumerate(nodes):
            drawing = yed.node(node, yed.position(number)) if drawn else ""
            out.write(_node(node, network.node_values(node), drawing).encode())
        edges.seek(0)
        shutil.copyfileobj(edges, out)
    out.write(b"</graph>\n</graphml>\n")


def _keys(columns: Sequence[tuple[str, str]], *, drawn: bool) -> str:
    lines = []
    for domain, found in (("node", NODE_COLUMNS), ("edge", columns)):
        for name, kind in found:
            lines.append(f'<key id="{_key(domain, name)}" for="{domain}" attr.name="{name}" attr.type="{kind}"/>\n')
        if drawn:
            lines.append(f'<key id="{domain}graphics" for="{domain}" yfiles.type="{domain}graphics"/>\n')
    return "".join(lines)


def _key(domain: str, name: str) -> str:
    """The key of an attribute: its name, since some readers show it; keys are unique in a file, so edges differ."""
    shared = domain == "edge" and any(name == column for column, _ in NODE_COLUMNS)
    return f"edge_{name}" if shared else name


def _data(domain: str, columns: Sequence[tuple[str, str]], values: Sequence[Value]) -> str:
    return "".join(
        f'<data key="{_key(domain, name)}">{content(str(value))}</data>'
        for (name, _), value in zip(columns, values, strict=True)
        if value is not None and value != ""
    )


def _node(node: Node, values: Sequence[Value], drawing: str) -> str:
    return f'<node id="{attribute(node.id)}">{_data("node", NODE_COLUMNS, values)}{drawing}</node>\n'


def _edge(edge: Edge, columns: Sequence[tuple[str, str]], options: Options) -> str:
    label = "" if options.strict or options.profile == "yed" else f' label="{attribute(str(edge.values[0]))}"'
    drawing = yed.edge(edge) if options.profile == "yed" else ""
    ends = f'source="{attribute(edge.source)}" target="{attribute(edge.target)}"'
    return f'<edge {ends} id="{edge.id}"{label}>{_data("edge", columns, edge.values)}{drawing}</edge>\n'
