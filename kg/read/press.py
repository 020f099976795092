"""Exports of press databases: many articles in one file, each with a head of its own.

Known are the pages that Europresse and Factiva save as HTML, and what Factiva (RTF) and Nexis Uni (DOCX, RTF) write
into one document: a head line by line, a body, and a line that ends the article. The databases publish no description
of these formats; what is read here is what programs that read them agree upon (see ``docs/reading.md``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from kg import language as lang
from kg.read.record import Record, Skipped
from kg.read.text import with_title

_EUROPRESSE, _FACTIVA = b"DocPublicationName", b"articleParagraph"
_DATE = re.compile(r"\b(?:\d{1,2}(?:er)?\s+[^\W\d]+\.?\s+\d{4}|[^\W\d]+\s+\d{1,2},\s+\d{4})\b")
_WORDS = re.compile(r"[\d.,\s]+(?:words|mots)", re.IGNORECASE)
_CODE = re.compile(r"Document\s+[A-Z0-9]{15,}", re.IGNORECASE)
_RIGHTS = re.compile(r"(?:©|\(c\)|copyright\b|tous droits réservés|all rights reserved)", re.IGNORECASE)
#: How Nexis Uni heads what stands before and after the text.
_FIELD = re.compile(r"(Section|Rubrique|Length|Longueur|Byline|Auteur|Dateline|Highlight)\s*:\s*(.*)", re.IGNORECASE)
_BODY, _END = re.compile(r"Body|Corps", re.IGNORECASE), re.compile(r"End of Document|Fin du document", re.IGNORECASE)
_AFTER = re.compile(r"(?:Classification|Load-Date\b.*|Date de chargement\b.*|Graphic|Notes)", re.IGNORECASE)


def is_page(data: bytes) -> bool:
    """Whether a page is an export of Europresse or Factiva."""
    return _EUROPRESSE in data or (_FACTIVA in data and b"Article" in data)


def page(name: str, markup: str) -> Iterator[Record | Skipped]:
    """The articles of a page for which ``is_page`` holds, numbered from 1."""
    from lxml import html

    root = html.fromstring(markup.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    found = [(_europresse, node) for node in root.iter("article")]
    found += [(_factiva, node) for node in root.iter("div") if {"article"} < set((node.get("class") or "").split())]
    for number, (reader, node) in enumerate(found, start=1):
        yield _record(f"{name}#{number}", **reader(node))


def document(name: str, blocks: Sequence[str]) -> Iterator[Record | Skipped] | None:
    """The articles of a document's paragraphs, where it is an export of Nexis Uni or Factiva; else ``None``."""
    if any(_END.fullmatch(block) for block in blocks) and any(_BODY.fullmatch(block) for block in blocks):
        return _numbered(name, blocks, _END, _nexis)
    if any(_CODE.fullmatch(block) for block in blocks) and any(_WORDS.fullmatch(block) for block in blocks):
        return _numbered(name, blocks, _CODE, _factiva_lines)
    return None


def _numbered(name: str, blocks: Sequence[str], end: re.Pattern[str], reader: Any) -> Iterator[Record | Skipped]:
    number = 0
    article: list[str] = []
    for block in blocks:
        if end.fullmatch(block):
            number += 1
            yield _record(f"{name}#{number}", **reader(article))
            article = []
        else:
            article.append(block)


def _record(name: str, *, body: Sequence[str], title: str = "", **about: str) -> Record | Skipped:
    text = with_title(title or None, "\n".join(body))
    if not body:
        return Skipped(name, "no text in this article of the export")
    known = {key: value for key, value in about.items() if value}
    content = "\x1f".join([title, *known.values(), *body]).encode("utf-8", "replace")
    return Record(name, text, content, title=title or None, **known)


def _europresse(node: Any) -> dict[str, Any]:
    body = _first(node, "DocText", "docOcurrContainer")
    paragraphs = [] if body is None else [_line(p) for p in body.iter("p")] or [_line(body)]
    return {
        "title": _line(_first(node, "titreArticle", "titreArticleVisu", "rdp__articletitle")),
        "outlet": _line(_first(node, "DocPublicationName")).partition(",")[0],
        "published": date(_line(_first(node, "DocHeader"))),
        "author": _line(_first(node, "docAuthors", "sm-margin-bottomNews")),
        "body": [text for text in paragraphs if text],
    }


def _factiva(node: Any) -> dict[str, Any]:
    """Either lines of the head in ``div`` elements, or rows of a table with the codes of Factiva's fields."""
    paragraphs = [_line(p) for p in node.iter("p") if "articleParagraph" in (p.get("class") or "")]
    body = [text for text in paragraphs if text and not _CODE.fullmatch(text)]
    rows = {cells[0]: cells[1] for row in node.iter("tr") if len(cells := [_line(c) for c in row.iter("td")]) == 2}
    if "HD" in rows:
        return {
            "title": rows["HD"], "outlet": rows.get("SN", ""), "published": date(rows.get("PD", "")),
            "author": rows.get("BY", ""), "body": body,
        }  # fmt: skip
    head = [_line(div) for div in node.iterchildren("div")]
    title = next((_line(div) for div in node.iter("div") if div.get("id") == "hd"), head[0] if head else "")
    return _headed([title, *(line for line in head if line != title)]) | {"body": body}


def _factiva_lines(blocks: Sequence[str]) -> dict[str, Any]:
    """Headline, author, number of words, date, source, its code, language, copyright; then the text."""
    rights = next((n for n, block in enumerate(blocks) if _RIGHTS.search(block) and n < 12), None)
    date_at = next((n for n, block in enumerate(blocks) if date(block)), 0)
    start = rights if rights is not None else date_at + 3
    return _headed(list(blocks[:start])) | {"body": list(blocks[start + 1 :])}


def _headed(head: Sequence[str]) -> dict[str, str]:
    """Title, author, date and outlet out of the lines that Factiva puts before a text, in their order."""
    count = next((n for n, line in enumerate(head) if _WORDS.fullmatch(line)), len(head))
    dated = next((n for n, line in enumerate(head) if n > 0 and len(line) < 40 and date(line)), len(head))
    after = [line for line in head[dated + 1 :] if not re.fullmatch(r"\d{1,2}:\d{2}(?:\s*[AP]M)?", line)]
    return {
        "title": head[0] if head else "",
        "author": head[1] if 1 < count < len(head) else "",
        "published": date(head[dated]) if dated < len(head) else "",
        "outlet": after[0] if after else "",
    }


def _nexis(blocks: Sequence[str]) -> dict[str, Any]:
    """Headline, source, date, copyright, fields, ``Body``, the text, and what is said about it."""
    start = next((n for n, block in enumerate(blocks) if _BODY.fullmatch(block)), len(blocks))
    end = next((n for n, block in enumerate(blocks) if n > start and _AFTER.fullmatch(block)), len(blocks))
    head = [block for block in blocks[:start] if block]
    fields = {m[1].lower(): m[2].strip() for block in head if (m := _FIELD.fullmatch(block))}
    dated = next((n for n, block in enumerate(head) if n > 1 and date(block)), 2)
    return {
        "title": head[0] if head else "",
        "outlet": head[dated - 1] if len(head) > 1 else "",
        "published": date(head[dated]) if dated < len(head) else "",
        "author": fields.get("byline") or fields.get("auteur") or "",
        "body": list(blocks[start + 1 : end]),
    }


def date(text: str) -> str:
    """The first day that a line names, as an ISO date; empty where it names none."""
    import dateparser

    match = _DATE.search(text)
    found = dateparser.parse(match[0], languages=list(lang.languages())) if match else None
    return found.date().isoformat() if found else ""


def _first(node: Any, *classes: str) -> Any:
    return next((inner for inner in node.iter() if set((inner.get("class") or "").split()) & set(classes)), None)


def _line(node: Any) -> str:
    return "" if node is None else " ".join(str(node.text_content()).split())
