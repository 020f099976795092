"""A store behind an address gives the answers of a store on disk, and comes out whole of whatever cuts a build off."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO

import pyoxigraph as ox
import pytest
from servers import Server
from small_world import ACTORS, ARTICLES, EVENTS, ROLES, fill, put, world
from test_crash import generate
from test_graph import everything
from test_query import INNOCENT, REFUSED

from kg import judgements, query, questions
from kg.beginning import prepare
from kg.binding import with_values
from kg.cli import run
from kg.disk import data
from kg.errors import QueryError, StoreError
from kg.eventline import to_line
from kg.export import FORMATS, export
from kg.graph import Graph
from kg.model import Question
from kg.remote import rewriting
from kg.remote.client import Client
from kg.remote.store import RemoteStore
from kg.remote.writing import Writer
from kg.statements import statements

BUILDER = Path(__file__).with_name("slow_builder.py")
KINDS = ["oxigraph", pytest.param("virtuoso", marks=pytest.mark.virtuoso)]


@pytest.fixture(params=KINDS)
def server(request: pytest.FixtureRequest, server_of: Callable[[str], Server]) -> Server:
    return server_of(request.param)


@pytest.fixture(scope="module", params=KINDS)
def there(request: pytest.FixtureRequest, server_of: Callable[[str], Server]) -> Iterator[Graph]:
    """The small world in a server, only read."""
    with server_of(request.param).graph() as graph:
        yield fill(graph)


@pytest.fixture(scope="module")
def here() -> Graph:
    return world()


# -- answers


def params_of(question: Question) -> dict[str, str]:
    given = {"actor": "Borduria", "one": "Borduria", "target": "Syldavia", "other": "Syldavia", "about": "Syldavia"}
    given |= {
        "article": "one.txt",
        "place": "Klow",
        "action": "threaten",
        "since": "2025-03",
        "person": "Plekszy-Gladz",
    }
    return {p.name: given[p.name] for p in questions.parameters(question) if p.name in given}


@pytest.mark.parametrize("name", questions.library())
def test_every_question_has_the_same_answer(here: Graph, there: Graph, name: str) -> None:
    question = questions.find(name)
    for params in (params_of(question), {k: v for k, v in params_of(question).items() if _needed(question, k)}):
        assert questions.ask(there, name, params) == questions.ask(here, name, params)


def _needed(question: Question, name: str) -> bool:
    return any(p.required for p in questions.parameters(question) if p.name == name)


def answer(graph: Graph, text: str) -> list[str]:
    found = graph.query(text)
    if isinstance(found, ox.QueryBoolean):
        return [str(bool(found))]
    if isinstance(found, ox.QueryTriples):
        return sorted(map(str, found))
    names = sorted(variable.value for variable in found.variables)  # the order of SELECT * is nobody's
    return sorted(str([row[name] for name in names]) for row in found)


ASKED = [
    *(text for text in INNOCENT if "LIMIT" not in text and "* { []" not in text),  # not any row, nor rows of nothing
    "SELECT (COUNT(*) AS ?n) { ?a action:threaten ?t }",
    "SELECT ?a (COUNT(*) AS ?n) { ?a a sem:Actor } GROUP BY ?a HAVING (COUNT(*) > 1)",
    "SELECT ?g ?a { GRAPH ?g { ?a action:threaten ?t } }",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
    "SELECT ?e { ?e a sem:Event OPTIONAL { GRAPH ?g { ?e kg:source ?x } } FILTER EXISTS { GRAPH ?h { ?e ?p ?o } } }",
    "SELECT (COUNT(*) AS ?n) { GRAPH <urn:kg:union> { ?s ?p ?o } }",
    "SELECT (COUNT(*) AS ?n) { GRAPH <urn:kg:archive> { ?s ?p ?o } }",
    "BASE <urn:kg:> SELECT (COUNT(*) AS ?n) { GRAPH <archive> { ?s ?p ?o } }",
    "PREFIX u: <urn:kg:> SELECT (COUNT(*) AS ?n) { GRAPH u:terms { ?s ?p ?o } }",
    f"SELECT ?e FROM article:{ARTICLES['one.txt'].id} {{ ?e a sem:Event }}",
    f"SELECT ?g (COUNT(*) AS ?n) FROM NAMED article:{ARTICLES['one.txt'].id} {{ GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g",
    "CONSTRUCT { ?t kg:suffers [ kg:from ?a ] , 'x' } WHERE { ?a action:threaten ?t } LIMIT 1",
    "CONSTRUCT WHERE { ?a action:threaten ?t }",
    "CONSTRUCT { ?e ?p ?o } WHERE { ?e a sem:Event ; ?p ?o }",
    "PREFIX a: <urn:kg:actor:> DESCRIBE a:borduria <urn:kg:actor:zep>",
    "DESCRIBE ?a WHERE { ?a action:threaten ?t }",
    "DESCRIBE * { ?a action:threaten ?t }",
    "SELECT ?q { ?e kg:quote ?q FILTER (LANG(?q) = 'fr' && CONTAINS(?q, 'menacé')) }",
    "SELECT ?d { ?e kg:date ?d FILTER (?d >= '2025-03-19'^^xsd:date && ?d < '2025-04-01'^^xsd:date) }",
    "SELECT ?x ?l { ?x time:inXSDgYearMonth ?l }",
    "SELECT ?e ?c { ?e kg:confidence ?c FILTER (?c > 0.6) } ORDER BY ?c ?e",
    "SELECT (AVG(?c) AS ?mean) (MIN(?c) AS ?least) { ?e kg:confidence ?c }",
    "SELECT ?a { ?a kg:country ?c MINUS { ?a kg:kind kg:country } }",
    "SELECT DISTINCT ?a ?c { ?a action:threaten/^kg:target ?c }",
    "ASK { actor:borduria action:threaten actor:syldavia }",
]


@pytest.mark.parametrize("text", ASKED)
def test_a_query_of_ones_own_has_the_same_answer(here: Graph, there: Graph, text: str) -> None:
    found = answer(there, text)
    if "[" in text and text.startswith("CONSTRUCT"):
        assert len(found) == len(answer(here, text)) == 3
    else:
        assert found == answer(here, text)


@pytest.mark.parametrize("form", FORMATS)
def test_exports_are_the_same_bytes(here: Graph, there: Graph, form: str) -> None:
    written = []
    for graph in (here, there):
        out = io.BytesIO()
        export(graph, form, out)
        written.append(out.getvalue())
    assert written[0] == written[1]


def test_counts_and_rows(here: Graph, there: Graph) -> None:
    assert there.counts() == here.counts()
    assert list(there.rows()) == list(here.rows())
    assert [(entry.name, entry.id, entry.stamp) for entry in there.articles()] == [
        (entry.name, entry.id, entry.stamp) for entry in here.articles()
    ]


def test_awkward_texts_come_back_whole(server: Server) -> None:
    text = "a\u2028b\x85c\r\nd \\n \\\" ' \t  \U0001f5fa\ufe0f é e\u0301 \x01\x7f " + "long " * 5000 + " "
    with server.graph() as graph:
        for name in ("é ü.txt", 'quo"te\\.txt'):
            article = replace(ARTICLES["one.txt"], id=f"e{len(name)}", name=name, text=text, title=" t ")
            graph.replace(article, [], ['{"a": "x\u2028y"}'], stamp="")
            assert graph.article(name) == article
            assert graph.lines(name) == ['{"a": "x\u2028y"}']
        assert [entry.name for entry in graph.articles()] == ['quo"te\\.txt', "é ü.txt"]


# -- what must not run


HARMFUL = {
    "function of the engine": "SELECT (<bif:http_get>('{place}') AS ?x) {{}}",
    "function in a filter": "ASK {{ ?s ?p ?o FILTER (<sql:anything>(?o) = 1) }}",
    "function by prefix": "PREFIX b: <bif:> SELECT (b:http_get('{place}') AS ?x) {{}}",
    "pragma": "DEFINE get:soft 'replace' SELECT * FROM <{place}> {{ ?s ?p ?o }}",
    "backquotes": "SELECT `1` {{}}",
}


@pytest.mark.parametrize("name", [*REFUSED, *HARMFUL])
def test_what_must_not_run_never_leaves(there: Graph, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    text = REFUSED.get(name) or HARMFUL.get(name, "").format(place=there.store.place)
    sent: list[object] = []
    monkeypatch.setattr(Client, "rows", lambda *_: sent.append(_))
    monkeypatch.setattr(RemoteStore, "contains_named_graph", lambda *_: False)
    with pytest.raises(QueryError) as error:
        query.table(there, text, timeout=20)
    assert "\n" not in str(error.value)
    assert not sent


def test_from_a_graph_of_others_is_refused(there: Graph) -> None:
    store = there.store
    assert isinstance(store, RemoteStore)
    other = ox.NamedNode("urn:kg:somebody")
    store.client.put(other, [ox.Triple(other, other, ox.Literal("theirs"))])
    with pytest.raises(QueryError, match="not a graph of this store"):
        there.query("SELECT * FROM <urn:kg:somebody> { ?s ?p ?o }")
    assert answer(there, "ASK { ?s ?p 'theirs' }") == answer(there, "ASK { GRAPH ?g { ?s ?p 'theirs' } }") == ["False"]
    store.client.delete(other)


def test_a_slow_query_is_stopped(there: Graph) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER (?c != ?f && ?i != ?l) }"
    start = time.monotonic()
    with pytest.raises(QueryError, match="stopped after 1 s"):
        query.table(there, slow, timeout=1)
    assert time.monotonic() - start < 20


def test_an_answer_is_whole_or_an_error(there: Graph) -> None:
    """A server that gives the first ten thousand rows and no more is found out."""
    text = "SELECT ?a ?c ?d ?f { ?a ?b ?c . ?d a sem:Event . ?f a sem:Actor }"
    try:
        rows = len(query.table(there, text, timeout=60))
    except QueryError as error:
        assert "cuts answers off at 10,000 rows" in str(error)
    else:
        assert rows == there.counts().triples * 8 * 4 > 10_000


def test_nothing_there_is_one_line() -> None:
    with pytest.raises(StoreError, match=r"http://127.0.0.1:9 cannot be reached"):
        Client("http://user:secret@127.0.0.1:9", patience=0.1)


# -- cut off


class _Cut(StoreError):
    """The moment at which a writer is gone."""


class HereClient(Client):
    """What a client does, done to quads in memory, and only so many steps that change something."""

    def __init__(self) -> None:
        self.place = "here"
        self.quads = ox.Store()
        self.left: int | None = None

    def rows(self, text: str, dataset: Sequence[tuple[str, str]] = (), timeout: float | None = None) -> IO[bytes]:
        default = [ox.NamedNode(iri) for name, iri in dataset if name == "default-graph-uri"] or None
        found = self.quads.query(text, default_graph=default)
        return io.BytesIO(found.serialize(format=ox.QueryResultsFormat.JSON) or b"")

    def get(self, graph: ox.NamedNode) -> list[ox.Triple]:
        return [quad.triple for quad in self.quads.quads_for_pattern(None, None, None, graph)]

    def put(self, graph: ox.NamedNode, triples: Iterable[ox.Triple]) -> None:
        self.update(f"DROP SILENT GRAPH {graph} ; {data('INSERT', in_graph(graph, triples))}")

    def post(self, graph: ox.NamedNode, triples: Iterable[ox.Triple]) -> None:
        self.update(data("INSERT", in_graph(graph, triples)))

    def delete(self, graph: ox.NamedNode) -> None:
        self.update(f"DROP SILENT GRAPH {graph}")

    def update(self, text: str) -> None:
        if self.left == 0:
            raise _Cut("cut off")
        self.left = None if self.left is None else self.left - 1
        self.quads.update(text)

    def close(self) -> None:
        """Nothing is open."""


def in_graph(graph: ox.NamedNode, triples: Iterable[ox.Triple]) -> list[ox.Quad]:
    return [ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples]


def on(client: HereClient, *, begun: bool = False) -> Graph:
    """The graph on a client, as ``Graph.open`` makes one for writing; ``begun``: without a look at what is there."""
    left, client.left = client.left, None
    store = RemoteStore(client, Writer(client))
    vocabulary = prepare(store, None, write=not begun)
    client.left = left
    return Graph(store, vocabulary, writable=True)


def rewritten(name: str, keep: int) -> Callable[[Graph], object]:
    """The article with only some of its events, as when actors are resolved anew."""

    def step(graph: Graph) -> object:
        events = EVENTS[name][:keep]
        quads = statements(ARTICLES[name], events, (), ACTORS, vocabulary=graph.vocabulary)
        return graph.replace(ARTICLES[name], quads, [to_line(e) for e in events], stamp=f"s{keep}")

    return step


def newer(graph: Graph) -> object:
    """The article under the same name with another text."""
    article = replace(ARTICLES["one.txt"], id="ff" * 8, text=ARTICLES["one.txt"].text + " Fin.")
    events = EVENTS["one.txt"][1:]
    quads = statements(article, events, ROLES["one.txt"], ACTORS, vocabulary=graph.vocabulary)
    return graph.replace(article, quads, [to_line(e) for e in events], stamp="s2")


STEPS: dict[str, Callable[[Graph], object]] = {
    "add": lambda graph: put(graph, "two.txt"),
    "rewrite": rewritten("one.txt", 2),
    "newer": newer,
    "remove": lambda graph: graph.remove("one.txt"),
}


@pytest.mark.parametrize("then", ["add", "rewrite", "newer", "remove", "undo"])
@pytest.mark.parametrize("step", STEPS)
def test_a_writer_cut_off_after_any_step_is_mended(step: str, then: str) -> None:
    """Whatever is done next, the store is what it would be if only the next thing had been done, or both."""
    again = STEPS.get(then, lambda graph: put(graph, "one.txt"))
    for steps in range(1, 40):
        client = HereClient()
        with on(client) as graph:
            put(graph, "one.txt")
        client.left = steps
        try:
            STEPS[step](on(client, begun=True))
        except _Cut:
            whole = False
        else:
            whole = True
        client.left = None
        with on(client) as graph:
            names = {entry.name for entry in graph.articles()}
            assert "one.txt" in names or step == "remove"
            redo_marked(graph)
            again(graph)
            found = contents(graph)
        assert found in [contents(done) for done in outcomes(STEPS[step], again)], steps
        assert not [g for g in client.quads.named_graphs() if "waiting" in str(g) or "journal" in str(g)]
        if whole:
            return
    pytest.fail("never whole")


def redo_marked(graph: Graph) -> None:
    """What a build does with an article whose stamp is marked: rewrite it from the lines that are kept."""
    stored = graph.stored("one.txt")
    if stored is not None and stored.stamp.endswith(" "):
        whole = len(graph.lines("one.txt")) == len(EVENTS["one.txt"])
        assert put(graph, "one.txt") if whole else STEPS["rewrite"](graph)


def outcomes(step: Callable[[Graph], object], again: Callable[[Graph], object]) -> Iterator[Graph]:
    for steps in ([again], [step, again]):
        graph = Graph.memory()
        put(graph, "one.txt")
        for one in steps:
            one(graph)
        yield graph


def contents(graph: Graph) -> set[str]:
    return {str(quad) for quad in everything(graph)}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, set[str]]:
    """A folder of articles, and what a build of it on disk comes to."""
    folder = tmp_path_factory.mktemp("archive") / "articles"
    generate(folder, 60)
    subprocess.run([sys.executable, BUILDER, folder.parent / "kg.db", folder], check=True, stdout=subprocess.DEVNULL)
    with Graph.open(folder.parent / "kg.db") as graph:
        return folder, contents(graph)


def test_builds_that_are_killed_end_like_one_on_disk(server: Server, undisturbed: tuple[Path, set[str]]) -> None:
    folder, wanted = undisturbed
    server.clear()
    chance = random.Random(3)
    told: set[str] = set()
    for _ in range(4):
        build = subprocess.Popen([sys.executable, BUILDER, server.address, folder], stdout=subprocess.PIPE, text=True)
        assert build.stdout is not None
        told.add(build.stdout.readline().strip())
        time.sleep(chance.random() * 0.4)
        build.kill()
        told |= {*build.stdout.read().split("\n")[:-1]} - {""}
        build.wait()
        with Graph.open(server.address) as graph:
            assert told - {""} <= {entry.name for entry in graph.articles()}
    subprocess.run([sys.executable, BUILDER, server.address, folder], check=True, stdout=subprocess.DEVNULL)
    with Graph.open(server.address) as graph:
        assert contents(graph) == wanted


def test_a_server_that_dies_and_comes_back_is_waited_for(server: Server, undisturbed: tuple[Path, set[str]]) -> None:
    folder, wanted = undisturbed
    server.clear()
    build = subprocess.Popen([sys.executable, BUILDER, server.address, folder], stdout=subprocess.PIPE, text=True)
    assert build.stdout is not None
    for after in (5, 20):
        for _ in range(after):
            build.stdout.readline()
        server.kill()
        time.sleep(0.5)
        server.start()
    build.stdout.read()
    assert build.wait() == 0
    with Graph.open(server.address) as graph:
        assert contents(graph) == wanted


def test_the_earlier_of_two_writers_is_told(server: Server) -> None:
    with server.graph() as first:
        put(first, "one.txt")
        with Graph.open(server.address, write=True) as second:
            put(second, "two.txt")
            with pytest.raises(
                StoreError, match=r"^another build has begun to write to http://127[^@]*; this one stops"
            ):
                first.remove("one.txt")
            second.tally()
    with Graph.open(server.address) as graph:
        assert everything(graph) == everything(world())


def test_readers_go_on_while_a_build_writes(server: Server, undisturbed: tuple[Path, set[str]]) -> None:
    folder, _ = undisturbed
    server.graph().close()
    build = subprocess.Popen([sys.executable, BUILDER, server.address, folder], stdout=subprocess.DEVNULL)
    seen = []
    while build.poll() is None:
        with Graph.open(server.address) as graph:
            seen.append(sum(1 for _ in graph.articles()))
            for entry in list(graph.articles())[-3:]:
                assert graph.article(entry.name).name == entry.name
    assert build.returncode == 0
    assert seen == sorted(seen)


# -- the command line


def test_commands_on_an_address(server: Server, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    fill(server.graph()).close()
    store = ["--store", server.address]
    assert run(["ask", "who-threatens-whom", "--format", "csv", *store]) == 0
    assert run(["query", "SELECT ?a ?t { ?a action:threaten ?t }", "--format", "csv", *store]) == 0
    assert run(["why", "Borduria", "threaten", "Syldavia", "--format", "jsonl", *store]) == 0
    assert run(["show", "Borduria", *store]) == 0
    assert run(["info", "--format", "json", *store]) == 0
    assert run(["suggest", *store]) == 0
    assert run(["verify", *store]) == 0
    assert run(["export", "graphml", "-o", str(tmp_path / "g.graphml"), *store]) == 0
    assert run(["plot", "timeline", "-o", str(tmp_path / "t.svg"), *store]) == 0
    said = capfd.readouterr()
    assert "Borduria,Syldavia" in said.out
    assert json.loads(said.out[said.out.index("[\n") : said.out.rindex("]") + 1])[0] == {
        "what": "articles",
        "number": 2,
    }
    assert "dba@" not in said.out + said.err


def test_judgements_are_kept_in_the_store(server: Server, capfd: pytest.CaptureFixture[str]) -> None:
    fill(server.graph()).close()
    assert run(["rename", "borduria", "Bordurie-sur-Zyl", "--store", server.address]) == 0
    assert run(["different", "Klow", "Szohôd", "--reason", "two towns", "--store", server.address]) == 0
    assert f"kept in http://127.0.0.1:{server.port}; " in capfd.readouterr().err
    with Graph.open(server.address) as graph:
        kept = judgements.parse(graph.note("judgements") or "", "there")
    assert [(j.verdict, j.first, j.second) for j in kept] == [
        ("rename", "borduria", "Bordurie-sur-Zyl"),
        ("different", "Klow", "Szohôd"),
    ]


# -- rewriting


def test_values_go_into_every_group_that_names_the_variable() -> None:
    text = "SELECT ?a ?x { { SELECT ?a { ?a ?b ?c } } OPTIONAL { ?x ?y ?a } VALUES ?z { 1 } VALUES (?q) { (2) } }"
    bound = with_values(text, {"a": ox.NamedNode("urn:a"), "x": ox.Literal('"}')})
    assert bound.count("VALUES (?a) { (<urn:a>) }") == 1
    assert bound.count('VALUES (?a ?x) { (<urn:a> "\\"}") }') == 2
    assert "VALUES ?z { 1 }" in bound
    assert "VALUES (?q) { (2) }" in bound
    ox.Store().query(bound)


def test_only_prefixes_that_are_used_and_unknown_are_declared() -> None:
    text = "PREFIX a: <urn:mine:> SELECT * { a:x b:y 'c:z' }"
    assert rewriting.with_prefixes(text, {"a": "urn:a:", "b": "urn:b:", "c": "urn:c:"}) == f"PREFIX b: <urn:b:>\n{text}"


def test_threads_are_not_left_behind(there: Graph) -> None:
    before = threading.active_count()
    there.counts()
    assert threading.active_count() == before
