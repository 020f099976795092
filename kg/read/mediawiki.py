"""Dumps of a MediaWiki such as Wikinews: an article a page, its markup taken off by mwparserfromhell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from kg.errors import UnreadableArticle
from kg.read.record import Options, Record, Skipped

#: Namespaces of files and categories, whose links are no words of the text, in the languages of large wikis.
_BESIDE = re.compile(r"^\s*(?:file|image|fichier|category|catégorie|media|[a-z]{2,3})\s*:", re.IGNORECASE)
_DATE = re.compile(r"\{\{\s*date\s*\|\s*(?:\w+\s*\|\s*)?([^|{}]+)", re.IGNORECASE)
_HEADING = re.compile(r"^=+.*?=+\s*$", re.MULTILINE)


def read(name: str, stream: BinaryIO, options: Options) -> Iterator[Record | Skipped]:
    """The pages of a dump's main namespace that are no redirections, named by their titles."""
    from lxml import etree

    found = False
    try:
        for _, page in etree.iterparse(stream, tag="{*}page", resolve_entities=False, no_network=True):
            found = True
            title, space, text, stamp = (
                _child(page, tag) for tag in ("title", "ns", "revision/text", "revision/timestamp")
            )
            redirect = page.find("{*}redirect") is not None
            page.clear()
            while page.getprevious() is not None:
                del page.getparent()[0]
            if (space or "0") == "0" and not redirect:
                yield _record(f"{name}/{title}", title, text or "", stamp)
    except etree.LxmlError as error:
        raise UnreadableArticle(f"not a whole MediaWiki dump: {error}") from None
    if not found:
        raise UnreadableArticle("no MediaWiki dump: it has no pages")


def _child(page: Any, path: str) -> str | None:
    found = page.find("/".join(f"{{*}}{step}" for step in path.split("/")))
    return None if found is None else found.text


def _record(name: str, title: str | None, markup: str, stamp: str | None) -> Record | Skipped:
    text = plain(markup)
    if not text:
        return Skipped(name, "no text in this page")
    published = stamp and stamp[:10]
    return Record(
        name,
        f"{title}\n\n{text}" if title else text,
        markup.encode("utf-8", "replace"),
        title=title,
        published=published,
    )


def plain(markup: str) -> str:
    """The prose of a page: no templates, tables, notes, headings, pictures or lists of links."""
    import mwparserfromhell
    from mwparserfromhell.parser import ParserError

    try:
        code = mwparserfromhell.parse(_HEADING.sub("\n", markup))
    except (ParserError, RecursionError):
        return ""
    beside: list[Any] = [link for link in code.filter_wikilinks() if _BESIDE.match(str(link.title))]
    beside += [tag for tag in code.filter_tags() if str(tag.tag).lower() in ("ref", "table")]
    for node in beside:
        try:
            code.remove(node)
        except ValueError:  # it went with what it stood in
            continue
    text = str(code.strip_code(normalize=True, collapse=True))
    blocks = (" ".join(block.split()) for block in re.split(r"\n\s*\n", text))
    return "\n\n".join(block for block in blocks if len(block.split()) > 3)
