"""A third language is a folder of word lists and a pipeline: Esperanto, as a toy, from ``kg extract`` to events."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from languages import eo_toy  # its import registers the rules

from kg.cli import run
from kg.language import languages

TESTS = Path(__file__).parent


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Where the toy's pipeline is installed as a package and its word lists are named, and nothing else differs."""
    place = tmp_path_factory.mktemp("site")
    shutil.copytree(Path(eo_toy.__file__).parent, place / "eo_toy", ignore=shutil.ignore_patterns("__pycache__"))
    pipeline = spacy.blank("xx")
    pipeline.add_pipe("sentencizer")
    pipeline.add_pipe("eo_rules")
    pipeline.to_disk(place / "eo_toy" / f"eo_toy-{eo_toy.__version__}")
    paths = [str(TESTS.parent), str(place), os.environ.get("PYTHONPATH", "")]
    lists = str(TESTS / "languages" / "lang")
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths)), "KG_LANG_PATH": lists}


def kg(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_toy_is_no_part_of_the_program():
    assert languages() == ("en", "fr")


def test_from_articles_to_events(environment: dict[str, str], tmp_path: Path):
    (tmp_path / "a.txt").write_text("Hamaso atakis Israelon. Francio ne helpis Germanion.", encoding="utf-8")
    done = kg(environment, "extract", "--lang", "eo", str(tmp_path / "a.txt"))
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    told = [(e["actor"]["id"], e["action"]["id"], e["target"]["id"], e["polarity"]) for e in found]
    assert told == [("hamas", "attack", "israel", "affirmed"), ("france", "aid", "germany", "negated")]


def test_it_meets_the_other_languages_in_one_graph(environment: dict[str, str], tmp_path: Path):
    (tmp_path / "a.jsonl").write_text(
        '{"name": "eo", "text": "Hamaso minacis Israelon.", "language": "eo"}\n'
        '{"name": "en", "text": "Hamas threatened Israel on Monday.", "language": "en"}\n',
        encoding="utf-8",
    )
    store = str(tmp_path / "kg.db")
    assert kg(environment, "build", str(tmp_path / "a.jsonl"), "--store", store).returncode == 0
    question = "SELECT ?g { GRAPH ?g { actor:hamas action:threaten actor:israel } }"
    answer = kg(environment, "query", question, "--store", store, "--format", "csv", "--lang", "eo")
    assert len(answer.stdout.split()) == 3, answer.stderr


def test_a_language_without_word_lists_is_skipped_with_its_line_or_forced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    german = "Der Bundeskanzler hat am Montag in Berlin mit dem französischen Präsidenten über die Lage gesprochen."
    (tmp_path / "de.txt").write_text(german, encoding="utf-8")
    (tmp_path / "fr.txt").write_text("Berlin a condamné les frappes de la Russie contre l'Ukraine.", encoding="utf-8")
    assert run(["extract", str(tmp_path)]) == 3
    written = capsys.readouterr()
    assert "de.txt: skipped: its language seems to be 'de'" in written.err
    assert {json.loads(line)["article"] for line in written.out.splitlines()} == {"fr.txt"}
    assert run(["extract", "--lang", "fr", str(tmp_path / "de.txt")]) == 0
