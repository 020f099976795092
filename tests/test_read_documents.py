"""Reading of documents, mail, web archives and wiki dumps: small files of each kind, made here."""

from __future__ import annotations

import bz2
import gzip
import io
from pathlib import Path

import docx
import pytest
from pypdf import PdfWriter
from test_read import FRENCH, articles, one, skipped
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from kg.read.documents import paragraphs
from kg.read.mediawiki import plain

SECOND = "Les commerçants ont ensuite quitté la mairie."


def test_docx(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Grève à Lyon")
    document.add_paragraph(FRENCH.strip())
    document.add_paragraph("")
    document.add_paragraph(SECOND)
    document.save(str(tmp_path / "a.docx"))
    article = one(tmp_path / "a.docx")
    assert article.text == f"Grève à Lyon\n\n{FRENCH.strip()}\n\n{SECOND}"
    assert article.title == "Grève à Lyon"


def test_rtf(tmp_path: Path) -> None:
    first = FRENCH.strip().replace("ç", r"\'e7").replace("é", r"\'e9")
    second = SECOND.replace("ç", r"\u231 ?").replace("é", r"\u233 ?")
    (tmp_path / "a.rtf").write_text(r"{\rtf1\ansi\ansicpg1252 " + first + r"\par " + second + "}")
    article = one(tmp_path / "a.rtf")
    assert article.text == f"{FRENCH.strip()}\n\n{SECOND}"


def pdf(lines: list[str]) -> bytes:
    """A PDF file of one page with these lines."""
    text = " T* ".join(f"({line}) Tj".replace("é", "\\351").replace("ç", "\\347") for line in lines)
    content = f"BT /F1 12 Tf 14 TL 50 700 Td {text} ET".encode("latin-1")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(out),
    )


def test_pdf(tmp_path: Path) -> None:
    lines = ["Le maire de Lyon a reçu mardi les représentants des commer-", "çants du quartier, qui demandent", SECOND]
    (tmp_path / "a.pdf").write_bytes(pdf(lines))
    assert one(tmp_path / "a.pdf", language="fr").text == (
        f"Le maire de Lyon a reçu mardi les représentants des commerçants du quartier, qui demandent {SECOND}"
    )


def test_pdf_without_text_or_behind_a_password(tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(tmp_path / "blank.pdf")
    writer.encrypt("secret")
    writer.write(tmp_path / "locked.pdf")
    (tmp_path / "torn.pdf").write_bytes(b"%PDF-1.7\nrest")
    found = skipped(tmp_path)
    assert "a scan" in found["blank.pdf"]
    assert found["locked.pdf"] == "encrypted"
    assert "not a PDF file" in found["torn.pdf"]


def test_lines_of_print_are_joined_to_paragraphs() -> None:
    text = "une ligne assez longue et puis\nla fin.\nUn autre paragraphe commence ici et\nqui finit là.\n\nFin"
    assert paragraphs(text) == (
        "une ligne assez longue et puis la fin.\n\nUn autre paragraphe commence ici et qui finit là.\n\nFin"
    )


MAIL = f"""Subject: =?utf-8?q?Gr=C3=A8ve_=C3=A0_Lyon?=
From: La Gazette <lettre@example.org>
Date: Wed, 19 Mar 2025 10:00:00 +0100
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: 8bit

<html><head><style>p {{ color: red }}</style></head><body><p>{FRENCH.strip()}</p>
<p>{SECOND}</p></body></html>
"""


def test_mail(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_text(MAIL, encoding="utf-8")
    article = one(tmp_path / "a.eml")
    assert article.text == f"Grève à Lyon\n\n{FRENCH.strip()}\n\n{SECOND}"
    assert (article.title, article.published, article.outlet) == (
        "Grève à Lyon",
        "2025-03-19",
        "La Gazette <lettre@example.org>",
    )


def test_a_mailbox_gives_an_article_a_message(tmp_path: Path) -> None:
    second = MAIL.replace("mardi", "jeudi").replace("<p>Les", "\n>From here on, <p>Les")
    (tmp_path / "a.mbox").write_text(f"From a Wed\n{MAIL}\nFrom b Thu\n{second}\n", encoding="utf-8")
    first, last = articles(tmp_path / "a.mbox")
    assert (first.name, last.name) == ("a.mbox#1", "a.mbox#2")
    assert "mardi" in first.text
    assert "From here on" in last.text
    (tmp_path / "b.mbox").write_text("no mail")
    assert "no mailbox" in skipped(tmp_path)["b.mbox"]


def test_a_web_archive_gives_an_article_a_page(tmp_path: Path) -> None:
    body = f"<article><h1>Grève</h1>{f'<p>{FRENCH}</p>' * 4}</article>"
    page = f"<html><head><title>Grève</title></head><body>{body}</body></html>"
    with (tmp_path / "a.warc.gz").open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for address, kind, body in (
            ("http://example.org/1", "text/html; charset=utf-8", page.encode()),
            ("http://example.org/logo.png", "image/png", b"\x89PNG"),
            ("http://example.org/empty", "text/html", b"<html></html>"),
        ):
            headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.0")
            writer.write_record(
                writer.create_warc_record(address, "response", payload=io.BytesIO(body), http_headers=headers)
            )
    article = one(tmp_path / "a.warc.gz")
    assert (article.name, article.url) == ("a.warc.gz/http://example.org/1", "http://example.org/1")
    assert article.text.startswith("Grève\n\nLe maire")
    assert skipped(tmp_path) == {"a.warc.gz/http://example.org/empty": "no article in this page"}


DUMP = f"""<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/"><page><title>Grève à Lyon</title><ns>0</ns>
<revision><timestamp>2025-03-20T08:00:00Z</timestamp><text>{{{{date|19 mars 2025}}}}
[[Fichier:x.jpg|thumb|Le maire sourit à la foule]]
'''{FRENCH.strip().replace("Lyon", "[[Lyon|Lyon]]")}'''&lt;ref&gt;Une source avec beaucoup de mots&lt;/ref&gt;
== Sources ==
* {{{{source|url=x}}}}
[[Catégorie:France]]</text></revision></page>
<page><title>Aide</title><ns>12</ns><revision><text>x</text></revision></page>
<page><title>Ancien</title><ns>0</ns><redirect title="Grève à Lyon"/><revision><text>x</text></revision></page>
<page><title>Vide</title><ns>0</ns><revision><text>{{{{ébauche}}}}</text></revision></page></mediawiki>"""


def test_a_wiki_dump_gives_an_article_a_page(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(DUMP, encoding="utf-8")
    article = one(tmp_path / "a.xml")
    assert article.text == f"Grève à Lyon\n\n{FRENCH.strip()}"
    assert (article.name, article.published) == ("a.xml/Grève à Lyon", "2025-03-20")
    assert skipped(tmp_path) == {"a.xml/Vide": "no text in this page"}


def test_external_entities_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("Le secret est bien gardé ici.")
    bomb = DUMP.replace("<mediawiki", f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]><mediawiki', 1)
    (tmp_path / "a.xml").write_text(bomb.replace("Une source", "&amp;e; &e; Une source").replace("'''", "&e;", 1))
    assert "secret" not in "".join(article.text for article in articles(tmp_path / "a.xml"))


def test_markup_that_nests_deeply_ends(tmp_path: Path) -> None:
    assert plain("[[" * 5000) == ""


def test_compressed_files_are_opened(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(FRENCH.encode()))
    (tmp_path / "b.xml.bz2").write_bytes(bz2.compress(DUMP.encode()))
    (tmp_path / "c.txt.xz").write_bytes(b"no")
    (tmp_path / "d.txt.gz").write_bytes(gzip.compress(FRENCH.encode())[:-12])
    (tmp_path / "e.txt.gz").write_bytes(gzip.compress(b"a" * 60_000_000))
    assert [article.name for article in articles(tmp_path)] == ["a.txt.gz", "b.xml.bz2/Grève à Lyon"]
    found = skipped(tmp_path)
    assert found["c.txt.xz"].startswith("damaged")
    assert found["d.txt.gz"].startswith("damaged")
    assert found["e.txt.gz"] == "larger than 50,000,000 bytes"


@pytest.mark.parametrize("ending", ["docx", "rtf", "pdf", "warc", "xml", "eml"])
def test_what_only_has_the_ending_is_named(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"a.{ending}").write_text("nothing of the kind")
    assert list(skipped(tmp_path)) == [f"a.{ending}"] or ending == "eml"
