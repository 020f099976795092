"""A build that is killed at any moment loses nothing that it had stored, and ends the same when it is run again."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.graph import Graph

BUILDER = Path(__file__).with_name("slow_builder.py")
NAMES = ["Alpha", "Beta", "Gamma", "Delta", "Omega", "Sigma"]


def generate(folder: Path, number: int) -> None:
    """Articles of a few events between six actors."""
    chance = random.Random(number)
    folder.mkdir()
    for n in range(number):
        lines = [
            " > ".join((chance.choice(NAMES), f"agir{chance.randrange(9)}", chance.choice(NAMES))) for _ in range(5)
        ]
        (folder / f"{n:05}.txt").write_text(f"Article {n}\n" + "\n".join(lines))


def start(store: Path, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, BUILDER, store, folder], stdout=subprocess.PIPE, text=True)


def contents(store: Path) -> set[str]:
    with Graph.open(store) as graph:
        return {str(quad) for quad in graph.store}


def build_with_kills(folder: Path, store: Path, kills: int, chance: random.Random) -> int:
    """Build until it ends by itself, killing it up to ``kills`` times; returns how often it was killed."""
    stored: set[str] = set()
    killed = 0
    while True:
        process = start(store, folder)
        assert process.stdout is not None
        if killed < kills:
            first = process.stdout.readline()
            time.sleep(chance.random() * 0.15)
            process.kill()
            stored |= {first.strip(), *process.stdout.read().split("\n")[:-1]} - {""}
            killed += process.wait() < 0
            if (store / "CURRENT").exists():
                with Graph.open(store) as graph:
                    assert stored <= {entry.name for entry in graph.articles()}
            if process.returncode == 0:
                return killed
        else:
            process.stdout.read()
            assert process.wait() == 0
            return killed


@pytest.mark.parametrize(("articles", "kills"), [(150, 8), pytest.param(2000, 200, marks=pytest.mark.bench)])
def test_killed_builds_end_like_an_undisturbed_one(tmp_path: Path, articles: int, kills: int) -> None:
    generate(tmp_path / "articles", articles)
    build_with_kills(tmp_path / "articles", tmp_path / "whole.db", 0, random.Random(0))
    killed = build_with_kills(tmp_path / "articles", tmp_path / "killed.db", kills, random.Random(1))
    assert killed >= kills // 2
    assert contents(tmp_path / "killed.db") == contents(tmp_path / "whole.db")
