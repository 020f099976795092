"""The gazetteer: names, bodies of countries, peoples and nouns, in French and English."""

import pytest

from kg import gazetteer
from kg.gazetteer.words import fold, key, slug
from kg.language import languages, table
from kg.model import KINDS


@pytest.mark.parametrize(
    ("words", "language", "id"),
    [
        ("les États-Unis", "fr", "united-states"),
        ("USA", "fr", "united-states"),
        ("the US", "en", "united-states"),
        ("U.S.", "en", "united-states"),
        ("Royaume-Uni", "fr", "united-kingdom"),
        ("d'Israël", "fr", "israel"),
        ("le Hamas", "fr", "hamas"),
        ("Le mouvement islamiste Hamas", "fr", "hamas"),
        ("the militant group Hamas", "en", "hamas"),
        ("Tsahal", "fr", "israel-army"),
        ("IDF", "en", "israel-army"),
        ("l’armée israélienne", "fr", "israel-army"),
        ("the Israeli army", "en", "israel-army"),
        ("army of Israel", "en", "israel-army"),
        ("Israel's army", "en", "israel-army"),
        ("l'ONU", "fr", "united-nations"),
        ("Nations Unies", "fr", "united-nations"),
        ("the UN", "en", "united-nations"),
        ("l'Organisation des Nations unies (ONU)", "fr", "united-nations"),
        ("le gouvernement libanais", "fr", "lebanon-government"),
        ("the Lebanese government", "en", "lebanon-government"),
        ("gouvernement du Burundi", "fr", "burundi-government"),
        ("le ministère russe des Affaires étrangères", "fr", "russia-foreign-ministry"),
        ("ministère des affaires étrangères de la Russie", "fr", "russia-foreign-ministry"),
        ("Russian Foreign Ministry", "en", "russia-foreign-ministry"),
        ("Ministry of Foreign Affairs of Russia", "en", "russia-foreign-ministry"),
        ("Département d'État américain", "fr", "united-states-foreign-ministry"),
        ("US State Department", "en", "united-states-foreign-ministry"),
        ("forces armées des États-Unis", "fr", "united-states-army"),
        ("Hezbollah libanais", "fr", "hezbollah"),
        ("E.I.", "fr", "islamic-state"),
    ],
)
def test_identifies(words: str, language: str, id: str) -> None:
    found = gazetteer.identify(words, language)
    assert found is not None
    assert found.id == id
    assert set(found.labels) == {"en", "fr"}
    assert found.kind in KINDS


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("us", "en"),  # the pronoun
        ("un", "fr"),  # the article
        ("who", "en"),
        ("total", "fr"),
        ("apple", "en"),
        ("l'armée", "fr"),  # of which country?
        ("une petite maison", "fr"),
        ("l'ancien gouvernement libanais", "fr"),
        ("l'avocat du Hamas", "fr"),
        ("the turkey", "en"),
        ("la jeunesse du parti (CNDD-FDD)", "fr"),
        ("", "fr"),
        ("…", "en"),
    ],
)
def test_leaves_alone(words: str, language: str) -> None:
    assert gazetteer.identify(words, language) is None


def test_two_readings_are_none() -> None:
    found = {known.id for known in gazetteer.readings("l'armée congolaise", "fr")}
    assert found == {"democratic-republic-of-the-congo-army", "republic-of-the-congo-army"}
    assert gazetteer.identify("l'armée congolaise", "fr") is None
    assert gazetteer.identify("Congo", "en") is None
    assert gazetteer.identify("la RDC", "fr") != gazetteer.identify("Congo-Brazzaville", "fr") != None  # noqa: E711


@pytest.mark.parametrize("word", ["israélien", "israélienne", "israéliens", "israéliennes"])
def test_adjectives_in_gender_and_number(word: str) -> None:
    assert gazetteer.country_of_adjective(word, "fr") == "israel"


def test_similar_adjectives_stay_apart() -> None:
    assert gazetteer.country_of_adjective("nigérien", "fr") == "niger"
    assert gazetteer.country_of_adjective("nigérian", "fr") == "nigeria"
    assert gazetteer.country_of_adjective("nord-coréenne", "fr") == "north-korea"
    assert gazetteer.country_of_adjective("polish", "en") is None
    assert gazetteer.country_of_adjective("Polish", "en") == "poland"
    assert gazetteer.inhabitants("Israéliens", "fr") == "israel"
    assert gazetteer.inhabitants("Frenchmen", "en") == "france"


def test_every_country_has_adjective_and_people_in_each_language() -> None:
    former = {"serbia-and-montenegro"}
    states = {row["id"] for row in table("", "countries") if row["kind"] == "country"} - former
    assert len(states) > 195
    for language in languages():
        assert states <= {row["id"] for row in table(language, "demonyms")} | (
            {"dominica", "republic-of-the-congo", "kiribati"} if language == "en" else set()
        )
    for country in states - {"dominica", "republic-of-the-congo"}:
        made = gazetteer.compose("army", country)
        assert made is not None
        assert set(made.labels) == {"en", "fr"}, country


def test_composed_labels_and_known_names() -> None:
    army = gazetteer.known("turkey-army")
    assert army is not None
    assert army.labels == {"en": "Turkish army", "fr": "armée turque"}
    assert army.kind == "military"
    idf = gazetteer.known("israel-army")
    assert idf is not None
    assert idf.labels == {"en": "Israel Defense Forces", "fr": "Tsahal"}
    assert gazetteer.known("atlantis-army") is None


def test_tables_are_facts_in_order() -> None:
    rows = table("", "entities")
    assert len(rows) >= 450
    ids = [row["id"] for row in (*rows, *table("", "countries"))]
    assert len(ids) == len(set(ids))
    for row in rows:
        assert row["kind"] in KINDS
        assert all((row["en"], row["fr"])), row
        assert row["id"] == slug(row["id"])
        assert not row["country"] or (len(row["country"]) == 2 and row["country"].isupper())
    for language in languages():
        nouns = table(language, "nouns")
        assert len(nouns) >= 700
        assert len({row["lemma"] for row in nouns}) == len(nouns)
        for row in nouns:
            assert row["kind"] in KINDS
            assert row["role"] in ("office", "collective", "people", "-")
        assert {row["body"] for row in table(language, "bodies")} == {row["body"] for row in table("fr", "bodies")}


def test_every_wording_is_found() -> None:
    for language in languages():
        for row in table("", "entities"):
            for wording in (row[language], *row[f"{language}_other"].split("|")):
                if wording and "(" not in wording:
                    found = {known.id for known in gazetteer.readings(wording, language)}
                    assert row["id"] in found, (wording, language)


def test_wikidata_only_where_a_library_has_it() -> None:
    territories = pytest.importorskip("rigour.territories", reason="rigour brings ICU; it checks the table where it is")
    for row in (*table("", "entities"), *table("", "countries")):
        if row["wikidata"]:
            assert territories.get_territory_by_qid(row["wikidata"]) is not None, row["id"]


def test_country_names_are_those_of_the_cldr() -> None:
    babel = pytest.importorskip("babel")
    for language in languages():
        territories = babel.Locale(language).territories
        states = [row for row in table("", "countries") if row["kind"] == "country" and row["code"]]
        other = [row["id"] for row in states if not _named(territories[row["code"]], row["id"], language)]
        assert set(other) <= {"democratic-republic-of-the-congo", "republic-of-the-congo", "myanmar", "palestine"}


def _named(name: str, id: str, language: str) -> bool:
    return id in {known.id for known in gazetteer.readings(name, language)}


def test_nouns() -> None:
    noun = gazetteer.noun("porte-parole", "fr")
    assert noun is not None
    assert (noun.kind, noun.role) == ("person", "office")
    assert gazetteer.noun("manifestant", "fr") is not None
    assert gazetteer.noun("rebelles", "fr") != gazetteer.noun("rebelle", "fr")
    assert gazetteer.noun("xyzzy", "en") is None


def test_capitals_and_people() -> None:
    assert gazetteer.country_of_capital("Pékin", "fr") == "china"
    assert gazetteer.country_of_capital("Beijing", "en") == "china"
    assert gazetteer.country_of_capital("paris", "en") is None
    assert gazetteer.people("italy").labels == {"fr": "Italiens", "en": "Italians"}


def test_words() -> None:
    assert fold("Erdoğan") == "erdogan"
    assert key("L’Élysée", "fr") == "elysee"
    assert key("the U.S. Navy", "en") == "us navy"
    assert slug("Côte d'Ivoire") == "cote-d-ivoire"


@pytest.mark.parametrize(
    ("name", "language", "gender"),
    [
        ("Mme Le Pen", "fr", "f"),
        ("Mr. Cook", "en", "m"),
        ("Dr Marie Curie", "fr", "f"),
        ("Angela Merkel", "en", "f"),
        ("Sergueï Lavrov", "fr", "m"),
        ("J. Edgar Hoover", "en", "m"),
        ("Jean-Noël Barrot", "fr", "m"),
        ("Jean Castex", "fr", "m"),
        ("Jean Castex", "en", None),
        ("Laurence Tubiana", "fr", "f"),
        ("Laurence Olivier", "en", "m"),
        ("Park Geun-hye", "en", None),
        ("Macron", "fr", None),
        ("Mme", "fr", None),
        ("", "fr", None),
    ],
)
def test_gender_of_names(name: str, language: str, gender: str | None) -> None:
    assert gazetteer.gender_of(name, language) == gender
