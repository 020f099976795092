"""A user's own SPARQL: what is refused, what is stopped, where errors point, what formats come out."""

from __future__ import annotations

import io
import json
import time
from pathlib import Path

import pytest
from small_world import put

from kg import query, sparql
from kg.errors import KgError, QueryError
from kg.graph import Graph

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("query") / "kg.db"
    with Graph.open(path, write=True) as graph:
        put(graph, "one.txt")
        put(graph, "two.txt")
    return path


@pytest.fixture(scope="module")
def graph(store: Path) -> Graph:
    return Graph.open(store)


def written(graph: Graph, text: str, form: str, timeout: float | None = None) -> bytes:
    out = io.BytesIO()
    query.write(graph, text, form, out, timeout=timeout)
    return out.getvalue()


THREATS = "SELECT ?a ?t WHERE { ?a action:threaten ?t }"


@pytest.mark.parametrize("timeout", [None, 60.0])
def test_prefixes_are_known_without_declaring_them(graph: Graph, timeout: float | None) -> None:
    found = query.table(graph, THREATS, timeout=timeout)
    assert (found.columns, found.rows) == (("a", "t"), (("actor:borduria", "actor:syldavia"),))
    assert query.table(graph, THREATS, timeout=timeout, lang="fr").rows == (("Bordurie", "Syldavie"),)


@pytest.mark.parametrize("timeout", [None, 60.0])
def test_the_four_forms_in_their_formats(graph: Graph, timeout: float | None) -> None:
    answer = json.loads(written(graph, THREATS, "json", timeout))
    assert answer["results"]["bindings"][0]["a"] == {"type": "uri", "value": "urn:kg:actor:borduria"}
    assert written(graph, THREATS, "csv", timeout).split() == [b"a,t", b"urn:kg:actor:borduria,urn:kg:actor:syldavia"]
    assert b"<urn:kg:actor:borduria>" in written(graph, THREATS, "tsv", timeout)
    assert b"<uri>urn:kg:actor:borduria</uri>" in written(graph, THREATS, "xml", timeout)
    assert json.loads(written(graph, "ASK { actor:borduria ?p ?o }", "json", timeout))["boolean"] is True
    triple = "CONSTRUCT { ?a action:threaten ?t } WHERE { ?a action:threaten ?t }"
    assert b"actor:borduria action:threaten actor:syldavia" in written(graph, triple, "turtle", timeout)
    assert written(graph, triple, "ntriples", timeout).count(b"\n") == 1
    assert b"Syldavie" in written(graph, "DESCRIBE actor:syldavia", "ntriples", timeout)


def test_a_form_in_a_format_that_it_has_not(graph: Graph) -> None:
    with pytest.raises(QueryError, match="turtle or ntriples"):
        written(graph, "DESCRIBE actor:syldavia", "csv")
    with pytest.raises(QueryError, match="json, xml, csv, tsv"):
        written(graph, THREATS, "turtle")


REFUSED = {
    "service": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "service silent": "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "service lower case": "select * { service <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "service variable": "SELECT * { VALUES ?x { <http://127.0.0.1:9/> } SERVICE ?x { ?s ?p ?o } }",
    "service after a comment": "SELECT * { #\nSERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "service after a string": 'SELECT * { ?s ?p "\\"" . SERVICE <http://127.0.0.1:9/> { } }',
    "service after a long string": "SELECT * { ?s ?p '''it's # \"''' . SERVICE<http://127.0.0.1:9/> { } }",
    "service after a single quote": "SELECT * { ?s ?p '#' . SERVICE <http://127.0.0.1:9/> { } }",
    "service after an iri": "SELECT * { ?s <urn:x#'> ?o . SERVICE <http://127.0.0.1:9/> { } }",
    "service in exists": "SELECT * { FILTER EXISTS { SERVICE <http://127.0.0.1:9/> { } } }",
    "service in a subquery": "SELECT * { { SELECT * { SERVICE <http://127.0.0.1:9/> { } } } }",
    "service by prefix": "PREFIX x: <http://127.0.0.1:9/> SELECT * { SERVICE x: { ?s ?p ?o } }",
    "from a file": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "from named": "SELECT * FROM NAMED <file:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }",
    "from http": "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }",
    "from by prefix": "PREFIX f: <file:///etc/> SELECT * FROM f:passwd { ?s ?p ?o }",
    "from by base": "BASE <file:///etc/> SELECT * FROM <passwd> { ?s ?p ?o }",
    "from the archive": "SELECT * FROM <urn:kg:archive:01> { ?s ?p ?o }",
    "describe from": "DESCRIBE actor:hamas FROM <file:///etc/passwd>",
    "load": "LOAD <file:///etc/passwd>",
    "load silent": "LOAD SILENT <http://127.0.0.1:9/> INTO GRAPH <urn:x>",
    "insert data": "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "insert after a prologue": "PREFIX a: <urn:a> INSERT { a:a a:b a:c } WHERE {}",
    "delete where": "DELETE WHERE { ?s ?p ?o }",
    "with": "WITH <urn:x> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "clear": "CLEAR ALL",
    "drop": "# SELECT\nDROP ALL",
    "create": "CREATE GRAPH <urn:x>",
    "move": "MOVE <urn:a> TO <urn:b>",
    "two statements": "SELECT * {} ; DROP ALL",
    "query and update": "SELECT * {} INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "escaped keyword": "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "not utf-8": "SELECT * { ?s ?p '\udcff' }",
    "nothing": "",
    "null byte": "SELECT * { ?s ?p ?o } \x00",
    "unclosed string": "SELECT * { ?s ?p 'SERVICE",
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("timeout", [None, 60.0])
def test_what_must_not_run_is_refused_in_one_line(graph: Graph, name: str, timeout: float | None) -> None:
    before = len(graph.store)
    with pytest.raises(QueryError) as error:
        query.table(graph, REFUSED[name], timeout=timeout)
    assert "\n" not in str(error.value)
    assert len(graph.store) == before


INNOCENT = [
    'SELECT * { ?s ?p "SERVICE <http://x/> { }" }',
    "SELECT * { ?s ?p ?o } # SERVICE <http://x/> { }",
    "SELECT * { ?s ?p '''DROP ALL ' \" FROM <file:///x>''' }",
    "SELECT * { ?s <urn:service> ?o }",
    "SELECT ?service ?from { ?service ?p ?from }",
    "PREFIX service: <urn:s:> SELECT * { ?s service:service ?o }",
    "PREFIX from: <urn:s:> SELECT * { ?s from:a ?o }",
    "SELECT (COUNT(*) AS ?load) { ?s ?p ?o }",
    "SELECT * { ?s ?p 'FROM'@fr-be . ?x ?y 'a'^^xsd:string }",
    "BASE <urn:kg:> SELECT * { ?s ?p <actor:hamas> }",
    "PREFIX : <urn:x:> SELECT * { : :a :b }",
    "SELECT * { ?s ?p ?o FILTER (?o < 3 && ?o > 2) }",
    "SELECT * { _:service ?p ?o ; kg:actor/kg:target* ?x }",
    "SELECT * { [] a sem:Event ; kg:actor [ a sem:Actor ] }",
    "SELECT * { ?s a kg:a\\,b , actor:a%20b , actor:x.y }",
    "SELECT ?s { ?s ?p 1.5e3 , .5 , 1. }",
    "SELECT DISTINCT * { GRAPH ?g { ?s ?p ?o } } ORDER BY ?s LIMIT 1",
    "SELECT * { VALUES (?a ?b) { (UNDEF <urn:x>) } MINUS { ?a ?b ?c } }",
]


@pytest.mark.parametrize("text", INNOCENT)
def test_words_that_are_no_keywords_do_no_harm(graph: Graph, text: str) -> None:
    query.table(graph, text)


def test_many_values_and_deep_paths_are_answered_or_stopped(graph: Graph) -> None:
    values = " ".join(f"<urn:x:{number}>" for number in range(20_000))
    assert len(query.table(graph, f"SELECT ?x {{ VALUES ?x {{ {values} }} ?x ?p ?o }}", timeout=60)) == 0
    path = "/".join(["(kg:actor|^kg:actor|kg:target|^kg:target)"] * 40)
    with pytest.raises(QueryError):
        query.table(graph, f"SELECT (COUNT(*) AS ?n) {{ ?a {path} ?b }}", timeout=1)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i",
        "CONSTRUCT { ?a ?e ?i } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    ],
)
def test_a_runaway_query_is_stopped(graph: Graph, text: str) -> None:
    form = "ntriples" if text.startswith("CONSTRUCT") else "json"
    out = io.BytesIO()
    begun = time.monotonic()
    with pytest.raises(QueryError, match=r"stopped after 1 s|more memory"):
        query.write(graph, text, form, out, timeout=1)
    assert time.monotonic() - begun < 10
    assert out.getvalue() == b""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * {\n  ?s ?p foo\n}", r"line 2, column 9: unexpected 'foo'"),
        ("SELECT * {\n ?s ?p ?o", r"line 1, column 10: '{' is never closed"),
        ("SELECT *\n{ ?s nope:x ?o }", r"line 2, column 6: unknown prefix 'nope:'"),
        ("SELECT * { ?s ?p ?o } LIMIT x", r"line 1, column 29: unexpected 'x'"),
        ("SELECT * { ?s ?p 'é' ; ; é }", r"line 1, column \d+"),
        ("ELECT * { ?s ?p ?o }", r"line 1, column 1: unexpected 'ELECT'"),
        ("SELECT * { SERVICE <x> {} }", r"line 1, column 12: SERVICE"),
        ("SELECT ?x { ?s ?p ?o } GROUP BY ?s", r"a variable that is unbound"),
    ],
)
def test_errors_point_at_the_place(graph: Graph, text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        query.table(graph, text)


def test_forms() -> None:
    assert sparql.form("# SELECT\nPREFIX a: <select> ask {}") == "ASK"
    assert sparql.form("DROP ALL") == ""


def test_the_python_face(store: Path) -> None:
    from kg.api import open_graph

    with open_graph(store, lang="fr") as face:
        assert face.ask("facts", actor="Borduria").rows[0][0] == "Bordurie"
        assert face.query(THREATS).dicts() == [{"a": "actor:borduria", "t": "actor:syldavia"}]
        network = face.network(source="claimed")
        assert [data["speaker"] for _, _, data in network.edges(data=True)] == ["Plekszy-Gladz"]
        assert face.network().number_of_edges() == face.counts().edges
        assert face.label("actor:syldavia") == "Syldavie"
        assert len(face.questions()) >= 24
        assert "<table>" in face._repr_html_()
        assert "<svg" in face._repr_html_() or "need matplotlib" in face._repr_html_()
        threat = f"{face.graph.vocabulary.prefixes['action']}threaten"
        assert [str(s) for s, _, _, _ in face.dataset.quads() if "threaten" in str(s)] or threat
        assert len(face.dataset) == face.counts().triples
    with pytest.raises(KgError):
        open_graph(store / "nowhere")
