"""The commands that read articles: ``build`` and ``extract``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from kg import blas, questions
from kg import build as hallway
from kg import language as lang
from kg.build import Step, Summary
from kg.cli.engine import chosen, engine_options
from kg.cli.shared import (
    SOME_SKIPPED,
    Command,
    command,
    draw,
    judged,
    output,
    say,
    store_name,
    store_option,
)
from kg.eventline import to_line
from kg.export import export_all
from kg.graph import Graph
from kg.model import Question
from kg.read import Columns, Options, count
from kg.read.formats import FORMATS
from kg.results import Table

#: Who does what to whom as the articles themselves assert it: the plain triples, with how many articles have each,
#: copies of one text counted once.
_TRIPLES = """
SELECT ?actor ?action ?target (COUNT(DISTINCT ?story) AS ?articles) WHERE {
  ?action skos:broader ?type . GRAPH ?article { ?actor ?action ?target . ?article kg:story ?story }
}
GROUP BY ?actor ?action ?target ORDER BY DESC(?articles) ?actor ?action ?target
"""
#: Most rows of the summary table that a build ends with.
_ROWS = 20


def reading_options(command: Command) -> Command:
    """What both commands ask about the articles; gives ``paths``, ``options`` and ``models``."""
    for name, what in reversed(
        {
            "text": "the article's text",
            "title": "its title",
            "date": "its date",
            "outlet": "who published it",
            "url": "its address",
            "name": "its name",
        }.items()
    ):
        command = click.option(f"--{name}-column", metavar="NAME", help=f"Column of tables and JSON with {what}.")(
            command
        )
    for option in (
        click.option(
            "--files-from",
            type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
            help="A file with one more path a line.",
        ),
        click.option("--model", multiple=True, metavar="NAME", help="Use this installed spaCy pipeline (repeatable)."),
        click.option("--jobs", default=1, type=click.IntRange(1, 64), help="Parse in this many processes."),
        click.option("--from", "format", type=click.Choice(list(FORMATS)), help="The format of the files."),
        click.option("--encoding", help="Encoding of the files (UTF-8, then Windows-1252)."),
        click.option("--outlet", help="Who published the articles."),
        click.option("--date", "published", metavar="YYYY-MM-DD", help="When they were published."),
        click.option(
            "--lang", "language", type=click.Choice(lang.languages()), help="Their language; else it is recognised."
        ),
        click.argument("paths", nargs=-1, metavar="[PATH]..."),
    ):
        command = option(command)
    return command


def read_settings(settings: dict[str, Any]) -> tuple[list[str], Options, Mapping[str, str]]:
    """Paths, reading options and pipelines out of what ``reading_options`` collected."""
    paths = list(settings["paths"])
    if settings["files_from"]:
        with click.open_file(str(settings["files_from"]), encoding="utf-8") as file:
            paths += [line.rstrip("\n") for line in file if line.strip()]
    if not paths:
        raise click.UsageError("name at least one file or folder (- is standard input)")
    columns = Columns(**{name.removesuffix("_column"): settings[name] for name in settings if name.endswith("_column")})
    given = {name: settings[name] for name in ("language", "published", "outlet", "encoding", "format")}
    return paths, replace(Options(**given), columns=columns), models_by_language(settings["model"])


def models_by_language(names: tuple[str, ...]) -> dict[str, str]:
    """Language → pipeline, by the two letters that a pipeline's name begins with."""
    models = {}
    for name in names:
        code = name.partition("_")[0]
        if code not in lang.languages():
            raise click.UsageError(f"--model {name}: its name begins with none of {', '.join(lang.languages())}")
        models[code] = name
    return models


@command("kg build seeds\nkg build archive/ press.jsonl --text-column body --lang fr")
@reading_options
@click.option(
    "--export",
    "exports",
    type=click.Path(file_okay=False, path_type=Path),
    help="Also write the graph into this folder in every format.",
)
@engine_options
@click.option("--again", is_flag=True, help="Parse unchanged articles too.")
@click.option("--prune", is_flag=True, help="Remove articles that the paths no longer name.")
@click.option("--limit", type=click.IntRange(min=1), help="Parse this many articles at most.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@store_option
@click.pass_context
def build(
    context: click.Context,
    /,
    store: str,
    exports: Path | None,
    again: bool,
    prune: bool,
    limit: int | None,
    dry_run: bool,
    quiet: bool,
    **settings: Any,
) -> None:
    """Read articles into the graph.

    PATH is a file, a folder, a pattern, or - for standard input. Articles that have not changed are not parsed again;
    one that cannot be used is named and skipped, and the exit code is then 3.
    """
    paths, options, models = read_settings(settings)
    if prune and limit:
        raise click.UsageError("--prune with --limit would remove the articles that the limit leaves out")
    if dry_run:
        known = Graph.open(store) if Graph.exists(store) else None
        with _progress(paths, quiet=quiet) as watch:
            plan = hallway.plan(known, paths, options=options, models=models, again=again, watch=watch)
        say("would be " + _outcomes(plan.outcomes))
        return
    with Graph.open(store, write=True) as graph:
        decided = judged(store)
        with chosen(settings, graph, models, again=again) as engine, _progress(paths, quiet=quiet) as watch:
            summary = hallway.build(
                graph,
                paths,
                options=options,
                models=models,
                judgements=decided,
                again=again,
                prune=prune,
                limit=limit,
                engine=engine,
                watch=watch,
            )
        if not quiet:
            _report(graph, summary, store)
        if exports:
            _export(graph, exports, quiet=quiet)
    if summary.outcomes.get("skipped"):
        context.exit(SOME_SKIPPED)


@command("kg extract seeds -o events.jsonl")
@reading_options
@click.option("-o", "--output", "path", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@click.option("--explain", "explained", is_flag=True, help="Show what was found, by which rule, and what was dropped.")
@click.pass_context
def extract(context: click.Context, /, path: Path | None, explained: bool, quiet: bool, **settings: Any) -> None:
    """Write the events of articles as JSON lines, without a store.

    Actors are resolved over all articles of the call.
    """
    paths, options, models = read_settings(settings)
    if explained:
        with output(path) as out:
            for line in hallway.explained(paths, options=options, models=models):
                out.write(line + "\n")
        return
    with _progress(paths, quiet=quiet) as watch:
        events, summary = hallway.extract_all(paths, options=options, models=models, jobs=settings["jobs"], watch=watch)
    with output(path) as out:
        for event in events:
            out.write(to_line(event) + "\n")
    if summary.outcomes.get("skipped"):
        context.exit(SOME_SKIPPED)


@contextmanager
def _progress(paths: list[str], *, quiet: bool) -> Iterator[Callable[[Step], None]]:
    """A function to be told of each step: it names what was skipped, and moves a bar on a terminal."""
    named = ("skipped", "note", "duplicate")

    def line(step: Step) -> None:
        if step.outcome in named and not (quiet and step.outcome != "skipped"):
            say(
                f"kg: {step.name}: {step.detail}"
                if step.outcome == "note"
                else f"kg: {step.name}: {step.outcome}: {step.detail}"
            )

    if quiet or not sys.stderr.isatty():
        yield line
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True, markup=False), transient=True) as bar:
        task = bar.add_task("files", total=count(paths))

        def step_and_line(step: Step) -> None:
            line(step)
            if step.outcome != "note":
                bar.advance(task)

        yield step_and_line


def _outcomes(outcomes: Mapping[str, int]) -> str:
    return ", ".join(f"{number:,} {name}" for name, number in outcomes.items() if number) or "no articles"


def _report(graph: Graph, summary: Summary, store: str) -> None:
    """The plain triples of the graph, those of most articles first, and what became of the articles."""
    table = questions.answer(graph, Question("triples", "", "", (), _TRIPLES))
    draw(Table(table.columns, table.rows[:_ROWS]), sys.stdout)
    if len(table) > _ROWS:
        say(f"and {len(table) - _ROWS:,} more; kg ask tells what can be asked")
    events = f"; {summary.events:,} events in what was parsed" if summary.parsed else ""
    if summary.parsed:
        say(f"matrix products by {blas.fastest()}")
    say(f"{_outcomes(summary.outcomes)}{events}; the graph is in {store_name(store)}")


def _export(graph: Graph, folder: Path, *, quiet: bool) -> None:
    written = [path.name for path in export_all(graph, folder)]
    if not quiet:
        say(f"written into {folder}: {', '.join(written)}")
