"""What yEd needs to draw a GraphML file: shapes, colours and labels of its own namespace."""

from __future__ import annotations

import math

from kg.export import style
from kg.export.network import Edge
from kg.export.nodes import Node
from kg.export.xmltext import attribute

NAMESPACE = ' xmlns:y="http://www.yworks.com/xml/graphml"'
SCHEMA = "http://www.yworks.com/xml/schema/graphml/1.1/ygraphml.xsd"
_SHAPES = {
    "person": "ellipse",
    "organization": "roundrectangle",
    "government": "rectangle",
    "military": "hexagon",
    "armed_group": "diamond",
    "country": "rectangle3d",
    "place": "parallelogram",
    "group": "octagon",
    "agreement": "trapezoid",
    "thing": "trapezoid2",
}


def position(number: int) -> tuple[float, float]:
    """Where the node of this number stands before anybody lays the graph out: on a spiral, none over another."""
    radius, angle = 140 * math.sqrt(number), number * math.pi * (3 - math.sqrt(5))
    return round(radius * math.cos(angle), 1) + 0.0, round(radius * math.sin(angle), 1) + 0.0


def node(found: Node, at: tuple[float, float]) -> str:
    """The drawing of a node: shape and colour by its kind."""
    width = min(240, 30 + 8 * len(found.label))
    return (
        f'<data key="nodegraphics"><y:ShapeNode><y:Geometry height="34.0" width="{width}.0" x="{at[0]}" y="{at[1]}"/>'
        f'<y:Fill color="{style.KIND_COLOURS.get(found.kind, style.OTHER)}" transparent="false"/>'
        '<y:BorderStyle color="#333333" type="line" width="1.0"/>'
        f"<y:NodeLabel>{attribute(found.label)}</y:NodeLabel>"
        f'<y:Shape type="{_SHAPES.get(found.kind, "rectangle")}"/></y:ShapeNode></data>'
    )


def edge(found: Edge) -> str:
    """The drawing of an edge: colour and line by cooperation or conflict, so that it reads in greyscale too."""
    valence = str(found.values[4] or "")
    line = {"cooperation": "line", "conflict": "dashed"}.get(valence, "dotted")
    colour = style.VALENCE_COLOURS.get(valence, style.NEUTRAL)
    return (
        f'<data key="edgegraphics"><y:PolyLineEdge><y:LineStyle color="{colour}" type="{line}" width="1.5"/>'
        '<y:Arrows source="none" target="standard"/>'
        f"<y:EdgeLabel>{attribute(str(found.values[0]))}</y:EdgeLabel></y:PolyLineEdge></data>"
    )
