"""What one article says of whom each of its references means: a pure function of that article, no corpus needed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from kg import gazetteer
from kg.actors.names import is_courteous, person_name
from kg.actors.phrases import (
    apposed,
    collective,
    described_kind,
    head_phrase,
    here,
    is_name,
    short_label,
    spokesperson_of,
)
from kg.actors.spellings import Key, key, short
from kg.gazetteer import Known
from kg.gazetteer.names import by_id
from kg.gazetteer.words import slug, split
from kg.language import IDENTIFIERS, everywhere
from kg.model import Reference

#: How a reference takes part; a capital stands for its government as a ``PARTY``, not as a ``PLACE``.
PARTY, PLACE = "party", "place"
_BODIES = frozenset(("organization", "government", "military", "armed_group"))
#: Bodies of which a country has many, so that one without more words need not be that of the country.
_LOCAL = frozenset(("prosecution", "court-of-appeal", "electoral-commission", "football-team", "football-federation"))
_PARTISAN = re.compile(r"\b(?:Party|Front|Movement|Union|Congress|Alliance|Forces|Army|Capital|Rally|Liberation)\b")
_PLAIN_NAMES = frozenset(("country", "place", "organization"))


@dataclass(frozen=True, slots=True)
class Claim:
    """What an article alone says of a reference.

    One of: ``known`` (an entity of the gazetteer), ``person`` (a name to look up among the persons of the corpus), or
    ``id`` alone (a name of something else, or a description that belongs to this article). ``label`` and ``kind`` are
    those to use where nothing better is known.
    """

    label: str
    kind: str
    id: str = ""
    known: Known | None = None
    person: str = ""


@dataclass(slots=True)
class Scene:
    """What an article is about as far as it helps to understand its references.

    ``focus`` is the country (ISO code) that most of its names belong to, ``countries`` all of them, ``named`` those
    that not only an acronym names, ``persons`` the full names of persons, ``surnames`` other names of persons,
    ``offices`` the roles that it states with who holds them.
    """

    name: str
    language: str
    focus: str | None = None
    countries: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    persons: Mapping[Key, str] = field(default_factory=dict)
    surnames: frozenset[Key] = frozenset()
    offices: tuple[tuple[Key, str], ...] = ()


def scene(
    article: str, language: str, references: Iterable[Reference], offices: Iterable[tuple[str, str]] = ()
) -> Scene:
    """Countries and persons that an article's references name; ``offices`` are the roles it states and who has them."""
    countries: Counter[str] = Counter()
    named: set[str] = set()
    persons: dict[Key, str] = {}
    surnames: set[Key] = set()
    for wording, is_person in {(w, r.kind == "person"): None for r in references for w in (r.name, r.mention)}:
        if is_person or is_courteous(wording):
            name = person_name(wording, language)
            if name and not short(key(name)):
                persons[key(name)] = name
            elif name:
                surnames.add(key(name))
        elif country := _country(wording, language):
            countries[country] += 1
            known = gazetteer.identify(wording, language)
            if known and (known.kind == "country" or not split(wording)[-1].isupper()):
                named.add(country)
    held = tuple(
        (_office(role, language), name)
        for role, holder in offices
        if (name := person_name(holder, language)) and not short(key(name))
    )
    focus = countries.most_common(1)
    clear = focus and 2 * focus[0][1] > sum(countries.values())
    home = focus[0][0] if clear else None
    return Scene(article, language, home, frozenset(countries), frozenset(named), persons, frozenset(surnames), held)


def claim(reference: Reference, role: str, scene: Scene) -> Claim:
    """Whom or what a reference means, as far as its article tells."""
    language = scene.language
    if reference.kind == "person":
        kind = collective(reference.mention, language)
        if kind is None:
            return _person(reference, scene)
        reference = Reference(reference.mention, head_phrase(reference.mention, language), kind)
    elif person := _person_here(reference, scene):
        return _named_person(person, scene)
    cut = len(reference.name.split()) > 1 and key(reference.name)[-1:] == key(head_phrase(reference.mention, language))
    wordings = (reference.name,) if cut else tuple(dict.fromkeys((reference.name, reference.mention)))
    known = next(filter(None, (_reading(wording, scene) for wording in wordings)), None)
    known = known or next(filter(None, (_known(wording, reference.kind, role, scene) for wording in wordings)), None)
    if known is not None:
        return Claim(known.labels.get(language) or reference.name, known.kind, known.id, known)
    whom = spokesperson_of(reference.name, language)
    if whom:
        return claim(Reference(whom, whom, "organization"), role, scene)
    return _unknown(reference, scene)


def _reading(wording: str, scene: Scene) -> Known | None:
    """What the gazetteer reads in a wording; of several readings the one of a country that the article names."""
    found = gazetteer.readings(wording, scene.language)
    if len(found) > 1:
        found = tuple(known for known in found if known.country in scene.countries)
    if len(found) != 1 or _contested(wording, found[0], scene):
        return None
    return found[0]


def _contested(wording: str, known: Known, scene: Scene) -> bool:
    """A short acronym of a party or armed group of a country that the article does not name (« PCC » in Brazil)."""
    words = split(head_phrase(wording, scene.language))
    return (
        len(words) == 1
        and len(words[0]) < 4
        and words[0].isupper()
        and known.country is not None
        and bool(scene.countries - {known.country})
        and known.country not in scene.named
        and (known.kind == "armed_group" or _PARTISAN.search(known.labels.get(IDENTIFIERS, "")) is not None)
    )


def _person_here(reference: Reference, scene: Scene) -> str:
    """A name that the article gives a person elsewhere, or that is spoken of as one, whatever kind it was taken for."""
    name = reference.name.strip()
    if reference.kind in ("group", "agreement", "government") or not name[:1].isupper():
        return ""
    if is_courteous(name):
        return person_name(name, scene.language) or ""
    place = key(name)
    if place in scene.persons or place in scene.surnames:
        return name
    return name if short(place) and any(full[-len(place) :] == place for full in scene.persons) else ""


def _known(wording: str, kind: str, role: str, scene: Scene) -> Known | None:
    """What else a wording may mean in its place: a capital its government, a people its country, a body that one."""
    language = scene.language
    if role != PLACE or kind in ("country", "government"):
        capital = gazetteer.country_of_capital(wording, language)
        if capital and kind in ("country", "government", "place", "organization"):
            return gazetteer.known("european-union" if capital == "belgium" and "BE" not in scene.named else capital)
    if kind in ("country", "place"):
        if scene.focus in _states() and here(wording, language):
            return gazetteer.known(_states()[scene.focus])
        country = gazetteer.country_of_adjective(wording, language)
        people = wording[0].isupper() and not gazetteer.adjective_capital(language)
        if country and not people and (kind == "country" or wording.islower()):
            return gazetteer.known(country)
    if kind in ("group", "country", "place") and (country := gazetteer.inhabitants(wording, language)):
        singular = gazetteer.adjective_capital(language) and not wording.endswith("s")
        singular = singular and gazetteer.country_of_adjective(wording, language) is not None
        return gazetteer.known(country) if singular else gazetteer.people(country)
    body = gazetteer.body(wording, language) if scene.focus and kind in _BODIES else None
    if body is None or body.id in _LOCAL or scene.focus not in _states():
        return None
    return gazetteer.compose(body.id, _states()[scene.focus])


def _person(reference: Reference, scene: Scene) -> Claim:
    language = scene.language
    wordings = tuple(dict.fromkeys((reference.name, reference.mention)))
    names = []
    for wording in wordings:
        known = gazetteer.named(wording, language)
        if known and (known.kind == "person" or (known.kind in _BODIES and not _plain(wording, known))):
            return Claim(known.labels.get(language) or wording, known.kind, known.id, known)
        if name := person_name(wording, language):
            names.append(name)
    if names:
        name = next((name for name in names if not short(key(name))), names[0])
        known = gazetteer.named(name, language)
        if known and known.kind == "person":
            return Claim(known.labels.get(language) or name, known.kind, known.id, known)
        return _named_person(name, scene)
    if holder := _holder(reference, scene):
        return _named_person(holder, scene)
    whom = spokesperson_of(reference.name, language)
    if whom:
        return claim(Reference(whom, whom, "organization"), PARTY, scene)
    return _described(reference, scene)


def _office(role: str, language: str) -> Key:
    """A role as it is compared: « l'ex-président », « ancien président » and « président » are one office."""
    words = key(head_phrase(role, language))
    while len(words) > 1 and words[0] in everywhere("office_modifier"):
        words = words[1:]
    return words


def _holder(reference: Reference, scene: Scene) -> str:
    """The one person of whom the article states the office that a description names (« le Premier ministre »)."""
    opening = reference.mention.lower().replace("’", "'").replace("'", "' ").split()
    if not opening or opening[0] not in everywhere("definite"):
        return ""
    office = _office(reference.name, scene.language)
    holders = {name for held, name in scene.offices if held[: len(office)] == office or office[: len(held)] == held}
    return holders.pop() if len(holders) == 1 else ""


def _plain(wording: str, known: Known) -> bool:
    """A single word for a company or country: it may well be somebody's name (Ford, Jordan)."""
    return known.kind in _PLAIN_NAMES and len(split(wording)) == 1


def _named_person(name: str, scene: Scene) -> Claim:
    place = key(name)
    if short(place):
        full = _full(place, scene.persons)
        if full is None:
            alone = f"{slug(name)}--{_stem(scene.name)}"
            return Claim(name, "person", alone, person="")
        if full:
            name = full
    return Claim(name, "person", person=name)


def _full(place: Key, persons: Mapping[Key, str]) -> str | None:
    """The full name of the article that a part of a name means; empty where none does, ``None`` where several do."""
    surname = place[1:] if len(place) == 2 and len(place[0]) == 1 else place
    ends = {name for full, name in persons.items() if full[-len(surname) :] == surname}
    if surname != place:
        ends = {name for name in ends if key(name)[0][0] == place[0]}
    found = ends or {name for full, name in persons.items() if surname[0] in full and len(surname) == 1}
    return found.pop() if len(found) == 1 else (None if found else "")


def _unknown(reference: Reference, scene: Scene) -> Claim:
    label = apposed(reference.name, reference.kind, scene.language) or head_phrase(reference.name, scene.language)
    if label and is_name(label, reference.kind, scene.language):
        return Claim(label, reference.kind, slug(label))
    return _described(reference, scene)


def _described(reference: Reference, scene: Scene) -> Claim:
    """A description without a name: it belongs to its article, whatever others say in the same words."""
    label = head_phrase(reference.name, scene.language) or reference.name
    kind = described_kind(label, reference.kind, scene.language)
    own = slug(label)[:60].strip("-") or "x"
    return Claim(short_label(label, scene.language), kind, f"{own}--{_stem(scene.name)}")


def _stem(article: str) -> str:
    return slug(article.rsplit(".", 1)[0]) or "x"


@lru_cache(maxsize=50_000)
def _country(wording: str, language: str) -> str | None:
    """ISO code of the country that a wording names or belongs to."""
    known = gazetteer.identify(wording, language)
    if known is None:
        country = gazetteer.country_of_capital(wording, language)
        known = gazetteer.known(country) if country else None
    return known.country if known else None


@cache
def _states() -> Mapping[str | None, str]:
    """ISO code → id of the country itself (its territories and regions come after it)."""
    found: dict[str | None, str] = {}
    for known in by_id().values():
        if known.kind == "country" and known.country:
            found.setdefault(known.country, known.id)
    return found
