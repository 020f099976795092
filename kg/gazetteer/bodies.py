"""Bodies that every country has: a noun and a country make one (« l'armée israélienne », "the Israeli army")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.gazetteer.names import Known, by_id
from kg.gazetteer.peoples import adjective_forms
from kg.gazetteer.words import key
from kg.language import languages, table


@dataclass(frozen=True, slots=True)
class Body:
    """A body without its country: identifier (``army``), kind, and the template of its label in each language."""

    id: str
    kind: str
    labels: Mapping[str, str]


def body(words: str, language: str) -> Body | None:
    """The body that a phrase without a country names (« l'armée » → ``army``), or ``None``."""
    return index(language).get(key(words, language))


@lru_cache(maxsize=20_000)
def compose(body_id: str, country_id: str) -> Known | None:
    """A body of a country, in every language that has an adjective for it; ``None`` where either is not known."""
    found, country = _bodies().get(body_id), by_id().get(country_id)
    if found is None or country is None:
        return None
    name = f"{country_id}-{body_id}"
    if name in by_id():
        return by_id()[name]
    labels = {}
    for language, template in found.labels.items():
        forms = adjective_forms(country_id, language)
        if forms:
            labels[language] = template.format(**forms)
    return Known(name, labels, found.kind, country.country) if labels else None


@cache
def index(language: str) -> Mapping[str, Body]:
    """Wordings of bodies by key."""
    return {
        key(wording, language): _bodies()[row["body"]]
        for row in table(language, "bodies")
        for wording in row["wordings"].split("|")
    }


@cache
def _bodies() -> Mapping[str, Body]:
    labels: dict[str, dict[str, str]] = {}
    kinds: dict[str, str] = {}
    for language in languages():
        for row in table(language, "bodies"):
            labels.setdefault(row["body"], {})[language] = row["label"]
            kinds[row["body"]] = row["kind"]
    return {name: Body(name, kinds[name], labels[name]) for name in labels}
