"""Adjectives, inhabitants and names of countries inside phrases (« israélienne », "Israel's", « du Liban »)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.gazetteer.names import Known, by_id, capitals, label_wordings
from kg.gazetteer.words import fold, key, split
from kg.language import labels, languages, table

_FIRST = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Wording:
    """A country in other words: its id, the folded words, whether they are an adjective, whether a capital is due."""

    country: str
    words: tuple[str, ...]
    adjective: bool
    capital: bool


@lru_cache(maxsize=50_000)
def country_of_adjective(word: str, language: str) -> str | None:
    """Id of the country that an adjective names (« israélienne » → ``israel``), or ``None``.

    A capital is due where the language writes such adjectives with one.
    """
    if adjective_capital(language) and not any(map(str.isupper, word)):
        return None
    return _only(_adjectives(language).get(key(word, language)))


@cache
def adjective_capital(language: str) -> bool:
    """Whether a language writes adjectives of nationality with a capital ("the Israeli army")."""
    return bool(labels(language)["demonyms"]["capital"]) if language in languages() else False


@lru_cache(maxsize=50_000)
def inhabitants(word: str, language: str) -> str | None:
    """Id of the country whose people a noun with a capital names (« les Israéliens » → ``israel``), or ``None``."""
    words = split(word)
    if not words or not words[-1][0].isupper():
        return None
    return _only(_inhabitants(language).get(key(word, language)))


@lru_cache(maxsize=50_000)
def country_of_capital(words: str, language: str) -> str | None:
    """Id of the country whose capital is named (« Pékin » → ``china``), or ``None``."""
    return capitals(language).get(key(words, language)) if words[:1] and any(map(str.isupper, words)) else None


def capital_word(words: str, language: str) -> bool:
    """Whether a wording may be a capital's name: a quick look, for what nearly never is one."""
    first = _FIRST.match(words)
    return first is not None and fold(first.group()) in _first_words(language)


@cache
def _first_words(language: str) -> frozenset[str]:
    return frozenset(name.split()[0] for name in capitals(language))


def adjective_forms(country: str, language: str) -> Mapping[str, str] | None:
    """The usual form of a country's adjective for each gender and number, by the letters of label templates."""
    return _forms(language).get(country)


@cache
def people(country: str) -> Known:
    """The people of a country as an entity of its own (« les Italiens », "Italians")."""
    called = {}
    for language in languages():
        column = labels(language)["demonyms"]["people"]
        for row in table(language, "demonyms"):
            form = row[column].split("|")[0]
            if row["id"] == country and form:
                called[language] = form[0].upper() + form[1:]
    return Known(f"{country}-inhabitants", called, "group", by_id()[country].country)


@cache
def inside(language: str) -> Mapping[str, tuple[Wording, ...]]:
    """Wordings of countries by their first folded word, longest first."""
    found: dict[str, set[Wording]] = {}
    for adjective, countries in _adjectives(language).items():
        words = tuple(adjective.split())
        capital = adjective_capital(language) or adjective in _acronyms(language)
        found.setdefault(words[0], set()).update(Wording(country, words, True, capital) for country in countries)
    for known, wording in label_wordings(language):
        words = tuple(map(fold, split(wording)))
        found.setdefault(words[0], set()).add(Wording(known.id, words, False, True))
    return {first: tuple(sorted(some, key=lambda w: (-len(w.words), w.country))) for first, some in found.items()}


@cache
def _adjectives(language: str) -> Mapping[str, tuple[str, ...]]:
    return _countries_of_forms(language, labels(language)["demonyms"]["adjective"].values())


@cache
def _acronyms(language: str) -> frozenset[str]:
    """Keys of the adjectives that are written in capitals (« US »)."""
    columns = labels(language)["demonyms"]["adjective"].values()
    forms = (form for row in table(language, "demonyms") for column in columns for form in row[column].split("|"))
    return frozenset(key(form, language) for form in forms if form.isupper())


@cache
def _inhabitants(language: str) -> Mapping[str, tuple[str, ...]]:
    return _countries_of_forms(language, labels(language)["demonyms"]["inhabitant"])


def _countries_of_forms(language: str, columns: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in table(language, "demonyms"):
        for place in {key(form, language) for column in columns for form in row[column].split("|") if form}:
            found[place] = (*found.get(place, ()), row["id"])
    return found


def _only(countries: tuple[str, ...] | None) -> str | None:
    """The one country of an unambiguous form; « congolais » names two, and so none."""
    return countries[0] if countries and len(countries) == 1 else None


@cache
def _forms(language: str) -> Mapping[str, Mapping[str, str]]:
    if language not in languages():
        return {}
    columns = labels(language)["demonyms"]["adjective"]
    return {
        row["id"]: {letter: row[column].split("|")[0] for letter, column in columns.items()}
        for row in table(language, "demonyms")
    }
