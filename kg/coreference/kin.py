"""Nouns that take one another up (« le maire … l'édile »): ``kg/lang/<code>/kin.tsv``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kg.language import table

_NONE: frozenset[str] = frozenset()


def kin(lemma: str, language: str) -> frozenset[str]:
    """The groups of nouns that a lemma stands in; empty for one in no group. Plurals in -s or -x are found as well."""
    groups = _index(language)
    found = groups.get(lemma)
    if found is None and lemma[-1:] in ("s", "x"):
        found = groups.get(lemma[:-1])
    return found if found is not None else groups.get(lemma + "s", _NONE)


@cache
def _index(language: str) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in table(language, "kin"):
        for noun in row["nouns"].split("|"):
            found.setdefault(noun.lower(), set()).add(row["group"])
    return {noun: frozenset(groups) for noun, groups in found.items()}
