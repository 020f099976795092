"""The page on writing questions: its example is a question that runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_world import world

from kg import questions
from kg.names import PARAMETER_TYPES

PAGE = Path(__file__).parent.parent / "queries" / "README.md"


def test_the_example_runs(tmp_path: Path) -> None:
    example = PAGE.read_text(encoding="utf-8").split("```sparql\n")[1].split("```")[0]
    (tmp_path / "example.rq").write_text(example, encoding="utf-8")
    found = questions.ask(world(), "example", {"actor": "Borduria", "since": "2025-04"}, folder=tmp_path)
    assert found.columns == ("date", "actor", "action", "target", "quote", "article")
    assert [row[4] for row in found.rows] == ["Borduria threatened Syldavia again"]


@pytest.mark.parametrize("kind", PARAMETER_TYPES)
def test_every_type_of_parameter_is_on_the_page(kind: str) -> None:
    assert f"`{kind}`" in PAGE.read_text(encoding="utf-8")
