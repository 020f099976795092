"""Words a second from files to the stored graph, against the bare pipeline in the same run.

One process is measured by the processor time that it takes, so that others on the machine do not matter; two processes
against one by the clock, which takes two idle cores.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from conftest import ROOT

from kg import language as lang
from kg.build import build
from kg.extraction import Here
from kg.graph import Graph
from kg.parse import pipeline
from kg.read import Options

pytestmark = [pytest.mark.bench, pytest.mark.model]
#: The annotated French articles of the project, each once with a line of its own; and how often for two processes.
ARTICLES = sorted((ROOT / "tests" / "gold" / "fr" / "articles").glob("*.txt"))
COPIES = 4
#: Whole of it against the bare pipeline with the same settings, and with spaCy's; two processes against one.
SAME, DEFAULTS, TWO = 0.85, 1.25, 1.7


def corpus(folder: Path, copies: int = 1) -> tuple[list[str], int]:
    """Write the articles, each copy with another last line; returns the texts and how many words they have."""
    folder.mkdir()
    texts = [f"{p.read_text(encoding='utf-8')}\n\nCopie {n}.\n" for n in range(copies) for p in ARTICLES]
    for number, text in enumerate(texts):
        (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")
    return texts, sum(len(text.split()) for text in texts)


def taken(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    start = clock()
    work()
    return clock() - start


def stored(folder: Path, store: Path, jobs: int = 1) -> None:
    with Graph.open(store, write=True) as graph:
        build(graph, [folder], options=Options(language="fr"), engine=Here(jobs))


def test_everything_but_the_pipeline_costs_little(tmp_path: Path) -> None:
    texts, words = corpus(tmp_path / "articles")
    nlp = pipeline("fr")
    plain = import_module(str(lang.labels("fr")["pipeline"])).load()
    for warm in (nlp, plain):
        list(warm.pipe(texts[:2]))
    (tmp_path / "few").mkdir()
    (tmp_path / "few" / "a.txt").write_text(texts[0], encoding="utf-8")
    stored(tmp_path / "few", tmp_path / "few.db")
    bare = taken(lambda: list(nlp.pipe(texts, batch_size=16)))
    defaults = taken(lambda: list(plain.pipe(texts)))
    whole = taken(lambda: stored(tmp_path / "articles", tmp_path / "kg.db"))
    print(
        f"\nwords a second of one core: pipeline {words / bare:,.0f}, with spaCy's defaults {words / defaults:,.0f}, "
        f"files to graph {words / whole:,.0f}; ratios {bare / whole:.2f} and {defaults / whole:.2f}"
    )
    assert bare / whole >= SAME
    assert defaults / whole >= DEFAULTS


def test_two_processes_do_nearly_twice_the_work_of_one(tmp_path: Path) -> None:
    _, words = corpus(tmp_path / "articles", COPIES)
    one = taken(lambda: stored(tmp_path / "articles", tmp_path / "one.db"), time.perf_counter)
    two = taken(lambda: stored(tmp_path / "articles", tmp_path / "two.db", jobs=2), time.perf_counter)
    print(f"\nwords a second: one process {words / one:,.0f}, two {words / two:,.0f}; ratio {one / two:.2f}")
    assert one / two >= TWO
