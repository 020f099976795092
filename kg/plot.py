"""Pictures of a graph: network, timeline, matrix and balance, as SVG or PNG. Needs matplotlib (``kg-news[plot]``).

Cooperation and conflict differ in hue, lightness and in line or hatching, so that a picture reads in greyscale too.
"""

from __future__ import annotations

import io
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import KgError
from kg.export import Options, style
from kg.export.network import Network
from kg.export.nodes import Node, node
from kg.graph import Graph
from kg.layout import places
from kg.ontology import CONFLICT, COOPERATION
from kg.rows import Row

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_SETTINGS: dict[Any, Any] = {"svg.hashsalt": "kg", "svg.fonttype": "none", "font.size": 9, "axes.spines.top": False,
             "axes.spines.right": False, "hatch.linewidth": 0.6}  # fmt: skip
_LINES: dict[str, Any] = {"cooperation": "solid", "conflict": (0, (5, 2)), "": (0, (1, 2))}
#: What would differ from day to day, or between versions of the library.
_NO_CLOCK: dict[str, Any] = {
    ".svg": {"Date": None, "Creator": None},
    ".pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    ".png": {"Software": None},
}
_HATCH = {"cooperation": "", "conflict": "////"}


def plot(graph: Graph, kind: str, path: str | Path, options: Options | None = None, *, top: int = 30) -> None:
    """Draw one of ``KINDS`` into a file whose ending (``.svg``, ``.png`` or ``.pdf``) says how.

    ``top`` is how many actors (or dyads, in a balance) are shown, those with most events. Options filter as in
    exports. ``KgError`` for an unknown kind or ending, without matplotlib, or where there is nothing to draw.
    """
    if kind not in KINDS:
        raise KgError(f"there is no picture {kind!r}; there is {', '.join(KINDS)}")
    if Path(path).suffix.lower() not in (".svg", ".png", ".pdf"):
        raise KgError(f"cannot draw {path}: give a name that ends in .svg, .png or .pdf")
    with _drawn(graph, kind, options, top) as figure:
        _save(figure, Path(path))


def svg(graph: Graph, kind: str = "network", options: Options | None = None, *, top: int = 30) -> str:
    """The picture that ``plot`` draws as the text of an SVG element, for a page or a notebook; errors likewise."""
    out = io.StringIO()
    with _drawn(graph, kind, options, top) as figure:
        figure.savefig(out, format="svg", metadata=_NO_CLOCK[".svg"])
    return out.getvalue()[out.getvalue().index("<svg") :]


@contextmanager
def _drawn(graph: Graph, kind: str, options: Options | None, top: int) -> Iterator[Figure]:
    try:
        import matplotlib
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError:
        raise KgError("pictures need matplotlib: pip install 'kg-news[plot]'") from None
    network = Network(graph, options or Options())
    rows = [row for row in network.rows() if row.polarity == "affirmed"]
    if not any(row.actor and row.target for row in rows):
        raise KgError("there is nothing to draw: no event has both an actor and a target")
    with matplotlib.rc_context(_SETTINGS):
        figure = Figure(layout="constrained")
        FigureCanvasAgg(figure)
        KINDS[kind](figure, network, rows, top)
        yield figure


def _save(figure: Figure, path: Path) -> None:
    """Write under another name and move into place; no clock in the file."""
    temporary = path.with_name(f".{path.name}.part{path.suffix}")
    try:
        figure.savefig(temporary, dpi=200, metadata=_NO_CLOCK[path.suffix.lower()])
        os.replace(temporary, path)
    except OSError as error:
        raise KgError(f"cannot write {path}: {error.strerror or error}") from None


def _valence(row: Row) -> str:
    return "cooperation" if row.type in COOPERATION else "conflict" if row.type in CONFLICT else ""


def _colour(valence: str) -> str:
    return style.VALENCE_COLOURS.get(valence, style.NEUTRAL)


def _nodes(network: Network, rows: list[Row], top: int) -> dict[str, Node]:
    """The actors with most events, by IRI, the busiest first."""
    seen = Counter(end for row in rows if row.actor and row.target for end in (row.actor, row.target))
    busiest = sorted(seen, key=lambda iri: (-seen[iri], iri))[:top]
    return {iri: node(network.graph, network.names, iri) for iri in busiest}


def _network(figure: Figure, network: Network, rows: list[Row], top: int) -> None:
    import networkx as nx

    shown = _nodes(network, rows, top)
    links: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row.actor in shown and row.target in shown and row.actor != row.target:
            links[str(row.actor), str(row.target), _valence(row)][network.label(row.action) or ""] += 1
    plain = nx.Graph()
    plain.add_edges_from((a, b) for a, b, _ in sorted(links))
    shown = {iri: found for iri, found in shown.items() if iri in plain}
    at, width, height = places(plain)
    figure.set_size_inches(min(16.0, 3 + 1.5 * width), min(12.0, 1.5 + 1.3 * height))
    axes = figure.add_subplot()
    axes.set_axis_off()
    axes.margins(0.06)
    for (actor, target, valence), actions in sorted(links.items()):
        _arrow(axes, at[actor], at[target], valence, sum(actions.values()))
        if len(links) <= 40:
            _arrow_label(axes, at[actor], at[target], actions)
    for iri, found in shown.items():
        colour = style.KIND_COLOURS.get(found.kind, style.OTHER)
        size = 120 + 40 * min(12, plain.degree(iri))
        x, y = at[iri]
        axes.scatter([x], [y], s=size, color=colour, edgecolor="#333333", linewidth=0.8, zorder=3)
        neighbours = [at[other][1] for other in plain[iri]]
        away = -1 if sum(neighbours) / len(neighbours) >= y else 1
        _node_label(axes, (x, y), _short(found.label), away * (size**0.5 / 2 + 2))
    _network_legend(axes, {found.kind for found in shown.values()}, {valence for _, _, valence in links})


def _arrow(axes: Axes, start: Any, end: Any, valence: str, count: int) -> None:
    from matplotlib.patches import FancyArrowPatch

    axes.add_patch(
        FancyArrowPatch(
            tuple(start), tuple(end), connectionstyle="arc3,rad=0.14", arrowstyle="-|>", mutation_scale=12,
            shrinkA=14, shrinkB=14, color=_colour(valence), linestyle=_LINES[valence],
            linewidth=min(5.0, 1 + 0.5 * (count - 1)), zorder=2,
        )
    )  # fmt: skip


def _node_label(axes: Axes, at: tuple[float, float], text: str, above: float) -> None:
    """A name above its node or, where ``above`` (in points) is negative, below it: where its arrows do not end."""
    box = {"boxstyle": "round,pad=0.05", "facecolor": "white", "edgecolor": "none", "alpha": 0.7}
    axes.annotate(
        text, at, xytext=(0, above), textcoords="offset points", ha="center", va="bottom" if above > 0 else "top",
        zorder=5, fontsize=9, fontweight="bold", bbox=box,
    )  # fmt: skip


def _arrow_label(axes: Axes, start: Any, end: Any, actions: Counter[str]) -> None:
    """The commonest action, on the bow of its arrow."""
    (x, y), (u, v) = start, end
    at = ((x + u) / 2 + (v - y) * 0.07, (y + v) / 2 - (u - x) * 0.07)
    label = min(actions, key=lambda name: (-actions[name], name))
    box = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.8}
    axes.annotate(_short(label), at, ha="center", va="center", fontsize=7, color="#333333", bbox=box, zorder=3)


def _network_legend(axes: Axes, kinds: set[str], valences: set[str]) -> None:
    from matplotlib.lines import Line2D

    handles = [
        Line2D([], [], marker="o", linestyle="", markersize=8, markeredgecolor="#333333",
               color=style.KIND_COLOURS.get(kind, style.OTHER), label=kind.replace("_", " "))
        for kind in style.KIND_COLOURS if kind in kinds
    ] + [
        Line2D([], [], color=_colour(valence), linestyle=_LINES[valence], label=valence or "neither")
        for valence in ("cooperation", "conflict", "") if valence in valences
    ]  # fmt: skip
    axes.legend(handles=handles, loc="upper left", bbox_to_anchor=(1, 1), frameon=False)


def _timeline(figure: Figure, network: Network, rows: list[Row], top: int) -> None:
    from matplotlib.ticker import MaxNLocator

    months: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row.date and _valence(row):
            months[row.date[:7]][_valence(row)] += 1
    if not months:
        raise KgError("there is nothing to draw: no event has a date")
    names = _every_month(min(months), max(months))
    figure.set_size_inches(max(5.0, min(16.0, 3 + 0.35 * len(names))), 4)
    axes = figure.add_subplot()
    for valence, sign in (("cooperation", 1), ("conflict", -1)):
        heights = [sign * months[name][valence] for name in names]
        axes.bar(names, heights, color=_colour(valence), hatch=_HATCH[valence], edgecolor="white", label=valence)
    axes.axhline(0, color="#333333", linewidth=0.8)
    axes.set_ylabel("events a month")
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.yaxis.set_major_formatter(lambda value, _: f"{abs(value):.0f}")
    step = max(1, len(names) // 24)
    axes.set_xticks(range(0, len(names), step), names[::step], rotation=45, ha="right")
    axes.legend(frameon=False, loc="upper left", bbox_to_anchor=(1, 1))


def _every_month(first: str, last: str) -> list[str]:
    begin, end = (int(month[:4]) * 12 + int(month[5:7]) - 1 for month in (first, last))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(begin, end + 1)]


def _matrix(figure: Figure, network: Network, rows: list[Row], top: int) -> None:
    shown = _nodes(network, rows, min(top, 25))
    order = list(shown)
    counts = [[0] * len(order) for _ in order]
    for row in rows:
        if row.actor in shown and row.target in shown:
            counts[order.index(str(row.actor))][order.index(str(row.target))] += 1
    labels = [_short(found.label) for found in shown.values()]
    side = max(4.0, 0.42 * len(order) + 2.5)
    figure.set_size_inches(side + 1, side)
    axes = figure.add_subplot()
    picture = axes.imshow(counts, cmap="Greys", vmin=0)
    axes.set_xticks(range(len(order)), labels, rotation=45, ha="right")
    axes.set_yticks(range(len(order)), labels)
    axes.set_xlabel("target")
    axes.set_ylabel("actor")
    most = max(max(line) for line in counts)
    for i, line in enumerate(counts):
        for j, value in enumerate(line):
            if value:
                axes.text(j, i, str(value), ha="center", va="center", color="white" if value > most / 2 else "black")
    figure.colorbar(picture, ax=axes, label="events", shrink=0.6)


def _balance(figure: Figure, network: Network, rows: list[Row], top: int) -> None:
    from matplotlib.ticker import MaxNLocator

    dyads: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row.actor and row.target and _valence(row):
            dyads[row.actor, row.target][_valence(row)] += 1
    if not dyads:
        raise KgError("there is nothing to draw: no event is cooperation or conflict")
    busiest = sorted(dyads, key=lambda pair: (-sum(dyads[pair].values()), pair))[: min(top, 30)]
    names = [" → ".join(_short(network.names.label(ox.NamedNode(iri))) for iri in pair) for pair in busiest]
    figure.set_size_inches(8, max(2.5, 0.3 * len(names) + 1))
    axes = figure.add_subplot()
    for valence, sign in (("cooperation", 1), ("conflict", -1)):
        widths = [sign * dyads[pair][valence] for pair in busiest]
        axes.barh(names, widths, color=_colour(valence), hatch=_HATCH[valence], edgecolor="white", label=valence)
    axes.axvline(0, color="#333333", linewidth=0.8)
    axes.invert_yaxis()
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.xaxis.set_major_formatter(lambda value, _: f"{abs(value):.0f}")
    axes.set_xlabel("events: conflict to the left, cooperation to the right")
    axes.legend(frameon=False, loc="upper left", bbox_to_anchor=(1, 1))


def _short(text: str) -> str:
    plain = " ".join(text.split()).replace("$", r"\$")
    return plain if len(plain) <= 32 else plain[:31] + "…"


#: Picture → what draws it.
KINDS: dict[str, Callable[[Figure, Network, list[Row], int], None]] = {
    "network": _network,
    "timeline": _timeline,
    "matrix": _matrix,
    "balance": _balance,
}
