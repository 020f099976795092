"""A sentence says the same in French and in English: the same nodes and the same action."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
import sentences

from kg.model import Event

Triple = tuple[str, str, str]


def name(event: Event, end: str) -> str:
    reference = getattr(event, end)
    return "-" if reference is None else str(reference.id)


def triples(events: list[Event], row: dict[str, str]) -> set[Triple]:
    """The triples of a row's type between its actor and its target."""
    return {
        (name(event, "actor"), event.action.id, name(event, "target"))
        for event in events
        if event.action.type == row["type"]
        and name(event, "actor") == row["actor"]
        and row["target"] in ("-", name(event, "target"))
    }


def types(events: list[Event], row: dict[str, str]) -> set[str]:
    """The types of the events that have a row's actor or its target."""
    return {
        event.action.type
        for event in events
        if name(event, "actor") == row["actor"] or name(event, "target") == row["target"] != "-"
    }


Pair = tuple[dict[str, str], list[Event], list[Event]]


@cache
def pairs(table: str) -> list[Pair]:
    """The rows of a table of pairs with the events of each side, all resolved in one corpus."""
    rows = sentences.rows(table)
    read = sentences.events([("fr", row["fr"]) for row in rows] + [("en", row["en"]) for row in rows])
    return list(zip(rows, read[: len(rows)], read[len(rows) :], strict=True))


def agreement(table: str, agree: Callable[[Pair], bool]) -> tuple[float, str]:
    """The share of pairs that agree, and a line that says it and names the others."""
    right = [agree(pair) for pair in pairs(table)]
    wrong = [f"  {row['fr']} / {row['en']}" for (row, _, _), ok in zip(pairs(table), right, strict=True) if not ok]
    share = sentences.share(right)
    return share, "\n".join([f"{share:.3f} of {table} agree; not these:", *wrong])


def test_there_are_150_pairs_of_all_types():
    assert len(sentences.rows("pairs")) == 150
    assert len({row["type"] for row in sentences.rows("pairs")}) == 18


# What has been reached; the aim is 0.85.
@pytest.mark.parametrize(("table", "bar"), [("pairs", 0.74), ("pairs_unseen", 0.66)])
def test_both_languages_give_the_same_triple(table: str, bar: float):
    share, line = agreement(table, lambda pair: bool(triples(pair[1], pair[0]) & triples(pair[2], pair[0])))
    assert share >= bar, line


@pytest.mark.parametrize(("table", "bar"), [("pairs", 0.92), ("pairs_unseen", 0.88)])
def test_both_languages_give_the_same_type(table: str, bar: float):
    share, line = agreement(table, lambda pair: pair[0]["type"] in types(pair[1], pair[0]) & types(pair[2], pair[0]))
    assert share >= bar, line
