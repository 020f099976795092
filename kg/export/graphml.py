"""GraphML, written as a stream: one file that Gephi, Cytoscape, Tulip, yEd, igraph and networkx read.

What those readers need and other writers miss: keys have readable ids (older Gephi shows ``d0``), each edge has an
``id`` and a ``label`` attribute (Gephi merges parallel edges without, Neo4j takes it for the relation), nodes have
``name`` and edges ``interaction`` (Cytoscape), text with ``&`` or ``<`` stands in CDATA (Tulip keeps only what follows
the last entity), and no character that XML cannot hold is written. The strict variant leaves the edge's ``label``
attribute out, which the GraphML schema does not know.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from operator import call
from tempfile import TemporaryFile
from typing import IO

from kg.export import yed
from kg.export.network import NODE_COLUMNS, Kept, Network, Value
from kg.export.options import Options
from kg.export.xmltext import attribute, content
from kg.graph import Graph

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"{spaces}
         xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns {schema}">
"""
_BUFFER = 2**20
#: Most values of one attribute that are remembered as they are written; of those of ``_UNIQUE`` none.
_KEPT = 2**15
_UNIQUE = ("quote", "event")
_Writer = Callable[[Value], str]
_SCHEMA = "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd"


def export(graph: Graph, out: IO[bytes], options: Options) -> None:
    """Write the network as GraphML in the profile and shape that the options name."""
    network = Network(graph, options)
    drawn = options.profile == "yed"
    with TemporaryFile(buffering=_BUFFER) as edges:
        _edges(network, edges, drawn=drawn, labelled=not (options.strict or drawn))
        spaces = yed.NAMESPACE if drawn else ""
        out.write(_HEAD.format(spaces=spaces, schema=yed.SCHEMA if drawn else _SCHEMA).encode())
        out.write(_keys(network.columns, drawn=drawn).encode())
        out.write(b'<graph id="kg" edgedefault="directed">\n')
        writers = _writers("node", NODE_COLUMNS)
        for number, node in enumerate(network.nodes()):
            drawing = yed.node(node, yed.position(number)) if drawn else ""
            data = "".join(map(call, writers, network.node_values(node)))
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


def _writers(domain: str, columns: Sequence[tuple[str, str]]) -> list[_Writer]:
    """What writes the values of each attribute; most values come again."""
    found = {name: _writer(f'<data key="{_key(domain, name)}">') for name, _ in columns}
    return [write if name in _UNIQUE else _remembered(write) for name, write in found.items()]


def _writer(begin: str) -> _Writer:
    """What writes a value of one attribute; absent and empty ones are left out."""

    def write(value: Value) -> str:
        if value is None or value == "":
            return ""
        return f"{begin}{content(value) if isinstance(value, str) else value}</data>"

    return write


def _remembered(write: _Writer) -> _Writer:
    return Kept(write, _KEPT).__getitem__


def _edges(network: Network, out: IO[bytes], *, drawn: bool, labelled: bool) -> None:
    writers, ids = _writers("edge", network.columns), _remembered(_id)
    label = _remembered(lambda text: f' label="{attribute(str(text))}"' if labelled else "")
    for edge in network.edges():
        identifier, source, target, values = edge
        drawing = yed.edge(edge) if drawn else ""
        data = "".join(map(call, writers, values))
        line = f'<edge source="{ids(source)}" target="{ids(target)}" id="{identifier}"{label(values[0])}>'
        out.write(f"{line}{data}{drawing}</edge>\n".encode())


def _id(identifier: Value) -> str:
    """A node's id as a name of XML: the schema allows no ``%``, and no id has a ``:`` of its own."""
    return attribute(str(identifier).replace("%", ":"))
