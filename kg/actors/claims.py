"""What one article says of whom each of its references means: a pure function of that article, no corpus needed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg import gazetteer
from kg.actors.holders import body_meant, holder, holder_of_state, known_in_full
from kg.actors.names import behind_office, is_courteous, owner_of, person_name
from kg.actors.phrases import (
    apposed,
    by_voice,
    collective,
    described_kind,
    fuller,
    head_phrase,
    here,
    is_name,
    names_kind,
    part_of_government,
    short_label,
    spokesperson_of,
)
from kg.actors.scene import Scene, full_name, states
from kg.actors.spellings import key, short
from kg.gazetteer import Known
from kg.gazetteer.words import slug, split
from kg.language import IDENTIFIERS
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


def claim(reference: Reference, role: str, scene: Scene) -> Claim:
    """Whom or what a reference means, as far as its article tells."""
    language = scene.language
    if reference.kind == "person":
        settled = _settled(reference.name, reference.mention, language)
    else:
        settled = _plainly(reference.name, language) if reference.name == reference.mention else None
    if settled is not None:
        return settled
    reference = _mended(reference, scene)
    if speaker := by_voice(reference.mention, language):
        return claim(Reference(speaker, speaker, "organization"), role, scene)
    if reference.kind == "person":
        kind = collective(reference.mention, language)
        if kind is None and (capital := _government(reference, scene)) is not None:
            return Claim(capital.labels.get(language) or reference.name, capital.kind, capital.id, capital)
        if kind is None:
            return _person(reference, scene)
        reference = Reference(reference.mention, head_phrase(reference.mention, language), kind)
    elif person := _person_here(reference.name, reference.kind, scene):
        return _named_person(person, scene)
    cut = len(reference.name.split()) > 1 and key(reference.name)[-1:] == key(head_phrase(reference.mention, language))
    if _other_body(reference, scene):
        reference = Reference(reference.mention, reference.mention, reference.kind)
    wordings = (reference.name,) if cut else tuple(dict.fromkeys((reference.name, reference.mention)))
    known = next(filter(None, (_reading(wording, scene) for wording in wordings)), None)
    known = known or next(filter(None, (_known(wording, reference.kind, role, scene) for wording in wordings)), None)
    if known is not None:
        return Claim(known.labels.get(language) or reference.name, known.kind, known.id, known)
    whom = spokesperson_of(reference.name, language)
    if whom:
        return claim(Reference(whom, whom, "organization"), role, scene)
    meant = body_meant(reference, scene)
    if meant is not None:
        return Claim(meant.labels.get(language) or reference.name, meant.kind, meant.id, meant)
    return _unknown(reference, scene)


@lru_cache(maxsize=200_000)
def _settled(name: str, mention: str, language: str) -> Claim | None:
    """What a reference to a person means in every article: a full name that is nothing else, or ``None``."""
    if names_kind(name, "person", language) != "person" or owner_of(name)[1] or gazetteer.capital_word(name, language):
        return None
    said = person_name(mention, language)
    full = next((found for found in (person_name(name, language), said) if found and not short(key(found))), "")
    if not said or not full or gazetteer.named(full, language) or gazetteer.named(name, language):
        return None
    plain = mention in (said, name) or behind_office(mention, language)
    if not plain and (by_voice(mention, language) or collective(mention, language)):
        return None
    if not plain and gazetteer.named(mention, language):
        return None
    return Claim(full, "person", person=full)


def _mended(reference: Reference, scene: Scene) -> Reference:
    """The reference as its article explains it: an acronym in full, a body taken for a person as one, and a person
    without what they own."""
    if whole := scene.expanded.get(reference.name):
        return Reference(whole, whole, "organization" if reference.kind == "person" else reference.kind)
    kind = reference.kind if reference.kind != "person" else names_kind(reference.name, "person", scene.language)
    owner, owned = owner_of(reference.name)
    cut = owned[:1].isupper() and reference.mention != reference.name
    if owned and (cut or reference.mention == owner) and _is_person(owner, kind, scene):
        return Reference(reference.mention, owner, "person")
    return reference if kind == reference.kind else Reference(reference.mention, reference.name, kind)


def _is_person(name: str, kind: str, scene: Scene) -> bool:
    return key(name) in scene.surnames or bool(_person_here(name, kind, scene))


@lru_cache(maxsize=100_000)
def _plainly(wording: str, language: str) -> Claim | None:
    """What a wording without a capital at its start names in every article (« l'armée israélienne »), if anything."""
    if wording[:1].isupper() or by_voice(wording, language):
        return None
    found = gazetteer.readings(wording, language)
    words = split(head_phrase(wording, language))
    if len(found) != 1 or (len(words) == 1 and len(words[0]) < 4):
        return None
    return Claim(found[0].labels.get(language) or wording, found[0].kind, found[0].id, found[0])


def _government(reference: Reference, scene: Scene) -> Known | None:
    """A capital taken for a person (« Washington a réagi »), unless the article has a person of that name."""
    if not gazetteer.capital_word(reference.name, scene.language):
        return None
    name = key(reference.name)
    country = gazetteer.country_of_capital(reference.name, scene.language)
    if country is None or reference.name != head_phrase(reference.mention, scene.language):
        return None
    if any(full[-len(name) :] == name or full[: len(name)] == name for full in scene.persons):
        return None
    known = gazetteer.known(country)
    named = known is not None and known.country in scene.countries
    return known if named or not gazetteer.gender_of(f"{reference.name} -", scene.language) else None


def _other_body(reference: Reference, scene: Scene) -> bool:
    """Whether a body of every country (« le gouvernement ») was taken for one of another sort (« l'ONU »)."""
    if reference.name == reference.mention:
        return False
    body = gazetteer.body(reference.mention, scene.language)
    known = gazetteer.identify(reference.name, scene.language) if body else None
    if body is None or known is None or known.id.endswith(f"-{body.id}") or known.kind == body.kind:
        return False
    return not (body.kind == "government" and known.kind in ("country", "place"))


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


def _person_here(name: str, kind: str, scene: Scene) -> str:
    """A name that the article gives a person elsewhere, or that is spoken of as one, whatever kind it was taken for."""
    name = name.strip()
    if kind in ("group", "agreement", "government") or not name[:1].isupper():
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
        if scene.focus in states() and here(wording, language):
            return gazetteer.known(states()[scene.focus])
        country = gazetteer.country_of_adjective(wording, language)
        people = wording[0].isupper() and not gazetteer.adjective_capital(language)
        if country and not people and (kind == "country" or wording.islower()):
            return gazetteer.known(country)
    if kind in ("group", "country", "place") and (country := gazetteer.inhabitants(wording, language)):
        singular = gazetteer.adjective_capital(language) and not wording.endswith("s")
        singular = singular and gazetteer.country_of_adjective(wording, language) is not None
        return gazetteer.known(country) if singular else gazetteer.people(country)
    body = gazetteer.body(wording, language) if scene.focus and kind in _BODIES else None
    if body is None or body.id in _LOCAL or scene.focus not in states():
        return None
    return gazetteer.compose(body.id, states()[scene.focus])


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
    if not person_name(reference.mention, language) and (found := holder_of_state(reference.mention, scene)):
        return _named_person(found, scene)
    if not names and (name := person_name(short_label(head_phrase(reference.mention, language), language), language)):
        names.append(name)
    if names:
        name = next((name for name in names if not short(key(name))), names[0])
        known = gazetteer.named(name, language)
        if known and known.kind == "person":
            return Claim(known.labels.get(language) or name, known.kind, known.id, known)
        return _named_person(name, scene)
    if found := holder(reference, scene) or holder_of_state(reference.name, scene):
        return _named_person(found, scene)
    whom = spokesperson_of(reference.name, language)
    if whom:
        return claim(Reference(whom, whom, "organization"), PARTY, scene)
    return _described(reference, scene)


def _plain(wording: str, known: Known) -> bool:
    """A single word for a company or country: it may well be somebody's name (Ford, Jordan)."""
    return known.kind in _PLAIN_NAMES and len(split(wording)) == 1


def _named_person(name: str, scene: Scene) -> Claim:
    place = key(name)
    if short(place):
        full = full_name(place, scene.persons)
        if full is None:
            alone = f"{slug(name)}--{_stem(scene.name)}"
            return Claim(name, "person", alone, person="")
        name = full or known_in_full(name, scene) or name
    return Claim(name, "person", person=name)


def _unknown(reference: Reference, scene: Scene) -> Claim:
    label = apposed(reference.name, reference.kind, scene.language) or head_phrase(reference.name, scene.language)
    if label and is_name(label, reference.kind, scene.language):
        inside = reference.kind == "organization" and part_of_government(label, scene.language)
        return Claim(label, "government" if inside else reference.kind, slug(label))
    return _described(reference, scene)


def _described(reference: Reference, scene: Scene) -> Claim:
    """A description without a name: it belongs to its article, whatever others say in the same words."""
    label, kind, own = _description(reference.name, reference.mention, reference.kind, scene.language)
    return Claim(label, kind, f"{own}--{_stem(scene.name)}")


@lru_cache(maxsize=100_000)
def _description(name: str, mention: str, kind: str, language: str) -> tuple[str, str, str]:
    """A description's label, its kind, and the beginning of its id."""
    label = fuller(name, mention, language) or name
    own = slug(label)[:60].strip("-") or "x"
    return short_label(label, language), described_kind(label, kind, language), own


@lru_cache(maxsize=100)
def _stem(article: str) -> str:
    return slug(article.rsplit(".", 1)[0]) or "x"
