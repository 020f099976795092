"""Spellings of persons' names: what sounds alike in two languages, and which name is another one cut short."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from kg.actors.names import PARTICLES
from kg.gazetteer.words import fold, split

Key = tuple[str, ...]

#: Sounds that languages write differently, in the order in which they are read (after folding to ASCII).
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"tch|sch|sh|ch", "s"),
        (r"kh|ck|q", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"ph", "f"),
        (r"gh|gu(?=[eiy])", "g"),
        (r"dj|zh", "j"),
        (r"th", "t"),
        (r"ts|tz", "z"),
        (r"ks", "x"),
        (r"ou|oo", "u"),
        (r"ee", "i"),
        (r"w", "v"),
        (r"[yj]", "i"),
        (r"(?<=[bdt])re$", "er"),
        (r"(.)\1+", r"\1"),
    )
)
_VOWELS = re.compile(r"[aeiou]")


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """A folded word with its sounds written one way: « poutchkine » and "puchkin" come close to each other."""
    for pattern, written in _SOUNDS:
        word = pattern.sub(written, word)
    return word


@lru_cache(maxsize=200_000)
def key(name: str) -> Key:
    """A name as it is looked up: folded words, hyphens split, final "Jr" left out."""
    plain = name.isascii() and name.replace(" ", "").isalpha()
    words = name.lower().split() if plain else [fold(word) for word in split(name)]
    return tuple(word for i, word in enumerate(words) if not (i and word in ("jr", "sr")))


def short(name: Key) -> bool:
    """Whether a name is only part of one: a surname, a nickname, an initial with a surname (« N. Sarkozy »)."""
    return len(name) < 2 or name[0] in PARTICLES or (len(name) == 2 and len(name[0]) == 1)


@lru_cache(maxsize=200_000)
def alike(first: Key, second: Key) -> bool:
    """Whether two full names are spellings of one (« Benyamin Netanyahou », "Benjamin Netanyahu").

    Particles (al, el, de, ben) do not count. Each word must sound alike; a vowel may differ inside longer words only,
    so that Mario is not Maria.
    """
    one = [word for word in first if word not in PARTICLES]
    two = [word for word in second if word not in PARTICLES]
    if len(one) != len(two) or len(one) < 2:
        return False
    last = len(one) - 1
    return all(_word_alike(a, b, last=i == last) for i, (a, b) in enumerate(zip(one, two, strict=True)))


def _word_alike(a: str, b: str, *, last: bool) -> bool:
    if a == b:
        return True
    a, b = sound(a), sound(b)
    if last:
        a, b = re.sub(r"ine$", "in", a), re.sub(r"ine$", "in", b)
    if a == b:
        return True
    return (
        min(len(a), len(b)) >= 5
        and a[0] == b[0]
        and (last or a[-1] == b[-1])
        and consonants(a) == consonants(b)
        and OSA.distance(a, b, score_cutoff=1) <= 1
    )


@lru_cache(maxsize=200_000)
def consonants(word: str) -> str:
    """A word's sounds without its vowels."""
    return _VOWELS.sub("", word) or word


def block(name: Key) -> tuple[str, str]:
    """Names that may be alike share it: the consonants of the surname and the first sound of the given name."""
    words = [word for word in name if word not in PARTICLES] or list(name)
    return consonants(sound(words[-1])), sound(words[0])[:1]


def within(inner: Key, outer: Key) -> bool:
    """Whether a name is another without its middle names (« Christine Ford »).

    Without an initial it may be somebody else: George Bush is not George W. Bush.
    """
    if len(inner) >= len(outer) or inner[0] != outer[0] or inner[-1] != outer[-1]:
        return False
    if any(len(word) == 1 for word in outer):
        return False
    rest = iter(outer)
    return all(word in rest for word in inner)
