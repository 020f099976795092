"""Word-processor files and PDF with text: DOCX by python-docx, RTF by striprtf, PDF by pypdf."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from kg.errors import UnreadableArticle
from kg.read import press
from kg.read.decode import decode
from kg.read.record import MAX_BYTES, MAX_MARKUP, MAX_TEXT, Options, Record, Skipped
from kg.read.text import first_line, whole

#: What the libraries raise for a file that is damaged in one of a thousand ways.
_DAMAGED = (
    ValueError, KeyError, IndexError, TypeError, AttributeError, OSError, RecursionError, OverflowError,
    NotImplementedError, AssertionError, zipfile.BadZipFile, SyntaxError,
)  # fmt: skip
_ENDS = re.compile(r"[.!?…»”\"]\s*$")
#: A picture in an RTF file: hexadecimal digits.
_PICTURE = re.compile(rb"[0-9a-f\s]{1000,}")
_HYPHEN = re.compile(r"(\w)[-\u00ad]\n(?=[a-zà-ÿ])")


def read_docx(name: str, stream: BinaryIO, options: Options) -> Iterator[Record | Skipped]:
    """The one article of a DOCX file, a paragraph a block."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    data = whole(stream)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sizes = {info.filename: info.file_size for info in archive.infolist()}
            if sum(sizes.values()) > MAX_BYTES or sizes.get("word/document.xml", 0) > 2 * MAX_MARKUP:
                raise UnreadableArticle(f"larger than {2 * MAX_MARKUP:,} bytes of text when unpacked")
        document = docx.Document(io.BytesIO(data))
        blocks = [" ".join(paragraph.text.split()) for paragraph in document.paragraphs]
        about = document.core_properties
        title, author = about.title or None, about.author or None
    except (*_DAMAGED, PackageNotFoundError) as error:
        raise UnreadableArticle(f"not a DOCX file: {_line(error)}") from None
    blocks = [block for block in blocks if block]
    if (articles := press.document(name, blocks)) is not None:
        yield from articles
        return
    text = "\n\n".join(blocks)
    yield Record(name, text, data, title=first_line(text) or title, author=author)


def read_rtf(name: str, stream: BinaryIO, options: Options) -> Iterator[Record | Skipped]:
    """The one article of an RTF file."""
    from striprtf.striprtf import rtf_to_text

    data = _PICTURE.sub(b"", whole(stream))
    if len(data) > 2 * MAX_MARKUP:
        raise UnreadableArticle(f"larger than {2 * MAX_MARKUP:,} bytes without its pictures")
    if not data.lstrip().startswith(b"{\\rtf"):
        raise UnreadableArticle("not an RTF file")
    try:
        text = str(rtf_to_text(data.decode("latin-1"), errors="replace"))  # type: ignore[no-untyped-call]
    except _DAMAGED as error:
        raise UnreadableArticle(f"not an RTF file: {_line(error)}") from None
    blocks = [line.strip() for line in decode(text.encode("utf-8", "replace"))[0].splitlines() if line.strip()]
    if (articles := press.document(name, blocks)) is not None:
        yield from articles
        return
    text = "\n\n".join(blocks)
    yield Record(name, text, data, title=first_line(text))


def read_pdf(name: str, stream: BinaryIO, options: Options) -> Iterator[Record | Skipped]:
    """The one article of a PDF file with text; lines are joined to paragraphs, pages are run together."""
    import pypdf
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends, it logs
    data = whole(stream)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableArticle("encrypted")
        pages: list[str] = []
        for page in reader.pages:
            pages.append(page.extract_text())
            if sum(map(len, pages)) > MAX_TEXT:
                raise UnreadableArticle(f"more than {MAX_TEXT:,} characters")
    except (*_DAMAGED, PyPdfError) as error:
        raise UnreadableArticle(f"not a PDF file that can be read: {_line(error)}") from None
    text = paragraphs("\n".join(pages))
    if not text:
        raise UnreadableArticle("no text in this PDF file; it may be a scan")
    text = decode(text.encode("utf-8", "replace"))[0]
    yield Record(name, text, data, title=first_line(text))


def paragraphs(text: str) -> str:
    """Text that was broken into lines for print, as paragraphs parted by empty lines; hyphenated words are joined.

    A paragraph ends at an empty line, or where a sentence ends on a line that is clearly shorter than the rest.
    """
    text = _HYPHEN.sub(r"\1", text.replace("\r", "\n"))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    lengths = sorted(len(line) for line in lines if line)
    if not lengths:
        return ""
    usual = lengths[len(lengths) * 3 // 4]
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line:
            blocks[-1].append(line)
        if not line or (_ENDS.search(line) and len(line) < 0.8 * usual):
            blocks.append([])
    return "\n\n".join(" ".join(block) for block in blocks if block)


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
