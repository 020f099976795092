"""A user's own SPARQL: checked before it runs, stopped when its time is up, answered in the standard formats.

The engine cannot be interrupted, so a query with a time limit runs in a process of its own, which is killed; a store
elsewhere is told the limit and not waited for any longer.
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO

import pyoxigraph as ox

from kg import sparql
from kg.errors import KgError, QueryError, StoreError
from kg.graph import Graph
from kg.language import IDENTIFIERS
from kg.names import Names
from kg.results import Table, Value

_SOLUTIONS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_TRIPLES = {"turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES}
#: The standard formats: four for SELECT and ASK, two for CONSTRUCT and DESCRIBE.
FORMATS = (*_SOLUTIONS, *_TRIPLES)
#: Memory that a query with a time limit may use, in bytes.
MEMORY = 4 * 2**30
_SPOOL = 16 * 2**20
_EXITS: dict[int, type[KgError]] = {3: QueryError, 4: StoreError}


def write(graph: Graph, text: str, form: str, out: IO[bytes], *, timeout: float | None = None) -> None:
    """Answer a query in one of ``FORMATS``; nothing is written unless all of it is there.

    ``timeout`` is in seconds. ``QueryError`` for a query that is refused, wrong (with line and column), too slow, too
    large, or whose form has no such format.
    """
    with SpooledTemporaryFile(max_size=_SPOOL) as answer:
        _answer(graph, text, form, answer, timeout)
        answer.seek(0)
        shutil.copyfileobj(answer, out)


def table(graph: Graph, text: str, *, timeout: float | None = None, lang: str | None = None) -> Table:
    """Answer a query as plain values: ASK is one cell, a graph its triples.

    Nodes are given by their labels in ``lang``, without it by their prefixed names. Otherwise like ``write``.
    """
    answer = io.BytesIO()
    _answer(graph, text, f"rows:{lang or ''}", answer, timeout)
    columns, *rows = (json.loads(line) for line in answer.getvalue().decode().splitlines())
    return Table(tuple(columns), tuple(tuple(row) for row in rows))


def evaluate(graph: Graph, text: str, form: str, out: IO[bytes], timeout: float | None = None) -> None:
    """Run a query in this process; ``form`` is one of ``FORMATS`` or ``rows:LANG`` (JSON lines).

    ``timeout`` in seconds is for a store that can keep it.
    """
    try:
        _evaluate(graph, text, form, out, timeout)
    except RuntimeError as error:
        raise QueryError(f"the query cannot be answered: {error}") from None


def _evaluate(graph: Graph, text: str, form: str, out: IO[bytes], timeout: float | None) -> None:
    found = graph.query(text, timeout=timeout)
    if form.startswith("rows:"):
        for row in _rows(graph, found, form.removeprefix("rows:")):
            out.write(json.dumps(row).encode() + b"\n")
    elif isinstance(found, ox.QueryTriples):
        if form not in _TRIPLES:
            raise QueryError(f"this query gives a graph: write it as {' or '.join(_TRIPLES)}, not {form}")
        if form == "turtle":
            ox.serialize(found, out, _TRIPLES[form], prefixes=dict(graph.vocabulary.prefixes))
        else:
            found.serialize(out, _TRIPLES[form])
    elif form not in _SOLUTIONS:
        raise QueryError(f"this query gives rows: write them as {', '.join(_SOLUTIONS)}, not {form}")
    else:
        found.serialize(out, _SOLUTIONS[form])


def _answer(graph: Graph, text: str, form: str, out: IO[bytes], timeout: float | None) -> None:
    if not sparql.encodable(text):
        raise QueryError("the query is not valid UTF-8")
    sparql.guard(text, graph.vocabulary.prefixes, graph.is_graph)
    if timeout is None or graph.store.path is None:
        evaluate(graph, text, form, out, timeout)
    else:
        _in_process(graph.store.path, text, form, out, timeout)


def _in_process(path: Path, text: str, form: str, out: IO[bytes], timeout: float) -> None:
    """Run ``kg.worker`` on the store and copy what it writes; kill it when its time is up."""
    root = str(Path(__file__).resolve().parent.parent)
    program = f"import sys; sys.path.insert(0, {root!r}); from kg.worker import main; main()"
    arguments = [sys.executable, "-c", program, str(path), form]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        stopped = threading.Event()

        def stop() -> None:
            stopped.set()
            process.kill()

        timer = threading.Timer(timeout, stop)
        timer.start()
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdin.write(text.encode())
            process.stdin.close()
            shutil.copyfileobj(process.stdout, out)
            complaint = process.stderr.read().decode(errors="replace")
            code = process.wait()
        except BrokenPipeError:
            complaint, code = "the query could not be started", 3
        finally:
            timer.cancel()
            process.kill()
    if stopped.is_set():
        raise QueryError(f"the query was stopped after {timeout:g} s")
    if code in _EXITS:
        raise _EXITS[code](complaint.strip())
    if code != 0:
        raise QueryError("the query needs more memory than it may use")


def _rows(graph: Graph, found: object, lang: str) -> Iterator[list[Value]]:
    names = Names(graph, lang or IDENTIFIERS)
    if isinstance(found, ox.QueryBoolean):
        yield ["answer"]
        yield [bool(found)]
    elif isinstance(found, ox.QueryTriples):
        yield ["subject", "predicate", "object"]
        for triple in found:
            yield [names.plain(term, iris=not lang) for term in (triple.subject, triple.predicate, triple.object)]
    elif isinstance(found, ox.QuerySolutions):
        yield [variable.value for variable in found.variables]
        for solution in found:
            yield [names.plain(term, iris=not lang) for term in solution]
