"""Words as keys: case, accents, apostrophes, dots in acronyms and leading articles do not matter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

_WORD = re.compile(r"[^\W_]+")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")
#: Articles, determiners and prepositions that may open a noun phrase without being part of a name.
LEADING = {
    "fr": frozenset(
        "le la les l un une des du de d au aux a ce cet cette ces c son sa ses leur leurs notre nos votre vos mon ma"
        " mes".split()
    ),
    "en": frozenset("the a an of this that these those its his her their our your my".split()),
}


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """One word in lower case and plain ASCII letters (« Erdoğan » → ``erdogan``)."""
    return word.lower() if word.isascii() else anyascii(word).lower()


def split(text: str) -> list[str]:
    """The words of a text as written, punctuation left out; dots inside acronyms vanish ("U.S." → ``US``)."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if "." in text:
        text = _DOTTED.sub(lambda match: match.group().replace(".", ""), text)
    return _WORD.findall(text)


def strip_leading(folded: list[str], language: str) -> int:
    """How many words at the start are articles or prepositions; never all of them."""
    leading = LEADING.get(language, frozenset())
    start = 0
    while start < len(folded) - 1 and folded[start] in leading:
        start += 1
    return start


@lru_cache(maxsize=200_000)
def key(text: str, language: str) -> str:
    """The form under which a wording is looked up: folded words without leading article, joined by a space."""
    folded = [fold(word) for word in split(text)]
    return " ".join(folded[strip_leading(folded, language) :])


def slug(text: str) -> str:
    """Kebab-case ASCII, as identifiers are written ("Côte d'Ivoire" → ``cote-d-ivoire``)."""
    return "-".join(fold(word) for word in split(text))
