"""Every shipped question with its answer on the small world, and how parameters are understood."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from small_world import ARTICLES, EVENTS, world

from kg import questions, results
from kg.errors import KgError, QueryError
from kg.graph import Graph
from kg.model import Actor, Reference
from kg.names import Names, fold
from kg.statements import statements

THREATS = ["La Bordurie a menacé la Syldavie mercredi", "Borduria threatened Syldavia again"]
CLAIM = "la Syldavie a attaqué l'armée bordure à Klow"
DENIAL = "L'armée bordure n'a pas bombardé le royaume"
SHELLING = "The Bordurian army may have shelled Klow"
B, S, A, P = "Borduria", "Syldavia", "Bordurian army", "Plekszy-Gladz"
#: Question → parameters, columns to look at, and what stands in them.
ANSWERS: dict[str, tuple[dict[str, str], str, list[tuple[object, ...]]]] = {
    "who-threatens-whom": ({}, "actor target quote article",
                           [(B, S, THREATS[0], "one.txt"), (B, S, THREATS[1], "two.txt")]),
    "what-did": ({"actor": "le royaume"}, "action target source", [("attacks", A, P), ("helps", B, None)]),
    "done-to": (
        {"target": "Syldavie", "until": "2025-03"},
        "date actor action modality",
        [
            ("2025-03-19", B, "threatens", "actual"),
            ("2025-03-19", A, "bombs", "actual"),
            ("2025-03-19", P, "meets", "planned"),
        ],
    ),
    "who-does": ({"type": "assault", "actor": "zep"}, "actor target events last", [(A, S, 1, "2025-04-02")]),
    "facts": ({}, "actor action target articles", [(B, "threatens", S, 2), (S, "helps", B, 1)]),
    "plans": ({}, "actor action target modality", [(P, "meets", S, "planned"), (A, "bombs", S, "possible")]),
    "nobody-named": ({}, "action target", [("valser", S)]),
    "between": ({"one": S, "other": B}, "actor action target", [(B, "threatens", S)] * 2 + [(S, "helps", B)]),
    "dyads": (
        {},
        "actor target events cooperation conflict",
        [(B, S, 2, 0, 2), (P, S, 1, 1, 0), (S, B, 1, 1, 0), (S, A, 1, 0, 1), (A, S, 1, 0, 1)],
    ),
    "dyad-by-month": (
        {"actor": B, "target": S},
        "month cooperation conflict",
        [("2025-03", 0, 1), ("2025-04", 0, 1)],
    ),
    "answered-in-kind": ({"actor": S}, "action answer", []),
    "who-says-what": ({"source": "Le Maréchal"}, "actor action target quote", [(S, "attacks", A, CLAIM)]),
    "said-about": ({"about": "armée bordure"}, "source actor action", [(P, S, "attacks")]),
    "disputed": ({}, "actor action target assertion denial", [(A, "bombs", S, SHELLING, DENIAL)]),
    "one-sided": ({}, "source actor action target", [(P, S, "attacks", A)]),
    "speakers": ({}, "source kind claims articles", [(P, "person", 1, 1)]),
    "roles": ({}, "person role organization", [(P, "président", B)]),
    "what-its-people-did": ({"organization": B}, "actor action target", [(P, "meets", S)]),
    "places": ({}, "place country events", [("Klow", "SY", 1)]),
    "at-place": ({"place": "klow"}, "actor action target source", [(S, "attacks", A, P)]),
    "articles": ({}, "article issued language events",
                 [("one.txt", "2025-03-19", "fr", 4), ("two.txt", "2025-04-02", "en", 4)]),
    "evidence": (
        {"actor": "Bordurie", "action": "menace", "target": "Syldavie"},
        "quote start end article",
        [(THREATS[0], 0, 41, "one.txt"), (THREATS[1], 0, 34, "two.txt")],
    ),
    "in-article": (
        {"article": "one.txt"},
        "actor action target polarity modality",
        [
            (B, "threatens", S, "affirmed", "actual"),
            (S, "attacks", A, "affirmed", "actual"),
            (A, "bombs", S, "negated", "actual"),
            (P, "meets", S, "affirmed", "planned"),
        ],
    ),
    "corroborated": ({}, "actor action target articles", [(B, "threatens", S, 2)]),
    "least-certain": ({}, "confidence actor quote", [(0.61, A, SHELLING)]),
    "top-actors": ({}, "actor acting suffering events", [(S, 2, 6, 8), (B, 2, 1, 3), (A, 2, 1, 3), (P, 1, 0, 1)]),
    "actions": ({"type": "ASSAULT"}, "action type events", [("bombs", "assault", 2), ("attacks", "assault", 1)]),
    "types": (
        {},
        "type valence events",
        [
            ("assault", "conflict", 3),
            ("threaten", "conflict", 2),
            ("aid", "cooperation", 1),
            ("consult", "cooperation", 1),
            ("other", None, 1),
        ],
    ),
    "by-month": ({}, "month events cooperation conflict",
                 [("2025-03", 4, 1, 3), ("2025-04", 3, 0, 2), ("2025-05", 1, 1, 0)]),
    "newcomers": ({"since": "2025-03-19"}, "actor first", [(name, "2025-03-19") for name in (B, P, S, A)]),
    "between-them": ({"one": B, "other": "zep"}, "via with_one with_other", [(S, 3, 3)]),
    "paths": ({"one": S, "other": B}, "action1 via", [("helps", None)]),
}  # fmt: skip


@pytest.fixture(scope="module")
def graph() -> Graph:
    return world()


def test_every_question_has_its_answer_here() -> None:
    assert set(ANSWERS) == set(questions.library())


@pytest.mark.parametrize("name", ANSWERS)
def test_answer(graph: Graph, name: str) -> None:
    params, columns, expected = ANSWERS[name]
    table = questions.ask(graph, name, params)
    found = [tuple(row[column] for column in columns.split()) for row in table.dicts()]
    assert found[: len(expected)] == expected
    assert len(found) == len(expected) or name == "least-certain"


@pytest.mark.parametrize("name", ANSWERS)
def test_every_question_takes_every_parameter_at_once(graph: Graph, name: str) -> None:
    values = {
        "type": "AID",
        "action": "helps",
        "place": "Klow",
        "article": "two.txt",
        "date": "2025-05",
        "until": "2026",
    }
    params = {p.name: values.get(p.type, "Borduria") for p in questions.parameters(questions.find(name))}
    questions.ask(graph, name, params)


def test_questions_say_what_they_are() -> None:
    library = questions.library()
    assert len(library) >= 24
    assert len({question.group for question in library.values()}) >= 8
    assert all(question.summary and question.group for question in library.values())


WORDINGS = ["Syldavia", "Syldavie", "SYLDAVIE", "syldavie", "le royaume", "Le  Royaume", "actor:syldavia", "syldavia"]


@pytest.mark.parametrize("wording", [*WORDINGS, "urn:kg:actor:syldavia"])
def test_an_actor_is_known_by_any_of_its_wordings(graph: Graph, wording: str) -> None:
    assert Names(graph).node("actor", wording).value == "urn:kg:actor:syldavia"


@pytest.mark.parametrize("wording", ["Tsahal", "IDF", "l'armée israélienne", "the Israeli army"])
def test_an_actor_is_known_by_names_that_no_article_uses(wording: str) -> None:
    graph = Graph.memory()
    army = Actor("israel-army", {"fr": "armée israélienne"}, "military")
    end = Reference("x", "x", "military", id=army.id)
    threat = replace(EVENTS["one.txt"][0], actor=end)
    graph.replace(ARTICLES["one.txt"], statements(ARTICLES["one.txt"], [threat], (), {army.id: army}), [])
    assert Names(graph).node("actor", wording).value == "urn:kg:actor:israel-army"


def test_accents_case_and_apostrophes_do_not_matter(graph: Graph) -> None:
    assert Names(graph).node("actor", "ARMEE BORDURE").value == "urn:kg:actor:zep"
    assert fold("L’Élysée") == fold("l'elysee")
    assert fold("Plekszy-Gladz") == fold("plekszy gladz")


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        ("who-threatens-whom", {"actor": "Bordura"}, "no actor is known as 'Bordura'; did you mean Borduria"),
        ("who-threatens-whom", {"actor": "  "}, "no actor is known as"),
        ("who-threaten-whom", {}, "no question 'who-threaten-whom'; did you mean who-threatens-whom"),
        ("who-threatens-whom", {"who": "x"}, "no parameter 'who'; it has actor, target"),
        ("types", {"who": "x"}, "it has none"),
        ("between", {"one": "Borduria"}, "needs a value for other"),
        ("what-did", {"since": "yesterday"}, "no date"),
        ("actions", {"type": "WAR"}, "no type: there is AGREE"),
        ("evidence", {"action": "menasse"}, "did you mean menace"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_line(
    graph: Graph, name: str, params: dict[str, str], message: str
) -> None:
    with pytest.raises(QueryError, match="(?s)" + message) as error:
        questions.ask(graph, name, params)
    assert "\n" not in str(error.value)


INJECTIONS = [
    "x> . ?s ?p ?o",
    'Borduria" . } INSERT DATA { <a> <b> <c> } #',
    "actor:borduria } UNION { ?event ?p ?o",
    "<http://evil.example/>",
    "} SERVICE <http://127.0.0.1/> { ?s ?p ?o }",
    "\\u003e",
    "\ud800",
    "a\x00b",
    "?actor",
    "x" * 100_000,
]


@pytest.mark.parametrize("text", INJECTIONS)
@pytest.mark.parametrize("kind", ["actor", "action", "article", "place", "type", "kind", "date", "number"])
def test_nothing_gets_into_the_query_through_a_parameter(graph: Graph, kind: str, text: str) -> None:
    before = set(graph.store)
    with pytest.raises(QueryError):
        Names(graph).term(kind, text)
    assert set(graph.store) == before


@pytest.mark.parametrize("name", ANSWERS)
def test_nothing_gets_into_a_question_through_any_of_its_parameters(graph: Graph, name: str) -> None:
    before = set(graph.store)
    given = {"type": "AID", "action": "helps", "place": "Klow", "article": "two.txt", "date": "2025", "until": "2026"}
    known = questions.parameters(questions.find(name))
    good = {parameter.name: given.get(parameter.type, "Borduria") for parameter in known}
    for parameter in known:
        for text in INJECTIONS:
            with pytest.raises(QueryError):
                questions.ask(graph, name, {**good, parameter.name: text})
    assert set(graph.store) == before


@pytest.mark.model
@pytest.mark.parametrize("name", ANSWERS)
def test_every_question_runs_on_the_seeds(seeds_store: Path, name: str) -> None:
    given = {"type": "THREATEN", "action": "threatens", "date": "2000", "until": "2100"}
    with Graph.open(seeds_store) as seeds:
        given["article"] = next(seeds.articles()).name
        params = {p.name: given.get(p.type, "Hamas") for p in _asked(name)}
        params |= {p.name: "Israel" for p in _asked(name) if p.name in ("target", "other")}
        questions.ask(seeds, name, params)


def _asked(name: str) -> list[questions.Parameter]:
    """The parameters of a question that anything in the seeds can stand for: no place, no body of anybody."""
    return [p for p in questions.parameters(questions.find(name)) if p.type != "place"]


def test_text_parameters_are_literals(graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "find.rq").write_text(
        "# summary: Quotations with a word\n# param word: text required\n# param least: number = 1\n"
        "SELECT ?quote ?word ?least { ?event kg:quote ?quote ; kg:lemma ?l FILTER (CONTAINS(?quote, ?word)) }"
    )
    found = questions.ask(graph, "find", {"word": "shelled"}, folder=tmp_path)
    assert found.rows == ((SHELLING,),)
    assert questions.ask(graph, "find", {"word": '") }'}, folder=tmp_path).rows == ()


def test_labels_in_another_language_and_names_in_place_of_labels(graph: Graph) -> None:
    french = questions.ask(graph, "facts", {"actor": "Borduria"}, lang="fr")
    assert french.rows[0][:3] == ("Bordurie", "menace", "Syldavie")
    named = questions.ask(graph, "facts", {"actor": "Borduria"}, iris=True)
    assert named.rows[0][:3] == ("actor:borduria", "action:threaten", "actor:syldavia")


def test_a_folder_of_questions_joins_in(graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text(
        "# summary: Mine\n# group: own\nSELECT ?a { ?a action:help ?b }", encoding="utf-8-sig"
    )
    assert questions.ask(graph, "mine", folder=tmp_path).rows == (("Syldavia",),)
    assert "facts" in questions.library(tmp_path)
    with pytest.raises(QueryError, match="no folder"):
        questions.library(tmp_path / "nowhere")
    (tmp_path / "bad.rq").write_text("SELECT * {}")
    with pytest.raises(QueryError, match="# summary"):
        questions.library(tmp_path)
    (tmp_path / "bad.rq").write_text("# summary: x\n# param a: animal\nSELECT ?a {}")
    with pytest.raises(QueryError, match="type of 'a' is 'animal'"):
        questions.ask(graph, "bad", folder=tmp_path)


def test_two_actors_of_one_name_are_not_guessed_between() -> None:
    import pyoxigraph as ox

    graph = world()
    for name in ("borduria", "zep"):
        node = ox.NamedNode(f"urn:kg:actor:{name}")
        called = ox.NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
        graph.store.quads.add(ox.Quad(node, called, ox.Literal("Bord")))
    with pytest.raises(QueryError, match=r"may be Borduria \(actor:borduria\), Bordurian army \(actor:zep\)"):
        Names(graph).node("actor", "Bord")


def test_tables_as_text() -> None:
    table = results.Table(("a", "b"), (("x\ty\n", 1), (None, True), ('"é" <&>', 0.5)))
    assert results.to_text(table, "jsonl").splitlines()[1] == '{"a": null, "b": true}'
    assert results.to_text(table, "csv") == 'a,b\n"x\ty\n",1\n,true\n"""é"" <&>",0.5\n'
    assert results.to_text(table, "tsv") == 'a\tb\nx\\ty\\n\t1\n\ttrue\n"é" <&>\t0.5\n'
    assert "&lt;&amp;&gt;" in results.to_text(table, "xml")
    assert "&lt;&amp;&gt;" in table._repr_html_()
    assert len(table) == 3
    assert table[1] == (None, True)
    with pytest.raises(KgError, match="unknown format"):
        results.to_text(table, "docx")
