"""The formats that are read: one explicit list, and the way from a file to its records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from kg.errors import KgError
from kg.read.record import Options, Record, Skipped

Reader = Callable[[str, BinaryIO, Options], Iterator[Record | Skipped]]

#: Format → (module of this package, its function, endings of files that have it). Modules are imported on use, so
#: that nobody waits for a library that none of their files needs.
FORMATS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "text": ("text", "read", (".txt", ".text")),
    "markdown": ("text", "read_markdown", (".md", ".markdown")),
    "html": ("html", "read", (".html", ".htm", ".xhtml")),
    "jsonl": ("rows", "read_jsonl", (".jsonl", ".ndjson")),
    "csv": ("rows", "read_csv", (".csv",)),
    "tsv": ("rows", "read_tsv", (".tsv", ".tab")),
    "feed": ("feed", "read", (".rss", ".atom", ".xml")),
    "zip": ("archive", "read_zip", (".zip",)),
    "tar": ("archive", "read_tar", (".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz")),
}


def format_of(name: str) -> str:
    """The format that a file's ending tells; plain text where it tells none."""
    lower = PurePosixPath(name).name.lower()
    for format, (_, _, endings) in FORMATS.items():
        if lower.endswith(endings):
            return format
    return "text"


def records(name: str, stream: BinaryIO, options: Options) -> Iterator[Record | Skipped]:
    """The articles that a file holds. Raises ``UnreadableArticle`` where the file as a whole cannot be used."""
    format = options.format or format_of(name)
    if format not in FORMATS:
        raise KgError(f"unknown input format {format!r}; there is {', '.join(FORMATS)}")
    module, function, _ = FORMATS[format]
    reader = cast(Reader, getattr(import_module(f"kg.read.{module}"), function))
    yield from reader(name, stream, options)
