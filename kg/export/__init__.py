"""Exports: one module a format, named in one explicit list; written to a temporary name and moved into place."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from kg.errors import KgError
from kg.export import cytoscape, gexf, graphml, page, rdf, tables
from kg.export.options import Options
from kg.graph import Graph

#: Format name → what writes it, and the usual ending of its files.
FORMATS: dict[str, tuple[Callable[[Graph, IO[bytes], Options], None], str]] = {
    "graphml": (graphml.export, ".graphml"),
    "gexf": (gexf.export, ".gexf"),
    "turtle": (rdf.turtle, ".ttl"),
    "trig": (rdf.trig, ".trig"),
    "nquads": (rdf.nquads, ".nq"),
    "jsonld": (rdf.jsonld, ".jsonld"),
    "csv": (tables.network, ".zip"),
    "events": (tables.events, ".csv"),
    "cytoscape": (cytoscape.export, ".cyjs"),
    "html": (page.export, ".html"),
}

#: What a folder of exports holds: file name → format and options.
FILES: dict[str, tuple[str, Options]] = {
    "graph.graphml": ("graphml", Options()),
    "graph-dyads.graphml": ("graphml", Options(shape="dyads")),
    "graph-yed.graphml": ("graphml", Options(profile="yed")),
    "graph-yed-dyads.graphml": ("graphml", Options(profile="yed", shape="dyads")),
    "graph.gexf": ("gexf", Options()),
    "graph.ttl": ("turtle", Options()),
    "graph.trig": ("trig", Options()),
    "graph.nq": ("nquads", Options()),
    "graph.jsonld": ("jsonld", Options()),
    "graph.csv.zip": ("csv", Options()),
    "events.csv": ("events", Options()),
    "graph.cyjs": ("cytoscape", Options()),
    "graph.html": ("html", Options()),
}


def export(graph: Graph, form: str, out: str | Path | IO[bytes], options: Options | None = None) -> None:
    """Write the graph in a format of ``FORMATS`` to a path or an open binary stream.

    The same graph and options always give the same bytes. A path is replaced only once all is written. ``KgError``
    for an unknown format or a file that cannot be written, ``QueryError`` for an actor that is not known.
    """
    if form not in FORMATS:
        raise KgError(f"unknown export format {form!r}; there is {', '.join(FORMATS)}")
    write, _ = FORMATS[form]
    options = options or Options()
    if not isinstance(out, str | Path):
        write(graph, out, options)
        return
    path = Path(out)
    try:
        with NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}.", delete=False) as temporary:
            try:
                write(graph, temporary, options)
            except BaseException:
                os.unlink(temporary.name)
                raise
        os.chmod(temporary.name, 0o666 & ~_umask())
        os.replace(temporary.name, path)
    except OSError as error:
        raise KgError(f"cannot write {path}: {error.strerror or error}") from None


def export_all(graph: Graph, folder: Path) -> Iterator[Path]:
    """Write every file of ``FILES`` into a folder, made where it is missing; gives each path once it is written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KgError(f"cannot write {folder}: {error.strerror or error}") from None
    for name, (form, options) in FILES.items():
        export(graph, form, folder / name, options)
        yield folder / name


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


__all__ = ["FILES", "FORMATS", "Options", "export", "export_all"]
