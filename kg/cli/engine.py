"""Where a build reads and parses: on this machine, or on a Spark cluster."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import click

from kg.cli.shared import Command
from kg.extraction import Engine, Here
from kg.graph import Graph


def engine_options(command: Command) -> Command:
    """``--engine`` and what goes with it; ``chosen`` makes the engine of them."""
    for option in (
        click.option("--lines", metavar="DIR", help="Keep what Spark found here; all its machines must see it."),
        click.option("--master", metavar="URL", help="The Spark cluster; else the one that Spark is set up for."),
        click.option(
            "--engine",
            default="here",
            show_default=True,
            type=click.Choice(["here", "spark"]),
            help="Read and parse on this machine, or on a Spark cluster (pip install 'kg-news[spark]').",
        ),
    ):
        command = option(command)
    return command


@contextmanager
def chosen(
    settings: Mapping[str, Any], graph: Graph, models: Mapping[str, str] | None, *, again: bool
) -> Iterator[Engine]:
    """The engine that the options name, for a build of ``graph``; ``again`` parses what it has already."""
    if settings["engine"] == "here":
        if settings["master"] or settings["lines"]:
            raise click.UsageError("--master and --lines go with --engine spark")
        yield Here(settings["jobs"])
        return
    from kg.spark import Spark, unchanged

    known = () if again else unchanged(graph, models)
    with Spark(settings["master"], lines=settings["lines"], models=models, known=known) as engine:
        yield engine
