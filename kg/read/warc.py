"""Web archives (WARC, also gzipped): an article a page, by warcio and trafilatura."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from kg.errors import UnreadableArticle
from kg.read import html
from kg.read.record import MAX_BYTES, Options, Record, Skipped


def read(name: str, stream: BinaryIO, options: Options) -> Iterator[Record | Skipped]:
    """The pages of a web archive, named by their addresses; what is no page (images, scripts) is left out."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    found = False
    try:
        records = iter(ArchiveIterator(stream))
        while (record := _next(records)) is not None:
            found = found or record.format == "warc"
            kind = record.http_headers.get_header("Content-Type", "") if record.http_headers else ""
            if record.rec_type != "response" or "html" not in kind.lower():
                continue
            address = record.rec_headers.get_header("WARC-Target-URI") or "?"
            data = record.content_stream().read(MAX_BYTES + 1)
            yield from _page(f"{name}/{address}", address, data, options)
    except (ArchiveLoadFailed, OSError, EOFError, ValueError, AttributeError, IndexError, KeyError) as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise UnreadableArticle(f"not a whole web archive: {reason}") from None
    if not found:
        raise UnreadableArticle("no web archive: it has no records")


def _next(records: Iterator[Any]) -> Any:
    """The next record; what the library says of it on standard error is dropped."""
    with contextlib.redirect_stderr(io.StringIO()):
        return next(records, None)


def _page(name: str, address: str, data: bytes, options: Options) -> Iterator[Record | Skipped]:
    try:
        for page in html.read(name, io.BytesIO(data), options):
            yield replace(page, url=page.url or address) if isinstance(page, Record) else page
    except UnreadableArticle as error:
        yield Skipped(name, str(error))
