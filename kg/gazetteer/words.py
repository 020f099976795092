"""Words as keys: case, accents, apostrophes, dots in acronyms and leading articles do not matter."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from anyascii import anyascii

from kg.language import wordlist

_WORD = re.compile(r"[^\W_]+")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?|\b[A-Z]\.[A-Z]\b")


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


@cache
def leading(language: str) -> frozenset[str]:
    """Articles, determiners and prepositions, folded, that may open a noun phrase without being part of a name."""
    words = wordlist(language, "determiner") | wordlist(language, "before_name")
    return frozenset(fold(word.rstrip("'")) for word in words)


def strip_leading(folded: list[str], language: str) -> int:
    """How many words at the start are articles or prepositions; never all of them."""
    opening = leading(language)
    start = 0
    while start < len(folded) - 1 and folded[start] in opening:
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
