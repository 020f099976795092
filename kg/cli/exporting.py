"""The command that hands the graph to other programs: ``export``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from kg import export as exporting
from kg.cli.shared import command, label_option, open_store, store_option
from kg.export.options import PROFILES, SHAPES, SOURCES
from kg.model import MODALITIES, POLARITIES, TYPES


@command(
    "kg export graphml -o graph.graphml\nkg export graphml --actor Hamas --since 2025-03 --profile yed -o h.graphml"
)
@click.argument("form", metavar="FORMAT", type=click.Choice(list(exporting.FORMATS)))
@click.option("-o", "--output", "path", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@click.option("--actor", "actors", multiple=True, metavar="NAME", help="Only events with this actor (repeatable).")
@click.option(
    "--type",
    "types",
    multiple=True,
    type=click.Choice(TYPES, case_sensitive=False),
    help="Only this type (repeatable).",
)
@click.option("--polarity", "polarities", multiple=True, type=click.Choice(POLARITIES), help="Only this polarity.")
@click.option("--modality", "modalities", multiple=True, type=click.Choice(MODALITIES), help="Only this modality.")
@click.option("--since", metavar="DATE", help="Only events since this day, month or year.")
@click.option("--until", metavar="DATE", help="Only events until this day, month or year.")
@click.option("--min-count", default=1, type=click.IntRange(min=1), help="Only what is reported this often.")
@click.option("--min-confidence", default=0.0, type=click.FloatRange(0, 1), help="Only events this sure (0 to 1).")
@click.option(
    "--source", default="all", type=click.Choice(SOURCES), help="Only what articles assert, or what is claimed."
)
@click.option("--shape", default="events", type=click.Choice(SHAPES), help="An edge an event, or an edge a pair.")
@click.option("--profile", default="portable", type=click.Choice(PROFILES), help="yed adds drawings for yEd.")
@click.option("--strict", is_flag=True, help="Only what every reader of the format understands.")
@label_option
@store_option
def export(form: str, path: Path | None, language: str, store: str, quiet: bool, **filters: Any) -> None:
    """Write the graph in FORMAT: graphml, turtle, trig, nquads, jsonld and more.

    Without -o it goes to standard output. The same graph always gives the same bytes.
    """
    options = exporting.Options(lang=language, **filters)
    with open_store(store) as graph:
        exporting.export(graph, form, path if path else sys.stdout.buffer, options)
