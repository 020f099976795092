"""Bytes → text: byte-order mark, then strict UTF-8, then Windows-1252, or the encoding that the user names."""

from __future__ import annotations

import codecs
import re

from kg.errors import UnreadableArticle

#: Longest first: the mark of UTF-32-LE begins with that of UTF-16-LE.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: First bytes of files that are taken for articles by mistake, and what they are.
_KNOWN = (
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
#: Share of control characters that no text has.
_MAX_CONTROL = 0.001


def decode(data: bytes, encoding: str | None = None) -> tuple[str, str | None]:
    """The text of ``data`` with plain line ends, and a note where its encoding had to be assumed.

    Raises ``UnreadableArticle`` for binary data, and for data that is not in the encoding asked for.
    """
    for magic, what in _KNOWN:
        if data.startswith(magic):
            raise UnreadableArticle(f"not text: {what}")
    text, note = _forced(data, encoding) if encoding else _guessed(data)
    if len(_CONTROL.findall(text)) > _MAX_CONTROL * len(text):
        raise UnreadableArticle("not text: binary data")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", " "), note


def _forced(data: bytes, encoding: str) -> tuple[str, None]:
    try:
        return data.decode(encoding).removeprefix("\ufeff"), None
    except LookupError:
        raise UnreadableArticle(f"unknown encoding {encoding!r}") from None
    except UnicodeError as error:
        raise UnreadableArticle(f"not {encoding}: {error}") from None


def _guessed(data: bytes) -> tuple[str, str | None]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), None
            except UnicodeDecodeError:
                raise UnreadableArticle(f"not text: its byte-order mark says {encoding}, its bytes do not") from None
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        where = error.start
    if b"\x00" in data:
        raise UnreadableArticle("not text: binary data")
    try:
        return data.decode("cp1252"), "read as Windows-1252 (it is not UTF-8)"
    except UnicodeDecodeError:
        raise UnreadableArticle(f"neither UTF-8 (byte {where}) nor Windows-1252; --encoding names another") from None
