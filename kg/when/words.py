"""Words → tokens: the only place of the room that meets a language. Everything after it sees kinds and values.

The names of months and days come from dateparser's language data, all other words from ``kg/lang/<code>/dates.tsv``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kg.language import table

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_PIECE = re.compile(
    r"(?P<numeric>\d{4}-\d{2}-\d{2}|\d{1,2}([/.])\d{1,2}\2(?:\d{4}|\d{2}))(?!\d)"
    r"|(?P<clock>\d{1,2}\s?h\s?\d{2}(?!\d)|\d{1,2}[:.]\d{2}(?![\d%]|\.\d))"
    r"|(?P<number>\d+)"
    r"|(?P<word>[^\W\d_]+(?:\.[^\W\d_]\.|['’](?=[^\W\d_]{2}))?)"
    r"|(?P<mark>\S)"
)
_ROMAN = re.compile(r"([ivx]+)(?:e|er|ème)?$")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}


class Token(NamedTuple):
    """A stretch of text that says something about time: ``kind`` and ``value`` are the same in every language.

    ``kind`` is ``word`` for a word that is in no table, ``mark`` for punctuation; ``doubtful`` where the word has
    another, commoner meaning, ``short`` where it is an abbreviation without its full stop; offsets are characters.
    """

    kind: str
    value: str
    start: int
    end: int
    doubtful: bool = False
    short: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A language's time words: first piece → (all pieces, kind, value), longest first; and its habits."""

    entries: dict[str, list[tuple[tuple[str, ...], str, str]]]
    doubtful: frozenset[str]
    short: frozenset[str]
    week_first: tuple[int, ...]
    day_first: bool


@cache
def lexicon(language: str) -> Lexicon:
    """The time words of a language; ``KgError`` where it has no ``dates.tsv``."""
    phrases: dict[tuple[str, ...], tuple[str, str]] = {}
    doubtful: set[str] = set()
    short: set[str] = set()
    from dateparser.languages import default_loader  # a fifth of a second, which only those pay who have dates to read

    rows = table(language, "dates")
    info = default_loader.get_locale(language).info
    for kind, names in (("month", MONTHS), ("weekday", WEEKDAYS)):
        for value, name in enumerate(names, start=kind == "month"):
            forms = sorted((str(form).lower() for form in info[name] if len(form) > 2), key=len)
            short.update(forms[:-1])
            phrases.update({(form,): (kind, str(value)) for form in forms if (form,) not in phrases})
    week_first: tuple[int, ...] = (0,)
    for row in rows:
        words = [word.strip().lower() for word in row["words"].split(" | ")]
        if row["kind"] == "doubtful":
            doubtful.update(words)
        elif row["kind"] == "week_first":
            week_first = tuple(int(day) for day in row["value"].split())
        else:
            phrases.update({pieces(word): (row["kind"], row["value"]) for word in words})
    entries: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        entries.setdefault(phrase[0], []).append((phrase, *phrases[phrase]))
    return Lexicon(
        entries, frozenset(doubtful | short), frozenset(short), week_first, str(info["date_order"]).startswith("D")
    )


def pieces(text: str) -> tuple[str, ...]:
    """The lower-case pieces (words, numbers, marks) of a text; an elided word keeps its straight apostrophe.

    >>> pieces("jusqu’au 1er mars"), pieces("plus d'")
    (("jusqu'", 'au', '1', 'er', 'mars'), ('plus', "d'"))
    """
    elided = text.endswith("'")
    found = tuple(_fold(match.group()) for match in _PIECE.finditer(text + "xx" * elided))
    return found[:-1] if elided else found


def _fold(piece: str) -> str:
    lower = piece.lower()
    return lower if lower.isascii() else unicodedata.normalize("NFC", lower).replace("’", "'")


def tokens(text: str, language: str) -> list[Token]:
    """The text as tokens, in order, without gaps but for white space."""
    words = lexicon(language)
    matches = list(_PIECE.finditer(text))
    folded = [_fold(match.group()) for match in matches]
    found: list[Token] = []
    index = 0
    while index < len(matches):
        match = matches[index]
        for phrase, kind, value in words.entries.get(folded[index], ()):
            size = len(phrase)
            if size == 1 or tuple(folded[index : index + size]) == phrase:
                end, short = matches[index + size - 1].end(), phrase[0] in words.short
                if short and text[end : end + 1] == ".":
                    size, end, short = size + 1, end + 1, False
                token = Token(kind, value, match.start(), end, phrase[0] in words.doubtful, short)
                break
        else:
            size = 1
            token = Token(match.lastgroup or "mark", folded[index], match.start(), match.end())
            if token.kind == "word":
                token = _word(token)
        found.append(token)
        index += size
    return found


def _word(token: Token) -> Token:
    """A word in no table: a Roman number (« XIXe », which counts before a century) or any other word."""
    match = _ROMAN.match(token.value)
    if match is None:
        return token
    values = [_ROMAN_VALUES[letter] for letter in match.group(1)]
    total = sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))
    return token._replace(kind="roman", value=str(total))
