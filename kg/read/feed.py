"""RSS and Atom files: an article an entry, by feedparser."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from typing import Any, BinaryIO

from kg.errors import UnreadableArticle
from kg.read.html import page_text
from kg.read.record import Options, Record, Skipped
from kg.read.text import whole, with_title


def read(name: str, stream: BinaryIO, options: Options) -> Iterator[Record | Skipped]:
    """The entries of a feed, each with the fullest text that the feed gives, headline first."""
    import feedparser  # here, since most files are no feeds

    data = whole(stream)
    feed = feedparser.parse(io.BytesIO(data))  # as a stream: a string would be taken for an address
    if not feed.entries:
        raise UnreadableArticle("no feed with entries (RSS, Atom)")
    for number, entry in enumerate(feed.entries, start=1):
        link = entry.get("link")
        row_name = f"{name}#{number}"
        title = entry.get("title")
        body = _body(entry)
        if not body and not title:
            yield Skipped(row_name, "empty")
            continue
        text = with_title(title, body) if body else str(title)
        yield Record(
            row_name,
            text,
            "\x1f".join((str(link), str(title), body)).encode("utf-8", "replace"),
            title=title,
            outlet=feed.feed.get("title"),
            published=_date(entry),
            url=link,
            author=entry.get("author"),
            language=feed.feed.get("language"),
        )


def _body(entry: Any) -> str:
    """The longest of an entry's contents and its summary, without markup."""
    candidates = [content.get("value", "") for content in entry.get("content", ())] + [entry.get("summary", "")]
    return page_text(max(candidates, key=len))


def _date(entry: Any) -> str | None:
    moment: time.struct_time | None = (
        dict.get(entry, "published_parsed")
        or dict.get(entry, "updated_parsed")  # its own `get` takes one for the other
    )
    return time.strftime("%Y-%m-%d", moment) if moment else None
