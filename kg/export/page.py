"""One HTML page with everything in it: the network to look at, and the events of an actor with their quotations."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import IO

from kg.export import style
from kg.export.network import NODE_COLUMNS, Network
from kg.export.options import Options
from kg.graph import Graph


def export(graph: Graph, out: IO[bytes], options: Options) -> None:
    """Write the network as a page that loads nothing from anywhere; meant for thousands of edges, not millions."""
    network = Network(graph, options)
    names = ["id", "source", "target", *(name for name, _ in network.columns)]
    edges = [dict(zip(names, (e.id, e.source, e.target, *e.values), strict=True)) for e in network.edges()]
    columns = ["id", *(name for name, _ in NODE_COLUMNS)]
    nodes = [dict(zip(columns, (n.id, *network.node_values(n)), strict=True)) for n in network.nodes()]
    data = {
        "nodes": nodes,
        "edges": [{name: value for name, value in edge.items() if value not in (None, "")} for edge in edges],
        "kinds": style.KIND_COLOURS,
        "valences": {**style.VALENCE_COLOURS, "": style.NEUTRAL},
    }
    page = (files("kg") / "export" / "page.html").read_text(encoding="utf-8")
    out.write(page.replace("/*DATA*/null", _script_safe(data)).encode("utf-8", "replace"))


def _script_safe(data: object) -> str:
    """JSON that stands inside a script element: nothing in it can end the element or begin another."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text
