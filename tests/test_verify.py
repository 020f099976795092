"""Verification: what it notices and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kg import eventline, roleline
from kg.graph import Graph
from kg.model import Action, Article, Event, Reference, Role
from kg.read import Options, read
from kg.verify import Problem, verify

TEXT = "Ada Lovelace, chef du club, a menacé la mairie."
ARTICLE = Article("a" * 64, "a.txt", TEXT, "fr")
ADA = Reference("Ada Lovelace", "Ada Lovelace", "person", 0, 12)
EVENT = Event("a.txt", 28, 46, "a menacé la mairie", ADA, Action("menacer", "threaten", "menace", "THREATEN"), None)
ROLE = Role("a.txt", ADA, "chef", None, 14, 18)


def graph(event: Event = EVENT, role: Role = ROLE, *more: str) -> Graph:
    made = Graph.memory()
    made.replace(ARTICLE, [], [eventline.to_line(event), *more], [roleline.to_line(role)])
    return made


def test_a_sound_graph_has_no_problems() -> None:
    report = verify(graph())
    assert (report.articles, report.quotations, report.problems) == (1, 2, ())


def test_a_quotation_that_is_not_there_is_noticed() -> None:
    report = verify(graph(replace(EVENT, start=29)))
    assert report.problems == (Problem("a.txt", "characters 29 to 46 are not 'a menacé la mairie'"),)


def test_a_mention_that_is_not_there_is_noticed() -> None:
    wrong = replace(ADA, end=11)
    expected = Problem("a.txt", "characters 0 to 11 are not 'Ada Lovelace'")
    assert verify(graph(replace(EVENT, source=wrong))).problems == (expected,)
    assert verify(graph(role=replace(ROLE, person=wrong))).problems == (expected,)


def test_a_line_that_is_none_is_noticed() -> None:
    (problem,) = verify(graph(EVENT, ROLE, "{}")).problems
    assert "not an event line" in problem.problem


def test_articles_that_have_changed_are_noticed(tmp_path: Path) -> None:
    for name, text in (("a.txt", TEXT), ("b.txt", TEXT + " Oui."), ("c.txt", "")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = verify(graph(), read([tmp_path], Options(language="fr"))).problems
    assert found == (
        Problem("a.txt", "has changed since it was read"),
        Problem("b.txt", "not in the graph"),
        Problem("c.txt", "cannot be read: empty"),
    )


def test_role_lines_come_back_as_they_were() -> None:
    role = replace(ROLE, organization=replace(ADA, id="club", label="Club"))
    assert roleline.from_line(roleline.to_line(role)) == role
