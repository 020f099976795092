"""Affiliations that an article states: « le porte-parole du Hamas, X », « le Premier ministre X », "X, head of Y"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.events.arguments import Reading
from kg.mentions import Nominal
from kg.model import Article, Reference, Role

_BODIES = frozenset({"organization", "government", "military", "armed_group", "country", "place"})


def roles(article: Article, reading: Reading) -> Iterator[Role]:
    """The roles of named persons, in text order; ``Role.organization`` is ``None`` where the text names none."""
    tree = reading.tree
    for nominal in reading.nominals.values():
        for office in nominal.offices if nominal.form == "name" else ():
            made = reading.reference(nominal.head)
            if made and made[0].kind == "person":
                start, end = tree.start[nominal.first], tree.end[nominal.last]
                yield Role(article.name, made[0], _office(reading, office), _body(reading, office), start, end)
        if nominal.role == "office" and nominal.head not in nominal.offices:
            person = _holder(reading, nominal)
            if person is not None:
                start, end = tree.start[nominal.first], tree.end[nominal.last]
                words, body = _office(reading, nominal.head), _body(reading, nominal.head)
                yield Role(article.name, person, words, body, start, end)


def _holder(reading: Reading, nominal: Nominal) -> Reference | None:
    """The named person who holds an office: inside the phrase, or in apposition."""
    tree = reading.tree
    if nominal.named is None:
        beside = [c for c in tree.kids(nominal.head, "appos") if c in reading.nominals]
        if tree.rel[nominal.head] == "appos":
            beside.append(tree.head[nominal.head])
        named = [c for c in beside if (n := reading.nominals.get(c)) and n.form == "name" and n.kind == "person"]
        if not named:
            return None
        made = reading.reference(named[0])
    else:
        made = reading.reference(nominal.head)
    return made[0] if made and made[0].kind == "person" else None


def _office(reading: Reading, head: int) -> str:
    """The words of the office, without determiner, name and organisation."""
    tree = reading.tree
    first = head
    while first > 0 and tree.head[first - 1] == head and tree.rel[first - 1] in ("amod", "compound"):
        if tree.rel[first - 1] == "compound" and first - 1 in reading.nominals:
            break
        first -= 1
    last = head
    while last + 1 < len(tree) and tree.rel[last + 1] == "amod" and tree.head[last + 1] == head:
        last += 1
    return tree.span(first, last)


def _body(reading: Reading, head: int) -> Reference | None:
    """The organisation or country of an office: its complement, adjective or possessor."""
    tree = reading.tree
    for child in tree.kids(head, "nmod", "amod", "poss", "compound"):
        other = reading.nominals.get(child)
        if other and other.kind in _BODIES and other.form in ("name", "adjective"):
            made = reading.reference(child)
            if made:
                return made[0]
    return None
