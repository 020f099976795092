"""What a large store costs: memory of a build, and time for ten articles more. No pipeline: events are read from lines.

Sizes are those of the command line: ``KG_ARTICLES=100000 pytest -m bench tests/bench/test_growth.py -s``.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

pytestmark = pytest.mark.bench
ARTICLES = int(os.environ.get("KG_ARTICLES", "20000"))
#: A build of many articles may take so many times the memory of one of few; ten more articles so many times the time.
MEMORY, MORE = 1.2, 3.0
_SCRIPT = """
import resource, sys, time
sys.path.insert(0, sys.argv[1])
from slow_builder import without_models
without_models()
from kg import build
from kg.graph import Graph
from kg.read import Options
if sys.argv[4] == "store":
    build.resolve_corpus = lambda *_, **__: 0
with Graph.open(sys.argv[2], write=True) as graph:
    start = time.process_time()
    build.build(graph, [sys.argv[3]], options=Options(language="fr"))
    took = time.process_time() - start
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, took)
"""


def rows(path: Path, first: int, number: int) -> Path:
    """A file of articles, one a line, with three events each."""
    chance = random.Random(first)
    with path.open("w", encoding="utf-8") as file:
        for n in range(first, first + number):
            names = [f"Acteur{chance.randrange(20 + number // 10)}" for _ in range(6)]
            events = [f"{names[i]} > agir{chance.randrange(9)} > {names[i + 3]}" for i in range(3)]
            words = " ".join(f"mot{chance.randrange(5000)}" for _ in range(120))
            file.write(
                json.dumps({"id": f"{n:07}", "text": f"Article {n}\n" + "\n".join(events) + f"\n{words}"}) + "\n"
            )
    return path


def measured(store: Path, path: Path, what: str = "all") -> tuple[float, float]:
    """Build in a process of its own: megabytes at most, and seconds of processor time."""
    command = [sys.executable, "-c", _SCRIPT, ROOT / "tests", store, path, what]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    megabytes, seconds = done.stdout.split()
    return float(megabytes), float(seconds)


def test_reading_and_storing_many_articles_takes_no_more_memory_than_few(tmp_path: Path) -> None:
    """The store's own buffers fill up over the first thousands of articles, so few are a quarter of many."""
    few, _ = measured(tmp_path / "few.db", rows(tmp_path / "few.jsonl", 0, ARTICLES // 4), "store")
    many, _ = measured(tmp_path / "many.db", rows(tmp_path / "many.jsonl", 0, ARTICLES), "store")
    print(f"\npeak memory: {few:,.0f} MB for {ARTICLES // 4:,} articles, {many:,.0f} MB for {ARTICLES:,}")
    assert many <= MEMORY * few


def test_ten_more_articles_cost_little_more_than_the_first_ten(tmp_path: Path) -> None:
    ten = rows(tmp_path / "ten.jsonl", 10_000_000, 10)
    _, alone = measured(tmp_path / "empty.db", ten)
    measured(tmp_path / "large.db", rows(tmp_path / "many.jsonl", 0, ARTICLES))
    _, more = measured(tmp_path / "large.db", ten)
    print(
        f"\nten articles: {alone:.2f} s into an empty store, {more:.2f} s into one of {ARTICLES:,}: {more / alone:.1f}"
    )
    assert more <= MORE * alone
