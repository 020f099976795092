"""Damaged and random input: readers and the event-line reader end with a value or an error of the right kind.

The short form runs with the tests; ten minutes of it with ``pytest -m bench tests/test_fuzz.py``.
"""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_read_hostile import WHOLE
from test_read_press import CODES, EUROPRESSE, FACTIVA, epub

from kg import eventline
from kg.errors import KgError, UnreadableArticle
from kg.model import MODALITIES, POLARITIES, TYPES, Article, Event
from kg.read import article_of
from kg.read.formats import records
from kg.read.record import Options, Record, Skipped

SECONDS = 600
SPECIMENS: dict[str, bytes] = {f"a.{ending}": make() for ending, make in WHOLE.items()} | {
    "a.epub": epub(),
    "europresse.html": EUROPRESSE.encode(),
    "factiva.html": FACTIVA.encode(),
    "codes.html": CODES.encode(),
}
LINE = {
    "article": "a.txt", "start": 0, "end": 4, "quote": "mots",
    "actor": {"id": "x", "label": "X", "mention": "X", "name": "X", "kind": "person", "start": 0, "end": 1},
    "action": {"lemma": "aider", "id": "help", "label": "helps", "type": "AID"}, "target": None,
    "polarity": "affirmed", "modality": "actual", "source": {"label": "Y"},
    "time": {"text": "hier", "start": "2025-03-18", "end": None}, "place": {"text": "Lyon"}, "confidence": 0.9,
}  # fmt: skip

shares = st.floats(0, 1)
edits = st.lists(
    st.tuples(st.sampled_from(["cut", "put", "over", "double", "drop"]), shares, st.binary(max_size=30)), max_size=6
)


def edited(data: bytes, changes: list[tuple[str, float, bytes]]) -> bytes:
    """The data with pieces cut off, put in, written over, doubled or dropped."""
    for kind, share, piece in changes:
        at = int(share * len(data))
        size = len(piece)
        if kind == "cut":
            data = data[:at]
        elif kind == "put":
            data = data[:at] + piece + data[at:]
        elif kind == "over":
            data = data[:at] + piece + data[at + size :]
        elif kind == "double":
            data = data[: at + size] + data[at:]
        else:
            data = data[:at] + data[at + size :]
    return data


def reads_or_says_why(specimen: str, changes: list[tuple[str, float, bytes]], name: str) -> None:
    """Read damaged bytes, as the format they come from or as another one."""
    try:
        for item in records(name or specimen, io.BytesIO(edited(SPECIMENS[specimen], changes)), Options()):
            assert isinstance(item, Record | Skipped)
            if isinstance(item, Record):
                article = article_of(item, Options(language="fr"))
                assert isinstance(article, Article)
                json.dumps(article.text).encode("utf-8")
            else:
                assert item.reason
                assert "\n" not in item.reason
    except UnreadableArticle as error:
        assert str(error)
        assert "\n" not in str(error)


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from([*TYPES, *POLARITIES, *MODALITIES]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*LINE, "text", "label", "lemma", "type"]), inner)
    ),
    max_leaves=6,
)


def event_or_error(fields: dict[str, object], dropped: set[str], changes: list[tuple[str, float, bytes]]) -> None:
    """Read an event line with fields replaced and dropped, and its bytes edited."""
    line = json.dumps({key: value for key, value in {**LINE, **fields}.items() if key not in dropped})
    text = edited(line.encode(), changes).decode("utf-8", "surrogateescape")
    try:
        event = eventline.from_line(text)
    except KgError as error:
        assert str(error).startswith("not an event line: ")
        assert "\n" not in str(error)
    else:
        assert isinstance(event, Event)
        again = eventline.to_line(event)
        assert eventline.to_line(eventline.from_line(again)) == again


def checks(examples: int) -> list[Callable[[], None]]:
    """The checks, each over so many examples."""
    quiet = settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    names = st.sampled_from(["", *SPECIMENS])
    lines = given(
        st.dictionaries(st.sampled_from(list(LINE)), values, max_size=3),
        st.sets(st.sampled_from(list(LINE)), max_size=2),
        edits,
    )
    return [
        quiet(given(st.sampled_from(list(SPECIMENS)), edits, names)(reads_or_says_why)),
        quiet(lines(event_or_error)),
    ]


@pytest.mark.parametrize("number", [0, 1])
def test_damaged_input_ends_with_a_value_or_an_error(number: int) -> None:
    checks(150)[number]()


@pytest.mark.bench
def test_ten_minutes_of_damaged_input() -> None:
    end, rounds = time.monotonic() + SECONDS, 0
    while time.monotonic() < end:
        for check in checks(300):
            check()
        rounds += 1
    print(f"\n{rounds} rounds of 600 examples")
