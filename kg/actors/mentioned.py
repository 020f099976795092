"""Full names that an article's text has for what it elsewhere calls by one word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import cache

from kg import gazetteer
from kg.actors.spellings import Key, key
from kg.gazetteer.offices import holders_in
from kg.gazetteer.words import fold, leading, split
from kg.language import everywhere, languages

_ACRONYM = re.compile(r"(?<=\s)\(([A-Z]{2,8})\)")
_BODIES = frozenset(("organization", "government", "military", "armed_group"))


def full_names(words: Iterable[str], text: str, language: str, others: AbstractSet[str]) -> Iterator[str]:
    """For each surname the one person of a text who bears it, where a first name tells (« Warren » → Elizabeth Warren).

    Holders of known offices count however their name is built (« Kim » → Kim Jong-un). A surname that names a body
    too (« la banque Warren ») is left out, and so is a name among ``others``, which the article has for something else.
    """
    surnames = {key(word): word for word in words if word and word in text}
    for holder in holders_in(text, language) if surnames else ():
        parts = key(holder)
        if parts[-1:] in surnames or parts[:1] in surnames:
            yield holder
    for surname, word in surnames.items():
        found = _bearers(word, text, language)
        if len(found) == 1 and not found & others and not _names_body(surname, word, text, language):
            yield found.pop()


def _bearers(surname: str, text: str, language: str) -> set[str]:
    pattern = rf"(?<![\w'’-])([^\W\d_a-z][\w'’-]+) (?:[A-Z]\.? )?{re.escape(surname)}(?![\w-])"
    return {
        match.group()
        for match in re.finditer(pattern, text)
        if gazetteer.gender_of(f"{match.group(1)} {surname}", language)
    }


def _names_body(place: Key, surname: str, text: str, language: str) -> bool:
    for match in re.finditer(rf"\b(\w+) {re.escape(surname)}\b|\b{re.escape(surname)} (\w+)", text):
        beside = match.group(1) or match.group(2)
        head = gazetteer.noun(beside, language)
        if head is not None and head.kind in _BODIES and head.role == "collective" and beside.lower() not in place:
            return True
    return False


def expansions(text: str, language: str) -> Iterator[tuple[str, str]]:
    """The acronyms that a text explains, with the words they stand for: « Ligue des pêcheurs bretons (LPB) »."""
    for match in _ACRONYM.finditer(text):
        words = text[max(0, match.start() - 120) : match.start()].split("(")[-1].split("\n")[-1].split()
        letters = match.group(1).lower()
        for size in range(len(letters), min(len(words), 2 * len(letters) + 2) + 1):
            parts = [fold(part) for part in split(" ".join(words[-size:]))]
            strong = [part for part in parts if part not in _small()]
            if strong and strong[0] == parts[0] and "".join(part[0] for part in strong) == letters:
                yield match.group(1), " ".join(words[-size:]).lstrip("«“\"'")
                break


@cache
def _small() -> frozenset[str]:
    return (
        frozenset().union(*map(leading, languages()))
        | everywhere("link")
        | everywhere("article")
        | {"et", "and", "for"}
    )
