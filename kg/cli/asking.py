"""The commands that answer: ``ask``, ``query``, ``show``, ``why`` and ``info``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TextIO

import click
from pyoxigraph import NamedNode

from kg import query as queries
from kg import questions, results
from kg.cli.shared import (
    binary_output,
    command,
    draw,
    form_of,
    label_option,
    open_store,
    output_options,
    say,
    show,
    store_option,
)
from kg.cli.shared import output as text_output
from kg.context import sentence
from kg.errors import KgError, QueryError
from kg.graph import Graph
from kg.names import Names
from kg.results import Table, Value
from kg.sparql import form as sparql_form

#: Formats of an answer that is a graph itself.
_TRIPLES = ("turtle", "ntriples")
#: Rows of each part of the screen that ``kg show`` gives.
_SHOWN = 8


@command(
    "kg ask\nkg ask who-threatens-whom\nkg ask what-did --actor Hamas --format csv",
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
)
@click.argument("question", required=False)
@click.option(
    "--queries",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with more questions (.rq files).",
)
@click.option("--iris", is_flag=True, help="Identifiers, not labels.")
@label_option
@output_options
@store_option
@click.pass_context
def ask(
    context: click.Context,
    /,
    question: str | None,
    folder: Path | None,
    iris: bool,
    language: str,
    form: str | None,
    output: Path | None,
    store: str,
    quiet: bool,
) -> None:
    """Answer a question of the library; without QUESTION, list what can be asked.

    Parameters are given as --NAME VALUE: an actor by any of its names, a date as 2025-03.
    """
    if question is None:
        show(_library(folder), form, output)
        return
    found = questions.find(question, folder)
    params = _parameters(context.args)
    with open_store(store) as graph:
        table = questions.answer(graph, found, params, lang=language, iris=iris)
    if not quiet and not table.rows:
        say("kg: nothing in the graph answers this")
    show(table, form, output)


@command("kg query 'SELECT ?a ?t WHERE { ?a action:threaten ?t }'\nkg query @mine.rq --format csv -o answer.csv")
@click.argument("sparql", metavar="SPARQL|@FILE|-")
@click.option("--iris", is_flag=True, help="Identifiers, not labels; files are then in the standard SPARQL formats.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", *results.FORMATS, *_TRIPLES]),
    help="How to write the answer; by default a table (triples: turtle), or what the ending of -o says.",
)
@click.option("--timeout", default=60.0, show_default=True, metavar="SECONDS", help="Stop the query after this time.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file instead.")
@label_option
@store_option
def query(
    sparql: str,
    iris: bool,
    form: str | None,
    timeout: float,
    output: Path | None,
    language: str,
    store: str,
    quiet: bool,
) -> None:
    """Run a SPARQL query; the prefixes of the graph are known without declaring them.

    SELECT and ASK give a table, CONSTRUCT and DESCRIBE Turtle.
    """
    text = _query_text(sparql)
    form = form or form_of(output)
    if sparql_form(text) in ("CONSTRUCT", "DESCRIBE") and form == "table":
        form = "turtle"
    with open_store(store) as graph:
        if form in _TRIPLES or (iris and form in queries.FORMATS):
            with binary_output(output) as out:
                queries.write(graph, text, form, out, timeout=timeout)
        else:
            table = queries.table(graph, text, timeout=timeout, lang=None if iris else language)
            show(table, form, output)


@command("kg show Hamas --lang fr")
@click.argument("name")
@label_option
@output_options
@store_option
def show_actor(name: str, language: str, form: str | None, output: Path | None, store: str, quiet: bool) -> None:
    """What the graph has on an actor: who it is, what it did, and what was done to it.

    NAME is any name of the actor; the file name of an article shows what the article reports.
    """
    with open_store(store) as graph:
        if any(stored.name == name for stored in graph.articles()):
            show(questions.ask(graph, "in-article", {"article": name}, lang=language), form, output)
            return
        names = Names(graph, language)
        actor = names.node("actor", name)
        events = _events(graph, actor, language)
        if form_of(output) == (form or "table") == "table":
            with text_output(output) as out:
                _screen(graph, names, actor, events, out)
        else:
            show(events, form, output)


def _events(graph: Graph, actor: NamedNode, language: str) -> Table:
    """What an actor did and what was done to it, in the order of time."""
    did = questions.ask(graph, "what-did", {"actor": actor.value}, lang=language)
    suffered = questions.ask(graph, "done-to", {"target": actor.value}, lang=language)
    found = stacked(did, suffered)
    own = list(dict.fromkeys(found.rows))
    return Table(found.columns, tuple(sorted(own, key=lambda row: str(row[0] or ""))))


def _screen(graph: Graph, names: Names, actor: NamedNode, events: Table, out: TextIO) -> None:
    """An actor on one screen: who it is, its roles, whom it acts on, who acts on it, and its latest events."""
    out.write(_portrait(graph, names, actor) + "\n")
    parts = (
        ("Roles", "roles", {"person": actor.value}, ("role", "organization", "article")),
        ("Acts on", "dyads", {"actor": actor.value}, ("target", "events", "cooperation", "conflict", "last")),
        ("Is acted on by", "dyads", {"target": actor.value}, ("actor", "events", "cooperation", "conflict", "last")),
    )
    for title, question, params, columns in parts:
        found = questions.ask(graph, question, params, lang=names.lang)
        if found.rows:
            draw(_columns(Table(found.columns, found.rows[:_SHOWN]), columns), out, title)
    if events.rows:
        told = ("date", "actor", "action", "target", "source", "quote", "article")
        draw(_columns(Table(events.columns, events.rows[: -_SHOWN - 1 : -1]), told), out, "Latest events")


def _columns(table: Table, names: tuple[str, ...]) -> Table:
    places = [table.columns.index(name) for name in names]
    return Table(names, tuple(tuple(row[place] for place in places) for row in table.rows))


def _portrait(graph: Graph, names: Names, actor: NamedNode) -> str:
    """An actor in a line: label, kind, country, other names, identifiers."""
    text = f"SELECT ?p ?o {{ <{actor.value}> ?p ?o }} ORDER BY ?p ?o"
    told: dict[str, list[str]] = {}
    for row in graph.solutions(text):
        told.setdefault(graph.vocabulary.shorten(row["p"].value), []).append(str(names.plain(row["o"], iris=True)))
    label = names.label(actor)
    also = [name for name in dict.fromkeys(told.get("rdfs:label", []) + told.get("skos:altLabel", [])) if name != label]
    kind = told.get("kg:kind", [""])[0].removeprefix("kg:").replace("_", " ")
    parts = [f"{label} ({kind})", *told.get("kg:countryCode", []), *told.get("owl:sameAs", [])]
    if also:
        parts.append("also: " + ", ".join(also))
    return " · ".join([graph.vocabulary.shorten(actor.value), *parts])


@command("kg why Hamas threaten Israel")
@click.argument("actor")
@click.argument("action")
@click.argument("target")
@label_option
@output_options
@store_option
def why(
    actor: str, action: str, target: str, language: str, form: str | None, output: Path | None, store: str, quiet: bool
) -> None:
    """The sentences that an edge rests on: speaker, polarity, modality, quotation, article and the whole sentence."""
    with open_store(store) as graph:
        table = questions.ask(graph, "evidence", {"actor": actor, "action": action, "target": target}, lang=language)
        sentences = tuple(_sentence(graph, row) for row in table.dicts())
    rows = tuple((*row, text) for row, text in zip(table.rows, sentences, strict=True))
    table = Table((*table.columns, "sentence"), rows)
    if not table.rows:
        raise KgError(f"no article says that {actor} {action} {target}")
    show(table, form, output)


def _sentence(graph: Graph, row: dict[str, Value]) -> str:
    start, end = row["start"], row["end"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    return sentence(graph.text(str(row["article"])), start, end)


@command("kg info")
@output_options
@store_option
def info(form: str | None, output: Path | None, store: str, quiet: bool) -> None:
    """Count what the store holds; nodes and edges are those of the exported network."""
    with open_store(store) as graph:
        counts = graph.counts()
    names = ("articles", "events", "actors", "nodes", "edges", "triples")
    show(Table(("what", "number"), tuple((name, getattr(counts, name)) for name in names)), form, output)


def stacked(*tables: Table) -> Table:
    """Tables with different columns as one, columns in order of appearance."""
    columns = tuple(dict.fromkeys(column for table in tables for column in table.columns))
    rows = [row for table in tables for row in table.dicts()]
    return Table(columns, tuple(tuple(row.get(column) for column in columns) for row in rows))


def _library(folder: Path | None) -> Table:
    rows = []
    for question in questions.library(folder).values():
        named = " ".join(f"--{parameter.name}" for parameter in questions.parameters(question))
        rows.append((question.group, question.name, question.summary, named))
    return Table(("group", "question", "what it answers", "parameters"), tuple(rows))


def _parameters(arguments: list[str]) -> dict[str, str]:
    """``--name value`` and ``--name=value`` as a mapping."""
    params: dict[str, str] = {}
    rest = iter(arguments)
    for argument in rest:
        if not argument.startswith("--"):
            raise click.UsageError(f"{argument!r}: a parameter is given as --NAME VALUE")
        name, mark, value = argument[2:].partition("=")
        if not mark:
            following = next(rest, None)
            if following is None:
                raise click.UsageError(f"--{name} needs a value")
            value = following
        params[name] = value
    return params


def _query_text(argument: str) -> str:
    if argument == "-":
        return sys.stdin.read()
    if not argument.startswith("@"):
        return argument
    try:
        return Path(argument[1:]).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"cannot read the query {argument[1:]}: {getattr(error, 'strerror', None) or error}") from None
