"""A build on a Spark cluster is the same build: same graph, whatever happens to the machines of the cluster.

``pytest -m spark tests/test_spark.py`` (needs pyspark and a Java runtime, and a few minutes).
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from test_graph import everything

from kg.build import build
from kg.cli import run
from kg.extraction import Extracted
from kg.graph import Graph
from kg.model import Article
from kg.read import Note, Options, Skipped
from kg.spark import _line, _place, _read

needs_spark = pytest.mark.skipif(
    importlib.util.find_spec("pyspark") is None or shutil.which("java") is None, reason="needs pyspark and Java"
)
#: Two workers of one core each, in processes of their own as on two machines.
CLUSTER = "local-cluster[2,1,1024]"


def articles(folder: Path, number: int) -> Path:
    """Short articles, one that is a copy, one that is empty and two in a file."""
    folder.mkdir()
    sides = ["Syldavia", "Borduria", "San Theodoros", "Khemed"]
    for n in range(number):
        one, other = sides[n % 4], sides[(n * 7 + 1) % 4]
        (folder / f"{n:03}.txt").write_text(
            f"2025-03-{n % 28 + 1:02}\n{one} threatened {other} with sanctions on Monday, article {n} reports. "
            f"The president of {other} said that {one} had attacked the village of Klow {n} times.\n"
        )
    (folder / "copy.txt").write_text((folder / "001.txt").read_text())
    (folder / "empty.txt").write_text("")
    rows = [{"text": f"Borduria accused Syldavia of {what} at the border on Friday."} for what in ("theft", "arson")]
    (folder / "two.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return folder


def plain(folder: Path) -> tuple[Graph, list[tuple[str, str]]]:
    graph, told = Graph.memory(), []
    build(graph, [folder], options=Options(language="en"), watch=lambda step: told.append((step.name, step.outcome)))
    return graph, told


def test_lines_bring_back_what_went_in() -> None:
    article = Article("ab", "a.txt", "x\u2028y\n", "fr", published="2025")
    for item in (article, Skipped("b.txt", "empty"), Note("c.txt", "odd")):
        assert _read(_line("000.1", item)) == (item, None)
    found = Extracted(article, (), ())
    line = _line(f"{3:012d}.{1:09d}", found)
    assert _read(line) == (article, found)
    assert "\n" not in line
    assert _place(line) == f"{3:012d}.{1:09d}"


def test_without_spark_the_command_says_what_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    folder = articles(tmp_path / "articles", 2)
    assert run(["build", str(folder), "--store", str(tmp_path / "kg.db"), "--engine", "spark"]) == 1
    assert "pip install 'kg-news[spark]'" in capsys.readouterr().err
    assert run(["build", str(folder), "--store", str(tmp_path / "kg.db"), "--master", "local[1]"]) == 2


@pytest.mark.model
@pytest.mark.spark
@needs_spark
def test_a_cluster_that_loses_a_worker_builds_the_same_and_a_second_build_parses_nothing(tmp_path: Path) -> None:
    folder = articles(tmp_path / "articles", 40)
    wanted, told = plain(folder)
    assert sum(1 for name, outcome in told if outcome == "added") == 42
    killed: list[int] = []
    killer = threading.Thread(target=kill_a_worker, args=(tmp_path / "lines", killed))
    killer.start()
    assert spark_build(folder, tmp_path / "kg.db", CLUSTER, tmp_path / "lines") == 3  # the empty one
    killer.join()
    assert killed
    with Graph.open(tmp_path / "kg.db") as graph:
        assert everything(graph) == everything(wanted)
    assert found(tmp_path / "lines") == {"extracted": 43, "skipped": 1}  # the copy was not yet known
    assert spark_build(folder, tmp_path / "kg.db", "local[1]", tmp_path / "again") == 3
    assert found(tmp_path / "again") == {"article": 43, "skipped": 1}
    with Graph.open(tmp_path / "kg.db") as graph:
        assert everything(graph) == everything(wanted)


def spark_build(folder: Path, store: Path, master: str, lines: Path) -> int:
    arguments = ["build", str(folder), "--store", str(store), "--lang", "en", "--quiet"]
    return run([*arguments, "--engine", "spark", "--master", master, "--lines", f"file://{lines}"])


def found(lines: Path) -> Counter[str]:
    """What the lines that are kept are about, by number."""
    read = [json.loads(line) for part in lines.glob("*/part-*") for line in part.read_text().split("\n") if line]
    return Counter(key for record in read for key in record if key != "at")


def kill_a_worker(lines: Path, killed: list[int]) -> None:
    """Kill one of the cluster's executors once it has begun to write what it found."""
    end = time.monotonic() + 500
    while time.monotonic() < end:
        if any(path.stat().st_size for path in lines.glob("*/_temporary/**/part-*")):
            own = descendants(os.getpid())
            executors = [pid for pid in own if b"CoarseGrainedExecutorBackend" in command(pid)]
            if executors:
                os.kill(executors[0], signal.SIGKILL)
                killed.append(executors[0])
                return
        time.sleep(0.05)


def command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def descendants(pid: int) -> set[int]:
    """The processes that a process has started, and theirs."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parent = {int(child): int(of) for child, of in (line.split() for line in listed.splitlines())}
    found = {pid}
    while more := {child for child, of in parent.items() if of in found} - found:
        found |= more
    return found - {pid}
