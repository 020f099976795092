"""Hostile files of every format: each ends in its named outcome, and the good articles beside them are all there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hostile import NOTED, READ, write

from kg.build import plan
from kg.graph import Graph


def outcomes(folder: Path) -> dict[str, str]:
    """What becomes of each article; the reason where it is skipped."""
    found: dict[str, str] = {}
    noted: set[str] = set()
    for step in steps(folder):
        if step.outcome == "note":
            noted.add(step.name)
        else:
            read = NOTED if step.name in noted else READ
            found[step.name] = read if step.outcome == "added" else step.detail
    return found


def steps(folder: Path) -> list:  # type: ignore[type-arg]
    told: list = []  # type: ignore[type-arg]
    plan(None, [folder], watch=told.append)
    return told


def test_every_hostile_file_ends_in_its_outcome(tmp_path: Path) -> None:
    expected = write(tmp_path)
    found = outcomes(tmp_path)
    assert len(expected) - sum(name.startswith("good") for name in expected) >= 60
    assert found.keys() == expected.keys()
    wrong = {
        name: (found[name], outcome)
        for name, outcome in expected.items()
        if (found[name] != outcome if outcome in (READ, NOTED) else outcome not in found[name])
    }
    assert wrong == {}
    assert not any("\n" in said for said in found.values())


#: Runs a command and says on its last line how much memory it took at most, in megabytes.
_MEASURED = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:]).returncode
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


@pytest.mark.bench
@pytest.mark.model
def test_a_build_of_hostile_files_stays_below_a_gigabyte_and_a_half(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    expected = write(tmp_path / "articles")
    command = [sys.executable, "-m", "kg", "build", "--quiet", "--store", tmp_path / "kg.db", tmp_path / "articles"]
    done = subprocess.run([sys.executable, "-c", _MEASURED, *command], capture_output=True, text=True, check=True)
    code, megabytes = (int(number) for number in done.stdout.split()[-2:])
    with Graph.open(tmp_path / "kg.db") as graph:
        stored = {entry.name for entry in graph.articles()}
    print(f"\n{len(expected)} files and articles, peak memory {megabytes:,} MB")
    assert code == 3
    assert stored == {name for name, outcome in expected.items() if outcome in (READ, NOTED)}
    assert megabytes < 1500
