"""The scorer: which extracted event is which annotated one, and what is counted."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

from kg.errors import KgError
from kg.gold import tokens
from kg.score import Level, read_events, report, score

TEXT = "Le syndicat a menacé la mairie. La mairie a refusé l'accord. Elle a déclaré une trêve. Un train a été arrêté."
ENTITIES = [
    {"id": "union", "kind": "organization", "names": ["syndicat", "groupe"], "canonical": ["Union du Rail"]},
    {"id": "town", "kind": "government", "names": ["mairie"], "canonical": ["Mairie de Lyon"]},
    {"id": "deal", "kind": "agreement", "names": ["accord"], "canonical": ["accord"]},
    {"id": "train", "kind": "thing", "names": ["train"], "canonical": ["train"]},
]


def gold_event(snippet: str, actor: str | None, lemma: str, types: list[str], target: str | None) -> dict[str, Any]:
    action = {"lemmas": [lemma], "types": types}
    rest = {"polarity": "affirmed", "modality": "actual", "source": None, "required": True}
    return {"snippet": snippet, "actor": actor, "action": action, "target": target, **rest}


EVENTS = [
    gold_event("Le syndicat a menacé la mairie", "union", "menacer", ["THREATEN"], "town"),
    gold_event("La mairie a refusé l'accord", "town", "refuser", ["REJECT"], "deal"),
    gold_event("Elle a déclaré une trêve", "town", "déclarer", ["STATE"], None),
    gold_event("Un train a été arrêté", None, "arrêter", ["OTHER"], "train"),
]


def line(quote: str, actor: str | None, lemma: str, type: str, target: str | None, **more: Any) -> str:
    start = TEXT.index(quote)
    ends = {key: value and {"label": value, "mention": value} for key, value in (("actor", actor), ("target", target))}
    data = {"article": "a.txt", "start": start, "end": start + len(quote), "quote": quote, **ends, "source": None}
    action = {"lemma": lemma, "type": type}
    return json.dumps({**data, "action": action, "polarity": "affirmed", "modality": "actual", **more})


RIGHT = [
    line("a menacé la mairie", "Union du Rail", "menacer", "THREATEN", "Mairie de Lyon"),
    line("a refusé l'accord", "la mairie", "rejeter", "REJECT", "l'accord"),
    line("Un train a été arrêté", None, "arrêter", "COERCE", "Un train"),
]


@pytest.fixture
def corpus(tmp_path: Path) -> tuple[Path, Path]:
    """A folder of gold files and one of texts, of one article."""
    gold, texts = tmp_path / "gold", tmp_path / "texts"
    gold.mkdir()
    texts.mkdir()
    (texts / "a.txt").write_text(TEXT, encoding="utf-8")
    data = {"article": "a.txt", "lang": "fr", "entities": ENTITIES, "events": EVENTS, "roles": []}
    (gold / "a.json").write_text(json.dumps(data), encoding="utf-8")
    return gold, texts


def levels(corpus: tuple[Path, Path], lines: list[str]) -> Mapping[str, Level]:
    return score(lines, *corpus).levels


def test_everything_right(corpus: tuple[Path, Path]) -> None:
    found = levels(corpus, RIGHT)
    assert found["events, surface"] == Level(correct=3, extracted=3, found=3, required=3)
    assert found["events, resolved"] == Level(correct=2, extracted=3, found=2, required=3)
    assert found["dyads, surface"] == Level(correct=1, extracted=1, found=1, required=1)
    assert found["dyads, resolved"].f1 == 1.0


def test_nothing_extracted_scores_nothing(corpus: tuple[Path, Path]) -> None:
    assert levels(corpus, [])["events, surface"] == Level(required=3)
    assert levels(corpus, [])["events, surface"].f1 == 0.0


def test_a_swapped_event_is_wrong_and_counts_against_precision(corpus: tuple[Path, Path]) -> None:
    swapped = line("a menacé la mairie", "Mairie de Lyon", "menacer", "THREATEN", "Union du Rail")
    found = levels(corpus, [*RIGHT, swapped])
    assert found["events, surface"] == Level(correct=3, extracted=4, found=3, required=3)
    assert found["dyads, surface"] == Level(correct=1, extracted=2, found=1, required=1)


def test_statements_count_on_neither_side(corpus: tuple[Path, Path]) -> None:
    stated = line("Elle a déclaré une trêve", "la mairie", "déclarer", "STATE", None)
    assert levels(corpus, [*RIGHT, stated]) == levels(corpus, RIGHT)


def test_an_event_elsewhere_in_the_text_is_another_event(corpus: tuple[Path, Path]) -> None:
    far = line("Un train a été arrêté", "Union du Rail", "menacer", "THREATEN", "Mairie de Lyon")
    assert levels(corpus, [far])["events, surface"].correct == 0


def test_each_gold_event_is_matched_once(corpus: tuple[Path, Path]) -> None:
    assert levels(corpus, [RIGHT[0], RIGHT[0]])["events, surface"] == Level(1, 2, 1, 3)


def test_what_else_is_right_of_matched_events(corpus: tuple[Path, Path]) -> None:
    planned = line(
        "a menacé la mairie", "syndicat", "menacer", "THREATEN", "mairie", modality="planned", source={"label": "X"}
    )
    result = score([planned], *corpus)
    assert result.details == {"type": (1, 1), "source": (0, 1), "polarity": (1, 1), "modality": (0, 1)}


def test_missed_and_wrong_events_are_listed(corpus: tuple[Path, Path]) -> None:
    text = report(score([line("a menacé", "X", "y", "OTHER", None)], *corpus), errors=1)
    assert "missed: a.txt | Union du Rail | menacer | Mairie de Lyon" in text
    assert "wrong: a.txt | X | y | ∅" in text


def test_wordings_are_compared_without_articles_accents_and_case() -> None:
    assert tokens("L’Armée israélienne") == ("armee", "israelienne")
    assert tokens("le") == ("le",)


@pytest.mark.parametrize("bad", ["{", "[]", '{"article": "a"}', '{"article": "a", "start": "x", "end": 1}'])
def test_a_line_that_is_no_event_is_named(bad: str) -> None:
    with pytest.raises(KgError, match="line 2 is no event line"):
        read_events([RIGHT[0], bad])


def test_gold_that_cannot_be_used_is_named(corpus: tuple[Path, Path], tmp_path: Path) -> None:
    gold, texts = corpus
    with pytest.raises(KgError, match="no gold files"):
        score([], texts, texts)
    (texts / "a.txt").write_text("other", encoding="utf-8")
    with pytest.raises(KgError, match=r"a\.json: snippet not in the article"):
        score([], gold, texts)


@pytest.mark.skipif(not (ROOT.parent / "shared/score/score.py").exists(), reason="needs the reference scorer")
@pytest.mark.parametrize("lines", [[], RIGHT, RIGHT[:1] * 3], ids=["none", "right", "twice"])
def test_the_table_is_that_of_the_reference_scorer(corpus: tuple[Path, Path], tmp_path: Path, lines: list[str]) -> None:
    gold, texts = corpus
    events = tmp_path / "events.jsonl"
    events.write_text("\n".join(lines), encoding="utf-8")
    reference = ROOT.parent / "shared/score/score.py"
    command = [sys.executable, reference, "--gold", gold, "--articles", texts, "--errors", "9", events]
    theirs = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert report(score(lines, gold, texts), errors=9) == theirs.rstrip("\n")
