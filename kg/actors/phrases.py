"""Descriptions of actors: the noun phrase that a reader would file them under, and whether it is a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from kg.gazetteer import Noun, body, named, noun
from kg.gazetteer.words import fold, leading, split
from kg.language import everywhere, labels, rules, wordlist

#: What a long description is cut before, so that its label is short enough to be read on an edge.
_LONG = 4
#: What is cut before the last place that it names, in words with articles counted.
_LONGER = 6
_BODIES = ("government", "military", "armed_group", "organization")
_WORDS = re.compile(r"[^\s'’]+")


@dataclass(frozen=True, slots=True)
class _Patterns:
    """How a language's phrases are cut: ``opening`` words, end of the head phrase, of a long one, a spokesperson.

    ``adjunct`` is cut off however short the phrase is, ``where`` of one that is still long; ``behind_head`` is all that
    stands behind the noun that says what it is, ``counting`` a noun before it that only counts.
    """

    opening: re.Pattern[str]
    cut: re.Pattern[str]
    bound: re.Pattern[str]
    adjunct: re.Pattern[str]
    where: re.Pattern[str]
    behind_head: re.Pattern[str]
    counting: re.Pattern[str]
    spokesperson: re.Pattern[str]
    voice: re.Pattern[str]


def _either(patterns: Sequence[str]) -> str:
    """One of several regular expressions; of none, one that never matches."""
    return "|".join(patterns) or "(?!)"


@cache
def _patterns(language: str) -> _Patterns:
    data = rules(language)
    opening = _either([re.escape(word).replace("'", "['’]") for word in data["determiner"]])
    return _Patterns(
        re.compile(rf"^(?:(?:{opening})(?:\s+|(?<=['’])))+(?=\S)", re.IGNORECASE),
        re.compile(rf"\s*(?:[;(\[]|[,:](?!\d)|\s(?:{_either(data['clause'])})\s).*$", re.DOTALL),
        re.compile(rf"\s(?:{_either(data['complement'])})\s"),
        re.compile(rf"\s(?:{_either(data['adjunct'])})"),
        re.compile(rf"\s(?:{_either(data['where'])})(?:\s|(?<=['’]))"),
        re.compile(rf"\s(?:{_either(data['behind_head'])})(?:\s|(?<=['’])).*$", re.DOTALL),
        re.compile(rf"^(?:{_either(data['counting'])})(?:\s|(?<=['’]))", re.IGNORECASE),
        re.compile(rf"^(?:{_either(data['spokesperson'])})$", re.IGNORECASE),
        re.compile(rf"\s(?:{_either(data['voice'])})"),
    )


@lru_cache(maxsize=100_000)
def head_phrase(wording: str, language: str) -> str:
    """A wording without leading articles, relative clause and what follows a comma (« la foule qui … » → « foule »)."""
    text = " ".join(wording.split()).strip(" «»“”\"'’.,;:")
    cut = _patterns(language).cut.sub("", text) or text
    if fold(cut.split()[-1]) in everywhere("no_head"):
        cut = text
    found = _patterns(language).opening.match(cut)
    if found and not _opens_name(cut, found.end(), language):
        cut = cut[found.end() :]
    return cut.strip(" «»“”\"'’") or text


@lru_cache(maxsize=100_000)
def short_label(phrase: str, language: str) -> str:
    """A long description without its later complements (« projet de résolution préparé par la France »)."""
    words = phrase.split()
    name = _noun(words[0], language) is None or rules(language)["head_first"]
    if words[0][0].isupper() and name and not words[0].isupper():
        return phrase
    patterns = _patterns(language)
    phrase = _cut_before(patterns.adjunct, phrase)
    if len(words) > _LONG:
        phrase = _cut_before(patterns.bound, phrase)
    while len(split(phrase)) > _LONGER and (shorter := _cut_before(patterns.where, phrase, last=True)) != phrase:
        phrase = shorter
    return phrase


def _cut_before(pattern: re.Pattern[str], phrase: str, *, last: bool = False) -> str:
    found = list(pattern.finditer(phrase, len(phrase.split()[0])))
    cut = phrase[: found[-1 if last else 0].start()].strip() if found else phrase
    return phrase if not cut or cut[-1:].isdigit() else cut


def fuller(name: str, mention: str, language: str) -> str:
    """Which of two descriptions of one thing to file it under: the name unless the mention says what it does not."""
    own, other = head_phrase(mention, language), head_phrase(name, language)
    said = {fold(word) for word in split(own)} - leading(language) - wordlist(language, "no_content")
    return other if len(said) <= 1 or said <= {fold(word) for word in split(other)} else own


def _opens_name(text: str, end: int, language: str) -> bool:
    """« Le Petit Journal »: an article with a capital before another capital inside a text belongs to the name."""
    return (
        text[0].isupper()
        and text[end : end + 1].isupper()
        and text.split()[0].lower() not in wordlist(language, "no_part_of_name")
    )


@lru_cache(maxsize=100_000)
def is_name(phrase: str, kind: str, language: str) -> bool:
    """Whether a phrase is a name under which other articles mean the same (« brigade Golani », « accord de Paris »).

    A description (« rebelles soutenus par la Turquie ») is none: in another article it means others.
    """
    words = _WORDS.findall(phrase)
    capitals = [word for word in words if any(map(str.isupper, word))]
    if not capitals or len(words) > 8 or any(map(str.isdigit, words[0])) or body(phrase, language):
        return False
    if kind in ("person", "group"):
        return all(word in capitals for word in words if len(word) > 3) and _noun(words[0], language) is None
    if any(word in labels(language)["words"]["passive_by"] for word in words):
        return False
    lower = [word for word in words if word not in capitals and fold(word) not in leading(language)]
    if not lower:
        return len(words) > 1 or _noun(words[0], language) is None
    if kind == "thing":
        return False
    first = rules(language)["head_first"]
    head = _noun(words[0] if first else words[-1], language)
    named = any(map(str.isupper, words[-1])) or (not first and any(map(str.isupper, words[0])))
    return bool(head and named and len(lower) <= 3 and head.role != "office" and not _plural(head, words, language))


def apposed(wording: str, kind: str, language: str) -> str:
    """The name behind a description and a comma (« une start-up, Pékin Rickshaw Express »); empty where none."""
    head, comma, tail = wording.partition(", ")
    if not comma or any(map(str.isupper, head_phrase(head, language))):
        return ""
    name = head_phrase(tail, language)
    words = _WORDS.findall(name)
    return name if words and all(word[0].isupper() for word in words) and is_name(name, kind, language) else ""


def collective(wording: str, language: str) -> str | None:
    """The kind of a body that a person gives its name (« le gouvernement Assad », "the Trump administration")."""
    words = _WORDS.findall(head_phrase(wording, language))
    if len(words) < 2:
        return None
    head, name = (words[0], words[1]) if rules(language)["head_first"] else (words[-1], words[-2])
    found = _noun(head, language) if head.islower() else None
    return found.kind if found and found.role == "collective" and found.kind in _BODIES and name[0].isupper() else None


@lru_cache(maxsize=100_000)
def names_kind(wording: str, kind: str, language: str) -> str:
    """The kind of a name taken for a person's: that of a body where its last word says so ("Meridian Wireless")."""
    words = wording.split() if kind == "person" else []
    return "organization" if len(words) > 1 and words[-1] in wordlist(language, "ends_body") else kind


def described_kind(phrase: str, kind: str, language: str) -> str:
    """The kind of what a description heads, where its words tell more than its first one.

    « 7 000 rebelles » are an armed group, « groupes armés » too, « forces de police » no military.
    """
    if found := body(phrase, language):
        return found.kind
    patterns, first = _patterns(language), rules(language)["head_first"]
    part = patterns.behind_head.sub("", patterns.counting.sub("", phrase))
    words = [word for word in _WORDS.findall(part) if not word[0].isdigit()]
    if kind not in ("group", "thing", "organization", "military") or not words:
        return kind
    if kind == "organization" and part_of_government(phrase, language):
        return "government"
    for pair in pairwise(words) if first else [tuple(words[-2:])]:
        both = _noun(" ".join(pair), language) or _noun(f"{pair[0].removesuffix('s')} {pair[-1]}", language)
        if both and both.role == "collective" and len(pair) > 1:
            return both.kind
    for word in words[:3] if first else words[-1:]:
        head = _noun(word, language)
        if head and head.role == "collective" and head.kind in _BODIES and (kind != "organization" or word == words[0]):
            return head.kind
        if head:
            return kind
    return kind


@lru_cache(maxsize=50_000)
def part_of_government(phrase: str, language: str) -> bool:
    """Whether a phrase means a part of a parliament or ministry ("Senate panel", « commission du Sénat »)."""
    if fold(head_word(phrase, language)) not in everywhere("part_of_body"):
        return False
    found = (named(word, language) or body(word, language) for word in split(phrase) if word[0].isupper())
    return any(known is not None and known.kind == "government" for known in found)


def here(wording: str, language: str) -> bool:
    """Whether a phrase means the country where an article is (« le pays », "this country")."""
    return wording.strip().lower() in wordlist(language, "here")


def head_word(phrase: str, language: str) -> str:
    """The word of a description that says what it is: « tribunal » of « tribunal de Brest »."""
    words = _patterns(language).behind_head.sub("", phrase).split() or [phrase]
    return words[0] if rules(language)["head_first"] else words[-1]


def spokesperson_of(wording: str, language: str) -> str:
    """Whom an unnamed spokesperson speaks for (« un porte-parole de l'armée » → « armée »); empty where none."""
    found = _patterns(language).spokesperson.match(wording.strip())
    return next((group for group in found.groups() if group), "") if found else ""


def by_voice(wording: str, language: str) -> str:
    """Who speaks where a phrase says by whose voice (« le gouvernement par la voix du ministre »); empty where none."""
    found = _patterns(language).voice.search(wording)
    return wording[: found.start()].strip() if found else ""


def _noun(word: str, language: str) -> Noun | None:
    return noun(word, language)


def _plural(head: Noun, words: list[str], language: str) -> bool:
    word = fold(words[0] if rules(language)["head_first"] else words[-1])
    if head.kind in ("armed_group", "group") and word.endswith("s"):
        return True
    return word.endswith(("s", "x")) and word != fold(head.lemma) and len(split(head.lemma)) == 1
