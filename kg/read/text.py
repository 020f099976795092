"""Plain text and Markdown, each with optional front matter (title, date, outlet, url, author, lang)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from kg.errors import UnreadableArticle
from kg.read.decode import decode
from kg.read.record import MAX_BYTES, Options, Record, Skipped

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_MAX_TITLE = 200


def read(name: str, stream: BinaryIO, options: Options) -> Iterator[Record | Skipped]:
    """The one article that a text file holds. Raises ``UnreadableArticle``."""
    data = whole(stream)
    text, note = decode(data, options.encoding)
    front, body = front_matter(text)
    yield Record(name, body, data, note=note, **{"title": first_line(body), **front})


def read_markdown(name: str, stream: BinaryIO, options: Options) -> Iterator[Record | Skipped]:
    """The one article that a Markdown file holds, without its markup. Raises ``UnreadableArticle``."""
    data = whole(stream)
    text, note = decode(data, options.encoding)
    front, body = front_matter(text)
    body = plain(body)
    yield Record(name, body, data, note=note, **{"title": first_line(body), **front})


def whole(stream: BinaryIO, limit: int = MAX_BYTES) -> bytes:
    """All bytes of ``stream``; ``UnreadableArticle`` where there are none, or more than ``limit``."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise UnreadableArticle(f"larger than {limit:,} bytes")
    if not data.strip():
        raise UnreadableArticle("empty")
    return data


def first_line(text: str) -> str | None:
    """The headline of a text: its first line, if that is short, no sentence, and followed by an empty line."""
    line, _, rest = text.lstrip("\n").partition("\n")
    line = line.strip()
    if not line or len(line) > _MAX_TITLE or line.endswith(".") or rest.partition("\n")[0].strip():
        return None
    return line if rest.strip() else None


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """What the YAML block at the head of a text says of the article, and the text after it."""
    match = _FRONT.match(text)
    if not match:
        return {}, text
    import yaml  # here, since most files have no front matter

    try:
        fields = yaml.safe_load(match[1])
    except (yaml.YAMLError, ValueError):  # ValueError: a date such as 2025-02-31
        return {}, text
    if not isinstance(fields, Mapping):
        return {}, text
    return known_fields(fields), text[match.end() :].lstrip("\n")


#: Names under which articles give what we keep, in front matter, JSON and table headers; the first present is taken.
FIELDS = {
    "title": ("title", "headline", "titre"),
    "published": ("date", "published", "date_published", "datePublished", "publication_date", "pubdate", "created"),
    "outlet": ("outlet", "source", "publisher", "site", "sitename", "media", "journal"),
    "url": ("url", "link", "permalink"),
    "author": ("author", "authors", "byline", "auteur"),
    "language": ("lang", "language", "langue"),
}


def known_fields(fields: Mapping[Any, Any]) -> dict[str, str]:
    """What ``fields`` says of an article, by our names; lists are joined, dates are written in ISO 8601."""
    found = {}
    for ours, names in FIELDS.items():
        value = next((fields[name] for name in names if fields.get(name) not in (None, "")), None)
        if value is not None:
            found[ours] = written(value)
    return found


def written(value: Any) -> str:
    """A metadata value as one line of text: ISO 8601 for dates, names joined by commas for lists and objects."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list):
        return ", ".join(written(item) for item in value)
    if isinstance(value, Mapping):
        return written(value.get("name", ""))
    return " ".join(str(value).split())


def plain(markdown: str) -> str:
    """The text of a Markdown document as a reader sees it: one paragraph a block, no markup."""
    from markdown_it import MarkdownIt  # here, since most files are plain

    blocks = []
    for token in MarkdownIt("commonmark").parse(markdown):
        if token.type == "inline":
            parts = [_inline(child.type, child.content) for child in token.children or ()]
            blocks.append("".join(parts).strip())
    return "\n\n".join(block for block in blocks if block)


def _inline(kind: str, content: str) -> str:
    if kind in ("softbreak", "hardbreak"):
        return " "
    return content if kind in ("text", "code_inline") else ""


def with_title(title: str | None, body: str) -> str:
    """The text as a person sees it: the headline, an empty line, one paragraph a block."""
    body = "\n\n".join(line.strip() for line in body.splitlines() if line.strip())
    if not title or body.startswith(title):
        return body
    return f"{title}\n\n{body}"
