"""Whom a description means: by office (« le Premier ministre », "the former president"), or by sort (« le club »)."""

from __future__ import annotations

from kg.actors.phrases import head_word
from kg.actors.scene import Scene, office_key, states
from kg.gazetteer import noun
from kg.gazetteer.names import Known, by_id
from kg.gazetteer.offices import Holder, Office, holders_in, known_by_surname, office, terms
from kg.gazetteer.sorts import is_of_sort, stands_for
from kg.language import everywhere
from kg.model import Reference


def holder(reference: Reference, scene: Scene) -> str:
    """The one person of whom the article states the office that a description names (« le Premier ministre »)."""
    if _opening(reference.mention) not in everywhere("definite"):
        return ""
    office = office_key(reference.name, scene.language)
    holders = {name for held, name in scene.offices if held[: len(office)] == office or office[: len(held)] == held}
    return holders.pop() if len(holders) == 1 else ""


def _opening(wording: str) -> str:
    words = wording.lower().replace("’", "'").replace("'", "' ").split()
    return words[0] if words else ""


def holder_of_state(wording: str, scene: Scene) -> str:
    """The one person named in the article who is known to have held the office of state that a phrase names.

    Where the article's year is known, it must lie in the term of office (after it for « l'ex-président »).
    """
    if _opening(wording) in everywhere("indefinite"):
        return ""
    found = office(wording, scene.language)
    if found is None:
        return ""
    fitting: dict[str, list[Holder]] = {}
    for name in _named(scene):
        held = [term for term in terms(name) if term.office in found.offices and _fits(term, found, scene)]
        if held:
            fitting.setdefault(held[0].labels.get(scene.language, name), held)
    if len(fitting) > 1 and found.organization is None and scene.focus is not None:
        home = states().get(scene.focus)
        fitting = {name: held for name, held in fitting.items() if any(term.organization == home for term in held)}
    return next(iter(fitting)) if len(fitting) == 1 else ""


def body_meant(reference: Reference, scene: Scene) -> Known | None:
    """The one body named in the article that a common noun may stand for (« le club », "the militant group").

    None where the article names another that it may mean.
    """
    if _opening(reference.mention) not in everywhere("definite") or "," in reference.name:
        return None
    found = stands_for(reference.name, scene.language)
    if found is None:
        return None
    sorts, country = found
    code = by_id()[country].country if country else None
    fitting = [known for known in scene.known if is_of_sort(known, sorts) and code in (None, known.country)]
    if len(fitting) != 1 or any(_rival(*stranger, fitting[0], sorts, scene.language) for stranger in scene.strangers):
        return None
    return fitting[0]


def _rival(name: str, kind: str, known: Known, sorts: frozenset[str], language: str) -> bool:
    """Whether an unknown name may be meant as well: its noun says that it is of the sort, or it has none that tells."""
    if kind != known.kind:
        return False
    head = head_word(name, language)
    found = stands_for(head, language)
    if found is not None:
        return bool(found[0] & sorts)
    return not sorts <= everywhere("told_by_name") and noun(head, language) is None


def _named(scene: Scene) -> set[str]:
    """Persons whom the article names in full, or whom a surname in it can only mean."""
    short = (known_in_full(" ".join(surname), scene) for surname in scene.surnames)
    return {*scene.persons.values(), *holders_in(scene.text, scene.language), *filter(None, short)}


def known_in_full(surname: str, scene: Scene) -> str:
    """The full name of the one holder of an office, of a country that the article names, whom a surname may mean."""
    found = [
        term
        for term in known_by_surname(surname)
        if (by_id()[term.organization].country in scene.countries or term.organization in scene.bodies)
        and (scene.year is None or term.first <= scene.year + 1)
    ]
    names = {term.labels[scene.language] for term in found if scene.language in term.labels}
    return names.pop() if len(names) == 1 else ""


def _fits(term: Holder, wanted: Office, scene: Scene) -> bool:
    if wanted.organization is not None and term.organization != wanted.organization:
        return False
    if scene.year is None:
        return True
    if wanted.former:
        return term.last <= scene.year
    return term.first <= scene.year <= term.last
