"""Article, events, roles and actors → quads."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
import pytest
from small_world import ACTORS, ARTICLES, BUILD, EVENTS, ROLES

from kg.literals import date_literal, day, decimal
from kg.model import Actor, Event, Reference
from kg.statements import Build, event_id, statements
from kg.vocabulary import DEFAULT

ONE = ARTICLES["one.txt"]
THREAT, CLAIM, DENIED, PLAN = EVENTS["one.txt"]


def ask(quads: list[ox.Quad], pattern: str) -> list[str]:
    """Values of ``?x`` in a pattern over the union of quads, sorted."""
    store = ox.Store()
    store.extend(ox.Quad(q.subject, q.predicate, q.object) for q in quads)
    found = store.query(f"SELECT ?x {{ {pattern} }}", prefixes=dict(DEFAULT.prefixes))
    return sorted(DEFAULT.shorten(s["x"].value) for s in found)


def made(*events: Event, build: Build | None = None) -> list[ox.Quad]:
    return list(statements(ONE, events, ROLES["one.txt"], ACTORS, build=build))


def test_the_same_input_gives_the_same_quads_in_the_same_order() -> None:
    assert made(*EVENTS["one.txt"]) == made(*EVENTS["one.txt"])


def test_every_quad_is_in_the_graph_of_the_article_and_stands_once() -> None:
    quads = made(*EVENTS["one.txt"], build=BUILD)
    assert {q.graph_name.value for q in quads} == {f"urn:kg:article:{ONE.id}"}
    assert len(quads) == len(set(quads))


def test_no_blank_nodes() -> None:
    assert not any(isinstance(term, ox.BlankNode) for q in made(*EVENTS["one.txt"]) for term in (q.subject, q.object))


def test_an_event_is_a_node_with_its_ends_type_and_action() -> None:
    quads = made(THREAT)
    assert ask(quads, "?e a sem:Event ; kg:actor ?x") == ["actor:borduria"]
    assert ask(quads, "?e kg:target ?x") == ["actor:syldavia"]
    assert ask(quads, "?e sem:hasActor ?x") == ["actor:borduria", "actor:syldavia"]
    assert ask(quads, "?e sem:eventType ?x") == ["type:THREATEN"]
    assert ask(quads, "?e kg:polarity ?x") == ["kg:affirmed"]
    assert ask(quads, "?e kg:confidence ?x") == ["0.97"]
    assert ask(quads, "action:threaten rdfs:label ?x") == ["menace", "threatens"]


def test_an_event_without_actor_has_none() -> None:
    quads = list(statements(ARTICLES["two.txt"], EVENTS["two.txt"][3:], (), ACTORS))
    assert ask(quads, "?e a sem:Event ; kg:actor ?x") == []
    assert ask(quads, "action:valser rdfs:label ?x") == ["valser"]


@pytest.mark.parametrize(
    ("event", "stands"),
    [
        (THREAT, True),
        (CLAIM, False),
        (DENIED, False),
        (PLAN, False),
        (replace(THREAT, source=THREAT.actor), True),
        (replace(THREAT, source=Reference("des témoins", "des témoins", "group")), False),
        (replace(THREAT, modality="unconfirmed"), False),
    ],
)
def test_the_plain_triple_stands_for_facts_only(event: Event, stands: bool) -> None:
    quads = made(event)
    assert bool(ask(quads, "?s ?x ?o . ?x a rdf:Property . FILTER STRSTARTS(STR(?x), 'urn:kg:action:')")) is stands


def test_a_claim_names_its_speaker() -> None:
    assert ask(made(CLAIM), "?e prov:wasAttributedTo ?x") == ["actor:plekszy-gladz"]


def test_a_claim_of_somebody_unresolved_keeps_the_words() -> None:
    nameless = replace(THREAT, source=Reference("des témoins", "des témoins", "group"))
    assert ask(made(nameless), "?e kg:sourceText ?x") == ["des témoins"]
    assert ask(made(nameless), "?e prov:wasAttributedTo ?x") == []


def test_evidence_is_a_position_and_a_quotation() -> None:
    path = "?e a sem:Event ; kg:evidence/oa:hasSelector ?s . ?s"
    quads = made(THREAT)
    start, end = (int(ask(quads, f"{path} {name} ?x")[0]) for name in ("oa:start", "oa:end"))
    assert ask(quads, f"{path} oa:exact ?x") == [ONE.text[start:end]] == [THREAT.quote]
    assert ask(quads, "?e a sem:Event ; kg:evidence/oa:hasSource ?x") == [f"article:{ONE.id}"]


def test_time_and_place() -> None:
    quads = made(THREAT, CLAIM)
    assert ask(quads, "?e sem:hasTime/time:hasBeginning/time:inXSDDate ?x") == ["2025-03-19"]
    assert ask(quads, "?e sem:hasPlace ?x") == ["place:klow"]
    assert ask(quads, "?e sem:hasPlace place:klow ; kg:placeText ?x") == ["au centre de Klow"]
    assert ask(quads, "place:klow owl:sameAs ?x") == ["https://sws.geonames.org/123/"]
    assert ask(quads, "?e kg:target actor:zep ; kg:date ?x") == ["2025-03-19"]


def test_a_month_is_filed_under_its_first_day() -> None:
    quads = list(statements(ARTICLES["two.txt"], EVENTS["two.txt"][2:3], (), ACTORS))
    assert ask(quads, "?e kg:date ?x") == ["2025-05-01"]
    assert ask(quads, "?e sem:hasTime/time:hasBeginning/time:inXSDgYearMonth ?x") == ["2025-05"]


def test_actors_are_described_with_the_wordings_of_the_article() -> None:
    quads = made(*EVENTS["one.txt"])
    assert ask(quads, "actor:syldavia rdfs:label ?x") == ["Syldavia", "Syldavie"]
    assert ask(quads, "actor:syldavia skos:altLabel ?x") == ["Klow", "Syldavie", "le royaume"]
    assert ask(quads, "actor:syldavia owl:sameAs ?x") == ["wd:Q1"]
    assert ask(quads, "actor:zep a ?x") == ["org:Organization", "sem:Actor"]
    assert ask(quads, "actor:zep kg:countryCode ?x") == ["BO"]


def test_an_actor_that_nobody_described_is_described_from_its_reference() -> None:
    quads = list(statements(ONE, [THREAT], (), {}))
    assert ask(quads, "actor:borduria kg:kind ?x") == ["kg:country"]


def test_roles_are_memberships_with_evidence() -> None:
    quads = made()
    assert ask(quads, "?m org:member actor:plekszy-gladz ; org:role/rdfs:label ?x") == ["président"]
    assert ask(quads, "?m org:organization ?x") == ["actor:borduria"]
    assert ask(quads, "?m a org:Membership ; kg:quote ?x") == ["Le maréchal, président de la Bordurie"]


def test_a_build_names_what_read_the_article() -> None:
    quads = made(build=BUILD)
    assert ask(quads, "?b a prov:Activity ; prov:used ?x") == [f"article:{ONE.id}"]
    assert ask(quads, "?b kg:model ?x") == ["fr_core_news_md 3.8.0"]
    assert replace(BUILD, code="0.1.1").id != BUILD.id


def test_event_ids_do_not_change_when_actors_are_resolved_anew() -> None:
    moved = replace(THREAT, actor=replace(THREAT.actor or Reference("", "", ""), id="other", label="Other"))
    assert event_id(ONE, moved) == event_id(ONE, THREAT)
    assert event_id(ONE, CLAIM) != event_id(ONE, THREAT)


def test_hostile_names_make_valid_quads() -> None:
    name = '"<script>&\\ \u202e\x01 🕊 ' + "x" * 10000
    actor = Actor(name, {"fr": name}, "person", (name,))
    event = replace(THREAT, actor=Reference(name, name, "person", 0, 1, name, name))
    store = ox.Store()
    quads = list(statements(ONE, [event], (), {name: actor}))
    store.extend(quads)
    assert set(ox.parse(store.dump(format=ox.RdfFormat.N_QUADS), ox.RdfFormat.N_QUADS)) == set(quads)


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-03-19", "2025-03-19", "2025-03-19"),
        ("2025-02-30", None, None),
        ("2025-13", None, None),
        ("hier", None, None),
        ("0000", None, None),
        (None, None, None),
    ],
)
def test_days_of_dates(date: str | None, first: str | None, last: str | None) -> None:
    assert day(date) == first
    assert day(date, last=True) == last


def test_literals() -> None:
    assert date_literal("2025-03").datatype.value.endswith("gYearMonth")
    assert date_literal("mercredi").datatype.value.endswith("string")
    assert [decimal(number).value for number in (1.0, 0.9, 0.0, 0.123)] == ["1", "0.9", "0", "0.12"]
