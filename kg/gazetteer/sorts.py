"""Common nouns that stand for a body named elsewhere in the article: « le club », "the militant group"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from kg.gazetteer.names import Known
from kg.gazetteer.peoples import country_of_adjective
from kg.gazetteer.words import fold, split, strip_leading
from kg.language import languages, rules, table

_LONGEST = 4


@lru_cache(maxsize=50_000)
def stands_for(words: str, language: str) -> tuple[frozenset[str], str | None] | None:
    """The sorts of body that a phrase without a name may stand for, and the country that an adjective gives.

    ``None`` where it stands for none. The country is an id of the tables.
    """
    written = split(words)
    folded = [fold(word) for word in written]
    start = strip_leading(folded, language)
    written, folded = written[start:], folded[start:]
    if not folded or len(folded) > _LONGEST:
        return None
    first = rules(language)["head_first"]
    for size in range(len(folded), 0, -1):
        head, rest = (folded[:size], written[size:]) if first else (folded[-size:], written[:-size])
        sorts = _wordings(language).get(" ".join(head))
        if sorts:
            countries = [country_of_adjective(word, language) for word in rest]
            if any(
                country is None and (not word.islower() or len(word) < 4)
                for country, word in zip(countries, rest, strict=True)
            ):
                return None
            return sorts, next(filter(None, countries), None)
    return None


def is_of_sort(known: Known, sorts: frozenset[str]) -> bool:
    """Whether a known body is of one of these sorts; a kind is a sort as well."""
    return known.kind in sorts or bool(_sorts().get(known.id, frozenset()) & sorts)


@cache
def _wordings(language: str) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in table(language, "stand_ins") if language in languages() else ():
        for wording in row["wordings"].split("|"):
            found.setdefault(" ".join(map(fold, split(wording))), set()).add(row["sort"])
    return {wording: frozenset(sorts) for wording, sorts in found.items()}


@cache
def _sorts() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in table("", "sorts"):
        found.setdefault(row["id"], set()).add(row["sort"])
    return {identifier: frozenset(sorts) for identifier, sorts in found.items()}
