"""Who says so, whether it happened, and how sure it is: source, polarity and modality over a table of sentences."""

from __future__ import annotations

import pytest
import sentences

from kg.model import Event


def fits(event: Event, row: dict[str, str]) -> bool:
    """Whether an event has the source, polarity and modality of a row (alternatives by ``|``)."""
    source = "-" if event.source is None else f"{event.source.mention} {event.source.name} {event.source.label}"
    return (
        any(source == word if word == "-" else word.lower() in source.lower() for word in row["source"].split("|"))
        and event.polarity == row["polarity"]
        and event.modality in row["modality"].split("|")
    )


def meant(events: list[Event], word: str) -> list[Event]:
    """The events that a row is about: those whose action has its word."""
    return [event for event in events if word in (event.action.lemma, *event.action.lemma.split())]


@pytest.mark.parametrize(("language", "count", "bar"), [("en", 120, 0.85), ("fr", 60, 0.80)])
def test_source_polarity_and_modality(language: str, count: int, bar: float):
    rows = [row for row in sentences.rows("attribution") if row["lang"] == language]
    assert len(rows) == count
    read = sentences.events([(language, row["sentence"]) for row in rows])
    right = [
        any(fits(event, row) for event in meant(events, row["word"])) for row, events in zip(rows, read, strict=True)
    ]
    wrong = "\n".join(f"  {row}" for row, ok in zip(rows, right, strict=True) if not ok)
    assert sentences.share(right) >= bar, f"{sentences.share(right):.3f} of the rows are right; not these:\n{wrong}"
