"""Room 1: a file, folder, archive or standard input → ``Article``. One module a format (see ``kg.read.formats``)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import UnreadableArticle
from kg.model import Article
from kg.read.detect import detect, supported
from kg.read.formats import records
from kg.read.record import MAX_LINE, MAX_TEXT, Columns, Note, Options, Record, Skipped
from kg.read.sources import Source, count, sources

__all__ = ["Columns", "Note", "Options", "Skipped", "Source", "count", "read", "read_source", "sources"]

#: Characters that no text has and that stores and exports cannot hold: NUL, and halves of pairs.
_UNSOUND = re.compile("[\x00\ud800-\udfff]")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def read(paths: Iterable[str | Path], options: Options | None = None) -> Iterator[Article | Skipped | Note]:
    """Read the articles that ``paths`` name (files, folders, patterns; ``-`` is standard input), in a fixed order.

    An article that cannot be used is given as ``Skipped`` and the reading goes on; a ``Note`` comes just before the
    article that it is about.
    """
    options = options or Options()
    for source in sources(paths):
        yield from read_source(source, options)


def read_source(source: Source, options: Options) -> Iterator[Article | Skipped | Note]:
    """Read the articles of one file."""
    try:
        with source.open() as stream:
            for record in records(source.name, stream, options):
                yield from _finish(record, options)
    except UnreadableArticle as error:
        yield Skipped(source.name, str(error))
    except OSError as error:
        yield Skipped(source.name, f"cannot be read: {error.strerror or error}")


def _finish(record: Record | Skipped, options: Options) -> Iterator[Article | Skipped | Note]:
    if isinstance(record, Skipped):
        yield record
        return
    try:
        article = article_of(record, options)
    except UnreadableArticle as error:
        yield Skipped(sound(record.name), str(error))
        return
    if record.note:
        yield Note(record.name, record.note)
    yield article


def article_of(record: Record, options: Options) -> Article:
    """The article that a record holds, its text checked and its language known. Raises ``UnreadableArticle``."""
    text = sound(record.text)
    if not text.strip():
        raise UnreadableArticle("empty")
    if len(text) > MAX_TEXT:
        raise UnreadableArticle(f"{len(text):,} characters; an article has at most {MAX_TEXT:,}")
    longest = max(map(len, text.split("\n")))
    if longest > MAX_LINE:
        raise UnreadableArticle(f"a single line of {longest:,} characters; an article's have at most {MAX_LINE:,}")
    language = options.language or record.language
    published = iso_date(options.published) or iso_date(record.published)
    return Article(
        id=hashlib.sha256(record.content).hexdigest(),
        name=sound(record.name),
        text=text,
        language=supported(language) if language else detect(text),
        title=record.title and sound(record.title),
        outlet=options.outlet or (record.outlet and sound(record.outlet)),
        published=published,
        url=record.url and sound(record.url),
        author=record.author and sound(record.author),
    )


def sound(text: str) -> str:
    """Text of the same length without NUL and lone surrogates, which become the replacement character."""
    return _UNSOUND.sub("\ufffd", text)


def iso_date(text: str | None) -> str | None:
    """The ISO 8601 date at the head of ``text``, as wide as it is given; ``None`` where there is none."""
    match = _DATE.match((text or "").strip())
    return match[0] if match else None
