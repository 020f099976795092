"""The store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from small_world import ACTORS, ARTICLES, EVENTS, TEXTS, fill, put, world

from kg.errors import QueryError, StoreError
from kg.eventline import from_line, to_line
from kg.graph import Counts, Graph
from kg.statements import statements


@pytest.fixture(params=["memory", "oxigraph", pytest.param("virtuoso", marks=pytest.mark.virtuoso)])
def graph(request: pytest.FixtureRequest) -> Iterator[Graph]:
    """The small world in memory, and in servers elsewhere: all that follows holds for each."""
    if request.param == "memory":
        yield world()
        return
    with request.getfixturevalue("server_of")(request.param).graph() as graph:
        yield fill(graph)


def everything(graph: Graph) -> set[ox.Quad]:
    """All quads of the articles and of their archives, and the union."""
    names = [*graph.graphs(), *(node for _, node in graph.store.archives()), ox.DefaultGraph()]
    return {quad for name in names for quad in graph.store.quads_for_pattern(None, None, None, name)}


def union(graph: Graph) -> Counter[ox.Triple]:
    return Counter(q.triple for q in graph.store.quads_for_pattern(None, None, None, ox.DefaultGraph()))


def check_union(graph: Graph) -> None:
    """The default graph holds every triple of the visible graphs, once."""
    named = {q.triple for g in graph.graphs() for q in graph.store.quads_for_pattern(None, None, None, g)}
    assert union(graph) == Counter(dict.fromkeys(named, 1))


def test_a_triple_of_two_articles_is_one_solution(graph: Graph) -> None:
    found = list(graph.solutions("SELECT ?a ?t { ?a action:threaten ?t }"))
    assert [(s["a"].value, s["t"].value) for s in found] == [("urn:kg:actor:borduria", "urn:kg:actor:syldavia")]
    check_union(graph)


def test_a_triple_leaves_with_the_last_article_that_has_it(graph: Graph) -> None:
    threat = "ASK { actor:borduria action:threaten actor:syldavia }"
    assert graph.remove("two.txt")
    assert graph.query(threat)
    check_union(graph)
    assert graph.remove("one.txt")
    assert not graph.query(threat)
    check_union(graph)
    assert not graph.remove("one.txt")
    assert graph.tally()
    assert {g.value for g in graph.graphs()} - {"urn:kg:tallies"} == {"urn:kg:terms"}
    assert not list(graph.store.quads_for_pattern(None, None, None, ox.NamedNode("urn:kg:tallies")))
    assert graph.store.archives() == []


def test_replacing_with_the_same_changes_nothing(graph: Graph) -> None:
    before = everything(graph)
    assert not put(graph, "one.txt")
    assert everything(graph) == before == everything(world())


def test_a_new_version_of_an_article_takes_the_place_of_the_old(graph: Graph) -> None:
    article = replace(ARTICLES["one.txt"], id="ff", text=ARTICLES["one.txt"].text + " Fin.")
    other = set(graph.store.quads_for_pattern(None, None, None, graph.article_node(ARTICLES["two.txt"].id)))
    events = EVENTS["one.txt"][1:]
    assert graph.replace(article, statements(article, events, (), ACTORS), [to_line(e) for e in events])
    assert [(a.name, a.id) for a in graph.articles()] == [("one.txt", "ff"), ("two.txt", ARTICLES["two.txt"].id)]
    assert not graph.has(ARTICLES["one.txt"].id)
    assert graph.article_node(ARTICLES["one.txt"].id) not in graph.graphs()
    assert set(graph.store.quads_for_pattern(None, None, None, graph.article_node(ARTICLES["two.txt"].id))) == other
    check_union(graph)


def test_order_does_not_matter() -> None:
    graph = Graph.memory()
    for name in sorted(TEXTS, reverse=True):
        put(graph, name)
    graph.tally()
    assert everything(graph) == everything(world())


def test_what_was_stored_comes_back(graph: Graph) -> None:
    assert [from_line(line) for line in graph.lines("one.txt")] == EVENTS["one.txt"]
    assert graph.text("one.txt") == TEXTS["one.txt"][2]
    assert graph.article("one.txt") == ARTICLES["one.txt"]
    assert graph.roles("one.txt") == []
    assert [a.stamp for a in graph.articles()] == ["s1", "s1"]
    with pytest.raises(StoreError, match=r"no article 'three.txt'"):
        graph.lines("three.txt")


def test_lines_with_line_separators_come_back_whole(graph: Graph) -> None:
    article = replace(ARTICLES["one.txt"], id="ee", name="odd.txt", text="a\u2028b\x85c\r\nd")
    graph.replace(article, [], ['{"a": "x\u2028y"}', "{}"])
    assert graph.lines("odd.txt") == ['{"a": "x\u2028y"}', "{}"]
    assert graph.text("odd.txt") == article.text


def test_rows_are_the_events_in_text_order(graph: Graph) -> None:
    rows = list(graph.rows())
    assert [(r.article, r.start) for r in rows] == sorted((r.article, r.start) for r in rows)
    assert len(rows) == 8
    assert rows[0].quote == EVENTS["one.txt"][0].quote
    assert [r.claimed for r in rows[:2]] == [False, True]


def test_counts(graph: Graph) -> None:
    counts = graph.counts()
    assert counts == Counts(articles=2, events=8, actors=4, nodes=4, edges=7, triples=len(union(graph)))


def test_the_archive_is_out_of_every_query(graph: Graph) -> None:
    text = TEXTS["one.txt"][2][:30]
    for pattern in ("?s ?p ?o", "GRAPH ?g { ?s ?p ?o }"):
        assert not graph.query(
            f'ASK {{ {pattern} FILTER (ISLITERAL(?o) && STRSTARTS(STR(?o), "{text}") && STRLEN(STR(?o)) > 100) }}'
        )
    assert not graph.query(f"ASK {{ GRAPH <urn:kg:archive:{ARTICLES['one.txt'].id}> {{ ?s ?p ?o }} }}")
    with pytest.raises(QueryError, match="not a graph of this store"):
        graph.query(f"SELECT * FROM <urn:kg:archive:{ARTICLES['one.txt'].id}> {{ ?s ?p ?o }}")


def test_from_a_graph_of_the_store(graph: Graph) -> None:
    query = f"SELECT ?e FROM article:{ARTICLES['one.txt'].id} {{ ?e a sem:Event }}"
    assert len(list(graph.solutions(query))) == 4


def test_notes_of_the_store(graph: Graph) -> None:
    assert graph.note("k") is None
    graph.set_note("k", 'a\n"b" é')
    graph.set_note("k", "c")
    assert graph.note("k") == "c"
    graph.set_note("k", None)
    assert graph.note("k") is None


def test_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "kg.db"
    with pytest.raises(StoreError, match="no store at"):
        Graph.open(path)
    assert not path.exists()
    with Graph.open(path, write=True) as graph:
        put(graph, "one.txt")
        with pytest.raises(StoreError, match="being written by another process"):
            Graph.open(path, write=True)
    with Graph.open(path) as graph:
        assert graph.counts().events == 4
        with pytest.raises(StoreError, match="reading only"):
            put(graph, "two.txt")
    with Graph.open(path, write=True) as graph:
        assert not put(graph, "one.txt")


def test_a_folder_or_file_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "x").write_text("x")
    for name in ("file", "folder"):
        for write in (True, False):
            with pytest.raises(StoreError, match="no store of this program"):
                Graph.open(tmp_path / name, write=write)
    other = ox.Store(str(tmp_path / "other"))
    node = ox.NamedNode("urn:x")
    other.add(ox.Quad(node, node, node))
    del other
    with pytest.raises(StoreError, match="no store of this program"):
        Graph.open(tmp_path / "other", write=True)


def test_a_base_is_chosen_once(tmp_path: Path) -> None:
    with Graph.open(tmp_path / "kg.db", write=True, base="https://example.org/kg/") as graph:
        put(graph, "one.txt")
    with Graph.open(tmp_path / "kg.db") as graph:
        assert graph.query("ASK { actor:borduria action:threaten actor:syldavia }")
        assert graph.query("ASK { <https://example.org/kg/actor/borduria> ?p ?o }")
    with pytest.raises(StoreError, match="has the base"):
        Graph.open(tmp_path / "kg.db", base="urn:other:")


def test_a_damaged_store_is_one_error(tmp_path: Path) -> None:
    with Graph.open(tmp_path / "kg.db", write=True) as graph:
        put(graph, "one.txt")
    (tmp_path / "kg.db" / "CURRENT").write_text("nonsense")
    with pytest.raises(StoreError, match="cannot open the store"):
        Graph.open(tmp_path / "kg.db")


def test_another_layout_is_refused(tmp_path: Path) -> None:
    with Graph.open(tmp_path / "kg.db", write=True) as graph:
        graph.set_note("format", "0")
    with pytest.raises(StoreError, match="another version"):
        Graph.open(tmp_path / "kg.db")
