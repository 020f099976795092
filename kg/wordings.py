"""Comparing wordings of names within an article: surname and full name, acronym and long form."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=50_000)
def key(text: str) -> tuple[str, ...]:
    """A name as comparable words: lower case, no accents, no punctuation."""
    folded = unicodedata.normalize("NFKD", text.lower().replace("’", "'").replace("-", " "))
    kept = "".join(c if c.isalnum() or c == "'" else " " for c in folded if not unicodedata.combining(c))
    parts = (part for word in kept.split() for part in word.split("'"))
    return tuple(part for part in parts if len(part) > 1 or part.isdigit() or part.isalpha())


def same_person(words: tuple[str, ...], keys: set[tuple[str, ...]]) -> bool:
    """Whether a person's name is a surname, first name or fuller form of one of the names."""
    return any(
        (words[-1] == other[-1] and (len(words) == 1 or len(other) == 1 or words[0] == other[0]))
        or (len(words) == 1 and words[0] == other[0] and len(other) > 1)
        for other in keys
        if other
    )


def short_form(words: tuple[str, ...], keys: set[tuple[str, ...]]) -> bool:
    """Whether a name is the acronym or the first words of one of the names, or they are of it."""
    return any(is_acronym(words, other) or (len(other) > len(words) and other[: len(words)] == words and len(words) > 1)
               for other in keys)  # fmt: skip


def is_acronym(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether one of two names is made of the initials of the other, small words left out or not."""
    if len(short) != 1 or len(long) < 2:
        short, long = long, short
    if len(short) != 1 or len(long) < 2 or len(short[0]) < 2:
        return False
    initials = "".join(word[0] for word in long)
    strong = "".join(word[0] for word in long if len(word) > 3)
    return short[0] in (initials, strong)
