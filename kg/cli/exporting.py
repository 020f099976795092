"""The commands that hand the graph to other programs: ``export`` and ``plot``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from kg import export as exporting
from kg import plot as plotting
from kg.cli.shared import Command, command, label_option, open_store, say, store_option
from kg.export.options import PROFILES, SHAPES, SOURCES
from kg.model import MODALITIES, POLARITIES, TYPES


def filters(function: Command) -> Command:
    """Which events to hand on; gives keyword arguments of ``kg.export.Options``."""
    for option in reversed(_FILTERS):
        function = option(function)
    return label_option(store_option(function))


_FILTERS: tuple[Callable[[Any], Any], ...] = (
    click.option("--actor", "actors", multiple=True, metavar="NAME", help="Only with this actor (repeatable)."),
    click.option(
        "--type",
        "types",
        multiple=True,
        metavar="TYPE",
        type=click.Choice(TYPES, case_sensitive=False),
        help=f"Only events of this type (repeatable): {', '.join(TYPES)}.",
    ),
    click.option("--polarity", "polarities", multiple=True, type=click.Choice(POLARITIES), help="Only these."),
    click.option("--modality", "modalities", multiple=True, type=click.Choice(MODALITIES), help="Only these."),
    click.option("--since", metavar="DATE", help="Only events since this day, month or year."),
    click.option("--until", metavar="DATE", help="Only events until this day, month or year."),
    click.option("--min-count", default=1, type=click.IntRange(min=1), help="Only what is reported this often."),
    click.option("--min-confidence", default=0.0, type=click.FloatRange(0, 1), help="Only events this sure."),
    click.option("--source", default="all", type=click.Choice(SOURCES), help="What is asserted, or what is claimed."),
)


@command(
    "kg export graphml -o graph.graphml\nkg export graphml --actor Hamas --since 2025-03 --profile yed -o h.graphml"
)
@click.argument("form", metavar="FORMAT", type=click.Choice(list(exporting.FORMATS)))
@click.option("-o", "--output", "path", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@filters
@click.option("--shape", default="events", type=click.Choice(SHAPES), help="An edge an event, or an edge a pair.")
@click.option("--profile", default="portable", type=click.Choice(PROFILES), help="yed adds drawings for yEd.")
@click.option("--strict", is_flag=True, help="Only what every reader of the format understands.")
def export(form: str, path: Path | None, language: str, store: str, quiet: bool, **chosen: Any) -> None:
    """Write the graph for other programs.

    FORMAT is one of graphml, gexf, turtle, trig, nquads, jsonld, csv, events, cytoscape and html. Without -o it goes
    to standard output. The same graph always gives the same bytes.
    """
    options = exporting.Options(lang=language, **chosen)
    with open_store(store) as graph:
        exporting.export(graph, form, path if path else sys.stdout.buffer, options)


@command("kg plot network -o network.svg\nkg plot timeline --actor Hamas -o hamas.png")
@click.argument("kind", metavar="KIND", type=click.Choice(list(plotting.KINDS)))
@click.option(
    "-o",
    "--output",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Draw into this file: .svg, .png or .pdf.  [default: KIND.svg]",
)
@click.option("--top", default=30, show_default=True, type=click.IntRange(min=1), help="Show this many actors.")
@filters
def plot(kind: str, path: Path | None, top: int, language: str, store: str, quiet: bool, **chosen: Any) -> None:
    """Draw a picture of the graph (needs matplotlib: pip install 'kg-news[plot]').

    KIND is one of network, timeline, matrix and balance.
    """
    path = path or Path(f"{kind}.svg")
    with open_store(store) as graph:
        plotting.plot(graph, kind, path, exporting.Options(lang=language, **chosen), top=top)
    if not quiet:
        say(f"written: {path}")
