"""Where the nodes of a drawn network stand."""

from __future__ import annotations

from typing import Any


def places(plain: Any) -> tuple[dict[str, tuple[float, float]], float, float]:
    """Where nodes stand: each connected part laid out by itself and set beside the others; and the whole's extent.

    ``plain`` is an undirected networkx graph; the same graph gives the same places (a spring layout with a seed).
    """
    import networkx as nx

    parts = sorted((sorted(part) for part in nx.connected_components(plain)), key=lambda part: (-len(part), part))
    boxes = [(max(1.8, 1.5 * len(part) ** 0.5), max(1.1, 1.2 * len(part) ** 0.5)) for part in parts]
    whole = max(boxes[0][0], 1.3 * sum(w * h for w, h in boxes) ** 0.5)
    found: dict[str, tuple[float, float]] = {}
    x = y = shelf = 0.0
    for part, (w, h) in zip(parts, boxes, strict=True):
        if x > 0 and x + w > whole:
            x, y, shelf = 0.0, y - shelf, 0.0
        for iri, (u, v) in _inside(plain.subgraph(part), part).items():
            found[iri] = (x + u * w, y - h + v * h)
        x, shelf = x + w, max(shelf, h)
    return found, whole, shelf - y


def _inside(part: Any, names: list[str]) -> dict[str, tuple[float, float]]:
    """The places of one connected part, from 0.15 to 0.85 in both directions."""
    import networkx as nx

    if len(names) == 2:
        return {names[0]: (0.25, 0.7), names[1]: (0.75, 0.3)}
    ordered = nx.Graph()
    ordered.add_nodes_from(names)
    ordered.add_edges_from(sorted(tuple(sorted(edge)) for edge in part.edges()))
    found = nx.spring_layout(ordered, seed=7, k=2.2 / len(names) ** 0.5, iterations=300)
    lows, spans = [], []
    for axis in (0, 1):
        values = [float(place[axis]) for place in found.values()]
        lows.append(min(values))
        spans.append(max(max(values) - min(values), 1e-9))
    return {
        iri: (0.15 + 0.7 * (float(p[0]) - lows[0]) / spans[0], 0.15 + 0.7 * (float(p[1]) - lows[1]) / spans[1])
        for iri, p in found.items()
    }
