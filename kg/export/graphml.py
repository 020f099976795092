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
from kg.export.options import Options
from kg.export.xmltext import attribute, content
from kg.graph import Graph

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"{spaces}
         xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns {schema}">
"""
_BUFFER = 2**20
_SCHEMA = "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd"


def export(graph: Graph, out: IO[bytes], options: Options) -> None:
    """Write the network as GraphML in the profile and shape that the options name."""
    network = Network(graph, options)
    drawn = options.profile == "yed"
    labelled = not (options.strict or drawn)
    opening = _opening("edge", network.columns)
    with TemporaryFile(buffering=_BUFFER) as edges:
        for edge in network.edges():
            edges.write(_edge(edge, opening, yed.edge(edge) if drawn else "", labelled=labelled).encode())
        spaces = yed.NAMESPACE if drawn else ""
        out.write(_HEAD.format(spaces=spaces, schema=yed.SCHEMA if drawn else _SCHEMA).encode())
        out.write(_keys(network.columns, drawn=drawn).encode())
        out.write(b'<graph id="kg" edgedefault="directed">\n')
        opening = _opening("node", NODE_COLUMNS)
        for number, node in enumerate(network.nodes()):
            drawing = yed.node(node, yed.position(number)) if drawn else ""
            data = _data(opening, network.node_values(node))
            out.write(f'<node id="{_id(node.id)}">{data}{drawing}</node>\n'.encode())
        edges.seek(0)
        shutil.copyfileobj(edges, out)
    out.write(b"</graph>\n</graphml>\n")


def _keys(columns: Sequence[tuple[str, str]], *, drawn: bool) -> str:
    lines = []
    for domain, found in (("node", NODE_COLUMNS), ("edge", columns)):
        for name, kind in found:
            lines.append(f'<key id="{_key(domain, name)}" for="{domain}" attr.name="{name}" attr.type="{kind}"/>\n')
        if drawn:
            # graph-tool refuses a key without a type; yEd goes by its own attribute.
            kind = f'attr.type="string" yfiles.type="{domain}graphics"'
            lines.append(f'<key id="{domain}graphics" for="{domain}" {kind}/>\n')
    return "".join(lines)


def _key(domain: str, name: str) -> str:
    """The key of an attribute: its name, since some readers show it; keys are unique in a file, so edges differ."""
    shared = domain == "edge" and any(name == column for column, _ in NODE_COLUMNS)
    return f"edge_{name}" if shared else name


def _opening(domain: str, columns: Sequence[tuple[str, str]]) -> list[str]:
    return [f'<data key="{_key(domain, name)}">' for name, _ in columns]


def _data(opening: list[str], values: Sequence[Value]) -> str:
    """The values of a node or edge; absent and empty ones are left out."""
    parts: list[str] = []
    for begin, value in zip(opening, values, strict=True):
        if isinstance(value, str):
            if value:
                parts += (begin, content(value), "</data>")
        elif value is not None:
            parts += (begin, str(value), "</data>")
    return "".join(parts)


def _edge(edge: Edge, opening: list[str], drawing: str, *, labelled: bool) -> str:
    label = f' label="{attribute(str(edge.values[0]))}"' if labelled else ""
    ends = f'source="{_id(edge.source)}" target="{_id(edge.target)}"'
    return f'<edge {ends} id="{edge.id}"{label}>{_data(opening, edge.values)}{drawing}</edge>\n'


def _id(identifier: str) -> str:
    """A node's id as a name of XML: the schema allows no ``%``, and no id has a ``:`` of its own."""
    return attribute(identifier.replace("%", ":"))
