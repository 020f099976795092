"""The hallway, with a parser that reads one event a line (``actor > lemma > target``), so that no model is needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest
from slow_builder import extract

import kg.events
import kg.parse
from kg import eventline
from kg.build import Step, build, extract_all, plan
from kg.corpus import resolve_corpus
from kg.graph import Graph
from kg.judgements import Judgement
from kg.model import Article
from kg.read import Options

FR = Options(language="fr")


class Parser:
    """Stands in for the pipelines; knows what it parsed, and stops like Ctrl-C after ``stop`` articles."""

    def __init__(self) -> None:
        self.parsed: list[str] = []
        self.stop: int | None = None

    def __call__(
        self, articles: Iterable[Article], *, models: Mapping[str, str] | None = None
    ) -> Iterator[tuple[Article, str]]:
        for article in articles:
            if self.stop is not None and len(self.parsed) >= self.stop:
                raise KeyboardInterrupt
            self.parsed.append(article.name)
            yield article, article.text


@pytest.fixture(autouse=True)
def parser(monkeypatch: pytest.MonkeyPatch) -> Parser:
    fake = Parser()
    monkeypatch.setattr(kg.parse, "parse", fake)
    monkeypatch.setattr(kg.events, "extract", extract)
    return fake


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three articles."""
    where = tmp_path / "articles"
    where.mkdir()
    (where / "a.txt").write_text("Alpha > louer > Beta\nBeta > quitter > Gamma\n")
    (where / "b.txt").write_text("Alpha > louer > Beta\n")
    (where / "c.txt").write_text("Gamma > aider > Delta\n")
    return where


def quads(graph: Graph) -> set[str]:
    return {str(quad) for quad in graph.store}


def facts(graph: Graph) -> set[tuple[str, str, str]]:
    found = graph.solutions("SELECT DISTINCT ?a ?p ?t { ?p skos:broader ?type . ?a ?p ?t }")
    short = graph.vocabulary.shorten
    return {(short(row["a"].value), short(row["p"].value), short(row["t"].value)) for row in found}


def test_articles_become_a_graph(folder: Path, parser: Parser) -> None:
    graph = Graph.memory()
    summary = build(graph, [folder], options=FR)
    assert summary.outcomes == {"added": 3}
    assert (summary.events, summary.parsed) == (4, 3)
    assert {(a[6:], p, t[6:]) for a, p, t in facts(graph)} == {
        ("alpha", "action:louer", "beta"),
        ("beta", "action:quitter", "gamma"),
        ("gamma", "action:aider", "delta"),
    }


def test_a_second_build_parses_nothing_and_changes_nothing(folder: Path, parser: Parser) -> None:
    graph = Graph.memory()
    build(graph, [folder], options=FR)
    before = quads(graph)
    parser.parsed.clear()
    assert build(graph, [folder], options=FR).outcomes == {"unchanged": 3}
    assert parser.parsed == []
    assert quads(graph) == before


def test_again_parses_all_and_changes_nothing(folder: Path, parser: Parser) -> None:
    graph = Graph.memory()
    build(graph, [folder], options=FR)
    before = quads(graph)
    parser.parsed.clear()
    assert build(graph, [folder], options=FR, again=True).outcomes == {"replaced": 3}
    assert len(parser.parsed) == 3
    assert quads(graph) == before


def test_a_changed_article_is_replaced_and_nothing_else(folder: Path, parser: Parser) -> None:
    graph = Graph.memory()
    build(graph, [folder], options=FR)
    others = {str(quad) for name in ("a.txt", "b.txt") for quad in in_graph(graph, name)}
    parser.parsed.clear()
    (folder / "c.txt").write_text("Gamma > trahir > Delta\n")
    assert build(graph, [folder], options=FR).outcomes == {"unchanged": 2, "replaced": 1}
    assert parser.parsed == ["c.txt"]
    assert others == {str(quad) for name in ("a.txt", "b.txt") for quad in in_graph(graph, name)}
    assert ("gamma", "delta") not in {(a[6:], t[6:]) for a, p, t in facts(graph) if p == "action:aider"}
    assert [stored.name for stored in graph.articles()] == ["a.txt", "b.txt", "c.txt"]


def in_graph(graph: Graph, name: str) -> list[object]:
    identifier = next(stored.id for stored in graph.articles() if stored.name == name)
    return list(graph.store.quads_for_pattern(None, None, None, graph.article_node(identifier)))


def test_a_copy_is_told_of_and_not_counted_twice(folder: Path, parser: Parser) -> None:
    (folder / "copy.txt").write_text((folder / "b.txt").read_text())
    steps: list[Step] = []
    graph = Graph.memory()
    assert build(graph, [folder], options=FR, watch=steps.append).outcomes == {"added": 3, "duplicate": 1}
    assert Step("copy.txt", "duplicate", "the same text as b.txt") in steps
    assert build(graph, [folder], options=FR, prune=True).outcomes == {"unchanged": 3, "duplicate": 1}


def test_bad_articles_are_told_of_and_the_rest_is_built(folder: Path, parser: Parser) -> None:
    (folder / "bad.txt").write_bytes(b"")
    (folder / "old.txt").write_bytes("Été > finir > Hiver\n".encode("latin-1"))
    steps: list[Step] = []
    assert build(Graph.memory(), [folder], options=FR, watch=steps.append).outcomes == {"added": 4, "skipped": 1}
    assert [step for step in steps if step.outcome in ("skipped", "note")] == [
        Step("bad.txt", "skipped", "empty"),
        Step("old.txt", "note", "read as Windows-1252 (it is not UTF-8)"),
    ]


def test_prune_removes_what_is_gone_and_keeps_what_cannot_be_read(folder: Path, parser: Parser) -> None:
    graph = Graph.memory()
    build(graph, [folder], options=FR)
    (folder / "a.txt").unlink()
    (folder / "b.txt").write_bytes(b"\x00\x01\x02")
    assert build(graph, [folder], options=FR).outcomes == {"unchanged": 1, "skipped": 1}
    assert len(list(graph.articles())) == 3
    assert build(graph, [folder], options=FR, prune=True).outcomes == {"unchanged": 1, "skipped": 1, "removed": 1}
    assert [stored.name for stored in graph.articles()] == ["b.txt", "c.txt"]


def test_a_build_that_is_cut_off_goes_on_where_it_stopped(folder: Path, parser: Parser) -> None:
    whole = Graph.memory()
    build(whole, [folder], options=FR)
    for stop in range(3):
        graph = Graph.memory()
        parser.parsed.clear()
        parser.stop = stop
        with pytest.raises(KeyboardInterrupt):
            build(graph, [folder], options=FR)
        assert [stored.name for stored in graph.articles()] == ["a.txt", "b.txt", "c.txt"][:stop]
        parser.stop = None
        build(graph, [folder], options=FR)
        assert parser.parsed == ["a.txt", "b.txt", "c.txt"]
        assert quads(graph) == quads(whole)


def test_a_limit_leaves_the_rest_for_the_next_build(folder: Path, parser: Parser) -> None:
    graph = Graph.memory()
    assert build(graph, [folder], options=FR, limit=2).outcomes == {"added": 2}
    assert build(graph, [folder], options=FR, limit=2).outcomes == {"unchanged": 2, "added": 1}


def test_the_order_of_paths_does_not_matter(folder: Path, parser: Parser) -> None:
    one, other = Graph.memory(), Graph.memory()
    build(one, [folder / "a.txt", folder / "b.txt"], options=FR)
    build(other, [folder / "b.txt", folder / "a.txt"], options=FR)
    assert quads(one) == quads(other)


def test_a_plan_tells_and_does_nothing(folder: Path, parser: Parser) -> None:
    assert plan(None, [folder], options=FR).outcomes == {"added": 3}
    graph = Graph.memory()
    build(graph, [folder], options=FR)
    before = quads(graph)
    (folder / "c.txt").write_text("x\n")
    assert plan(graph, [folder], options=FR).outcomes == {"unchanged": 2, "replaced": 1}
    assert quads(graph) == before


def test_extracting_gives_the_events_that_a_build_stores(folder: Path, parser: Parser) -> None:
    events, summary = extract_all([folder], options=FR)
    graph = Graph.memory()
    build(graph, [folder], options=FR)
    stored = [line for name in ("a.txt", "b.txt", "c.txt") for line in graph.lines(name)]
    assert [eventline.to_line(event) for event in events] == stored
    assert summary.outcomes == {"added": 3}


def test_resolving_actors_again_needs_no_parser_and_changes_nothing(folder: Path, parser: Parser) -> None:
    graph = Graph.memory()
    build(graph, [folder], options=FR)
    before = quads(graph)
    assert resolve_corpus(graph) == 0
    graph.set_note("resolved", None)
    assert resolve_corpus(graph) == 0
    assert quads(graph) == before


def test_judgements_are_replayed_without_a_parser(folder: Path, parser: Parser) -> None:
    graph = Graph.memory()
    build(graph, [folder], options=FR)
    parser.parsed.clear()
    judged = [Judgement("same", "Alpha", "Delta")]
    assert resolve_corpus(graph, judgements=judged) > 0
    assert ("actor:gamma", "action:aider", "actor:alpha") in facts(graph)
    assert resolve_corpus(graph, judgements=judged) == 0
    assert build(graph, [folder], options=FR, judgements=judged).outcomes == {"unchanged": 3}
    assert parser.parsed == []
    other = Graph.memory()
    build(other, [folder], options=FR, judgements=judged)
    assert quads(graph) == quads(other)
    resolve_corpus(graph)
    assert ("actor:gamma", "action:aider", "actor:delta") in facts(graph)
