"""Copies of one text: recognised, linked, counted once, whatever the order in which they come and go."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slow_builder import extract

import kg.events
import kg.parse
from kg import copies, questions, stories
from kg.build import build
from kg.export import Options as ExportOptions
from kg.export.network import Network
from kg.graph import Graph
from kg.read import Options

WORDS = "préfet maire grève port usine route accord budget école vote pluie train marché prix juge plainte".split()


def wire(number: int, length: int = 120) -> list[str]:
    """The words of a made-up story; the same for the same number."""
    chance = random.Random(number)
    return [f"{chance.choice(WORDS)}{chance.randrange(30)}" for _ in range(length)]


def edited(words: list[str], changes: int, seed: int) -> list[str]:
    """The words with some of them replaced by others."""
    chance, found = random.Random(seed), list(words)
    for place in chance.sample(range(len(found)), changes):
        found[place] = f"autre{chance.randrange(1000)}"
    return found


@pytest.fixture(autouse=True)
def _no_models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kg.parse, "parse", lambda articles, models=None: ((a, a.text) for a in articles))
    monkeypatch.setattr(kg.events, "extract", extract)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    (tmp_path / "articles").mkdir()

    def written(name: str, words: list[str], date: str = "2025-03-19") -> Path:
        text = f"---\ndate: {date}\n---\nAlpha > aider > Beta\n\n{' '.join(words)}\n"
        (tmp_path / "articles" / name).write_text(text, encoding="utf-8")
        return tmp_path / "articles"

    return written


def told(graph: Graph) -> dict[str, str]:
    """Article → the article that stands for it, by names."""
    names = {entry.id: entry.name for entry in graph.articles()}
    found = graph.solutions("SELECT ?a ?s { ?a kg:story ?s }")
    identifier = graph.vocabulary.identifier
    return {names[identifier(row["a"].value)]: names[identifier(row["s"].value)] for row in found}


FR = Options(language="fr")


def test_a_copy_is_near_and_another_story_is_not() -> None:
    text = wire(1)
    near, far = edited(text, 4, 1), edited(text, 40, 1)
    one, two, three, other = (copies.signature(" ".join(words)) for words in (text, near, far, wire(2)))
    assert copies.similarity(one, one) == 1
    assert copies.similarity(one, two) >= copies.THRESHOLD > copies.similarity(one, three)
    assert copies.similarity(one, three) > copies.similarity(one, other)
    assert set(copies.bands(one)) & set(copies.bands(two))
    assert not set(copies.bands(one)) & set(copies.bands(other))


def test_case_and_marks_make_no_difference_and_a_notice_is_no_copy() -> None:
    text = " ".join(wire(1))
    assert copies.signature(text) == copies.signature(f"« {text.upper()} »!")
    assert copies.signature("Pas de journal demain.") == ""
    assert copies.similarity("", "") == 0


def test_copies_are_linked_to_the_earliest(write: Callable[..., Path]) -> None:
    text = wire(1)
    write("a.txt", edited(text, 3, 1), "2025-03-20")
    write("b.txt", text, "2025-03-19")
    write("c.txt", edited(text, 3, 2), "2025-03-21")
    folder = write("d.txt", wire(2))
    graph = Graph.memory()
    build(graph, [folder], options=FR)
    assert told(graph) == {"a.txt": "b.txt", "b.txt": "b.txt", "c.txt": "b.txt", "d.txt": "d.txt"}
    linked = graph.solutions("SELECT ?n { ?copy prov:alternateOf ?a ; kg:name ?n } ORDER BY ?n")
    assert [row["n"].value for row in linked] == ["a.txt", "c.txt"]


def test_copies_are_one_source(write: Callable[..., Path]) -> None:
    text = wire(1)
    write("a.txt", text)
    write("b.txt", edited(text, 3, 1))
    folder = write("c.txt", edited(text, 3, 2))
    graph = Graph.memory()
    build(graph, [folder], options=FR)
    (row,) = questions.ask(graph, "facts", {}).dicts()
    assert (row["articles"], row["events"]) == (1, 3)
    assert list(questions.ask(graph, "corroborated", {}).rows) == []
    write("d.txt", wire(2))
    build(graph, [folder], options=FR)
    (row,) = questions.ask(graph, "corroborated", {}).dicts()
    assert row["articles"] == 2


def test_dyads_of_copies_have_one_article(write: Callable[..., Path]) -> None:
    text = wire(1)
    write("a.txt", text)
    write("b.txt", wire(2))
    folder = write("c.txt", edited(text, 3, 2))
    graph = Graph.memory()
    build(graph, [folder], options=FR)
    network = Network(graph, ExportOptions(shape="dyads"))
    (edge,) = network.edges()
    found = dict(zip((name for name, _ in network.columns), edge.values, strict=True))
    assert (found["count"], found["articles"]) == (3, 2)


def test_an_unchanged_store_is_left_alone_and_reading_again_keeps_the_links(write: Callable[..., Path]) -> None:
    text = wire(1)
    write("a.txt", text)
    folder = write("b.txt", edited(text, 3, 1))
    graph = Graph.memory()
    build(graph, [folder], options=FR)
    before = {str(quad) for quad in graph.store}
    assert stories.find(graph) == {}
    build(graph, [folder], options=FR, again=True)
    assert told(graph) == {"a.txt": "a.txt", "b.txt": "a.txt"}
    build(graph, [folder], options=FR)
    assert {str(quad) for quad in graph.store} == before


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), min_size=1, max_size=8), st.randoms())
@settings(max_examples=25, deadline=None)
def test_stories_do_not_depend_on_what_was_there_before(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, int]], chance: random.Random
) -> None:
    """Articles come, change and go in several builds; the stories are those of one build of what is left."""
    folder = tmp_path_factory.mktemp("articles")
    grown = Graph.memory()
    text = wire(1, 60)
    for number, version in steps:
        path = folder / f"{number}.txt"
        if version == 3:
            path.unlink(missing_ok=True)
        else:
            words = wire(2, 60) if version == 2 else edited(text, 3 * number, number + 10 * version)
            path.write_text(f"---\ndate: 2025-03-{10 + (number * 7) % 10}\n---\n{' '.join(words)} {number}")
        if chance.random() < 0.6:
            build(grown, [folder], options=FR, prune=True)
    build(grown, [folder], options=FR, prune=True)
    fresh = Graph.memory()
    build(fresh, [folder], options=FR)
    assert told(grown) == told(fresh)
