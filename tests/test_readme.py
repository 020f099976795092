"""The README's examples give what it says they give."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from conftest import ROOT
from readme import Example, blocks, examples

from kg.cli import run

pytestmark = pytest.mark.model


@pytest.fixture
def place(seeds_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder like the one that the README's reader is in after its first command."""
    shutil.copytree(seeds_store, tmp_path / "kg.db")
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def squeezed(text: str) -> str:
    return " ".join(text.split())


def matches(expected: str, line: str) -> bool:
    pattern = ".*".join(re.escape(squeezed(part)).replace(r"\ ", r"\s+") for part in expected.split("…"))
    return re.fullmatch(rf"\s*{pattern}\s*", squeezed(line)) is not None


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.command)
def test_an_example_prints_what_the_readme_says(
    example: Example, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = shlex.split(example.command)
    assert words.pop(0) == "kg"
    assert run(words) == 0
    lines = iter(capsys.readouterr().out.splitlines())
    for expected in example.output:
        assert any(matches(expected, line) for line in lines), f"no line {expected!r} (in this order)"


def test_the_readme_has_two_commands() -> None:
    first, second, *_ = blocks("bash")
    assert "kg build seeds" in first
    assert "pytest" in second
