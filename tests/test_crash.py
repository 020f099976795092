"""A build that is cut off at any moment loses nothing that it had stored, and ends the same when it is run again.

Cut off by ``kill -9``, by SIGTERM, by Ctrl-C, by a full disk. The long forms run with ``-m bench``.
"""

from __future__ import annotations

import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
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


def start(store: Path, folder: Path, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, BUILDER, store, folder, *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def contents(store: Path) -> set[str]:
    with Graph.open(store) as graph:
        return {str(quad) for quad in graph.store}


def names(store: Path) -> set[str]:
    with Graph.open(store) as graph:
        return {entry.name for entry in graph.articles()}


def build_with_cuts(folder: Path, store: Path, cuts: int, chance: random.Random, number: int = signal.SIGKILL) -> int:
    """Build until it ends by itself, sending it a signal up to ``cuts`` times; returns how often that cut it off."""
    stored: set[str] = set()
    cut = 0
    while True:
        process = start(store, folder)
        assert process.stdout is not None
        first = process.stdout.readline()
        if cut < cuts:
            time.sleep(chance.random() * 0.15)
            process.send_signal(number)
        rest, _ = process.communicate()
        stored |= {first.strip(), *rest.split("\n")[:-1]} - {""}
        cut += process.returncode != 0
        if (store / "CURRENT").exists():
            assert stored <= names(store)
        if process.returncode == 0:
            return cut
        assert cut <= cuts


@pytest.mark.parametrize(
    ("articles", "cuts", "number"),
    [
        (100, 6, signal.SIGKILL),
        (40, 2, signal.SIGTERM),
        (40, 2, signal.SIGINT),
        pytest.param(2000, 200, signal.SIGKILL, marks=pytest.mark.bench),
        pytest.param(500, 50, signal.SIGTERM, marks=pytest.mark.bench),
        pytest.param(500, 50, signal.SIGINT, marks=pytest.mark.bench),
    ],
)
def test_builds_that_are_cut_off_end_like_an_undisturbed_one(
    tmp_path: Path, articles: int, cuts: int, number: int
) -> None:
    generate(tmp_path / "articles", articles)
    build_with_cuts(tmp_path / "articles", tmp_path / "whole.db", 0, random.Random(0))
    cut = build_with_cuts(tmp_path / "articles", tmp_path / "cut.db", cuts, random.Random(1), number)
    assert cut >= cuts // 2
    assert contents(tmp_path / "cut.db") == contents(tmp_path / "whole.db")


def write_until_full(folder: Path, store: Path, grow: Callable[[], None] = lambda: None) -> int:
    """Build until it ends well; each time that the disk is full, see what is stored and call ``grow``."""
    stored: set[str] = set()
    full = 0
    while True:
        process = start(store, folder)
        out, said = process.communicate()
        stored |= set(out.split("\n")[:-1])
        if process.returncode == 0:
            return full
        full += 1
        assert process.returncode == 1, said
        assert said.startswith("kg: cannot ")
        assert said.count("\n") == 1
        grow()
        if (store / "CURRENT").exists():
            assert stored <= names(store)


def test_files_that_cannot_grow_lose_nothing(tmp_path: Path) -> None:
    """A limit on the size of files makes writing fail as a full disk does; it is lifted step by step."""
    generate(tmp_path / "articles", 60)
    build_with_cuts(tmp_path / "articles", tmp_path / "whole.db", 0, random.Random(0))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    sizes = iter([200_000, 500_000, 1_000_000, 3_000_000])

    def grow() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (next(sizes, before[0]), before[1]))

    grow()
    try:
        full = write_until_full(tmp_path / "articles", tmp_path / "small.db", grow)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert full >= 2
    assert contents(tmp_path / "small.db") == contents(tmp_path / "whole.db")


@pytest.mark.bench
def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    """A folder of four megabytes that grows by four each time that it is full; mounting one takes root."""
    place = tmp_path / "small"
    place.mkdir()
    size = 4

    def mount(option: str) -> None:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"{option}size={size}m", "tmpfs", place], check=True)

    def grow() -> None:
        nonlocal size
        size += 4
        mount("remount,")

    generate(tmp_path / "articles", 300)
    build_with_cuts(tmp_path / "articles", tmp_path / "whole.db", 0, random.Random(0))
    mount("")
    try:
        full = write_until_full(tmp_path / "articles", place / "kg.db", grow)
        shutil.copytree(place / "kg.db", tmp_path / "copy.db")
    finally:
        subprocess.run(["umount", place], check=True)
    assert full >= 3
    assert contents(tmp_path / "copy.db") == contents(tmp_path / "whole.db")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_command_that_is_told_to_end_says_what_is_kept(tmp_path: Path, number: int) -> None:
    generate(tmp_path / "articles", 200)
    process = start(tmp_path / "kg.db", tmp_path / "articles", "--cli")
    while not (tmp_path / "kg.db" / "CURRENT").exists():
        time.sleep(0.01)
    time.sleep(0.3)
    process.send_signal(number)
    _, said = process.communicate()
    assert process.returncode == 1
    assert said.strip() == "kg: interrupted; what was stored is kept, and the same command goes on from there"
    process = start(tmp_path / "kg.db", tmp_path / "articles", "--cli")
    process.communicate()
    assert process.returncode == 0
    assert len(names(tmp_path / "kg.db")) == 200
