"""EPUB files and exports of press databases, in the forms that programs which read them describe; made up here."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from test_read import ENGLISH, FRENCH, articles, one, skipped

from kg.read.press import date

SECOND = "Les commerçants ont ensuite quitté la mairie sans faire de déclaration."

CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OPS/a.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>
<dc:title>La Gazette</dc:title><dc:creator>Rédaction</dc:creator><dc:date>2025-03-19</dc:date>
<dc:language>fr-FR</dc:language></metadata><manifest>
<item id="c" href="cover.xhtml" media-type="application/xhtml+xml"/>
<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="b" href="text/b%20b.xhtml" media-type="application/xhtml+xml"/>
<item id="a" href="text/a.xhtml" media-type="application/xhtml+xml"/>
<item id="p" href="p.png" media-type="image/png"/></manifest>
<spine><itemref idref="c"/><itemref idref="n"/><itemref idref="b"/><itemref idref="a"/></spine></package>"""
LOCKED = """<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"
 xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:CipherData>
 <enc:CipherReference URI="OPS/text/a.xhtml"/></enc:CipherData></enc:EncryptedData></encryption>"""


def chapter(title: str, text: str) -> str:
    return f"""<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><h1>{title}</h1>
    <p>{text.strip()}</p><p>{SECOND}</p></body></html>"""


def epub(*, locked: bool = False, without: str = "") -> bytes:
    """A newspaper of two articles."""
    members = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OPS/a.opf": PACKAGE,
        "OPS/cover.xhtml": "<html><body><h1>La Gazette</h1></body></html>",
        "OPS/nav.xhtml": "<html><body><a href='x'>Sommaire</a></body></html>",
        "OPS/text/b b.xhtml": chapter("Grève", FRENCH),
        "OPS/text/a.xhtml": chapter("Budget", FRENCH.replace("mardi", "jeudi")),
    }
    if locked:
        members["META-INF/encryption.xml"] = LOCKED
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in members.items():
            if path != without:
                archive.writestr(path, text)
    return out.getvalue()


def test_an_epub_gives_an_article_a_document_in_reading_order(tmp_path: Path) -> None:
    (tmp_path / "g.epub").write_bytes(epub())
    first, last = articles(tmp_path)
    assert (first.name, last.name) == ("g.epub/OPS/text/b b.xhtml", "g.epub/OPS/text/a.xhtml")
    assert first.text == f"Grève\n\n{FRENCH.strip()}\n\n{SECOND}"
    assert (first.title, first.outlet, first.published, first.language) == ("Grève", "La Gazette", "2025-03-19", "fr")


def test_an_epub_that_is_damaged_or_locked_is_named(tmp_path: Path) -> None:
    path = tmp_path / "g.epub"
    path.write_bytes(epub(locked=True))
    assert skipped(path) == {"g.epub/OPS/text/a.xhtml": "encrypted"}
    for missing in ("META-INF/container.xml", "OPS/a.opf", "OPS/text/a.xhtml"):
        path.write_bytes(epub(without=missing))
        assert "not a whole EPUB file" in skipped(path)["g.epub"]


EUROPRESSE = f"""<html><head><title>Europresse</title></head><body><aside>Recherche</aside>
<article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">La Gazette, no. 12</span></div>
<div><span class="DocHeader">Politique, mercredi 19 mars 2025 - 800 mots, p. 3</span></div>
<div class="titreArticle"><p class="titreArticleVisu rdp__articletitle">Grève à Lyon</p></div>
<div class="docAuthors">Anne Martin</div></header>
<section><div class="DocText clearfix"><p>{FRENCH.strip()}</p><p>{SECOND}</p></div></section>
<footer>Tous droits réservés</footer></article>
<article><header><span class="DocPublicationName">Le Soir</span></header></article></body></html>"""

FACTIVA = f"""<html><body><div class="article frArticle"><div id="hd"><span class="frHeadline">Grève à Lyon</span></div>
<div class="author">Anne Martin</div><div>345 mots</div><div>19 mars 2025</div><div>10:05</div><div>La Gazette</div>
<div>LAGAZ</div><div>Français</div><div>Copyright 2025 La Gazette</div>
<p class="articleParagraph frarticleParagraph">{FRENCH.strip()}</p>
<p class="articleParagraph frarticleParagraph">{SECOND}</p>
<p>Document LAGAZ00020250319el3j00001</p></div></body></html>"""

CODES = f"""<html><body><div class="article enArticle"><table><tr><td><b>HD</b></td><td>Talks in Leeds</td></tr>
<tr><td><b>BY</b></td><td>Ann Martin</td></tr><tr><td><b>PD</b></td><td>19 March 2025</td></tr>
<tr><td><b>SN</b></td><td>The Gazette</td></tr><tr><td><b>LP</b></td>
<td><p class="articleParagraph enarticleParagraph">{ENGLISH.strip()}</p></td></tr></table></div></body></html>"""


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        (EUROPRESSE, ("Grève à Lyon", "La Gazette", "2025-03-19", "Anne Martin")),
        (FACTIVA, ("Grève à Lyon", "La Gazette", "2025-03-19", "Anne Martin")),
        (CODES, ("Talks in Leeds", "The Gazette", "2025-03-19", "Ann Martin")),
    ],
)
def test_pages_of_press_databases(tmp_path: Path, markup: str, said: tuple[str, ...]) -> None:
    (tmp_path / "export.html").write_text(markup, encoding="utf-8")
    article = one(tmp_path)
    assert (article.title, article.outlet, article.published, article.author) == said
    body = ENGLISH.strip() if said[0] == "Talks in Leeds" else f"{FRENCH.strip()}\n\n{SECOND}"
    assert article.text == f"{said[0]}\n\n{body}"
    assert article.name == "export.html#1"
    assert set(skipped(tmp_path)) == ({"export.html#2"} if markup is EUROPRESSE else set())


NEXIS = [
    "Grève à Lyon", "La Gazette", "19 mars 2025 mercredi", "Copyright 2025 La Gazette Tous droits réservés",
    "Section: Politique; p. 3", "Length: 345 words", "Byline: Anne Martin", "Body", FRENCH.strip(), SECOND,
    "Load-Date: March 20, 2025", "End of Document",
    "Talks in Leeds", "The Gazette", "March 20, 2025 Thursday", "Copyright 2025 The Gazette All Rights Reserved",
    "Length: 45 words", "Body", ENGLISH.strip(), "Classification", "Language: ENGLISH", "End of Document",
]  # fmt: skip
FACTIVA_LINES = [
    "Grève à Lyon", "Anne Martin", "345 mots", "19 mars 2025", "10:05", "La Gazette", "LAGAZ", "Français",
    "Copyright 2025 La Gazette", FRENCH.strip(), SECOND, "Document LAGAZ00020250319el3j00001",
]  # fmt: skip


def test_a_document_of_nexis_uni(tmp_path: Path) -> None:
    document = docx.Document()
    for line in NEXIS:
        document.add_paragraph(line)
    document.save(str(tmp_path / "a.docx"))
    first, last = articles(tmp_path)
    assert (first.name, first.title, first.outlet) == ("a.docx#1", "Grève à Lyon", "La Gazette")
    assert (first.published, first.author) == ("2025-03-19", "Anne Martin")
    assert first.text == f"Grève à Lyon\n\n{FRENCH.strip()}\n\n{SECOND}"
    assert (last.published, last.outlet, last.language) == ("2025-03-20", "The Gazette", "en")
    assert last.text == f"Talks in Leeds\n\n{ENGLISH.strip()}"


def test_a_document_of_factiva(tmp_path: Path) -> None:
    escaped = (line.encode("cp1252").decode("latin-1") for line in FACTIVA_LINES)
    body = r"\par ".join("".join(c if ord(c) < 128 else rf"\'{ord(c):02x}" for c in line) for line in escaped)
    (tmp_path / "a.rtf").write_text(r"{\rtf1\ansi\ansicpg1252 " + body + "}")
    article = one(tmp_path)
    assert (article.title, article.author, article.published) == ("Grève à Lyon", "Anne Martin", "2025-03-19")
    assert (article.outlet, article.name) == ("La Gazette", "a.rtf#1")
    assert article.text == f"Grève à Lyon\n\n{FRENCH.strip()}\n\n{SECOND}"


@pytest.mark.parametrize(
    ("text", "day"),
    [("mercredi 19 mars 2025 - 800 mots", "2025-03-19"), ("March 19, 2025 Wednesday", "2025-03-19"), ("12 mots", "")],
)
def test_dates_of_exports(text: str, day: str) -> None:
    assert date(text) == day
