"""Counts kept as statements: what they say, and that they follow whatever a build does to the articles."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from small_world import ACTORS, ARTICLES, EVENTS, put, world

from kg.build import build
from kg.eventline import to_line
from kg.graph import Graph
from kg.model import Event
from kg.recount import Recount
from kg.statements import statements
from kg.tallies import ranks
from kg.vocabulary import TALLIES_GRAPH

#: The same counts by counting: variable → pattern of one thing counted.
COUNTED = {
    "kg:acts": "?event kg:actor ?node",
    "kg:suffers": "?event kg:target ?node",
    "kg:claims": "?event prov:wasAttributedTo ?node",
    "kg:events": "{ ?event kg:action ?node } UNION { ?event sem:eventType ?node } UNION { ?event sem:hasPlace ?node } "
    "UNION { ?event kg:article ?node }",
}


def kept(graph: Graph, name: str) -> dict[str, str]:
    return {s["node"].value: s["n"].value for s in graph.solutions(f"SELECT ?node ?n {{ ?node {name} ?n }}")}


def counted(graph: Graph, name: str) -> dict[str, str]:
    text = f"SELECT ?node (COUNT(?event) AS ?n) {{ {COUNTED[name]} }} GROUP BY ?node"
    return {s["node"].value: s["n"].value for s in graph.solutions(text)}


def check(graph: Graph) -> None:
    """The counts that are kept are those that one gets by counting."""
    for name in COUNTED:
        found = {node: n for node, n in kept(graph, name).items() if "month:" not in node and n != "0"}
        assert found == counted(graph, name), name
    text = "SELECT ?node (MIN(?date) AS ?n) { ?event sem:hasActor ?node ; kg:date ?date } GROUP BY ?node"
    assert kept(graph, "kg:first") == {s["node"].value: s["n"].value for s in graph.solutions(text)}
    months = Counter(s["d"].value[:7] for s in graph.solutions("SELECT ?d { ?event kg:date ?d }"))
    text = "SELECT ?m ?n { ?month kg:events ?n ; kg:cooperative ?c ; rdfs:label ?m }"
    assert {s["m"].value: int(s["n"].value) for s in graph.solutions(text)} == months


def test_counts_are_those_of_counting() -> None:
    check(world())


def test_counts_follow_what_is_replaced_and_removed() -> None:
    graph = world()
    graph.remove("two.txt")
    assert graph.tally()
    check(graph)
    put(graph, "two.txt")
    graph.remove("one.txt")
    assert graph.tally()
    check(graph)
    put(graph, "one.txt")
    assert graph.tally()
    assert set(graph.store) == set(world().store)
    assert not graph.tally()


def counts(graph: Graph) -> set[ox.Quad]:
    return set(graph.store.quads_for_pattern(None, None, None, ox.NamedNode(TALLIES_GRAPH)))


@pytest.mark.parametrize("seed", range(6))
def test_counting_what_changed_gives_what_counting_all_gives(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance, graph = random.Random(seed), Graph.memory()
    put(graph, "one.txt")
    graph.tally()
    monkeypatch.setattr(Recount, "_anew", None)  # nothing is counted anew from here on
    there: dict[str, tuple[str, list[Event], str]] = {}
    for _ in range(12):
        for _ in range(chance.randrange(1, 4)):
            name = f"{chance.randrange(5)}.txt"
            if chance.random() < 0.3:
                graph.remove(name)
                there.pop(name, None)
                continue
            base = chance.choice(["one.txt", "two.txt"])
            events = chance.sample(EVENTS[base], chance.randrange(4))
            there[name] = base, events, chance.choice(["", "a", "b"])
            replaced(graph, name, *there[name])
        graph.tally()
    monkeypatch.undo()
    other = Graph.memory()
    put(other, "one.txt")
    for name, made in there.items():
        replaced(other, name, *made)
    other.tally()
    assert counts(graph) == counts(other)
    assert set(graph.store) == set(other.store)


def replaced(graph: Graph, name: str, base: str, events: list[Event], story: str) -> None:
    article = replace(ARTICLES[base], name=name, id=name.encode().hex(), story=story)
    mine = [replace(event, article=name) for event in events]
    graph.replace(article, statements(article, mine, (), ACTORS), [to_line(event) for event in mine])


def test_a_store_whose_counts_are_not_known_to_be_right_is_counted_anew() -> None:
    graph = world()
    right = counts(graph)
    graph.remove("two.txt")
    again = Graph(graph.store, graph.vocabulary, writable=True)  # as after a kill
    assert again.untold
    put(again, "two.txt")
    assert not again.tally()
    assert counts(again) == right
    assert not again.untold


@pytest.mark.model
def test_a_build_leaves_right_counts_after_change_and_prune(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text("Le Hamas a menacé Israël. L'armée israélienne a attaqué le Hamas.", encoding="utf-8")
    (folder / "b.txt").write_text("La France a condamné la Russie. Paul Martin a aidé la Russie.", encoding="utf-8")
    with Graph.open(tmp_path / "kg.db", write=True) as graph:
        build(graph, [folder])
        check(graph)
        first = set(graph.store.quads_for_pattern(None, None, None, ox.NamedNode(TALLIES_GRAPH)))
        (folder / "a.txt").write_text("Le Hamas a menacé l'Égypte.", encoding="utf-8")
        build(graph, [folder])
        check(graph)
        (folder / "b.txt").unlink()
        build(graph, [folder], prune=True)
        check(graph)
        assert len(kept(graph, "kg:acts")) == 1
    with Graph.open(tmp_path / "kg.db") as graph:
        assert set(graph.store.quads_for_pattern(None, None, None, ox.NamedNode(TALLIES_GRAPH))) != first


def test_ranks_are_by_counts_and_among_equals_by_name() -> None:
    numbers = {("urn:b", "kg:acts"): 2, ("urn:a", "kg:acts"): 1, ("urn:a", "kg:suffers"): 1, ("urn:c", "kg:claims"): 1}
    numbers |= {("urn:c", "kg:suffers"): 5}
    found = [(q.predicate.value.rpartition(":")[2], q.object.value, q.subject.value) for q in ranks(numbers)]
    rank, speaker = ("rank", "speakerRank")
    assert found == [(rank, "1", "urn:c"), (rank, "2", "urn:a"), (rank, "3", "urn:b"), (speaker, "1", "urn:c")]


def test_only_the_most_frequent_have_a_rank(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.tallies.RANKED", 2)
    found = list(ranks({(f"urn:{number}", "kg:acts"): number for number in range(1, 6)}))
    assert [quad.subject.value for quad in found] == ["urn:5", "urn:4"]
