"""GEXF 1.3, written as a stream: dates on events, edge kinds, colours by kind of actor; for Gephi and its kin."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from tempfile import TemporaryFile
from typing import IO

from kg.export import style
from kg.export.network import NODE_COLUMNS, Edge, Network, Value
from kg.export.nodes import Node
from kg.export.options import Options
from kg.export.xmltext import attribute
from kg.graph import Graph

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">
<graph mode="dynamic" defaultedgetype="directed" timeformat="date" timerepresentation="interval">
"""
_TYPES = {"string": "string", "int": "integer", "double": "double"}
#: Columns that GEXF has attributes of its own for.
_OWN = ("label", "weight")


def export(graph: Graph, out: IO[bytes], options: Options) -> None:
    """Write the network as GEXF in the shape that the options name."""
    network = Network(graph, options)
    with TemporaryFile() as edges:
        for edge in network.edges():
            edges.write(_edge(edge, network.columns, options).encode())
        out.write(_HEAD.encode())
        out.write(_attributes("node", NODE_COLUMNS).encode())
        out.write(_attributes("edge", network.columns).encode())
        out.write(b"<nodes>\n")
        for node in network.nodes():
            out.write(_node(node, network.node_values(node)).encode())
        out.write(b"</nodes>\n<edges>\n")
        edges.seek(0)
        shutil.copyfileobj(edges, out)
    out.write(b"</edges>\n</graph>\n</gexf>\n")


def _attributes(domain: str, columns: Sequence[tuple[str, str]]) -> str:
    lines = [
        f'<attribute id="{name}" title="{name}" type="{_TYPES[kind]}"/>' for name, kind in columns if name not in _OWN
    ]
    return f'<attributes class="{domain}">\n' + "\n".join(lines) + "\n</attributes>\n"


def _values(columns: Sequence[tuple[str, str]], values: Sequence[Value]) -> str:
    lines = [
        f'<attvalue for="{name}" value="{attribute(str(value))}"/>'
        for (name, _), value in zip(columns, values, strict=True)
        if name not in _OWN and value is not None and value != ""
    ]
    return f"<attvalues>{''.join(lines)}</attvalues>" if lines else ""


def _node(node: Node, values: Sequence[Value]) -> str:
    red, green, blue = bytes.fromhex(style.KIND_COLOURS.get(node.kind, style.OTHER)[1:])
    return (
        f'<node id="{attribute(node.id)}" label="{attribute(node.label)}">{_values(NODE_COLUMNS, values)}'
        f'<viz:color r="{red}" g="{green}" b="{blue}"/></node>\n'
    )


def _edge(edge: Edge, columns: Sequence[tuple[str, str]], options: Options) -> str:
    found = {name: value for (name, _), value in zip(columns, edge.values, strict=True)}
    first, last = (found["date"],) * 2 if options.shape == "events" else (found["first"], found["last"])
    when = f' start="{first}" end="{last}"' if first and last else ""
    ends = f'source="{attribute(edge.source)}" target="{attribute(edge.target)}"'
    label, kind = attribute(str(found["label"])), attribute(str(found["type"]))
    return (
        f'<edge id="{edge.id}" {ends} label="{label}" kind="{kind}" weight="{found["weight"]}"{when}>'
        f"{_values(columns, edge.values)}</edge>\n"
    )
