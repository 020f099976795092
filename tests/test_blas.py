"""The library for matrices: one is taken, it is told of, and annotations do not depend on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import SEEDS

from kg import blas, parse
from kg.blas import Choice


@pytest.fixture(autouse=True)
def _untaken() -> Iterator[None]:
    before = list(blas._taken)
    yield
    blas._taken[:] = before
    parse.pipeline.cache_clear()


def test_one_is_found_faster_and_kept() -> None:
    blas._taken.clear()
    found = blas.fastest()
    assert found.name
    assert found.gain >= 1
    assert blas.fastest() is found


def test_the_choice_of_a_parent_is_taken() -> None:
    blas.take(Choice("X", blis=True, gain=1.26))
    assert str(blas.fastest()) == "X (1.3 times as fast as numpy's own library)"
    blas.take(Choice("OpenBLAS", blis=False, gain=0.0))
    assert str(blas.fastest()) == "OpenBLAS"


@pytest.mark.model
def test_annotations_are_the_same_with_both() -> None:
    text = (SEEDS / "000_ca43eeccde662955.txt").read_text(encoding="utf-8")
    found = []
    for blis in (True, False):
        blas.take(Choice("x", blis=blis, gain=0.0))
        parse.pipeline.cache_clear()
        nlp = parse.pipeline("fr")
        assert getattr(nlp.get_pipe("parser"), "model").ops.use_blis is blis  # noqa: B009
        found.append([(t.pos_, str(t.morph), t.lemma_, t.head.i, t.dep_, t.ent_type_, t.ent_iob_) for t in nlp(text)])
    assert found[0] == found[1]
