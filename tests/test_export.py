"""Exports read back by the programs they are for."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import igraph
import networkx as nx
import pytest
import rdflib
from hostile_world import HOSTILE, READABLE, hostile
from lxml import etree
from small_world import ARTICLES, EVENTS, TEXTS, put, world

from kg.errors import KgError, QueryError
from kg.export import FORMATS, Options, export
from kg.export.tables import safe
from kg.graph import Graph

SCHEMA = Path(__file__).parents[2] / "shared" / "schemas" / "graphml" / "graphml.xsd"

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")


@pytest.fixture(scope="module")
def graph() -> Graph:
    return world()


@pytest.fixture(scope="module", name="hostile")
def hostile_graph() -> Graph:
    return hostile()


def written(graph: Graph, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    export(graph, form, out, Options(**options))  # type: ignore[arg-type]
    return out.getvalue()


def by_networkx(data: bytes) -> nx.MultiDiGraph:
    return nx.read_graphml(io.BytesIO(data), force_multigraph=True)


def by_igraph(data: bytes, tmp_path: Path) -> igraph.Graph:
    (tmp_path / "x.graphml").write_bytes(data)
    return igraph.Graph.Read_GraphML(str(tmp_path / "x.graphml"))


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_the_same_whatever_the_order_of_reading(graph: Graph, form: str) -> None:
    other = Graph.memory()
    for name in sorted(TEXTS, reverse=True):
        put(other, name)
    other.tally()
    assert written(graph, form) == written(other, form)


@pytest.mark.parametrize("profile", ["portable", "yed"])
@pytest.mark.parametrize("strict", [True, False])
def test_graphml_has_the_counts_of_the_store(graph: Graph, tmp_path: Path, profile: str, strict: bool) -> None:
    data = written(graph, "graphml", profile=profile, strict=strict)
    counts = graph.counts()
    read, drawn = by_networkx(data), by_igraph(data, tmp_path)
    assert (read.number_of_nodes(), read.number_of_edges()) == (counts.nodes, counts.edges)
    assert (drawn.vcount(), drawn.ecount()) == (counts.nodes, counts.edges)


def test_graphml_carries_what_is_known_of_an_event(graph: Graph) -> None:
    read = by_networkx(written(graph, "graphml"))
    assert read.nodes["syldavia"] == {
        "label": "Syldavia", "name": "Syldavia", "kind": "country", "country": "SY", "wikidata": "Q1"
    }  # fmt: skip
    claim = next(data for _, _, data in read.edges(data=True) if data["action"] == "attack")
    assert claim["speaker"] == "Plekszy-Gladz"
    assert (claim["claimed"], claim["valence"], claim["place"]) == (1, "conflict", "Klow")
    assert claim["quote"] == EVENTS["one.txt"][1].quote
    assert (claim["article"], claim["date"], claim["confidence"]) == ("one.txt", "2025-03-19", 0.9)


def test_labels_come_in_the_language_asked_for(graph: Graph) -> None:
    read = by_networkx(written(graph, "graphml", lang="fr"))
    assert read.nodes["syldavia"]["label"] == "Syldavie"
    assert {data["label"] for _, _, data in read.edges(data=True)} >= {"menace", "attaque"}


def test_dyads_sum_up_events(graph: Graph, tmp_path: Path) -> None:
    read = by_networkx(written(graph, "graphml", shape="dyads"))
    assert read.number_of_edges() == 5
    threat = next(d for _, _, d in read.edges(data=True) if d["action"] == "threaten")
    assert (threat["count"], threat["weight"], threat["articles"]) == (2, 2.0, 2)
    assert (threat["first"], threat["last"], threat["confidence"]) == ("2025-03-19", "2025-04-02", 0.96)
    bombs = next(d for _, _, d in read.edges(data=True) if d["action"] == "bomb")
    assert (bombs["count"], bombs["affirmed"]) == (2, 1)


def test_parallel_edges_have_ids_and_labels_of_their_own(graph: Graph) -> None:
    root = ElementTree.fromstring(written(graph, "graphml"))
    edges = root.findall(".//{*}edge")
    assert len({edge.get("id") for edge in edges}) == len(edges) == 7
    assert all(edge.get("label") for edge in edges)
    strict = ElementTree.fromstring(written(graph, "graphml", strict=True))
    assert not any(edge.get("label") for edge in strict.findall(".//{*}edge"))


def test_ids_are_names_of_xml(hostile: Graph) -> None:
    root = ElementTree.fromstring(written(hostile, "graphml"))
    ids = [node.get("id", "") for node in root.findall(".//{*}node")]
    assert all(re.fullmatch(r"[\w.:-]+", identifier) for identifier in ids), ids


@pytest.mark.parametrize("profile", ["portable", "yed"])
def test_hostile_names_survive_graphml(hostile: Graph, tmp_path: Path, profile: str) -> None:
    data = written(hostile, "graphml", profile=profile)
    read = by_networkx(data)
    names = {values["label"] for _, values in read.nodes(data=True)}
    assert names == {READABLE, "Borduria", "Syldavia"}
    drawn = by_igraph(data, tmp_path)
    assert set(drawn.vs["label"]) == names
    assert drawn.ecount() == read.number_of_edges() == 4
    assert READABLE in {values["quote"] for _, _, values in read.edges(data=True)}


def test_hostile_names_survive_the_other_formats(hostile: Graph) -> None:
    read = nx.read_gexf(io.BytesIO(written(hostile, "gexf")))
    assert READABLE in {values["label"] for _, values in read.nodes(data=True)}
    page = written(hostile, "html")
    assert b"\\u003ctags\\u003e" in page
    assert b"<tags>" not in page
    elements = json.loads(written(hostile, "cytoscape"))["elements"]
    assert HOSTILE in {node["data"]["label"] for node in elements["nodes"]}
    rows = list(csv.DictReader(io.StringIO(written(hostile, "events").decode(), newline="")))
    assert HOSTILE in {row["actor"] for row in rows}
    assert len(rdflib.Graph().parse(data=written(hostile, "turtle"), format="turtle")) == hostile.counts().triples


def test_turtle_is_the_union(graph: Graph) -> None:
    assert len(rdflib.Graph().parse(data=written(graph, "turtle"), format="turtle")) == graph.counts().triples


@pytest.mark.parametrize(("form", "name"), [("trig", "trig"), ("nquads", "nquads"), ("jsonld", "json-ld")])
def test_quads_have_a_graph_an_article(graph: Graph, form: str, name: str) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(data=written(graph, form), format=name)
    names = {str(g.identifier) for g in dataset.graphs() if len(g)}
    articles = {f"urn:kg:article:{article.id}" for article in ARTICLES.values()}
    assert names == articles | {"urn:kg:terms", "urn:kg:tallies"}
    assert len(list(dataset.quads())) == sum(
        1 for g in graph.graphs() for _ in graph.store.quads_for_pattern(None, None, None, g)
    )


def test_gexf_has_dates_and_kinds(graph: Graph) -> None:
    root = ElementTree.fromstring(written(graph, "gexf"))
    edges = root.findall(".//{*}edge")
    assert len(edges) == 7
    assert {edge.get("kind") for edge in edges} == {"THREATEN", "ASSAULT", "CONSULT", "AID"}
    assert edges[0].get("start") == "2025-03-19"


def test_csv_of_nodes_and_edges(graph: Graph) -> None:
    with zipfile.ZipFile(io.BytesIO(written(graph, "csv"))) as archive:
        nodes = list(csv.DictReader(io.StringIO(archive.read("nodes.csv").decode())))
        edges = list(csv.DictReader(io.StringIO(archive.read("edges.csv").decode())))
    assert (len(nodes), len(edges)) == (4, 7)
    assert (edges[0]["Source"], edges[0]["Target"], edges[0]["Label"]) == ("borduria", "syldavia", "threatens")


def test_event_csv_keeps_one_ended_events_roles_and_cameo(graph: Graph) -> None:
    rows = list(csv.DictReader(io.StringIO(written(graph, "events").decode())))
    assert len(rows) == 8
    assert rows[3]["actor_role"] == "président (Bordurie)" or rows[3]["actor_role"].startswith("président (Bord")
    assert (rows[0]["cameo_root"], rows[0]["actor_country"]) == ("13", "BO")
    assert any(row["actor"] == "" for row in rows)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_cells_are_no_formulas(text: str) -> None:
    assert safe(text) == "'" + text


def test_cells_that_are_numbers_stay_numbers() -> None:
    assert safe(-1.5) == -1.5
    assert safe("plain") == "plain"


@pytest.mark.parametrize(
    ("options", "edges"),
    [
        ({"actors": ("Borduria",)}, 3),
        ({"actors": ("le maréchal",)}, 2),
        ({"types": ("assault",)}, 3),
        ({"since": "2025-04"}, 3),
        ({"until": "2025-03"}, 4),
        ({"since": "2025-03-20", "until": "2025-04-30"}, 2),
        ({"min_count": 2}, 4),
        ({"min_confidence": 0.95}, 2),
        ({"polarities": ("negated",)}, 1),
        ({"modalities": ("planned", "possible")}, 2),
        ({"source": "claimed"}, 1),
        ({"source": "asserted"}, 6),
    ],
)
def test_filters(graph: Graph, options: dict[str, object], edges: int) -> None:
    assert by_networkx(written(graph, "graphml", **options)).number_of_edges() == edges


def test_filters_hold_for_rdf_too(graph: Graph) -> None:
    read = rdflib.Graph().parse(data=written(graph, "turtle", source="claimed"), format="turtle")
    sem = rdflib.Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
    assert len(list(read.subjects(rdflib.RDF.type, sem.Event))) == 1
    plain = [p for p in read.predicates() if str(p).startswith("urn:kg:action:")]
    assert plain == []
    every = rdflib.Graph().parse(data=written(graph, "turtle", min_confidence=0.01), format="turtle")
    assert len(list(every.subjects(rdflib.RDF.type, sem.Event))) == 8


@pytest.mark.parametrize(
    "options", [{"types": ("WAR",)}, {"since": "soon"}, {"source": "x"}, {"profile": "x"}, {"polarities": ("x",)}]
)
def test_options_that_make_no_sense_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(KgError):
        Options(**options)  # type: ignore[arg-type]


def test_unknown_format_and_actor(graph: Graph) -> None:
    with pytest.raises(KgError, match="unknown export format"):
        export(graph, "docx", io.BytesIO())
    with pytest.raises(QueryError, match="did you mean Borduria"):
        written(graph, "graphml", actors=("Bordura",))


def test_a_file_is_replaced_only_when_all_is_written(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "g.graphml"
    path.write_text("old")
    with pytest.raises(QueryError):
        export(graph, "graphml", path, Options(actors=("nobody",)))
    assert path.read_text() == "old"
    export(graph, "graphml", path)
    assert by_networkx(path.read_bytes()).number_of_edges() == 7
    assert [p.name for p in tmp_path.iterdir()] == ["g.graphml"]
    with pytest.raises(KgError, match="cannot write"):
        export(graph, "graphml", tmp_path / "nowhere" / "g.graphml")


@pytest.mark.skipif(not SCHEMA.is_file(), reason="needs the GraphML schema in ../shared/schemas/graphml")
@pytest.mark.parametrize("shape", ["events", "dyads"])
def test_strict_graphml_is_valid_by_its_schema(graph: Graph, hostile: Graph, shape: str) -> None:
    parser = etree.XMLParser(no_network=True)
    schema = etree.XMLSchema(etree.parse(str(SCHEMA), parser))
    for store in (graph, hostile):
        root = etree.fromstring(written(store, "graphml", strict=True, shape=shape), parser)
        assert schema.validate(root), schema.error_log
        for edge in root.iter("{*}edge"):
            edge.set("label", "no attribute of the schema")
        assert not schema.validate(root)
