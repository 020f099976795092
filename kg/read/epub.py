"""EPUB books and newspapers: an article a document of the reading order, by the standard library's ZIP and lxml."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO
from urllib.parse import unquote

from kg.errors import UnreadableArticle
from kg.read.html import page_text
from kg.read.record import MAX_BYTES, Options, Record, Skipped
from kg.read.text import whole, with_title

_CONTAINER, _ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
_PAGES = ("application/xhtml+xml", "text/html")
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, KeyError)
#: A document of fewer words is a cover, a title page or a list of contents.
_MIN_WORDS = 25


@dataclass(frozen=True, slots=True)
class _Book:
    """What a package says of itself: its documents in the order of reading, and its metadata by Dublin Core name."""

    documents: tuple[str, ...]
    about: Mapping[str, str]


def read(name: str, stream: BinaryIO, options: Options) -> Iterator[Record | Skipped]:
    """The articles of an EPUB file, named ``file.epub/document``; ``UnreadableArticle`` where it is none."""
    from lxml import etree

    data = whole(stream)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            book = _book(archive)
            locked = _locked(archive)
            for path in book.documents:
                if path in locked:
                    yield Skipped(f"{name}/{path}", "encrypted")
                    continue
                yield from _document(f"{name}/{path}", _member(archive, path), book)
    except (etree.LxmlError, *_DAMAGED) as error:
        raise UnreadableArticle(f"not a whole EPUB file: {' '.join(str(error).split())[:200]}") from None


def _member(archive: zipfile.ZipFile, path: str) -> bytes:
    with archive.open(path) as member:
        data = member.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UnreadableArticle(f"larger than {MAX_BYTES:,} bytes when unpacked")
    return data


def _xml(data: bytes) -> Any:
    from lxml import etree

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def _book(archive: zipfile.ZipFile) -> _Book:
    root = _xml(_member(archive, _CONTAINER)).find(".//{*}rootfile")
    package = root.get("full-path", "") if root is not None else ""
    found = _xml(_member(archive, package))
    folder = posixpath.dirname(package)
    items = {
        item.get("id"): posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
        for item in found.iterfind(".//{*}manifest/{*}item")
        if item.get("media-type") in _PAGES and "nav" not in (item.get("properties") or "")
    }
    order = [ref.get("idref") for ref in found.iterfind(".//{*}spine/{*}itemref")]
    about = {key: found.findtext(f".//{{*}}metadata/{{*}}{key}") for key in _ABOUT.values()}
    documents = tuple(items[key] for key in order if key in items)
    if not documents:
        raise UnreadableArticle("no documents in this EPUB file")
    return _Book(documents, {key: " ".join(text.split()) for key, text in about.items() if text and text.strip()})


#: Our names → those of Dublin Core.
_ABOUT = {"outlet": "title", "author": "creator", "published": "date", "language": "language"}


def _locked(archive: zipfile.ZipFile) -> set[str]:
    """The members that are encrypted (fonts often are, and do no harm)."""
    if _ENCRYPTION not in archive.namelist():
        return set()
    return {
        unquote(ref.get("URI", "")) for ref in _xml(_member(archive, _ENCRYPTION)).iterfind(".//{*}CipherReference")
    }


def _document(name: str, data: bytes, book: _Book) -> Iterator[Record | Skipped]:
    from lxml import html

    page = html.fromstring(data, parser=html.HTMLParser(encoding="utf-8")) if data.strip() else None
    body = page.find(".//body") if page is not None else None
    if body is None:
        yield Skipped(name, "empty")
        return
    title = next((" ".join(head.text_content().split()) for head in body.iter("h1", "h2", "h3")), None)
    text = with_title(None, page_text(html.tostring(body, encoding="unicode")))
    if len(text.split()) >= _MIN_WORDS:
        about = {ours: book.about[theirs] for ours, theirs in _ABOUT.items() if theirs in book.about}
        yield Record(name, text, data, title=title or None, **about)
