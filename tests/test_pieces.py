"""Long articles: parted for the parser and the extraction, and nothing is lost where they are."""

from __future__ import annotations

import pytest
from conftest import SEEDS
from hypothesis import given
from hypothesis import strategies as st
from slow_builder import extract as stub

import kg.events
import kg.extraction
import kg.parse
from kg import parse
from kg.extraction import extract
from kg.ledger import Ledger
from kg.model import Article
from kg.pieces import pieces


@given(st.text(alphabet="ab .\n", max_size=400), st.integers(1, 50))
def test_pieces_are_the_text_and_none_is_too_long(text: str, size: int) -> None:
    found = pieces(text, size)
    assert "".join(found) == text
    assert all(len(piece) <= size for piece in found)


def test_a_text_is_cut_after_a_paragraph_or_else_a_sentence_or_a_word() -> None:
    assert pieces("Un deux trois.\n\nQuatre cinq. Six", 25) == ["Un deux trois.\n\n", "Quatre cinq. Six"]
    assert pieces("Un deux trois. Quatre cinq", 20) == ["Un deux trois. ", "Quatre cinq"]
    assert pieces("Un deux trois quatre", 15) == ["Un deux trois ", "quatre"]
    assert pieces("abcdef", 4) == ["abcd", "ef"]


def lines(number: int) -> str:
    return "".join(f"Alpha > agir{n} > Beta\n\n" for n in range(number))


def test_sections_of_an_article_give_its_events_in_their_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kg.parse, "parse", lambda articles, models=None: ((a, a.text) for a in articles))
    monkeypatch.setattr(kg.events, "extract", stub)
    articles = [Article(str(n), f"{n}.txt", lines(n), "fr") for n in (3, 40, 1)]
    whole = list(extract(articles))
    monkeypatch.setattr(kg.extraction, "_SECTION", 60)
    assert list(extract(articles)) == whole
    assert [len(found.events) for found in whole] == [3, 40, 1]


@pytest.mark.model
def test_an_article_parsed_in_pieces_is_parsed_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (SEEDS / "000_ca43eeccde662955.txt").read_text(encoding="utf-8")
    article = Article("1", "a.txt", text, "fr")
    ((_, whole),) = parse.parse([article])
    monkeypatch.setattr(parse, "_PIECE", 500)
    ((_, parted),) = parse.parse([article])
    assert parted.text == text
    assert len(pieces(text, 500)) > 3
    for one, other in zip(whole, parted, strict=True):
        assert (one.idx, one.text, one.lemma_, one.dep_, one.head.i) == (
            other.idx, other.text, other.lemma_, other.dep_, other.head.i,
        )  # fmt: skip
    assert [sent.start for sent in whole.sents] == [sent.start for sent in parted.sents]
    assert [str(ent) for ent in whole.ents] == [str(ent) for ent in parted.ents]


def test_a_ledger_keeps_the_first_value_of_a_key() -> None:
    ledger = Ledger()
    assert ledger.add("a", "1")
    assert not ledger.add("a", "2")
    assert (ledger.get("a"), ledger.get("b")) == ("1", None)
    assert "a" in ledger
    assert "b" not in ledger
    assert ledger.add("\ud800")
