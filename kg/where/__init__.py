"""Place expressions → country and, for cities, GeoNames."""

from __future__ import annotations

from functools import lru_cache

from kg import gazetteer
from kg.gazetteer import country_of_capital
from kg.model import PlaceName
from kg.where.cities import City, one
from kg.where.names import Name, Names, names_in

__all__ = ["resolve"]


@lru_cache(maxsize=65536)
def resolve(text: str, language: str) -> PlaceName:
    """A place expression with what is certain of it.

    ``text`` is kept as it is; « le sud de Gaza » lies in Gaza and has its ``id``. ``country`` is ISO 3166-1 alpha-2;
    ``geonames`` is set where one city alone is meant. Where the name is that of several large cities, or more than
    one place is named, there is no ``id``. ``KgError`` where the language has no ``places.tsv``.
    """
    found = names_in(text, language)
    country = _country(found)
    if found.joined:
        return PlaceName(text)
    named = [name for name in found.names if name.cities]
    if len(named) > 1:
        named = [name for name in named if name.state is None]
    if len(named) == 1:
        city = _city(named[0], [name for name in found.names if name is not named[0]], found.hints, language)
        if city is not None:
            return PlaceName(text, f"geonames-{city.geonames}", _label(named[0], city), city.country, city.geonames)
    return _region(text, found, country, language) or PlaceName(text, country=country)


def _city(name: Name, beside: list[Name], hints: list[str], language: str) -> City | None:
    """The city that a name means, with the country or state that stands beside it (« Tulsa, Oklahoma »)."""
    countries = {other.known.country for other in beside if other.known and not (other.state and _is_region(other))}
    states = {other.state.code for other in beside if other.state is not None}
    pool = list(name.cities)
    if countries or states:
        pool = [c for c in pool if c.country in countries or (c.country == "US" and c.region in states)]
    pool = [city for city in pool if city.country in hints] or pool
    capital = country_of_capital(name.text, language)
    country = gazetteer.known(capital) if capital else None
    return one(name.text, pool, country.country if country else None)


def _region(text: str, found: Names, country: str | None, language: str) -> PlaceName | None:
    """The country, territory or state where it is all that is named, or the region where its country stands beside."""
    regions = [name for name in found.names if _is_region(name)]
    chosen = regions if regions and country is not None else found.names
    if len(chosen) != 1:
        return None
    known, state = chosen[0].known, chosen[0].state
    if known is not None:
        return PlaceName(text, known.id, known.labels.get(language, chosen[0].text), known.country)
    if state is not None and not chosen[0].cities:
        return PlaceName(text, f"geonames-{state.geonames}", state.name, country, state.geonames)
    return None


def _is_region(name: Name) -> bool:
    return name.known is None or name.known.kind != "country"


def _country(found: Names) -> str | None:
    """The country that all names share; ``None`` where they do not, or where one is of several countries."""
    countries: set[str | None] = set()
    for name in found.names:
        if name.known is not None:
            countries.add(name.known.country)
    open_names = [{city.country for city in name.cities} | ({"US"} if name.state else set()) for name in found.names]
    for some in open_names:
        if some and not some & countries:
            countries |= some
    countries = countries or set(found.hints)
    return countries.pop() if len(countries) == 1 else None


def _label(name: Name, city: City) -> str:
    """The city's name as the text has it, since that is its name in the text's language."""
    return city.name if name.text.isupper() else name.text
