from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import KgError
from kg.language import languages
from kg.where import resolve
from kg.where.cities import cities, fold, one
from kg.where.names import listed

# (language, words, country, GeoNames id of the city)
CITIES = [
    ("fr", "Londres", "GB", "2643743"),
    ("en", "in London", "GB", "2643743"),
    ("fr", "à Moscou", "RU", "524901"),
    ("en", "Moscow", "RU", "524901"),
    ("fr", "l’est d’Alep", "SY", "170063"),
    ("en", "eastern Aleppo", "SY", "170063"),
    ("fr", "Damas", "SY", "170654"),
    ("en", "near Damascus", "SY", "170654"),
    ("fr", "au Caire", "EG", "360630"),
    ("fr", "Le Caire", "EG", "360630"),
    ("en", "Cairo", "EG", "360630"),
    ("fr", "à La Haye", "NL", "2747373"),
    ("en", "at the Hague", "NL", "2747373"),
    ("fr", "à N’Djamena", "TD", "2427123"),
    ("fr", "Pékin", "CN", "1816670"),
    ("fr", "à Mexico", "MX", "3530597"),
    ("fr", "À Kiev, en Ukraine", "UA", "703448"),
    ("fr", "dans la prison de Manaus (Brésil)", "BR", "3663517"),
    ("fr", "dans la ville syrienne d’al-Bab", "SY", "174018"),
    ("en", "in the Syrian city of Homs", "SY", "169577"),
    ("fr", "Saint-Étienne-du-Rouvray", "FR", "2980236"),
    ("fr", "à Paris", "FR", "2988507"),
    ("en", "in Paris, Texas", "US", "4717560"),
    ("en", "Salisbury, England", "GB", "2638664"),
    ("en", "Atlanta, Georgia", "US", "4180439"),
    ("en", "Tbilisi, Georgia", "GE", "611717"),
    ("en", "Birmingham, Alabama", "US", "4049979"),
    ("en", "in a London hotel room", "GB", "2643743"),
    ("en", "Tripoli, Lebanon", "LB", "266826"),
]

COUNTRIES = [
    ("fr", "en Turquie", "TR", "turkey"),
    ("en", "in Turkey", "TR", "turkey"),
    ("fr", "aux États-Unis", "US", "united-states"),
    ("fr", "au nord du Mali", "ML", "mali"),
    ("fr", "dans toute la France", "FR", "france"),
    ("fr", "dans le centre et le sud de Gaza", "PS", "gaza-strip"),
    ("en", "across the Gaza Strip", "PS", "gaza-strip"),
    ("fr", "au Luxembourg", "LU", "luxembourg"),
    ("en", "in West Virginia", "US", "west-virginia"),
]

# What is certain of these is at most a country.
NO_ID = [
    ("fr", "à Paris et Londres", None),
    ("fr", "Istanbul et Ankara", "TR"),
    ("fr", "à la frontière entre le Danemark et l’Allemagne", None),
    ("fr", "à Alep et à Trifouillis", None),
    ("en", "Cambridge", None),
    ("en", "Salisbury", None),
    ("fr", "Springfield", "US"),
    ("fr", "sur le sol français", "FR"),
    ("fr", "au Parlement israélien", "IL"),
    ("en", "the White House", "US"),
    ("en", "Manchester Arena", None),
    ("en", "the Senate", None),
    ("en", "at a hospital", None),
    ("fr", "lors du concert d’un groupe libanais", None),
    ("fr", "devant la mairie du XIXe arrondissement", None),
    ("fr", "sur les réseaux sociaux", None),
    ("fr", "sur place", None),
    ("fr", "", None),
]


@pytest.mark.parametrize(("language", "words", "country", "geonames"), CITIES)
def test_city(language: str, words: str, country: str, geonames: str) -> None:
    place = resolve(words, language)
    assert (place.text, place.country, place.geonames) == (words, country, geonames)
    assert place.id == f"geonames-{geonames}"
    assert place.label


@pytest.mark.parametrize(("language", "words", "country", "id"), COUNTRIES)
def test_country_or_region(language: str, words: str, country: str, id: str) -> None:
    place = resolve(words, language)
    assert (place.text, place.country, place.id, place.geonames) == (words, country, id, None)


@pytest.mark.parametrize(("language", "words", "country"), NO_ID)
def test_what_is_not_certain_has_no_id(language: str, words: str, country: str | None) -> None:
    place = resolve(words, language)
    assert (place.text, place.id, place.country, place.geonames) == (words, "", country, None)


def test_both_languages_name_one_node() -> None:
    assert resolve("Séoul", "fr").id == resolve("Seoul", "en").id
    assert resolve("Séoul", "fr").label == "Séoul"
    assert resolve("Seoul", "en").label == "Seoul"


def test_a_name_of_several_large_cities_means_none_of_them() -> None:
    found = cities("Cambridge")
    assert len({city.country for city in found}) > 1
    assert one("Cambridge", found) is None
    assert one("Cambridge", [city for city in found if city.country == "GB"]) is not None
    assert one("Nowhere", ()) is None


def test_another_citys_own_name_outweighs_a_translated_one() -> None:
    city = one("Rome", cities("Rome"))
    assert city is not None
    assert city.country == "IT"


def test_fold_reads_hyphens_and_apostrophes_as_spaces() -> None:
    assert fold("Saint-Étienne") == "saint étienne"
    assert fold("N’Djamena") == "n djamena"


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=60), language=st.sampled_from(["fr", "en"]))
def test_any_text_is_read_without_error(text: str, language: str) -> None:
    place = resolve(text, language)
    assert place.text == text
    assert bool(place.geonames) <= bool(place.id)


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(KgError):
        resolve("In Berlin", "de")


def test_every_language_has_the_words_that_the_rules_need() -> None:
    for language in languages():
        assert all(listed(language, kind) for kind in ("before", "and", "article", "land"))
