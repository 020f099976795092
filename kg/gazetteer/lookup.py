"""One noun phrase → what it names: a name, a body of a country, or a description with its name behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from kg.gazetteer import bodies, names, nouns, peoples
from kg.gazetteer.names import Known, accepts, by_id
from kg.gazetteer.words import fold, key, leading, split, strip_leading
from kg.language import everywhere, languages, rules, wordlist

_BODY_KINDS = frozenset(("organization", "government", "military", "armed_group", "group"))


@lru_cache(maxsize=100_000)
def identify(words: str, language: str) -> Known | None:
    """What a name or noun phrase names, or ``None`` where it is nothing, or not one thing, that everybody knows.

    ``words`` is the phrase as written, ``language`` its ISO 639-1 code. Leading article or preposition, accents, case
    and the kind of apostrophe do not matter, but a common word needs the capital of a name. Never raises.
    """
    found = readings(words, language)
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=100_000)
def named(words: str, language: str) -> Known | None:
    """What a wording of the tables names as it stands: ``identify`` without composing or looking for a name inside."""
    first = words.partition(" ")[0]
    if first.isascii() and first.isalpha() and first.lower() not in _opening(language):
        return None  # most wordings, and quickly told
    written = split(words)
    if not written:
        return None
    folded = [fold(word) for word in written]
    start = strip_leading(folded, language)
    found = _name(written[start:], folded[start:], language)
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=50_000)
def longest(word: str, language: str) -> int:
    """How many words the longest name has that a word begins, each hyphen counted as one; 0 for any other word."""
    return _longest(language).get(fold(word), 0)


@cache
def _opening(language: str) -> frozenset[str]:
    """All words, folded, that a name of the tables may begin with in a text of a language, articles included."""
    return leading(language) | {place.partition(" ")[0] for other in languages() for place in names.index(other)}


@cache
def _longest(language: str) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for place in names.index(language) if language in languages() else ():
        words = place.split()
        if len(words) > 1:
            found[words[0]] = max(found.get(words[0], 0), 2 * len(words))
    return found


@lru_cache(maxsize=100_000)
def readings(words: str, language: str) -> tuple[Known, ...]:
    """All that a phrase may name: « l'armée congolaise » is that of one Congo or of the other. Empty where none."""
    if "(" in words:
        return _with_acronym(words, language)
    written = split(words)
    if not written:
        return ()
    folded = [fold(word) for word in written]
    start = strip_leading(folded, language)
    written, folded = written[start:], folded[start:]
    return (
        _name(written, folded, language)
        or tuple({known.id: known for known in _body(written, folded, language)}.values())
        or _described(written, folded, language)
    )


def _name(written: list[str], folded: list[str], language: str) -> tuple[Known, ...]:
    place = " ".join(folded)
    entry = names.index(language).get(place) if language in languages() else None
    if entry is not None:
        return entry.readings if accepts(entry, written) else ()
    if len(place) > 3:
        for other in languages():
            entry = names.index(other).get(place) if other != language else None
            if entry is not None and accepts(entry, written):
                return entry.readings
    return ()


def _body(written: list[str], folded: list[str], language: str) -> Iterator[Known]:
    """« ministère russe des Affaires étrangères », "army of Israel", « Hezbollah libanais »."""
    for rest, country in without_country(written, folded, language):
        yield from _of_country([written[j] for j in rest], [folded[j] for j in rest], country, language)


def without_country(written: list[str], folded: list[str], language: str) -> Iterator[tuple[list[int], str]]:
    """Each country named in a phrase by adjective or name, with the places of the words that are left beside it.

    ``written`` and ``folded`` are the phrase's words as they stand and as they are looked up.
    """
    wordings = peoples.inside(language)
    for i, word in enumerate(folded):
        for wording in wordings.get(word, ()):
            end = i + len(wording.words)
            if tuple(folded[i:end]) != wording.words or (wording.capital and not written[i][0].isupper()):
                continue
            rest = _without(folded, i, end, language, adjective=wording.adjective)
            if rest is not None:
                yield rest, wording.country


def _without(folded: list[str], start: int, end: int, language: str, *, adjective: bool) -> list[int] | None:
    """Places of the words left when the country is taken out with the link before it, ``None`` where none links it."""
    articles, skipped = everywhere("article"), everywhere("article") | everywhere("modifier")
    first = start
    while first > 0 and folded[first - 1] in articles:
        first -= 1
    linked = first > 0 and folded[first - 1] in wordlist(language, "link")
    if linked:
        first -= 1
    possessive = end < len(folded) and folded[end] in wordlist(language, "possessive")
    before_body = rules(language)["country_before_body"] and first == 0
    if not (adjective or linked or possessive or before_body):
        return None
    before = range(first) if linked or not adjective else range(start)
    rest = [*before, *range(end + possessive, len(folded))]
    while rest and folded[rest[0]] in skipped:
        rest = rest[1:]
    return rest or None


def _of_country(written: list[str], folded: list[str], country: str, language: str) -> Iterator[Known]:
    found = bodies.index(language).get(" ".join(folded))
    if found is not None:
        composed = bodies.compose(found.id, country)
        if composed is not None:
            yield composed
        return
    code = by_id()[country].country
    yield from (known for known in _name(written, folded, language) if known.country and known.country == code)


def _described(written: list[str], folded: list[str], language: str) -> tuple[Known, ...]:
    """« le mouvement islamiste Hamas », "the militant group Hamas": a noun for a body with its name right behind."""
    heads, first = nouns.index(language), rules(language)["head_first"]
    no_head = everywhere("article") | wordlist(language, "link")
    for i in range(1, len(written)):
        if not written[i][0].isupper():
            continue
        head = heads.get(folded[0] if first else folded[i - 1])
        if head is None or head.role == "office" or head.kind not in _BODY_KINDS:
            continue
        if not written[i - 1][0].islower() or folded[i - 1] in no_head:
            continue
        found = tuple(known for known in _name(written[i:], folded[i:], language) if known.kind in _BODY_KINDS)
        if found:
            return found
    return ()


def _with_acronym(words: str, language: str) -> tuple[Known, ...]:
    """« Cour pénale internationale (CPI) », « PCC (Premier commando de la capitale) »: the longer of the two names.

    The shorter counts only where it begins alike: « la jeunesse du parti (CNDD-FDD) » is not the party.
    """
    head, bracket, rest = words.partition("(")
    inside, closing, after = rest.partition(")")
    if not bracket or not closing or after.strip() or not head.strip() or not inside.strip():
        return ()
    longer, shorter = sorted((head, inside), key=len, reverse=True)
    found = readings(longer, language)
    if not found and key(longer, language)[:1] == key(shorter, language)[:1]:
        found = readings(shorter, language)
    return found
