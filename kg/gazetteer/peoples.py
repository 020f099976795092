"""Adjectives, inhabitants and names of countries inside phrases (« israélienne », "Israel's", « du Liban »)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.gazetteer.names import Known, by_id, capitals, label_wordings
from kg.gazetteer.words import fold, key, split
from kg.language import languages, table

_FRENCH = ("masculine", "feminine", "masculine_plural", "feminine_plural")
_ENGLISH = ("adjective",)


@dataclass(frozen=True, slots=True)
class Wording:
    """A country in other words: its id, the folded words, whether they are an adjective, whether a capital is due."""

    country: str
    words: tuple[str, ...]
    adjective: bool
    capital: bool


@lru_cache(maxsize=50_000)
def country_of_adjective(word: str, language: str) -> str | None:
    """Id of the country that an adjective names (« israélienne » → ``israel``), or ``None``; capital due in English."""
    if language == "en" and not any(map(str.isupper, word)):
        return None
    return _only(_adjectives(language).get(key(word, language)))


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


def adjective_forms(country: str, language: str) -> Mapping[str, str] | None:
    """The usual form of a country's adjective for each gender and number, by the letters of label templates."""
    return _forms(language).get(country)


@cache
def people(country: str) -> Known:
    """The people of a country as an entity of its own (« les Italiens », "Italians")."""
    labels = {}
    for language in languages():
        for row in table(language, "demonyms"):
            form = row["masculine_plural" if language == "fr" else "inhabitants"].split("|")[0]
            if row["id"] == country and form:
                labels[language] = form[0].upper() + form[1:]
    return Known(f"{country}-inhabitants", labels, "group", by_id()[country].country)


@cache
def inside(language: str) -> Mapping[str, tuple[Wording, ...]]:
    """Wordings of countries by their first folded word, longest first."""
    found: dict[str, set[Wording]] = {}
    for adjective, countries in _adjectives(language).items():
        words = tuple(adjective.split())
        capital = language == "en" or adjective == "us"
        found.setdefault(words[0], set()).update(Wording(country, words, True, capital) for country in countries)
    for known, wording in label_wordings(language):
        words = tuple(map(fold, split(wording)))
        found.setdefault(words[0], set()).add(Wording(known.id, words, False, True))
    return {first: tuple(sorted(some, key=lambda w: (-len(w.words), w.country))) for first, some in found.items()}


@cache
def _adjectives(language: str) -> Mapping[str, tuple[str, ...]]:
    return _countries_of_forms(language, _FRENCH if language == "fr" else _ENGLISH)


@cache
def _inhabitants(language: str) -> Mapping[str, tuple[str, ...]]:
    return _countries_of_forms(language, _FRENCH if language == "fr" else ("inhabitant", "inhabitants"))


def _countries_of_forms(language: str, columns: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
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
    columns = dict(zip(("m", "f", "mp", "fp"), _FRENCH, strict=True)) if language == "fr" else {"a": "adjective"}
    return {
        row["id"]: {letter: row[column].split("|")[0] for letter, column in columns.items()}
        for row in table(language, "demonyms")
    }
