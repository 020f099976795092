"""Pairs of actors that may well be one, best first, for a person to judge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz.distance import OSA, JaroWinkler

from kg.actors.descriptions import taken_up
from kg.actors.merging import forbidden_pairs
from kg.actors.spellings import Key, key, sound
from kg.gazetteer import country_of_adjective, identify, known
from kg.gazetteer.words import leading, slug
from kg.judgements import Judgement
from kg.language import everywhere, languages
from kg.model import Actor, Event

_BLOCK = 40  # a word that more actors share tells nothing
#: Words that a name is given to explain it.
_EXPLAINS = frozenset(
    "groupe entreprise societe compagnie agence mouvement parti syndicat association ong organisation quotidien chaine"
    " ville region province quartier commune group company agency movement party union organization newspaper city town"
    " village district inc corp ltd sa federal federale national nationale republicain senate".split()
)
_TITLES = frozenset("mr mrs ms m mme president s".split())
_FAMILIES = {
    "person": "person",
    "place": "place",
    "country": "place",
    "agreement": "agreement",
    "thing": "thing",
    "group": "group",
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two actors that may be one: their ids, how likely (0 to 1), and why in a few words."""

    first: str
    second: str
    score: float
    evidence: str


def suggest(
    actors: Mapping[str, Actor] | Iterable[Actor],
    *,
    judgements: Sequence[Judgement] = (),
    limit: int | None = None,
    events: Iterable[Event] = (),
) -> list[Suggestion]:
    """Likely duplicates among actors, best first; pairs judged different are left out.

    Names are compared with one another, a description that belongs to one article with the others of it; ``events``
    tell which names an article has besides. ``limit`` is the most suggestions to give.
    """
    every = sorted(actors.values() if isinstance(actors, Mapping) else actors, key=lambda actor: actor.id)
    named = [actor for actor in every if "--" not in actor.id]
    forbidden = forbidden_pairs(judgements)
    persons = {name for actor in named if actor.kind == "person" for name in _keys(actor)}
    best: dict[tuple[str, str], Suggestion] = {}
    for one, two in _pairs(named):
        if known(one.id) and known(two.id):
            continue  # the gazetteer keeps them apart
        if any(frozenset((a, b)) in forbidden for a in _slugs(one) for b in _slugs(two)):
            continue
        score, evidence = max(_compared(a, b, one.kind) for a in _keys(one) for b in _keys(two))
        if score and not any(_two_persons(a, b, persons) for a in _keys(one) for b in _keys(two)):
            best[one.id, two.id] = Suggestion(one.id, two.id, round(score, 2), evidence)
    for found in _surnames(named):
        if frozenset((found.first, found.second)) not in forbidden:
            best.setdefault((found.first, found.second), found)
    for taken in taken_up(every, events):
        first, second = sorted((taken.description, taken.actor))
        if frozenset((first, second)) not in forbidden:
            best.setdefault((first, second), Suggestion(first, second, taken.score, taken.evidence))
    ranked = sorted(best.values(), key=lambda s: (-s.score, s.first, s.second))
    return ranked[:limit]


def _surnames(named: Sequence[Actor]) -> Iterator[Suggestion]:
    """One word that was not taken for a person, and the only person of the corpus who has it as surname."""
    bearers: dict[str, set[str]] = {}
    for actor in named:
        if actor.kind == "person":
            for name in _keys(actor):
                if len(name) > 1:
                    bearers.setdefault(name[-1], set()).add(actor.id)
    for actor in named:
        words = min(_keys(actor), key=len)
        found = (
            bearers.get(words[0], set()) if len(words) == 1 and actor.kind != "person" and not known(actor.id) else ()
        )
        if len(found) == 1 and actor.kind in ("thing", "organization", "group"):
            person = next(iter(found))
            first, second = sorted((person, actor.id))
            yield Suggestion(first, second, 0.7, f"{words[0]} is the surname of {person} alone")


def _two_persons(one: Key, two: Key, persons: set[Key]) -> bool:
    """Whether one name is the other with a third person's name behind it: two persons taken for one."""
    short, long = sorted((one, two), key=len)
    return len(long) > len(short) > 1 and (long[len(short) :] in persons or long[: -len(short)] in persons)


def _family(actor: Actor) -> str:
    return _FAMILIES.get(actor.kind, "body")


def _keys(actor: Actor) -> set[Key]:
    return {_stripped(key(label)) for label in actor.labels.values()}


def _stripped(words: Key) -> Key:
    opening = frozenset().union(*map(leading, languages()))
    return tuple(word for word in words if word not in opening) or words


def _slugs(actor: Actor) -> set[str]:
    return {actor.id, *map(slug, actor.labels.values())}


def _pairs(actors: Sequence[Actor]) -> Iterator[tuple[Actor, Actor]]:
    """Pairs of one family that share a word by sound, or an acronym and what it may stand for."""
    blocks: dict[tuple[str, str], list[Actor]] = {}
    for actor in actors:
        for mark in {mark for name in _keys(actor) for mark in (*map(sound, name), *_initials(name))}:
            blocks.setdefault((_family(actor), mark), []).append(actor)
    seen = set()
    for block in blocks.values():
        for pair in combinations(block, 2) if len(block) <= _BLOCK else ():
            ids = (pair[0].id, pair[1].id)
            if ids not in seen:
                seen.add(ids)
                yield pair


def _initials(name: Key) -> tuple[str, ...]:
    """The acronyms that a name may have: of all its words, and of those that are no articles or prepositions."""
    if len(name) < 3:
        return ()
    small = frozenset().union(*map(leading, languages())) | everywhere("link") | everywhere("article")
    return "".join(word[0] for word in name), "".join(word[0] for word in name if word not in small)


def _compared(one: Key, two: Key, kind: str) -> tuple[float, str]:
    """How likely two names are one, and why; 0 where nothing speaks for it."""
    if one == two:
        return 0.99, "the same name"
    short, long = sorted((one, two), key=lambda name: (len(name), name))
    if len(short) == 1 and len(long) > 2 and short[0] in _initials(long):
        return 0.9, f"{short[0].upper()} may be the initials of {' '.join(long)}"
    if kind == "person":
        return _persons(short, long)
    plain, other = _plain(one), _plain(two)
    if plain == other and (plain in (one, two) or _untitled(one) == _untitled(two)):
        return 0.88, "the same but for words that explain"
    if _misspelt(plain, other):
        return 0.85, "one word is spelt differently"
    if len(short) > 3 and long[: len(short)] == short and len(long) == len(short) + 1:
        return 0.82, f"{' '.join(short)} breaks off before {long[-1]}"
    if tuple(map(sound, one)) == tuple(map(sound, two)) and min(map(len, one)) > 3:
        return 0.83, "it sounds the same"
    extra = set(long) - set(short)
    if set(short) < set(long) and all(_adds_nothing(word, single=len(short) == 1) for word in extra):
        return 0.8, f"{' '.join(short)} is {' '.join(long)} cut short"
    return 0.0, ""


def _plain(name: Key) -> Key:
    """A name without words that explain it, titles and the s of possession (« agence Spoutnik », "Mr Smith's shop")."""
    return tuple(word for word in name if word not in _EXPLAINS and word not in _TITLES) or name


def _untitled(name: Key) -> Key:
    return tuple(word for word in name if word not in _TITLES)


def _misspelt(one: Key, two: Key) -> bool:
    """Whether two names differ by one letter in one longer word that is no number and no country's adjective."""
    if len(one) != len(two):
        return False
    apart = [(a, b) for a, b in zip(one, two, strict=True) if a != b]
    if len(apart) != 1 or min(map(len, apart[0])) < 6 or any(word.isdigit() for word in apart[0]):
        return False
    adjectives = [country_of_adjective(word.title(), lang) for word in apart[0] for lang in languages()]
    return not any(adjectives) and OSA.distance(*apart[0]) <= 1


def _adds_nothing(word: str, *, single: bool) -> bool:
    """A word that says only what a name is or where: « groupe », "city", and beside two words or more « du Brésil »."""
    if word in _EXPLAINS:
        return True
    return not single and any(
        country_of_adjective(word.title(), language) or identify(word.title(), language) for language in languages()
    )


def _persons(short: Key, long: Key) -> tuple[float, str]:
    if len(short) == 1:
        return 0.0, ""  # a surname alone is joined where it is clear, and is nobody's where it is not
    surname = JaroWinkler.similarity(sound(short[-1]), sound(long[-1]))
    given = JaroWinkler.similarity(sound(short[0]), sound(long[0]))
    if surname >= 0.93 and given >= 0.93:
        return 0.45 + 0.5 * surname * given, "nearly the same given name and surname"
    if surname >= 0.93 and len(short[0]) == 1 and long[0].startswith(short[0]):
        return 0.75, "an initial and the same surname"
    if set(short) < set(long):
        return 0.72, f"{' '.join(short)} is part of {' '.join(long)}"
    return 0.0, ""
