"""Damaged files of every format: whatever is wrong with one, it ends in its line, and quickly."""

from __future__ import annotations

import io
import json
import random
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from test_read import ENGLISH, FEEDS, FRENCH
from test_read_documents import DUMP, MAIL, SECOND, pdf
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from kg.model import Article
from kg.read import Note, Options, Skipped, read

PAGE = f"<html><body><article><h1>Grève</h1>{f'<p>{FRENCH}</p>' * 4}</article></body></html>"


def a_docx() -> bytes:
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph(FRENCH)
    document.save(out)
    return out.getvalue()


def a_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", FRENCH)
        archive.writestr("b.html", PAGE)
    return out.getvalue()


def a_tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        info = tarfile.TarInfo("a.txt")
        info.size = len(FRENCH.encode())
        archive.addfile(info, io.BytesIO(FRENCH.encode()))
    return out.getvalue()


def a_warc() -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.0")
    body = io.BytesIO(PAGE.encode())
    writer.write_record(
        writer.create_warc_record("http://example.org/", "response", payload=body, http_headers=headers)
    )
    return out.getvalue()


WHOLE: dict[str, Callable[[], bytes]] = {
    "txt": FRENCH.encode,
    "md": f"---\ntitle: x\n---\n# x\n{FRENCH}".encode,
    "html": PAGE.encode,
    "jsonl": json.dumps({"text": FRENCH, "date": "2025"}).encode,
    "csv": f'text,date\n"{FRENCH}",2025\n'.encode,
    "rss": FEEDS["rss"].encode,
    "xml": DUMP.encode,
    "docx": a_docx,
    "rtf": (r"{\rtf1\ansi " + ENGLISH + r"\par " + SECOND + "}").encode,
    "pdf": lambda: pdf([ENGLISH.strip()]),
    "eml": MAIL.encode,
    "mbox": f"From a\n{MAIL}".encode,
    "warc.gz": a_warc,
    "zip": a_zip,
    "tar.gz": a_tar,
}


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The data with its end cut off, a piece overwritten, doubled or left out, or some bits turned."""
    size = len(data)
    start = chance.randrange(size)
    end = min(size, start + chance.randrange(1, 40))
    kind = chance.randrange(5)
    if kind == 0:
        return data[:start]
    if kind == 1:
        return data[:start] + chance.randbytes(end - start) + data[end:]
    if kind == 2:
        return data[:end] + data[start:]
    if kind == 3:
        return data[:start] + data[end:]
    changed = bytearray(data)
    for _ in range(chance.randrange(1, 20)):
        changed[chance.randrange(size)] ^= 1 << chance.randrange(8)
    return bytes(changed)


@pytest.mark.parametrize("ending", WHOLE)
def test_whole_files_are_read(ending: str, tmp_path: Path) -> None:
    (tmp_path / f"a.{ending}").write_bytes(WHOLE[ending]())
    items = list(read([tmp_path], Options(language="fr")))
    assert any(isinstance(item, Article) for item in items), items


@pytest.mark.parametrize("ending", WHOLE)
def test_damaged_files_end_in_their_outcome(ending: str, tmp_path: Path) -> None:
    whole, chance = WHOLE[ending](), random.Random(ending)
    path = tmp_path / f"a.{ending}"
    (tmp_path / "z.txt").write_text(FRENCH, encoding="utf-8")
    for _ in range(80):
        path.write_bytes(damaged(whole, chance))
        items = list(read([tmp_path], Options(language="fr")))
        assert isinstance(items[-1], Article)
        assert items[-1].text == FRENCH
        for item in items:
            assert isinstance(item, Article | Skipped | Note)
            if isinstance(item, Skipped):
                assert "\n" not in item.reason
                assert item.reason


@pytest.mark.parametrize("ending", WHOLE)
def test_files_with_the_ending_of_another_format_end_too(ending: str, tmp_path: Path) -> None:
    for number, make in enumerate(WHOLE.values()):
        (tmp_path / f"{number}.{ending}").write_bytes(make())
    assert len(list(read([tmp_path], Options(language="fr")))) >= len(WHOLE)
