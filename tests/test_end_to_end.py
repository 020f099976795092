"""The main job on ``seeds/``: articles in, graph, questions and exports out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import igraph
import networkx
import pytest
import rdflib
from conftest import ROOT, SEEDS

import kg
import kg.parse
from kg import questions
from kg.cli import run
from kg.export import FILES, export_all
from kg.graph import Graph
from kg.score import score

pytestmark = pytest.mark.model

FRENCH, ENGLISH = "000_ca43eeccde662955.txt", "000_ca43eeccde662955_en.txt"


@pytest.fixture(scope="module")
def graph(seeds_store: Path) -> Graph:
    return Graph.open(seeds_store)


@pytest.fixture(scope="module")
def events(graph: Graph) -> list[dict[str, Any]]:
    return [json.loads(line) for name in (FRENCH, ENGLISH) for line in graph.lines(name)]


@pytest.fixture(scope="module")
def exports(seeds_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    with Graph.open(seeds_store) as graph:
        assert [path.name for path in export_all(graph, folder)] == list(FILES)
    return folder


def found(events: list[dict[str, Any]], article: str, **wanted: Any) -> list[dict[str, Any]]:
    """The events of an article with these ids of actor, target, source and action, and this modality."""
    return [event for event in events if event["article"] == article if wanted.items() <= told(event).items()]


def told(event: dict[str, Any]) -> dict[str, Any]:
    ends = {key: event[key] and event[key]["id"] for key in ("actor", "target", "source", "action")}
    return {**ends, "modality": event["modality"]}


def test_hamas_threatens_israel_says_each_article_itself(events: list[dict[str, Any]]) -> None:
    for article in (FRENCH, ENGLISH):
        (event,) = found(events, article, actor="hamas", action="threaten", target="israel")
        assert (event["polarity"], event["modality"], event["source"]) == ("affirmed", "actual", None)
        assert event["action"]["type"] == "THREATEN"


@pytest.mark.parametrize("article", [FRENCH, ENGLISH])
def test_what_a_careful_reader_takes_from_the_seed(article: str, events: list[dict[str, Any]]) -> None:
    assert found(events, article, actor="hamas", action="hold-responsible", target="israel", source="hamas")
    pressure = [event for event in found(events, article, target="hamas", modality="planned") if event["actor"]]
    assert any("government" in event["actor"]["id"] for event in pressure)
    (army,) = {told(event)["actor"] for event in found(events, article, action="take-control")}
    assert any(event["action"]["type"] == "MOBILIZE" for event in found(events, article, actor=army, source=army))
    deployed = found(events, article, action="deploy", actor=None)
    assert any("golani" in (told(event)["target"] or "") for event in deployed)


def test_two_languages_meet_in_one_node(graph: Graph, events: list[dict[str, Any]]) -> None:
    for wordings in (
        ("Hamas", "le Hamas"),
        ("Israël", "Israel"),
        ("Benjamin Netanyahou", "Benjamin Netanyahu"),
        ("Tsahal", "l'armée israélienne", "IDF", "Israeli army"),
    ):
        answers = {tuple(questions.ask(graph, "what-did", {"actor": wording}, iris=True).rows) for wording in wordings}
        assert len(answers) == 1, wordings


def test_every_quotation_is_exact(events: list[dict[str, Any]]) -> None:
    texts = {name: (SEEDS / name).read_text(encoding="utf-8") for name in (FRENCH, ENGLISH)}
    for event in events:
        assert texts[event["article"]][event["start"] : event["end"]] == event["quote"]
        for end in ("actor", "target", "source"):
            if event[end] and event[end]["start"] is not None:
                assert texts[event["article"]][event[end]["start"] : event[end]["end"]] == event[end]["mention"]


def test_the_plain_triple_stands_once_and_in_both_articles(graph: Graph) -> None:
    rows = list(graph.solutions("SELECT ?g { GRAPH ?g { actor:hamas action:threaten actor:israel } }"))
    assert len(rows) == 2
    assert len(list(graph.solutions("SELECT ?a { ?a action:threaten actor:israel }"))) == 1


def test_plain_triples_are_those_that_articles_assert(graph: Graph, events: list[dict[str, Any]]) -> None:
    asserted = {
        (event["actor"]["id"], event["action"]["id"], event["target"]["id"])
        for event in events
        if event["actor"] and event["target"]
        if (event["polarity"], event["modality"]) == ("affirmed", "actual")
        if event["source"] is None or event["source"]["id"] == event["actor"]["id"]
    }
    rows = graph.solutions("SELECT DISTINCT ?a ?p ?t { ?p skos:broader ?type . ?a ?p ?t }")
    name = graph.vocabulary.identifier
    assert {(name(row["a"].value), name(row["p"].value), name(row["t"].value)) for row in rows} == asserted


def test_committed_exports_are_what_seeds_give(exports: Path) -> None:
    assert {path.name for path in (ROOT / "exports").iterdir()} == {*FILES, "network.svg"}
    for name in FILES:
        assert (exports / name).read_bytes() == (ROOT / "exports" / name).read_bytes(), name


def test_a_second_build_parses_nothing_and_exports_the_same(
    tmp_path: Path, exports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "kg.db"
    for number in ("1", "2"):
        arguments = ["build", str(SEEDS), "--store", str(store), "--export", str(tmp_path / number), "--quiet"]
        assert run(arguments) == 0

        def refuse(*_: object, **__: object) -> None:
            raise AssertionError("a pipeline was loaded")

        monkeypatch.setattr(kg.parse, "pipeline", refuse)
    for name in FILES:
        first = (tmp_path / "1" / name).read_bytes()
        assert first == (tmp_path / "2" / name).read_bytes() == (exports / name).read_bytes()


def test_other_programs_read_the_exports_with_the_same_counts(seeds_store: Path, exports: Path) -> None:
    counts = kg.open(seeds_store).counts()
    network = networkx.read_graphml(exports / "graph.graphml", force_multigraph=True)
    assert (network.number_of_nodes(), network.number_of_edges()) == (counts.nodes, counts.edges)
    other = igraph.Graph.Read_GraphML(str(exports / "graph.graphml"))
    assert (other.vcount(), other.ecount()) == (counts.nodes, counts.edges)
    triples = rdflib.Graph().parse(exports / "graph.ttl")
    assert len(triples) == counts.triples


def test_the_rdf_bridge_has_the_same_triples(seeds_store: Path) -> None:
    opened = kg.open(seeds_store)
    assert len(set(opened.dataset.triples((None, None, None)))) == opened.counts().triples


def test_the_french_seed_scores_as_promised(events: list[dict[str, Any]]) -> None:
    levels = score([json.dumps(event) for event in events], ROOT / "tests" / "gold" / "seeds", SEEDS).levels
    assert levels["events, surface"].f1 >= 0.75
    assert levels["events, resolved"].f1 >= 0.70
