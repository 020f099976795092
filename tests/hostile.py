"""Sixty and more hostile files, each with the outcome that it must have; all are made here."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import os
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from test_read import ENGLISH, FRENCH
from test_read_documents import DUMP, MAIL, pdf
from test_read_hostile import PAGE, a_docx, a_tar, a_warc, a_zip
from test_read_press import epub

#: Outcomes: the article is read, it is read with a note, or its reason contains these words.
READ, NOTED = "read", "noted"
GERMAN = "Der Bürgermeister von Köln hat am Dienstag die Vertreter der Händler empfangen, die Hilfe verlangen. " * 3
LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>{}]>".format(
    "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
)
BLOWUP = f"<!DOCTYPE x [<!ENTITY a '{'x' * 50_000}'>]>"
MB = 1_000_000


def _zip(members: dict[str, bytes | str], *, lie: int | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in members.items():
            archive.writestr(path, data)
    data = out.getvalue()
    if lie is not None:  # the central directory says another size than the member has
        at = data.rindex(b"PK\x01\x02") + 24
        data = data[:at] + lie.to_bytes(4, "little") + data[at + 4 :]
    return data


def _locked_zip() -> bytes:
    data = bytearray(a_zip())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def _locked_pdf() -> bytes:
    writer, out = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([ENGLISH.strip()])))), io.BytesIO()
    writer.encrypt("secret")
    writer.write(out)
    return out.getvalue()


def _pdf_bomb() -> bytes:
    stream = zlib.compress(b"BT " + b" " * (400 * MB), 9)
    return pdf(["x"]).replace(
        b"4 0 obj\n",
        b"4 0 obj\n<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream\nendobj\n9 0 obj\n" % (len(stream), stream),
    )


def _docx(xml: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(a_docx())) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            target.writestr(info.filename, xml if info.filename == "word/document.xml" else source.read(info))
    return out.getvalue()


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _word(body: str, head: str = "") -> str:
    return f'<?xml version="1.0"?>{head}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'


def _tar(*members: tuple[str, bytes, bytes, str]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for path, data, kind, link in members:
            info = tarfile.TarInfo(path)
            info.type, info.linkname, info.size = kind, link, len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def _wiki(text: str, head: str = "") -> str:
    return head + DUMP.replace("'''", text, 1)


def files() -> Iterator[tuple[str, bytes, dict[str, str]]]:
    """Name, bytes, and what becomes of each article in it (by what follows the file's name)."""
    yield from _texts()
    yield from _tables()
    yield from _pages()
    yield from _documents()
    yield from _archives()


def _texts() -> Iterator[tuple[str, bytes, dict[str, str]]]:
    good = FRENCH.encode()
    yield "empty.txt", b"", {"": "empty"}
    yield "blank.md", b" \n\t\n", {"": "empty"}
    yield "huge.txt", b"mot " * (13 * MB), {"": "larger than 50,000,000 bytes"}
    yield "long.txt", b"mot mot.\n" * 200_000, {"": "an article has at most 1,000,000"}
    yield "line.txt", b"mot " * 60_000, {"": "a single line of 240,000 characters"}
    yield "numbers.txt", b"12 345\n67 890\n", {"": "no words in it"}
    yield "german.txt", GERMAN.encode(), {"": "its language seems to be 'de'"}
    yield "binary.txt", bytes(range(256)) * 40, {"": "not text: binary data"}
    yield "controls.txt", b"\x01\x02\x03\x04" * 100 + good, {"": "not text: binary data"}
    yield "few-controls.txt", good * 20 + b"\x07", {"": READ}
    yield "nul.txt", good * 20 + b"\x00", {"": READ}
    yield "latin1.txt", FRENCH.replace("mardi", "jeudi").encode("latin-1"), {"": NOTED}
    yield "mixed.txt", FRENCH.replace("mardi", "lundi").encode() + "Fin de l'été.".encode("latin-1"), {"": NOTED}
    yield "undecodable.txt", FRENCH.encode("latin-1") + b"\x81\x8d", {"": "neither UTF-8"}
    yield "half-utf16.txt", b"\xff\xfe" + FRENCH.encode("utf-16-le")[:-1], {"": "its byte-order mark says utf-16-le"}
    yield "surrogate.txt", FRENCH.replace("mardi", "samedi").encode() + b"\xed\xa0\x80", {"": NOTED}
    yield "escapes.txt", b"\x1b[2J\x1b]0;x\x07" + FRENCH.replace("mardi", "demain").encode() * 20, {"": READ}
    yield "picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(100), {"": "a PNG image"}
    yield "word.txt", a_docx(), {"": "a ZIP archive"}
    yield "front.md", b"---\n" + b"a: &a [*a]\n" * 3 + b"---\n" + FRENCH.replace("mardi", "hier").encode(), {"": READ}
    laughs = "".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))
    yield "laughs.md", f"---\na0: &a0 [x]\n{laughs}---\n{FRENCH} Suite.".encode(), {"": READ}
    yield "deep.md", b"> " * 20_000 + FRENCH.replace("mardi", "ce soir").encode(), {"": "empty"}


def _tables() -> Iterator[tuple[str, bytes, dict[str, str]]]:
    row = json.dumps({"text": FRENCH.replace("mardi", "ce matin")})
    yield "cut.jsonl", f"{row}\n{row[:40]}".encode(), {"#1": READ, "#2": "not JSON"}
    yield "nested.jsonl", b"[" * 100_000 + b"\n", {"#1": "not JSON"}
    yield "list.jsonl", b"[1]\n", {"#1": "not a JSON object"}
    yield "other.jsonl", b'{"texte ": 1}\n', {"#1": "--text-column"}
    yield "lone.jsonl", json.dumps({"text": FRENCH + "\ud800"}).encode(), {"#1": READ}
    yield "big-number.jsonl", b'{"text": ' + b"9" * 5000 + b"}\n", {"#1": "not JSON"}
    yield "wide.jsonl", b'{"text": "' + b"m " * (26 * MB) + b'"}', {"": "a row larger than 50,000,000 bytes"}
    yield "empty.csv", b"", {"": "empty"}
    yield "quote.csv", f'text\n"{FRENCH}'.encode(), {"#1": READ}
    yield "nul.csv", b"text,date\n" + ENGLISH.encode() + b"\x00\n", {"#1": READ, "#2": "no words in it"}
    yield "columns.tsv", b"a\tb\n1\t2\n", {"#1": "no text; its columns are a, b"}


def _pages() -> Iterator[tuple[str, bytes, dict[str, str]]]:
    yield "none.html", b"<html></html>", {"": "no article in this page"}
    yield "deep.html", b"<div>" * 100_000 + PAGE.encode(), {"": "no article in this page"}
    yield "huge.html", b"<p>" + b"mot " * (13 * MB), {"": "larger than"}
    yield "wide.html", b"<p>Le maire parle.</p>" * 200_000, {"": "a page larger than 3,000,000 bytes"}
    yield "cut.html", PAGE.encode()[:-40], {"": READ}
    yield "program.html", b"\x7fELF" + bytes(3000), {"": "no article in this page"}
    yield "laughs.xml", _wiki("&a9;", LAUGHS).encode(), {"": "not a whole MediaWiki dump"}
    yield "blowup.xml", _wiki("&a;" * 50_000, BLOWUP).encode(), {"": "no feed"}
    entity = "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
    yield "entity.xml", _wiki("&e;'''", entity).encode(), {"/Grève à Lyon": "no text", "/Vide": "no text"}
    yield "cut.xml", DUMP.encode()[:300], {"": "not a whole MediaWiki dump"}
    yield "address.rss", b"http://127.0.0.1:9/feed", {"": "no feed"}
    yield "laughs.rss", f"{LAUGHS}<rss><channel><item><title>&a9;</title></item></channel></rss>".encode(), {"#1": READ}
    yield "empty.eml", b"\n", {"": "empty"}
    yield (
        "parts.eml",
        b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n" * 5000,
        {"": "no text in this message"},
    )
    yield "charset.eml", MAIL.replace("utf-8\nContent", "no-such\nContent").encode(), {"": "unknown encoding"}
    yield "none.mbox", b"no mail", {"": "no mailbox"}
    yield "cut.warc.gz", a_warc()[:-200], {"": "no web archive"}
    yield "none.warc", b"nothing of the kind", {"": "not a whole web archive"}


def _documents() -> Iterator[tuple[str, bytes, dict[str, str]]]:
    yield "cut.docx", a_docx()[:-300], {"": "not a DOCX file"}
    yield "laughs.docx", _docx(_word("<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", LAUGHS)), {"": "not a DOCX file"}
    yield "bomb.docx", _docx(_word(f"<w:p>{' ' * (60 * MB)}</w:p>")), {"": "larger than"}
    yield "wide.docx", _docx(_word("<w:p/>" * MB + "<w:p/>" * 200_000)), {"": "larger than 6,000,000 bytes of text"}
    yield "sheet.docx", _zip({"xl/workbook.xml": "<x/>"}), {"": "not a DOCX file"}
    yield "text.docx", FRENCH.encode(), {"": "not a DOCX file"}
    yield "old.rtf", b"\xd0\xcf\x11\xe0" + bytes(600), {"": "not an RTF file"}
    yield "deep.rtf", b"{\\rtf1 " + b"{" * 200_000, {"": "empty"}
    yield "wide.rtf", b"{\\rtf1 " + b"mot mot\\par " * 700_000, {"": "larger than 6,000,000 bytes"}
    yield "locked.pdf", _locked_pdf(), {"": "encrypted"}
    yield "cut.pdf", pdf([ENGLISH.strip()])[:60], {"": "not a PDF file that can be read"}
    yield "bomb.pdf", _pdf_bomb(), {"": "PDF file"}
    yield "loop.pdf", pdf(["x"]).replace(b"Kids[3 0 R]", b"Kids[2 0 R]"), {"": "PDF file"}
    yield "locked.epub", epub(locked=True), {"/OPS/text/b b.xhtml": READ, "/OPS/text/a.xhtml": "encrypted"}
    yield "cut.epub", epub()[:-200], {"": "not a whole EPUB file"}
    laughs = {"META-INF/container.xml": f"{LAUGHS}<x>&a9;</x>"}
    yield "laughs.epub", _zip(laughs), {"": "not a whole EPUB file"}


def _archives() -> Iterator[tuple[str, bytes, dict[str, str]]]:
    yield "locked.zip", _locked_zip(), {"/a.txt": "encrypted", "/b.html": "encrypted"}
    yield "cut.zip", a_zip()[:-30], {"": "not a ZIP archive"}
    yield "bomb.zip", _zip({"bomb.txt": b"a" * (300 * MB)}), {"/bomb.txt": "larger than 50,000,000 bytes"}
    yield "liar.zip", _zip({"bomb.txt": b"a" * (60 * MB)}, lie=100), {"/bomb.txt": "damaged"}
    yield "nested.zip", _zip({"in.zip": a_zip()}), {"/in.zip": "an archive inside an archive"}
    path = "../../../tmp/out.txt"
    yield "path.zip", _zip({path: FRENCH.replace("mardi", "alors")}), {f"/{path}": READ}
    link = ("link.txt", b"", tarfile.SYMTYPE, "/etc/passwd")
    yield (
        "links.tar",
        _tar(link, ("a.txt", FRENCH.replace("mardi", "ensuite").encode(), tarfile.REGTYPE, "")),
        {"/a.txt": READ},
    )
    yield "device.tar", _tar(("null", b"", tarfile.CHRTYPE, "")), {}
    yield "cut.tar.gz", a_tar()[:-40], {"/a.txt": "damaged", "": "not a whole tar archive"}
    yield "bomb.txt.gz", gzip.compress(b"a" * (300 * MB)), {"": "larger than 50,000,000 bytes"}
    yield "bomb.txt.bz2", bz2.compress(b"a" * (300 * MB)), {"": "larger than 50,000,000 bytes"}
    yield "cut.txt.gz", gzip.compress(FRENCH.encode())[:-12], {"": "damaged"}


def write(folder: Path) -> dict[str, str]:
    """Write all files, with good ones between them; returns the outcome of each article by its name."""
    expected: dict[str, str] = {}
    for number, (name, data, outcomes) in enumerate(files()):
        (folder / name).write_bytes(data)
        expected |= {f"{name}{part}": outcome for part, outcome in outcomes.items()}
        (folder / f"good-{number:03}.txt").write_text(f"{FRENCH}{'mot ' * (number + 1)}", encoding="utf-8")
        expected[f"good-{number:03}.txt"] = READ
    (folder / "nowhere.txt").symlink_to(folder / "missing")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    return expected | {
        "nowhere.txt": "a link that leads nowhere",
        "loop": "not a regular file",
        "pipe.txt": "not a regular file",
    }
