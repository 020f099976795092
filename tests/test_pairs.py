"""A sentence says the same in French and in English: the same nodes and the same action."""

from __future__ import annotations

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


@pytest.fixture(scope="module")
def pairs() -> list[tuple[dict[str, str], list[Event], list[Event]]]:
    rows = sentences.rows("pairs")
    french = sentences.events([("fr", row["fr"]) for row in rows] + [("en", row["en"]) for row in rows])
    return list(zip(rows, french[: len(rows)], french[len(rows) :], strict=True))


def test_there_are_150_pairs_of_all_types(pairs: list[tuple[dict[str, str], list[Event], list[Event]]]):
    assert len(pairs) == 150
    assert len({row["type"] for row, _, _ in pairs}) == 18


def test_both_languages_give_the_same_triple(pairs: list[tuple[dict[str, str], list[Event], list[Event]]]):
    same = [bool(triples(french, row) & triples(english, row)) for row, french, english in pairs]
    wrong = "\n".join(f"  {row['fr']} / {row['en']}" for (row, _, _), ok in zip(pairs, same, strict=True) if not ok)
    assert sentences.share(same) >= 0.40, f"{sentences.share(same):.3f} of the pairs agree; not these:\n{wrong}"


def test_both_languages_give_the_same_type(pairs: list[tuple[dict[str, str], list[Event], list[Event]]]):
    same = [row["type"] in types(french, row) & types(english, row) for row, french, english in pairs]
    wrong = "\n".join(f"  {row['fr']} / {row['en']}" for (row, _, _), ok in zip(pairs, same, strict=True) if not ok)
    assert sentences.share(same) >= 0.80, f"{sentences.share(same):.3f} of the pairs agree; not these:\n{wrong}"
