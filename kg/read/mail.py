"""Newsletters: an article a message, from a mailbox (mbox) or a single message (EML)."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import BinaryIO

from kg.errors import UnreadableArticle
from kg.read.html import page_text
from kg.read.record import MAX_BYTES, Options, Record, Skipped
from kg.read.text import whole, with_title


def read_message(name: str, stream: BinaryIO, options: Options) -> Iterator[Record | Skipped]:
    """The article of a file that holds one message."""
    yield _record(name, whole(stream))


def read_mbox(name: str, stream: BinaryIO, options: Options) -> Iterator[Record | Skipped]:
    """The articles of a mailbox, numbered from 1."""
    number = 0
    for number, data in enumerate(_messages(stream), start=1):
        yield _record(f"{name}#{number}", data)
    if not number:
        raise UnreadableArticle("no mailbox: no line starts with 'From '")


def _messages(stream: BinaryIO) -> Iterator[bytes]:
    """The messages of a mailbox, each without its ``From`` line; what stands before the first is left out."""
    lines: list[bytes] | None = None
    size, blank = 0, True
    while line := stream.readline(MAX_BYTES):
        if blank and line.startswith(b"From "):
            if lines is not None:
                yield b"".join(lines)
            lines, size = [], 0
        elif lines is not None and size <= MAX_BYTES:
            lines.append(line.removeprefix(b">") if line.startswith(b">From ") else line)
            size += len(line)
        blank = not line.strip()
    if lines is not None:
        yield b"".join(lines)


def _record(name: str, data: bytes) -> Record | Skipped:
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        title, sender = (" ".join(str(message.get(key, "")).split()) or None for key in ("subject", "from"))
        body = message.get_body(("plain", "html"))
        content = str(body.get_content()) if body is not None else ""
        markup = body is not None and body.get_content_subtype() == "html"
    except (MessageError, LookupError, ValueError, AttributeError, TypeError, IndexError) as error:
        return Skipped(name, f"not a message: {' '.join(str(error).split())}")
    content = content.encode("utf-8", "replace").decode("utf-8")
    text = page_text(content) if markup else content
    if not text.strip():
        return Skipped(name, "no text in this message")
    return Record(
        name, with_title(title, text) if markup else text, data, title=title, outlet=sender, published=_date(message)
    )


def _date(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(str(message["date"])).date().isoformat()
    except (TypeError, ValueError, IndexError):
        return None
