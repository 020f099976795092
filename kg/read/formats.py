"""The formats that are read: one explicit list, and the way from a file to its records."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

from kg.errors import KgError, UnreadableArticle
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
    "xml": ("xml", "read", (".xml",)),
    "feed": ("feed", "read", (".rss", ".atom")),
    "mediawiki": ("mediawiki", "read", ()),
    "docx": ("documents", "read_docx", (".docx",)),
    "rtf": ("documents", "read_rtf", (".rtf",)),
    "pdf": ("documents", "read_pdf", (".pdf",)),
    "epub": ("epub", "read", (".epub",)),
    "eml": ("mail", "read_message", (".eml",)),
    "mbox": ("mail", "read_mbox", (".mbox",)),
    "warc": ("warc", "read", (".warc", ".warc.gz")),
    "zip": ("archive", "read_zip", (".zip",)),
    "tar": ("archive", "read_tar", (".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz")),
}


#: Endings of compressed files, and what opens them.
_COMPRESSED: dict[str, Callable[[BinaryIO], Any]] = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}
_DAMAGED = (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile)


def format_of(name: str) -> str:
    """The format that a file's ending tells; plain text where it tells none."""
    lower = PurePosixPath(name).name.lower()
    for format, (_, _, endings) in FORMATS.items():
        if lower.endswith(endings):
            return format
    return "text"


def records(name: str, stream: BinaryIO, options: Options) -> Iterator[Record | Skipped]:
    """The articles that a file holds. Raises ``UnreadableArticle`` where the file as a whole cannot be used."""
    inner, opened = _uncompressed(name, stream)
    format = options.format or format_of(inner)
    if format not in FORMATS:
        raise KgError(f"unknown input format {format!r}; there is {', '.join(FORMATS)}")
    module, function, _ = FORMATS[format]
    reader = cast(Reader, getattr(import_module(f"kg.read.{module}"), function))
    try:
        yield from reader(name, opened, options)
    except _DAMAGED as error:
        raise UnreadableArticle(f"damaged: {error}") from None


def _uncompressed(name: str, stream: BinaryIO) -> tuple[str, BinaryIO]:
    """The name without the ending of a compressed file, and the stream of what is in it."""
    ending = PurePosixPath(name).suffix.lower()
    if ending not in _COMPRESSED or format_of(name) != "text":
        return name, stream
    return name[: -len(ending)], cast(BinaryIO, _COMPRESSED[ending](stream))
