"""JSON Lines, CSV and TSV: an article a row. The usual column names are known; ``Columns`` names others."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any, BinaryIO

from kg.errors import UnreadableArticle
from kg.read.decode import decode
from kg.read.record import MAX_BYTES, Columns, Options, Record, Skipped
from kg.read.text import known_fields, written

#: Usual names of the column that holds the text, and of the one that names the article.
_TEXT = ("text", "content", "body", "article", "texte", "contenu", "maintext", "plain_text")
_NAME = ("name", "id", "filename", "file", "nom")
csv.field_size_limit(MAX_BYTES)


def read_jsonl(name: str, stream: BinaryIO, options: Options) -> Iterator[Record | Skipped]:
    """The articles of a file with one JSON object a line; a line that is none is skipped by its number."""
    found = False
    for number, (raw, line) in enumerate(_lines(stream, options.encoding), start=1):
        if not line.strip():
            continue
        found = True
        row_name = f"{name}#{number}"
        try:
            fields = json.loads(line)
        except (ValueError, RecursionError):
            yield Skipped(row_name, "not JSON")
            continue
        if not isinstance(fields, Mapping):
            yield Skipped(row_name, "not a JSON object")
            continue
        yield _record(row_name, fields, raw.strip(), options.columns)
    if not found:
        raise UnreadableArticle("empty")


def read_csv(name: str, stream: BinaryIO, options: Options) -> Iterator[Record | Skipped]:
    """The articles of a table with a header; the delimiter is the one that the header has most of."""
    yield from _table(name, stream, options, None)


def read_tsv(name: str, stream: BinaryIO, options: Options) -> Iterator[Record | Skipped]:
    """The articles of a table whose cells are parted by tabulators."""
    yield from _table(name, stream, options, "\t")


def _table(name: str, stream: BinaryIO, options: Options, delimiter: str | None) -> Iterator[Record | Skipped]:
    lines = (line for _, line in _lines(stream, options.encoding))
    head = next(lines, "")
    if not head.strip():
        raise UnreadableArticle("empty")
    delimiter = delimiter or max(",;\t|", key=head.count)
    try:
        header = [cell.strip() for cell in next(csv.reader([head], delimiter=delimiter))]
    except csv.Error as error:
        raise UnreadableArticle(f"not a table: {error}") from None
    rows = csv.reader(lines, delimiter=delimiter)
    number = 0
    while True:
        number += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Skipped(f"{name}#{number}", f"not a row of the table: {error}")
            continue
        if any(cell.strip() for cell in row):
            fields = dict(zip(header, row, strict=False))
            yield _record(f"{name}#{number}", fields, "\x1f".join(row).encode(), options.columns)


def _lines(stream: BinaryIO, encoding: str | None) -> Iterator[tuple[bytes, str]]:
    """Each line as bytes and as text, its encoding found line by line."""
    first = stream.readline(MAX_BYTES + 1)
    if first.startswith((b"\xff\xfe", b"\xfe\xff")) and not encoding:
        text, _ = decode(first + stream.read(MAX_BYTES))
        yield from ((line.encode(), line) for line in text.splitlines(keepends=True))
        return
    if len(first) > MAX_BYTES:
        raise UnreadableArticle(f"a row larger than {MAX_BYTES:,} bytes")
    if first:
        yield first, decode(first, encoding)[0]
    while raw := stream.readline(MAX_BYTES + 1):
        if len(raw) > MAX_BYTES:
            raise UnreadableArticle(f"a row larger than {MAX_BYTES:,} bytes")
        yield raw, decode(raw, encoding)[0] if encoding else _lenient(raw)


def _lenient(raw: bytes) -> str:
    """A line in UTF-8 or else Windows-1252; bytes that neither has are marked, so that one row cannot end the file."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _record(name: str, fields: Mapping[str, Any], content: bytes, columns: Columns) -> Record | Skipped:
    asked = {key: value for key, value in asdict(columns).items() if value}
    for column in asked.values():
        if column not in fields:
            return Skipped(name, f"no column {column!r}; there is {', '.join(map(str, fields))}")
    own_name = _first(fields, [asked["name"]] if "name" in asked else _NAME)
    text = _first(fields, [asked["text"]] if "text" in asked else _TEXT)
    if not isinstance(text, str):
        return Skipped(name, f"no text; its columns are {', '.join(map(str, fields))} (--text-column names it)")
    about = known_fields(fields)
    for key in asked.keys() - {"text", "name"}:
        about["published" if key == "date" else key] = written(fields[asked[key]])
    return Record(written(own_name) if own_name is not None else name, text, content, **about)


def _first(fields: Mapping[str, Any], names: Iterable[str]) -> Any:
    return next((fields[name] for name in names if fields.get(name) not in (None, "")), None)
