"""The affiliations that an article states."""

from __future__ import annotations

from docs import reading

from kg.events.roles import roles
from kg.model import Article, Role


def stated(language: str, *sentences: str) -> list[Role]:
    made = reading(language, *sentences)
    return list(roles(Article("test", "test.txt", made.tree.text, language), made))


def test_an_office_with_its_body_in_apposition():
    [role] = stated("fr", "Le porte-parole de l'Otan, Paul Kermadec, a parlé.")
    assert role.person.name == "Paul Kermadec"
    assert role.role == "porte-parole"
    assert role.organization is not None
    assert role.organization.name == "Otan"


def test_an_office_before_a_name_with_its_adjective():
    [role] = stated("fr", "L'ancien ministre français Paul Kermadec a parlé.")
    assert role.person.name == "Paul Kermadec"
    assert role.role == "ancien ministre français"
    assert role.organization is not None
    assert (role.organization.name, role.organization.kind) == ("France", "country")


def test_an_english_office_with_its_place():
    [role] = stated("en", "The mayor of Bristol, Peter Ashdown, resigned.")
    assert (role.person.name, role.role) == ("Peter Ashdown", "mayor")
    assert role.organization is not None
    assert role.organization.mention == "Bristol"


def test_an_office_without_a_name_states_no_role():
    assert stated("fr", "Le maire promet de soutenir les paysans.") == []


def test_a_name_without_an_office_states_no_role():
    assert stated("fr", "Paul Kermadec rencontre Jeanne Morvan.") == []


def test_an_english_office_before_a_name():
    [role] = stated("en", "NATO spokeswoman Jane Holloway spoke.")
    assert (role.person.name, role.role) == ("Jane Holloway", "spokeswoman")
