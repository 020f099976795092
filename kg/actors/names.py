"""The name in a wording of a person: titles, offices and affiliations are cut off. String work, nothing else."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.gazetteer import country_of_adjective, country_of_capital, inhabitants, named, noun
from kg.gazetteer.words import fold
from kg.language import everywhere, rules

PARTICLES = frozenset(
    "de du des da das do dos di del della von van der den ter ten zu af la le el al bin ben ibn abu bint ould y e"
    " d".split()
)
_COMPLEMENTS = frozenset(("country", "government", "place", "thing"))
_SUFFIXES = frozenset("jr sr ii iii iv".split())
_TRIM = "«»“”\"',;:!?()[]"
_ELISION = re.compile(r"\b([dlDLnNsSjJmMcC]|[Qq]u)['’](?=\w)")
_PARTS = re.compile(r",|\(|\)|;| - | – ")
_POSSESSIVE = re.compile(r"['’]s?$")


@lru_cache(maxsize=100_000)
def person_name(wording: str, language: str) -> str | None:
    """The person's own name in a wording (« le président Emmanuel Macron » → « Emmanuel Macron »), or ``None``.

    A name that the wording only links to (« l'avocat de Salah Abdeslam ») is not the person's own.
    """
    wording = _POSSESSIVE.sub("", wording.strip())
    if _plain(wording, language):
        return wording
    if behind := behind_office(wording, language):
        return behind
    found = [_of_part(part.strip(), language) for part in _PARTS.split(wording)]
    return max(filter(None, found), key=lambda name: min(2, len(name.split())), default=None)


@lru_cache(maxsize=100_000)
def behind_office(wording: str, language: str) -> str:
    """The name of two or three plain words behind an office alone (« le président Emmanuel Macron »), else empty."""
    words = wording.split(" ")
    start = next((place for place, word in enumerate(words) if word[:1].isupper()), 0)
    if not 0 < start < 3 or not 1 < len(words) - start < 4 or not words[start - 1].isalpha():
        return ""
    if start == 2 and words[0] not in everywhere("name_determiner"):
        return ""
    office = noun(words[start - 1], language)
    name = " ".join(words[start:])
    return name if office is not None and office.role == "office" and person_name(name, language) == name else ""


def is_courteous(wording: str) -> bool:
    """Whether a wording begins as one speaks of a person (« M. Macron », "Mr Farage")."""
    first, _, rest = wording.partition(" ")
    return bool(rest) and first == first.capitalize() and fold(first.strip(".")) in everywhere("courtesy")


def owner_of(name: str) -> tuple[str, str]:
    """Whose something is, and what ("Smith's Boston"); two empty words where no owner with a capital is named."""
    owner, mark, owned = name.replace("’", "'").partition("'s ") if " " in name else (name, "", "")
    return (owner, owned) if mark and all(word[:1].isupper() for word in owner.split()) else ("", "")


def _plain(wording: str, language: str) -> bool:
    """Whether a wording is two or three words with a capital each and nothing else: most names, and quickly told."""
    words = wording.split(" ")
    return (
        1 < len(words) < 4
        and all(word.isalpha() and word[0].isupper() and word[1:].islower() for word in words)
        and not any(_common(word, language) or word.lower() in everywhere("name_determiner") for word in words)
        and named(wording, language) is None
    )


def _of_part(part: str, language: str) -> str | None:
    words = _words(part)
    end = len(words)
    for least in (1, 2, 2):
        start = _run_at_end(words[:end], language)
        if start == end:
            break
        own = _cleaned(words, start, end, language)
        if own is not None:
            return own if len(own.split()) >= least else None
        if start == 0 or not _linked(words, start):
            break
        end = start - 1
        while end > 0 and words[end - 1].lower().rstrip("'’") in everywhere("name_link") | PARTICLES:
            end -= 1
    return _at_start(words, language)


def _at_start(words: list[str], language: str) -> str | None:
    """« Félix Tremblay porte-parole du RITQ »: a name with its office right behind."""
    stop = 0
    while stop < len(words) and (_capital(words[stop]) or _inner_particle(words, stop)):
        stop += 1
    if stop < 2 or stop >= len(words):
        return None
    behind = noun(words[stop], language)
    if words[stop].lower() in everywhere("behind_name") or (
        rules(language)["office_behind_name"] and behind is not None and behind.role == "office"
    ):
        return _cleaned(words, 0, stop, language)
    return None


def _words(part: str) -> list[str]:
    part = _ELISION.sub(lambda match: match.group(1) + "' ", " ".join(part.split()))
    words = [word.strip(_TRIM) if not word.endswith("'") else word.rstrip("'") + "'" for word in part.split()]
    return [word for word in words if word.strip("'")]


def _capital(word: str) -> bool:
    return any(map(str.isupper, word)) and not (word.endswith("'") and len(word) < 4)


def _inner_particle(words: list[str], i: int) -> bool:
    return words[i].lower() in PARTICLES and 0 < i < len(words) - 1 and _capital(words[i + 1])


def _run_at_end(words: list[str], language: str) -> int:
    """Where the capitalised words at the end begin (particles inside a name belong to it)."""
    start = len(words)
    while start > 0:
        word = words[start - 1]
        joins = start < len(words) and start > 1 and _joins(words, start - 1, language)
        if not joins and (not _capital(word) or _POSSESSIVE.search(word)):
            break
        start -= 1
    return start


def _joins(words: list[str], i: int, language: str) -> bool:
    """Whether a particle joins two parts of a name (« Pablo de Greiff ») rather than an office and its place."""
    before = words[i - 1]
    if words[i].lower() not in PARTICLES:
        return False
    if words[i - 1].lower() in PARTICLES and i > 1:
        before = words[i - 2]
    if not _capital(before) or _title(before, language):
        return False
    behind = [word for word in words[i + 1 :] if word.lower() not in PARTICLES]
    return not (behind and (noun(behind[0], language) or named(" ".join(behind), language)))


def _cleaned(words: list[str], start: int, end: int, language: str) -> str | None:
    """The name left of a run of capitals when titles and what a link before it names are cut off."""
    run = words[start:end]
    if _linked(words, start):
        rest = _after_known(words, start, end, language)
        if rest is None:
            return None
        run = rest
    elif _of_another(words[:start], language):
        return None
    if len(run) > 1 and run[0].lower().rstrip("'") in everywhere("name_determiner") and _common(run[1], language):
        run = run[1:]
    whole, run = run, _without_titles(run, language)
    last = fold(run[-1].strip("."))
    known = named(" ".join(run), language)
    if known and known.kind == "person":
        return " ".join(run)
    if run[0][0].islower() and run[0].lower() in PARTICLES:
        return None
    if len(run) == 1 and len(whole) > 1 and fold(whole[-2].strip(".")) in everywhere("courtesy"):
        return run[0]
    if known or (len(run) == 1 and (_common(run[0], language) or not _introduced(words[:start], language))):
        return None
    if (
        len(run) > 1
        and _person_noun(run[-1], language)
        and (last not in everywhere("surname_too") or _describes(run[:-1], language))
    ):
        return None
    return None if len(run) > 1 and _describes(run, language) else " ".join(_usual_case(run))


def _introduced(before: list[str], language: str) -> bool:
    """Whether one word with a capital may be a name here: alone, or right behind an office (« l'opposant Hamon »)."""
    if (
        not before
        or before[-1].lower().rstrip("'’s") in everywhere("name_determiner") | everywhere("introduces_name")
        or not before[-1][0].islower()
    ):
        return True
    behind = noun(before[-1], language)
    return (behind is not None and behind.kind == "person") or country_of_adjective(before[-1], language) is not None


def _linked(words: list[str], start: int) -> bool:
    """Whether the words before a run make it the complement of something (« porte-parole du Hamas »)."""
    before = words[start - 1].lower().rstrip("'’") if start else ""
    if everywhere("introduces_name") & set(map(str.lower, words[max(0, start - 3) : start])):
        return False
    return before in everywhere("name_link") or before in PARTICLES or (before in everywhere("article") and start > 1)


def _of_another(before: list[str], language: str) -> bool:
    """« la fille de l'ancien agent Sergueï Skripal »: a person linked to the one whose office precedes the name."""
    for i in range(len(before) - 1, 0, -1):
        if before[i].lower().rstrip("'’") in everywhere("link"):
            return any((found := noun(word, language)) and found.role == "office" for word in before[i + 1 :])
    return False


def _person_noun(word: str, language: str) -> bool:
    found = noun(word.strip("."), language)
    return found is not None and (found.role == "office" or found.kind == "person")


def _after_known(words: list[str], start: int, end: int, language: str) -> list[str] | None:
    """« du Hamas Abdel Latif al-Qanua » → the words after the body or place that the link before them names."""
    run = words[start:end]
    for i in range(len(run) - 2, 0, -1):
        body = " ".join(run[:i])
        head = noun(body, language)
        if named(body, language) or country_of_capital(body, language) or (head and head.kind in _COMPLEMENTS):
            return run[i:]
    if len(run) > 2 and any(word.lower() in everywhere("local_office") for word in words[max(0, start - 3) : start]):
        return run[1:]
    return None


def _without_titles(run: list[str], language: str) -> list[str]:
    last = len(run) - 1
    while last > 0 and fold(run[last].strip(".")) in _SUFFIXES:
        last -= 1
    for i in range(last - 1, -1, -1):
        if _title(run[i], language) and (last - i >= 2 or i == 0 or all(_title(word, language) for word in run[:i])):
            return run[i + 1 :]
        if _title(run[i], language) and _describes(run[:i], language):
            return run[i + 1 :]
    return run


@lru_cache(maxsize=50_000)
def _title(word: str, language: str) -> bool:
    word = word.strip(".")
    if "-" in word and any(part.lower() in everywhere("title_suffix") for part in word.split("-")):
        return True
    found = noun(word, language)
    return (found is not None and found.role == "office") or inhabitants(word, language) is not None


def _describes(words: list[str], language: str) -> bool:
    """Whether capitals before a title are themselves no name: « US », "Energy", "Interior"."""
    text = " ".join(words)
    return bool(
        named(text, language)
        or country_of_adjective(text, language)
        or all(country_of_adjective(word, language) or noun(word, language) or named(word, language) for word in words)
    )


@lru_cache(maxsize=50_000)
def _common(word: str, language: str) -> bool:
    plain = word.strip(".")
    return bool(
        noun(plain, language)
        or inhabitants(plain, language)
        or country_of_adjective(plain, language)
        or fold(plain) in everywhere("no_name")
    )


def _usual_case(run: list[str]) -> list[str]:
    """ "NIGEL FARAGE" as it is usually written; one word in capitals may be an acronym and is left."""
    if len(run) > 1 and all(word.isupper() and len(word) > 2 for word in run):
        return [word.title() for word in run]
    return run
