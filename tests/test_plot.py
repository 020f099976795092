"""Pictures: they are drawn, the same each time, and say what they cannot draw."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_world import world

from kg.errors import KgError
from kg.export import Options
from kg.graph import Graph
from kg.plot import KINDS, plot, svg


@pytest.mark.parametrize("kind", KINDS)
def test_pictures(tmp_path: Path, kind: str) -> None:
    pytest.importorskip("matplotlib")
    graph = world()
    for name in ("a.svg", "b.svg", "c.png"):
        plot(graph, kind, tmp_path / name)
    drawn = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert drawn == (tmp_path / "b.svg").read_text(encoding="utf-8")
    assert {"network": "threatens", "timeline": "2025-03"}.get(kind, "Syldavia") in drawn
    assert (tmp_path / "c.png").read_bytes().startswith(b"\x89PNG")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.svg", "b.svg", "c.png"]


def test_a_picture_for_a_notebook_is_one_svg_element_without_clock() -> None:
    pytest.importorskip("matplotlib")
    drawn = svg(world())
    assert drawn.startswith("<svg")
    assert drawn.rstrip().endswith("</svg>")
    assert "dc:date" not in drawn
    assert "Syldavia" in drawn


def test_what_cannot_be_drawn_is_said(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="there is network, timeline, matrix, balance"):
        plot(world(), "pie", tmp_path / "a.svg")
    with pytest.raises(KgError, match=r"ends in \.svg"):
        plot(world(), "network", tmp_path / "a.docx")
    pytest.importorskip("matplotlib")
    with pytest.raises(KgError, match="nothing to draw"):
        plot(Graph.memory(), "network", tmp_path / "a.svg")
    with pytest.raises(KgError, match="nothing to draw"):
        plot(world(), "network", tmp_path / "a.svg", Options(since="2030"))
