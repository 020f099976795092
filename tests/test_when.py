from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import KgError
from kg.language import languages, table
from kg.when import article_date, find, resolve
from kg.when.calendar import parse
from kg.when.words import lexicon, pieces

AHEAD = {"-": None, "yes": True, "no": False}


def rows() -> list[dict[str, str]]:
    lines = (Path(__file__).parent / "when_expressions.tsv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader([line for line in lines if not line.startswith("#")], delimiter="\t"))


def span(row: dict[str, str], published: str | None = None) -> tuple[str | None, str | None]:
    known = published or (None if row["published"] == "-" else row["published"])
    time = resolve(row["text"], known, row["language"], ahead=AHEAD[row["ahead"]])
    assert time.text == row["text"]
    return time.start, time.end


def name(row: dict[str, str]) -> str:
    return f"{row['language']}-{row['published']}-{row['text']}"


def test_the_table_is_large_and_has_both_languages_and_all_widths() -> None:
    kinds = {(row["language"], len(row["published"])) for row in rows()}
    assert len(rows()) >= 200
    assert kinds == {(language, width) for language in ("fr", "en") for width in (1, 4, 7, 10)}


@pytest.mark.parametrize("row", rows(), ids=name)
def test_expression(row: dict[str, str]) -> None:
    expected = tuple(None if cell == "-" else cell for cell in (row["start"], row["end"]))
    assert span(row) == expected


@pytest.mark.parametrize("row", [row for row in rows() if len(row["published"]) == 10], ids=name)
@pytest.mark.parametrize("width", [7, 4])
def test_knowing_less_never_narrows(row: dict[str, str], width: int) -> None:
    """What a day of publication gives lies within what its month or year gives; a bare weekday within the period."""
    start, end = span(row)
    published = row["published"][:width]
    wide_start, wide_end = span(row, published)
    period = tuple(map(str, parse(published) or ()))
    if (wide_start, wide_end) == period:
        start, end = max(start or "", period[0]), min(end or period[1], period[1])
    assert wide_start is None or (start is not None and wide_start <= start)
    assert wide_end is None or (end is not None and wide_end >= end)


@pytest.mark.parametrize(
    ("file", "text", "language", "expected"),
    [
        ("a.txt", " date 2025-03 Alors que les pourparlers reprennent", "fr", "2025-03"),
        ("a.txt", "date 2025-03-19\nLe ministre a parlé.", "fr", "2025-03-19"),
        ("a.txt", "Un titre\n\n3 mai 2019. – Le ministre a parlé.", "fr", "2019-05-03"),
        ("a.txt", "Un titre\n\n1er avril 2018. – La maire a parlé.", "fr", "2018-04-01"),
        ("a.txt", "Un titre\n\n26 juin 2014, Bretagne. – La maire a parlé.", "fr", "2014-06-26"),
        ("a.txt", "Publié le lundi 4 juin 2018 à 14h20\nLa maire a parlé.", "fr", "2018-06-04"),
        ("a.txt", "Mis à jour : 4 juin 2018, 16 h 20 — La maire a parlé.", "fr", "2018-06-04"),
        ("a.txt", "A title\n\nSeptember 2018\n\nThe mayor spoke.", "en", "2018-09"),
        ("a.txt", "A title\nPublished Sept. 29, 2018\nThe mayor spoke.", "en", "2018-09-29"),
        ("a.txt", "Saturday, September 29, 2018\nThe mayor spoke.", "en", "2018-09-29"),
        ("a.txt", "Updated: 2018-09-29\nThe mayor spoke.", "en", "2018-09-29"),
        ("2017-03-30_x.txt", "La maire a parlé.", "fr", "2017-03-30"),
        ("x_2017_03_30-001.txt", "La maire a parlé.", "fr", "2017-03-30"),
        ("20170330.txt", "The mayor spoke.", "en", "2017-03-30"),
        ("journal-2017-03.txt", "The mayor spoke.", "en", "2017-03"),
        ("2016-01-01.txt", "3 mai 2019. – Le ministre a parlé.", "fr", "2019-05-03"),
        ("a.txt", "Le 3 mai 2019, le ministre a parlé.", "fr", None),
        ("a.txt", "En mars 2016, le ministre a parlé.", "fr", None),
        ("a.txt", "31 février 2019. – Le ministre a parlé.", "fr", None),
        ("a_184830.txt", "The mayor spoke in May.", "en", None),
        ("201712345.txt", "", "en", None),
        ("2017-13-40.txt", "", "en", None),
    ],
)
def test_article_date(file: str, text: str, language: str, expected: str | None) -> None:
    assert article_date(file, text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Le maire a été reçu mercredi soir par la ministre.", ["mercredi soir"]),
        ("fr", "Depuis jeudi soir, l’armée a tiré au cours des dernières 24 heures.",
         ["Depuis jeudi soir", "au cours des dernières 24 heures"]),
        ("fr", "Il avait été arrêté le 1 er mars 2016 puis relâché en avril.", ["le 1 er mars 2016", "en avril"]),
        ("fr", "dans la nuit du mardi 2 au mercredi 3 mai", ["dans la nuit du mardi 2 au mercredi 3 mai"]),
        ("fr", "Il y a deux ans, quelque 2 000 soldats ont quitté le pays.", ["Il y a deux ans"]),
        ("fr", "Condamné jeudi à trois ans de prison, il fera appel.", ["jeudi"]),
        ("fr", "Le président a mis fin à la mission et joué un second rôle.", []),
        ("fr", "En jeu : sept sièges sur douze.", []),
        ("fr", "à l’été 2011 et à la fin du mois", ["à l’été 2011 et à la fin du mois"]),
        ("en", "The mayor spoke on Oct. 2, 1968 and again last week.", ["on Oct. 2, 1968", "last week"]),
        ("en", "He may march on in the second round.", []),
        ("en", "In May, 2,706 people left, two years after the war.", ["In May", "two years after"]),
        ("en", "It began in the 1980s.", ["in the 1980s"]),
        ("en", "The second half of 2018 began in Mar-a-Lago.", ["The second half of 2018"]),
        ("fr", "Élu en mai 2017, il y a un an, il avait été passé à 10 h 12 au crible.",
         ["en mai 2017", "il y a un an", "à 10 h 12"]),
        ("fr", "Le 20 décembre, jour du vote", ["Le 20 décembre"]),
        ("en", "Thursday's vote came as the sun rose.", ["Thursday"]),
        ("en", "He said so on Monday night\nWednesday brought rain.", ["on Monday night", "Wednesday"]),
    ],
)  # fmt: skip
def test_find(language: str, text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in find(text, language)] == expected


@given(text=st.text(max_size=80), language=st.sampled_from(["fr", "en"]))
def test_any_text_is_read_without_error(text: str, language: str) -> None:
    for start, end in find(text, language):
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end]
    article_date(text, text, language)


words = st.sampled_from(
    "le la du au à et depuis avant après dans il y a deux dix 2 31 12 1999 2016 99999 mars mai lundi dimanche nuit"
    " soir semaine ans mois siècle décennie dernier prochain cette début fin mi été hiver premier trimestre - XIX e"
    " Noël hier plus tard moins de quelques 30/02/2017 12/31/2017 week-end".split()
)


@settings(max_examples=300)
@given(
    parts=st.lists(words, max_size=7),
    published=st.dates().map(str),
    width=st.sampled_from([4, 7, 10]),
    ahead=st.sampled_from([None, True, False]),
)
def test_any_time_words_give_days_in_order(parts: list[str], published: str, width: int, ahead: bool | None) -> None:
    time = resolve(" ".join(parts), published[:width], "fr", ahead=ahead)
    days = [date.fromisoformat(day) for day in (time.start, time.end) if day]
    assert days == sorted(days)


def test_a_published_date_that_is_none_is_as_good_as_unknown() -> None:
    assert resolve("mardi", "bientôt", "fr") == resolve("mardi", None, "fr")


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(KgError):
        resolve("heute", None, "de")


def test_pieces_keep_elided_words() -> None:
    assert pieces("jusqu’au 1er mars") == ("jusqu'", "au", "1", "er", "mars")
    assert pieces("plus d'") == ("plus", "d'")


def test_every_language_has_the_words_that_the_rules_need() -> None:
    kinds = {language: {row["kind"] for row in table(language, "dates")} for language in languages()}
    optional = {"ago", "ahead", "within", "tonight", "overnight", "decade_mark", "clock"}
    needed = set.union(*kinds.values()) - optional
    assert {language: needed - kinds[language] for language in kinds} == {language: set() for language in kinds}
    assert all(lexicon(language).week_first for language in kinds)
