"""Words a second from files to the stored graph, against the bare pipeline in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import SEEDS

from kg.build import build
from kg.graph import Graph
from kg.parse import pipeline
from kg.read import Options

pytestmark = [pytest.mark.bench, pytest.mark.model]
COPIES = 60


def corpus(folder: Path) -> int:
    """Copies of the French seed that differ in a number; returns how many words they have."""
    text = (SEEDS / "000_ca43eeccde662955.txt").read_text(encoding="utf-8")
    for number in range(COPIES):
        (folder / f"{number:03}.txt").write_text(f"{text}\n\nArticle {number}.\n", encoding="utf-8")
    return COPIES * len(text.split())


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def test_everything_but_the_pipeline_costs_little(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    words = corpus(articles)
    texts = [path.read_text(encoding="utf-8") for path in sorted(articles.iterdir())]
    nlp = pipeline("fr")
    list(nlp.pipe(texts[:5]))
    bare = seconds(lambda: list(nlp.pipe(texts, batch_size=16)))
    with Graph.open(tmp_path / "kg.db", write=True) as graph:
        whole = seconds(lambda: build(graph, [articles], options=Options(language="fr")))
    print(f"\npipeline {words / bare:,.0f} words a second, all {words / whole:,.0f}, ratio {bare / whole:.2f}")
    assert bare / whole >= 0.85
