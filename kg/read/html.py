"""Web pages saved to a file: the article without menus and captions, by trafilatura."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import BinaryIO

from kg.errors import UnreadableArticle
from kg.read import press
from kg.read.decode import decode
from kg.read.record import MAX_MARKUP, Options, Record, Skipped
from kg.read.text import whole, with_title

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
#: A picture inside a page that was saved as one file.
_PICTURE = re.compile(rb"data:[\w/+.;=-]{0,80},[A-Za-z0-9+/=%]{200,}")
_BLOCKS = ("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "blockquote")


def read(name: str, stream: BinaryIO, options: Options) -> Iterator[Record | Skipped]:
    """The article of a page, its headline as first paragraph. Raises ``UnreadableArticle`` where it has none."""
    import trafilatura  # here, since it takes half a second to load
    from trafilatura.settings import Document

    data = _PICTURE.sub(b"", whole(stream))
    if press.is_page(data):
        yield from press.page(name, decode(data, options.encoding)[0])
        return
    if len(data) > MAX_MARKUP:
        raise UnreadableArticle(f"a page larger than {MAX_MARKUP:,} bytes without its pictures")
    markup = decode(data, options.encoding)[0] if options.encoding else data
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot use, it logs and returns None for
    page = trafilatura.bare_extraction(
        markup, include_comments=False, include_tables=False, with_metadata=True, favor_precision=True
    )
    if not isinstance(page, Document) or not (page.text or "").strip():
        raise UnreadableArticle("no article in this page")
    yield Record(
        name,
        with_title(page.title, page.text or ""),
        data,
        title=page.title,
        outlet=page.sitename,
        published=page.date,
        url=page.url,
        author=page.author,
    )


def page_text(markup: str) -> str:
    """The words of a piece of HTML, a line a block; for mails and feeds, whose markup is no page."""
    from lxml import etree, html

    if not markup.strip():
        return ""
    try:
        root = html.fromstring(
            f"<div>{_CONTROL.sub(' ', markup)}</div>".encode(), parser=html.HTMLParser(encoding="utf-8")
        )
    except (etree.LxmlError, ValueError):
        return ""
    for element in root.xpath("//script|//style|//head|//comment()"):
        element.drop_tree()
    for block in root.iter(*_BLOCKS):
        block.tail = "\n" + _CONTROL.sub(" ", block.tail or "")
    return str(root.text_content()).strip()
