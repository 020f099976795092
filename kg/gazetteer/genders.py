"""The gender that a person's first name or form of address tells, so that « il » is no woman and "she" no man."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from kg.gazetteer.words import fold
from kg.language import languages, table

#: Forms of address, folded and without a full stop.
_ADDRESSES = {"f": frozenset("mme mlle madame mademoiselle mrs ms miss lady dame".split()),
              "m": frozenset("m mm mr monsieur messieurs sir lord".split())}  # fmt: skip


@lru_cache(maxsize=50_000)
def gender_of(name: str, language: str = "") -> str | None:
    """``"f"`` or ``"m"`` where a person's name tells it, else ``None``.

    ``name`` is a name as written (« Mme Le Pen », "Angela Merkel", « Jean-Pierre Bemba »): a form of address decides,
    then the first name; a surname alone tells nothing, nor does one that opens with the family's (« Park Geun-hye »).
    ``language`` is the ISO 639-1 code of the text, for names that differ (Jean, Laurence). Never raises.
    """
    words = name.split()
    while words and (address := _address(words[0], plain=len(words) == 1)) is not None:
        if address:
            return address
        words = words[1:]
    if len(words) < 2 or _family_first(words):
        return None
    for word in words[:-1]:
        if len(word.strip(".")) > 1:
            return _given(word.strip(".,"), language)
    return None


def without_address(name: str) -> str:
    """A person's name without the forms of address before it: « Mme Le Pen » → « Le Pen »; alone, one is kept."""
    words = name.split()
    while len(words) > 1 and _address(words[0], plain=False) is not None:
        words = words[1:]
    return " ".join(words)


def _address(word: str, *, plain: bool) -> str | None:
    """The gender of a form of address, ``""`` for one that tells none ("Dr"), ``None`` for any other word."""
    folded = fold(word.strip("."))
    if plain or folded == word.strip("."):
        return None
    for gender, words in _ADDRESSES.items():
        if folded in words:
            return gender
    return "" if folded in ("dr", "pr", "prof", "me", "maitre") else None


def _family_first(words: list[str]) -> bool:
    """« Kim Jong-un », "Tsai Ing-wen": a second word whose part behind the hyphen has no capital is a given name."""
    _, hyphen, rest = words[1].partition("-")
    return bool(hyphen) and rest[:1].islower()


def _given(word: str, language: str) -> str | None:
    if not word[:1].isupper():
        return None
    first, _, rest = word.partition("-")
    own = _of_language(language)
    found = own.get(word) or _everywhere().get(fold(word))
    if found or not rest:
        return found
    return own.get(first) or _everywhere().get(fold(first))


@cache
def _everywhere() -> Mapping[str, str]:
    """The shared table: folded first name to gender."""
    return {row["name"]: row["gender"] for row in table("", "first_names")}


@cache
def _of_language(language: str) -> Mapping[str, str]:
    if language not in languages():
        return {}
    return {row["name"]: row["gender"] for row in table(language, "first_names")}
