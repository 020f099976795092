"""The answer to a question or query as a table of plain values, and its text forms."""

from __future__ import annotations

import csv
import html
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from kg.errors import KgError

Value = str | int | float | bool | None
#: Text forms of a table; how a terminal shows one is the command line's own matter.
FORMATS = ("json", "jsonl", "csv", "tsv", "xml")
#: Most rows of a table that a notebook shows.
SHOWN = 200
_XSD = "http://www.w3.org/2001/XMLSchema#"


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns and rows of plain values (``None`` where a row has none).

    ``pandas.DataFrame(table.dicts())`` makes a data frame of it; a notebook shows it by itself.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def dicts(self) -> list[dict[str, Value]]:
        """One dict a row, columns in order."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        """The rows."""
        return iter(self.rows)

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.rows)

    def __getitem__(self, index: int) -> tuple[Value, ...]:
        """The row at ``index``."""
        return self.rows[index]

    def _repr_html_(self) -> str:
        """What a notebook shows: the rows as a table, the first ``SHOWN`` of a long one."""
        head = "".join(f"<th>{html.escape(name)}</th>" for name in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(_text(value))}</td>" for value in row) + "</tr>"
            for row in self.rows[:SHOWN]
        )
        rest = f"<p>… and {len(self) - SHOWN:,} more rows</p>" if len(self) > SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}"


def write(table: Table, form: str, out: TextIO) -> None:
    """Write a table as one of ``FORMATS``; ``KgError`` names an unknown one.

    ``json`` is a list of objects, ``jsonl`` one object a line, ``csv`` and ``tsv`` have a header, ``xml`` is the
    SPARQL results format.
    """
    writers = {"json": _json, "jsonl": _jsonl, "csv": _csv, "tsv": _tsv, "xml": _xml}
    if form not in writers:
        raise KgError(f"unknown format {form!r}; there is {', '.join(writers)}")
    writers[form](table, out)


def to_text(table: Table, form: str) -> str:
    """The table as text in one of ``FORMATS``."""
    out = io.StringIO()
    write(table, form, out)
    return out.getvalue()


def _text(value: Value) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _json(table: Table, out: TextIO) -> None:
    json.dump(table.dicts(), out, ensure_ascii=False, indent=2)
    out.write("\n")


def _jsonl(table: Table, out: TextIO) -> None:
    for row in table.dicts():
        out.write(json.dumps(row, ensure_ascii=False) + "\n")


def _csv(table: Table, out: TextIO) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([_text(value) for value in row] for row in table.rows)


def _tsv(table: Table, out: TextIO) -> None:
    """Tab, line break and backslash inside a value are written as ``\\t``, ``\\n``, ``\\r`` and ``\\\\``."""
    marks = str.maketrans({"\t": "\\t", "\n": "\\n", "\r": "\\r", "\\": "\\\\"})
    for row in (table.columns, *table.rows):
        out.write("\t".join(_text(value).translate(marks) for value in row) + "\n")


def _xml(table: Table, out: TextIO) -> None:
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n<head>')
    out.write("".join(f"<variable name={quoteattr(name)}/>" for name in table.columns) + "</head>\n<results>\n")
    for row in table.rows:
        out.write("<result>")
        for name, value in zip(table.columns, row, strict=True):
            if value is not None:
                out.write(f"<binding name={quoteattr(name)}>{_literal(value)}</binding>")
        out.write("</result>\n")
    out.write("</results>\n</sparql>\n")


def _literal(value: Value) -> str:
    kinds = ((bool, "boolean"), (int, "integer"), (float, "double"))
    datatype = next((name for kind, name in kinds if isinstance(value, kind)), None)
    mark = f' datatype="{_XSD}{datatype}"' if datatype else ""
    plain = "".join(c for c in _text(value) if c >= " " or c in "\t\n\r")
    return f"<literal{mark}>{escape(plain)}</literal>"
