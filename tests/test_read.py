"""Reading: every kind of file gives its articles, and every bad one its line."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import KgError, UnreadableArticle
from kg.model import Article
from kg.read import Columns, Note, Options, Skipped, count, read
from kg.read.decode import decode
from kg.read.formats import FORMATS, records
from kg.read.html import page_text
from kg.read.record import Record
from kg.read.text import first_line, front_matter, plain, with_title

FRENCH = "Le maire de Lyon a reçu mardi les représentants des commerçants du quartier, qui demandent des travaux.\n"
ENGLISH = "The mayor of Leeds met shop owners on Tuesday, who are asking the city council for repairs to the road.\n"


def articles(*paths: Path | str, **options: object) -> list[Article]:
    return [item for item in read(paths, Options(**options)) if isinstance(item, Article)]  # type: ignore[arg-type]


def skipped(*paths: Path | str, **options: object) -> dict[str, str]:
    found = read(paths, Options(**options))  # type: ignore[arg-type]
    return {item.name: item.reason for item in found if isinstance(item, Skipped)}


def one(path: Path, **options: object) -> Article:
    (article,) = articles(path, **options)
    return article


def test_a_text_file_is_an_article_with_its_hash_and_language(tmp_path: Path) -> None:
    path = tmp_path / "lyon.txt"
    path.write_text(FRENCH, encoding="utf-8")
    article = one(path)
    assert (article.name, article.text, article.language) == ("lyon.txt", FRENCH, "fr")
    assert article.id == hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_language_of_each_article_is_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FRENCH, encoding="utf-8")
    (tmp_path / "b.txt").write_text(ENGLISH, encoding="utf-8")
    assert [article.language for article in articles(tmp_path)] == ["fr", "en"]


def test_a_short_text_is_in_one_of_the_languages_that_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Le Hamas a menacé Israël.", encoding="utf-8")
    assert one(tmp_path).language == "fr"


def test_another_language_is_skipped_unless_forced(tmp_path: Path) -> None:
    german = "Der Bürgermeister von Köln hat am Dienstag die Vertreter der Händler empfangen, die Hilfe verlangen. " * 3
    (tmp_path / "a.txt").write_text(german, encoding="utf-8")
    assert "'de'" in skipped(tmp_path)["a.txt"]
    assert one(tmp_path, language="en").language == "en"
    assert "not supported" in skipped(tmp_path, language="xx")["a.txt"]


def test_a_headline_is_a_short_first_line_that_stands_alone() -> None:
    assert first_line("Grève à Lyon\n\nLe maire a parlé.\n") == "Grève à Lyon"
    assert first_line("Grève à Lyon\nLe maire a parlé.\n") is None
    assert first_line("Le maire a parlé.\n\nPuis il s'est tu.\n") is None
    assert first_line(f"{'mot ' * 80}\n\nsuite") is None


@pytest.mark.parametrize(
    ("data", "text", "noted"),
    [
        ("déjà".encode(), "déjà", False),
        ("déjà".encode("utf-8-sig"), "déjà", False),
        ("déjà".encode("utf-16"), "déjà", False),
        (b"\xff\xfe\x00\x00" + "déjà".encode("utf-32-le"), "déjà", False),
        ("déjà – l’été".encode("cp1252"), "déjà – l’été", True),
        (b"un\r\ndeux\rtrois", "un\ndeux\ntrois", False),
    ],
)
def test_encodings_are_tried_in_order(data: bytes, text: str, noted: bool) -> None:
    found, note = decode(data)
    assert found == text
    assert bool(note) is noted


def test_an_encoding_can_be_forced() -> None:
    assert decode("été".encode("mac-roman"), "mac-roman") == ("été", None)
    for encoding in ("utf-8", "no-such"):
        with pytest.raises(UnreadableArticle, match=encoding):
            decode("été".encode("cp1252"), encoding)


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_text_or_say_why_not(data: bytes) -> None:
    try:
        text, _ = decode(data)
    except UnreadableArticle as error:
        assert "\n" not in str(error)
    else:
        text.encode("utf-8")


@pytest.mark.parametrize("format", FORMATS)
@given(data=st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_file_gives_records_or_says_why_not(format: str, data: bytes) -> None:
    try:
        for record in records("x", io.BytesIO(data), Options(format=format)):
            assert isinstance(record, Record | Skipped)
    except UnreadableArticle as error:
        assert "\n" not in str(error)


def bad_folder(folder: Path) -> None:
    """One good article, and one of each kind of bad one."""
    (folder / "good.txt").write_text(FRENCH, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_bytes(b" \n\n ")
    (folder / "binary.bin").write_bytes(bytes(range(256)) * 40)
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (folder / "line.txt").write_bytes(b"mot " * 1_250_000)
    (folder / "latin1.txt").write_bytes(FRENCH.replace("mardi", "jeudi").encode("latin-1"))
    (folder / "numbers.txt").write_text("12 345\n67 890\n")
    (folder / "nowhere.txt").symlink_to(folder / "missing")
    os.mkfifo(folder / "pipe.txt")


def test_each_bad_article_has_one_line_and_the_good_ones_are_read(tmp_path: Path) -> None:
    bad_folder(tmp_path)
    assert [article.name for article in articles(tmp_path)] == ["good.txt", "latin1.txt"]
    assert skipped(tmp_path) == {
        "binary.bin": "not text: binary data",
        "blank.txt": "empty",
        "empty.txt": "empty",
        "line.txt": "5,000,000 characters; an article has at most 1,000,000",
        "nowhere.txt": "a link that leads nowhere",
        "numbers.txt": "no words in it",
        "picture.txt": "not text: a PNG image",
        "pipe.txt": "not a regular file",
    }
    notes = [item for item in read([tmp_path]) if isinstance(item, Note)]
    assert notes == [Note("latin1.txt", "read as Windows-1252 (it is not UTF-8)")]


def test_a_line_that_is_too_long_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("mot " * 60_000)
    assert skipped(tmp_path)["a.txt"].startswith("a single line of 240,000 characters")


def test_files_that_cannot_be_read_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(FRENCH, encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert skipped(path) == {"secret.txt": "cannot be opened: Permission denied"}


def test_a_path_that_does_not_exist_is_named(tmp_path: Path) -> None:
    assert skipped(tmp_path / "no.txt") == {"no.txt": "no such file"}


def test_folders_give_their_files_in_order_with_hidden_ones_left_out(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.txt", "a/10.txt", ".hidden.txt", ".git/x.txt", "c.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{FRENCH} {name}", encoding="utf-8")
    assert [article.name for article in articles(tmp_path)] == ["b.txt", "c.txt", "a/10.txt", "a/2.txt"]
    assert count([tmp_path]) == 4
    assert count([tmp_path, "-"]) is None


def test_names_that_are_no_text_are_made_printable(tmp_path: Path) -> None:
    for name in (b"caf\xe9.txt", b"two\nlines.txt"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(FRENCH + str(name), encoding="utf-8")
    assert [article.name for article in articles(tmp_path)] == ["caf\ufffd.txt", "two\ufffdlines.txt"]


values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(st.characters(exclude_categories=())) | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "x"]), inner, max_size=2),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(["text", "title", "date", "url", "id", "lang", "author", "source"]), values))
@settings(max_examples=200, deadline=None)
def test_any_json_object_is_an_article_or_is_skipped(tmp_path_factory: pytest.TempPathFactory, row: object) -> None:
    path = tmp_path_factory.mktemp("json") / "a.jsonl"
    path.write_text(json.dumps(row))
    (item,) = read([path])
    assert isinstance(item, Article | Skipped)
    str(item).encode("utf-8")


def test_a_link_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path)
    assert skipped(tmp_path) == {"loop": "not a regular file"}


def test_a_name_that_is_taken_is_replaced_by_the_whole_path(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(f"{FRENCH} {folder}", encoding="utf-8")
    names = [article.name for article in articles(tmp_path / "one", tmp_path / "two")]
    assert names == ["a.txt", (tmp_path / "two" / "a.txt").as_posix()]


def test_a_file_named_twice_is_read_once_and_patterns_are_expanded(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.md"):
        (tmp_path / name).write_text(FRENCH + name, encoding="utf-8")
    found = articles(tmp_path / "a.txt", tmp_path / "*.txt", tmp_path)
    assert [article.name for article in found] == ["a.txt", "b.txt", "c.md"]


def test_standard_input_is_an_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FRENCH.encode())))
    (article,) = articles("-")
    assert (article.name, article.text) == ("stdin", FRENCH)


def test_front_matter_says_what_is_known_of_an_article(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    head = "---\ntitle: Grève\ndate: 2025-03-19\nsource: La Gazette\nlang: fr-FR\nauthors: [A, B]\n---\n"
    path.write_text(f"{head}\n# Grève\n\nLe **maire** a [parlé](http://x) mardi,\nlonguement.\n", encoding="utf-8")
    article = one(path)
    assert (article.title, article.published, article.outlet) == ("Grève", "2025-03-19", "La Gazette")
    assert (article.language, article.author) == ("fr", "A, B")
    assert article.text == "Grève\n\nLe maire a parlé mardi, longuement."


@pytest.mark.parametrize("text", ["---\n- a\n---\nx", "---\n: : :\n---\nx", "---\ndate: 2025-02-31\n---\nx", "---\nx"])
def test_what_only_looks_like_front_matter_is_text(text: str) -> None:
    assert front_matter(text) == ({}, text)


def test_markdown_is_read_as_a_person_sees_it() -> None:
    assert (
        plain("# T\n\n- *un*\n- `deux`\n\n> trois\n\n![image](x.png)\n\n<b>quatre</b>")
        == "T\n\nun\n\ndeux\n\ntrois\n\nquatre"
    )


def test_options_win_over_what_an_article_says_of_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"---\ndate: 2024\noutlet: X\nlang: en\n---\n{FRENCH}", encoding="utf-8")
    article = one(path, published="2025-03", outlet="Y", language="fr")
    assert (article.published, article.outlet, article.language) == ("2025-03", "Y", "fr")


def test_a_saved_page_gives_its_article_without_menus(tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{FRENCH.strip()} Paragraphe {number}.</p>" for number in range(4))
    page = f"""<html lang="fr"><head><title>Grève à Lyon - La Gazette</title>
      <meta property="og:title" content="Grève à Lyon"><meta property="og:site_name" content="La Gazette">
      <meta property="article:published_time" content="2025-03-19T10:00:00Z"></head><body>
      <nav><ul><li>Accueil</li><li>Sports</li></ul></nav><article><h1>Grève à Lyon</h1>{paragraphs}</article>
      <footer>Mentions légales</footer></body></html>"""
    path = tmp_path / "a.html"
    path.write_text(page, encoding="utf-8")
    article = one(path)
    assert (article.title, article.outlet, article.published) == ("Grève à Lyon", "La Gazette", "2025-03-19")
    assert article.text.startswith("Grève à Lyon\n\nLe maire de Lyon a reçu")
    assert "Accueil" not in article.text
    assert "Mentions" not in article.text


def test_a_page_without_an_article_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body></body></html>")
    assert skipped(tmp_path) == {"a.html": "no article in this page"}


def test_the_headline_is_not_given_twice() -> None:
    assert with_title("T", "T\nx") == "T\n\nx"
    assert with_title("T", "x") == "T\n\nx"


def test_json_lines_give_an_article_a_row(tmp_path: Path) -> None:
    rows = [
        json.dumps({"id": "x1", "title": "T", "text": FRENCH, "date": "2025-03-19T10:00", "source": {"name": "S"}}),
        "",
        "{not json",
        "[1]",
        json.dumps({"title": "no text"}),
        json.dumps({"content": ENGLISH}),
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(rows), encoding="utf-8")
    first, last = articles(path)
    assert (first.name, first.title, first.published, first.outlet) == ("x1", "T", "2025-03-19", "S")
    assert (last.name, last.language) == ("a.jsonl#6", "en")
    assert list(skipped(path).items())[:2] == [("a.jsonl#3", "not JSON"), ("a.jsonl#4", "not a JSON object")]
    assert "--text-column" in skipped(path)["a.jsonl#5"]


@pytest.mark.parametrize(("ending", "delimiter"), [("csv", ","), ("csv", ";"), ("tsv", "\t")])
def test_tables_give_an_article_a_row(tmp_path: Path, ending: str, delimiter: str) -> None:
    path = tmp_path / f"a.{ending}"
    cells = [["Corps", "Jour", "titre"], [f'"{FRENCH.strip()}\n\nFin."', "2025-03-19", "T"]]
    path.write_text("\n".join(delimiter.join(row) for row in cells), encoding="utf-8")
    article = one(path, columns=Columns(text="Corps", date="Jour"))
    assert article.text.endswith("travaux.\n\nFin.")
    assert (article.name, article.published, article.title) == (f"a.{ending}#1", "2025-03-19", "T")
    assert "no column 'X'" in skipped(path, columns=Columns(text="X"))[f"a.{ending}#1"]


def test_a_row_keeps_its_id_where_others_move(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"text\n{FRENCH}{ENGLISH}", encoding="utf-8")
    before = {article.text: article.id for article in articles(path)}
    path.write_text(f"text\nnew first row of the table, it is in the way\n{FRENCH}{ENGLISH}", encoding="utf-8")
    after = {article.text: article.id for article in articles(path)}
    assert before.items() <= after.items()


FEEDS = {
    "rss": """<rss version="2.0"><channel><title>La Gazette</title><language>fr</language><item><title>Grève</title>
      <link>https://example.org/1</link><pubDate>Wed, 19 Mar 2025 10:00:00 GMT</pubDate>
      <description>&lt;p&gt;Le maire a parlé.&lt;/p&gt;&lt;p&gt;Puis il est parti.&lt;/p&gt;</description></item>
      <item></item></channel></rss>""",
    "atom": """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>La Gazette</title><entry>
      <title>Grève</title><link href="https://example.org/1"/><updated>2025-03-19T10:00:00Z</updated>
      <content type="html">&lt;p&gt;Le maire a parlé.&lt;/p&gt;&lt;p&gt;Puis il est parti.&lt;/p&gt;</content>
      </entry></feed>""",
}


@pytest.mark.parametrize("kind", FEEDS)
def test_feeds_give_an_article_an_entry(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    path.write_text(FEEDS[kind], encoding="utf-8")
    article = one(path, language="fr")
    assert article.text == "Grève\n\nLe maire a parlé.\n\nPuis il est parti."
    assert (article.title, article.outlet, article.published) == ("Grève", "La Gazette", "2025-03-19")
    assert article.url == "https://example.org/1"


def test_markup_is_taken_off_and_references_are_resolved() -> None:
    assert page_text("<p>l&#8217;été&#1;</p>&#11;fin<script>x</script><!-- y -->") == "l’été\x01\n fin"
    assert page_text("\ud800<p>a</p>") == "a"
    assert page_text(" ") == ""


def test_a_file_that_holds_an_address_is_no_feed(tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_text("http://127.0.0.1:9/feed")
    assert "no feed" in skipped(tmp_path)["a.rss"]


def test_archives_give_the_articles_of_their_members(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("in/lyon.txt", FRENCH)
        archive.writestr("rows.jsonl", json.dumps({"text": ENGLISH}))
        archive.writestr("../../out.txt", FRENCH + "dehors")
        archive.writestr("__MACOSX/._x", b"\x00")
        archive.writestr("inner.zip", b"PK")
        archive.writestr("empty.txt", "")
        archive.writestr("bomb.txt", b"a" * 60_000_000)
    assert {article.name for article in articles(path)} == {
        "a.zip/in/lyon.txt",
        "a.zip/rows.jsonl#1",
        "a.zip/../../out.txt",
    }
    assert skipped(path) == {
        "a.zip/inner.zip": "an archive inside an archive",
        "a.zip/empty.txt": "empty",
        "a.zip/bomb.txt": "larger than 50,000,000 bytes",
    }


def test_tar_archives_too(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        archive.add(__file__, "./code.txt")
        info = tarfile.TarInfo("lyon.txt")
        info.size = len(FRENCH.encode())
        archive.addfile(info, io.BytesIO(FRENCH.encode()))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert {article.name for article in articles(path, language="fr")} == {"a.tar.gz/code.txt", "a.tar.gz/lyon.txt"}
    path.write_bytes(path.read_bytes()[:-200])
    assert "not a whole tar archive" in skipped(path, language="fr")["a.tar.gz"]


def test_damaged_archives_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 broken")
    assert "not a ZIP archive" in skipped(tmp_path)["a.zip"]


def test_an_archive_whose_places_are_wrong_is_damaged(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", FRENCH)
    (tmp_path / "a.zip").write_bytes(out.getvalue()[1:])
    assert skipped(tmp_path)["a.zip/a.txt"].startswith("damaged")


def test_an_unknown_input_format_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(KgError, match="unknown input format"):
        list(read([tmp_path], Options(format="odt")))
