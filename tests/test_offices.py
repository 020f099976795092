"""Offices of state: what a description without a name says, and whom it means in its article."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kg.actors import resolve
from kg.gazetteer import identify, known
from kg.gazetteer.offices import holders_in, known_by_surname, office, terms
from kg.language import languages, table
from kg.model import Action, Event, Reference


@dataclass(frozen=True)
class Text:
    language: str
    published: str | None = None
    text: str = ""


@pytest.mark.parametrize(
    ("words", "language", "offices", "organization", "former"),
    [
        ("le Premier ministre", "fr", {"prime-minister"}, None, False),
        ("l'ex-présidente du Brésil", "fr", {"president"}, "brazil", True),
        ("Iran's supreme leader", "en", {"supreme-leader"}, "iran", False),
        ("the NATO secretary general", "en", {"secretary-general"}, "nato", False),
        ("le président de la Commission européenne", "fr", {"president"}, "european-commission", False),
        ("le nouveau président français", "fr", {"president"}, "france", False),
    ],
)
def test_what_a_description_says(
    words: str, language: str, offices: set[str], organization: str | None, former: bool
) -> None:
    found = office(words, language)
    assert found is not None
    assert (found.offices >= offices, found.organization, found.former) == (True, organization, former)


@pytest.mark.parametrize(
    ("words", "language"),
    [("le président du parti", "fr"), ("the leader", "en"), ("le président du club", "fr"), ("the chief", "en")],
)
def test_what_is_no_office_of_state(words: str, language: str) -> None:
    assert office(words, language) is None


def test_table_names_what_the_gazetteer_knows() -> None:
    offices = {row["office"] for language in languages() for row in table(language, "offices")}
    for row in table("", "officeholders"):
        assert known(row["organization"]), row
        assert row["office"] in offices, row
        assert not row["to"] or row["from"] <= row["to"], row


def _means(wording: str, article: Text, *others: str) -> str:
    action = Action("x", "x", "x", "ACCUSE")
    ends = [Reference(w, w, "country" if identify(w, article.language) else "person") for w in others]
    events = [Event("a.txt", i, i + 1, end.name, end, action, None) for i, end in enumerate(ends)]
    asked = Event("a.txt", 90, 91, wording, Reference(wording, wording, "person"), action, None)
    done = resolve([*events, asked], [], {"a.txt": article})
    actor = done.events[-1].actor
    assert actor is not None
    return actor.label


def test_the_one_holder_whom_the_article_names() -> None:
    article = Text("fr", "2012-05", "Mariano Rajoy a reçu Angela Merkel.")
    assert _means("le chef du gouvernement espagnol", article) == "Mariano Rajoy"
    assert _means("la chancelière allemande", article) == "Angela Merkel"
    assert _means("le président espagnol", article) == "président espagnol"


def test_the_year_decides() -> None:
    text = "Nicolas Sarkozy a salué François Hollande."
    assert _means("le président", Text("fr", "2011", text)) == "Nicolas Sarkozy"
    assert _means("le président", Text("fr", "2014-02-03", text)) == "François Hollande"
    assert _means("l'ancien président", Text("fr", "2014", text)) == "Nicolas Sarkozy"
    assert _means("un président", Text("fr", "2014", text)) == "président"


def test_two_holders_are_none() -> None:
    text = "Vladimir Putin met Donald Trump."
    assert _means("the president", Text("en", "2018", text)) == "president"
    assert _means("the US president", Text("en", "2018", text)) == "Donald Trump"


def test_a_surname_alone_where_the_country_is_named() -> None:
    assert _means("Zelensky", Text("fr"), "Ukraine") == "Volodymyr Zelensky"
    assert _means("Zelensky", Text("fr"), "Pérou") == "Zelensky"
    assert _means("Obama", Text("en"), "United States") == "Barack Obama"


def test_spellings() -> None:
    assert {term.organization for term in terms("Vladimir Poutine")} == {"russia"}
    assert known_by_surname("Netanyahu") == known_by_surname("Netanyahou")
    assert holders_in("Hier, Emmanuel Macron et Mme Merkel.", "fr") == {"Emmanuel Macron"}


def _claimed(wording: str, kind: str, *named: tuple[str, str]) -> str:
    action = Action("x", "x", "x", "ACCUSE")
    ends = [Reference(name, name, of) for name, of in (*named, (wording, kind))]
    done = resolve(
        [Event("a.txt", i, i + 1, e.name, e, action, None) for i, e in enumerate(ends)], [], {"a.txt": Text("fr")}
    )
    actor = done.events[-1].actor
    assert actor is not None
    return actor.id


def test_a_common_noun_stands_for_the_one_body_of_its_sort() -> None:
    bvb, boko = ("Borussia Dortmund", "organization"), ("Boko Haram", "armed_group")
    assert _claimed("le club", "organization", bvb, boko) == "borussia-dortmund"
    assert _claimed("le groupe terroriste", "armed_group", bvb, boko) == "boko-haram"
    assert _claimed("le club allemand", "organization", bvb) == "borussia-dortmund"
    assert _claimed("le club français", "organization", bvb) == "club-francais--a"
    assert _claimed("un club", "organization", bvb) == "club--a"
    assert _claimed("le club", "organization", bvb, ("Bayern Munich", "organization")) == "club--a"
    assert _claimed("le club", "organization", bvb, ("Racing Klow", "organization")) == "club--a"


def test_a_body_that_speaks_by_somebody_is_the_speaker() -> None:
    wording = "Le gouvernement par la voix de la ministre Ana Oduya"
    assert _claimed(wording, "person", ("le Burundi", "country")) == "burundi-government"


def test_first_names_tell_persons_taken_for_things() -> None:
    assert _claimed("Oduya", "thing", ("Maria Oduya", "thing")) == "maria-oduya"
