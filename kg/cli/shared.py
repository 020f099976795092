"""What the commands share: their common options, the way to the store, and how answers are shown."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, TextIO, TypeVar

import click

from kg import judgements, results
from kg import language as lang
from kg.errors import KgError
from kg.graph import Graph
from kg.judgements import Judgement
from kg.remote import is_address
from kg.results import Table

Command = TypeVar("Command", bound=Callable[..., Any])
#: The note under which a store elsewhere keeps judgements.
JUDGEMENTS = "judgements"
#: Exit codes besides 0 (done) and 2 (wrong usage).
FAILED, SOME_SKIPPED = 1, 3
_TABLE = "table"
#: Width of a table that goes to a file or pipe, in columns: wide enough that nothing is cut.
_WIDE = 10_000


def store_option(command: Command) -> Command:
    """``--store``: the folder that holds the graph."""
    return click.option(
        "--store",
        default="kg.db",
        show_default=True,
        metavar="PATH|URL",
        envvar="KG_STORE",
        help="The store that holds the graph: a folder, or the address of a SPARQL 1.1 server.",
    )(command)


def output_options(command: Command) -> Command:
    """``--format`` and ``-o``: how a table is written, and where to."""
    command = click.option(
        "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file instead."
    )(command)
    return click.option(
        "--format",
        "form",
        type=click.Choice([_TABLE, *results.FORMATS]),
        help="How to write the answer; by default a table, or what the ending of -o says.",
    )(command)


def label_option(command: Command) -> Command:
    """``--lang`` where it is the language of labels."""
    return click.option(
        "--lang",
        "language",
        type=click.Choice(lang.languages()),
        default="en",
        show_default=True,
        help="The language of labels.",
    )(command)


def _common_options(command: Command) -> Command:
    """``--quiet`` and ``--debug``, which every command has."""
    command = click.option("--debug", is_flag=True, expose_value=False, help="Show where an error comes from.")(command)
    return click.option("--quiet", "-q", is_flag=True, help="Say nothing but the answer.")(command)


def command(example: str, **settings: Any) -> Callable[[Callable[..., Any]], click.Command]:
    """A command whose help ends with an example, with the options that all commands have."""
    lines = "\n".join(f"  {line}" for line in example.strip().splitlines())

    def made(function: Callable[..., Any]) -> click.Command:
        settings["epilog"] = f"\b\nExample:\n{lines}"
        return click.command(None, click.Command, **settings)(_common_options(function))

    return made


def say(text: str) -> None:
    """One line to standard error."""
    click.echo(printable(text), err=True)


def printable(text: str) -> str:
    """Text without what a terminal would obey."""
    return "".join(c if c.isprintable() or c in "\n\t" else "\ufffd" for c in text)


def open_store(store: str) -> Graph:
    """The store for reading. ``StoreError`` where there is none."""
    return Graph.open(store)


def judged(store: str) -> tuple[Judgement, ...]:
    """A person's judgements on the actors of a store: of the text file beside it, or in it where it is elsewhere."""
    if not is_address(store):
        return judgements.read(judgements_file(store))
    with open_store(store) as graph:
        return judgements.parse(graph.note(JUDGEMENTS) or "", store_name(store))


def judgements_file(store: str) -> Path:
    """The text file beside a store on this machine that keeps judgements (``kg.judgements.tsv``)."""
    path = Path(store)
    return path.with_name(f"{path.name.removesuffix('.db')}.judgements.tsv")


def store_name(store: str) -> str:
    """What a store is called in messages: its path, or its address without user and password."""
    return re.sub(r"//[^/@]*@", "//", store) if is_address(store) else store


@contextmanager
def binary_output(path: Path | None) -> Iterator[IO[bytes]]:
    """Standard output, or the file, which is written as a whole or not at all."""
    if path is None:
        sys.stdout.flush()
        yield sys.stdout.buffer
        return
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    except OSError as error:
        raise KgError(f"cannot write {path}: {error.strerror or error}") from None
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def output(path: Path | None) -> Iterator[TextIO]:
    """Like ``binary_output``, for text in UTF-8."""
    if path is None:
        yield sys.stdout
        return
    with binary_output(path) as raw, io.TextIOWrapper(raw, encoding="utf-8", newline="") as text:
        yield text


def form_of(path: Path | None) -> str:
    """The format that the ending of an output file tells; else a table for a person."""
    ending = path.suffix.removeprefix(".") if path else ""
    return {"ttl": "turtle", "nt": "ntriples"}.get(ending, ending if ending in results.FORMATS else _TABLE)


def show(table: Table, form: str | None, path: Path | None) -> None:
    """Write a table as asked: to the screen or a file, for a person or a program."""
    form = form or form_of(path)
    with output(path) as out:
        if form == _TABLE:
            draw(table, out)
        else:
            results.write(table, form, out)


def draw(table: Table, out: TextIO, title: str | None = None) -> None:
    """A table for a person; as wide as it needs to be where it goes to no terminal."""
    from rich import box  # here, since most answers of a program's use are no tables
    from rich.console import Console
    from rich.table import Table as Drawing
    from rich.text import Text

    terminal = out.isatty()
    drawing = Drawing(box=box.SIMPLE_HEAD, title=title, title_justify="left", pad_edge=False)
    for name in table.columns:
        drawing.add_column(name.replace("_", " "), overflow="fold")
    for row in table.rows:
        drawing.add_row(*(Text(_cell(value)) for value in row))
    console = Console(file=out, markup=False, highlight=False, width=None if terminal else _WIDE)
    if not table.rows:
        console.print("nothing found")
    elif terminal:
        console.print(drawing)
    else:
        with console.capture() as drawn:
            console.print(drawing)
        out.writelines(f"{line.rstrip()}\n" for line in drawn.get().splitlines() if line.strip())


def _cell(value: results.Value) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}"
    return printable(str(value).replace("\n", " "))
