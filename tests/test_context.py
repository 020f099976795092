"""The sentence around a quotation."""

from __future__ import annotations

import pytest

from kg.context import sentence

TEXT = "Il pleut. Le roi a dit : « Non. » Puis il partit\nsans bruit. Fin"


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("pleut", "Il pleut."),
        ("Non", "Le roi a dit : « Non. »"),
        ("il partit", "Puis il partit"),
        ("Fin", "Fin"),
        ("roi a dit : « Non. » Puis", "Le roi a dit : « Non. » Puis il partit"),
    ],
)
def test_the_sentence_around(quote: str, expected: str) -> None:
    start = TEXT.index(quote)
    assert sentence(TEXT, start, start + len(quote)) == expected
