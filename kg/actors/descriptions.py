"""Descriptions that may take up another actor of their article (« le tribunal », « le tribunal de Brest »)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kg.actors.phrases import head_phrase, head_word
from kg.actors.spellings import Key, key
from kg.gazetteer.words import fold
from kg.language import everywhere, rules
from kg.model import Actor, Event

#: A description of more words than these says who it is by itself.
_PLAIN = 2
#: How likely a description is an actor whose name it heads, one that is described more fully, one called the same.
_NAMED, _FULLER, _SHARED = 0.78, 0.74, 0.84


@dataclass(frozen=True, slots=True)
class Taken:
    """A description and the actor it may be (ids), how likely, and why."""

    description: str
    actor: str
    score: float
    evidence: str


def taken_up(actors: Iterable[Actor], events: Iterable[Event]) -> Iterator[Taken]:
    """Pairs of a plain description and the one actor of its article, of the same sort, whose words hold its own.

    ``events`` tell which actors an article has; without them only descriptions are compared with one another.
    """
    by_id = {actor.id: actor for actor in actors}
    cast: dict[str, dict[str, None]] = defaultdict(dict)
    for identifier in by_id:
        if "--" in identifier:
            cast[identifier.rpartition("--")[2]][identifier] = None
    told = _told(events)
    for stem, own in sorted(cast.items()):
        others = [by_id[i] for i in dict.fromkeys((*own, *sorted(told.get(stem, ())))) if i in by_id]
        for identifier in own:
            yield from _of(by_id[identifier], others)


def _told(events: Iterable[Event]) -> Mapping[str, set[str]]:
    """The actors that stand beside a description in an article, by the end of the description's id."""
    articles: dict[str, set[str]] = defaultdict(set)
    for event in events:
        articles[event.article].update(end.id for end in (event.actor, event.target, event.source) if end)
    stems = ((i.rpartition("--")[2], found) for found in articles.values() for i in found if "--" in i)
    return dict(stems)


def _of(description: Actor, others: Iterable[Actor]) -> Iterator[Taken]:
    language, label = next(iter(description.labels.items()))
    words = key(label)
    if not words or not any(_definite(wording) for wording in description.wordings):
        return
    found: dict[str, tuple[float, str]] = {}
    for other in others:
        if other.id != description.id and _comparable(description, other):
            verdict = _holds(description, words, other, language)
            if verdict is not None:
                found[other.id] = verdict
    if len(found) == 1:
        identifier, (score, evidence) = found.popitem()
        yield Taken(description.id, identifier, score, evidence)


def _comparable(one: Actor, other: Actor) -> bool:
    apart = {"person", "place", "agreement", "group"}
    return one.kind == other.kind or not {one.kind, other.kind} & apart


def _holds(description: Actor, words: Key, other: Actor, language: str) -> tuple[float, str] | None:
    shared = {key(head_phrase(w, language)) for w in description.wordings}
    shared &= {key(head_phrase(w, language)) for w in other.wordings}
    longest: Key = max(sorted(shared), key=len, default=())
    if len(longest) > _PLAIN:
        return _SHARED, f"the article calls both {' '.join(longest)}"
    if len(words) > _PLAIN:
        return None
    for wording in (*other.labels.values(), *other.wordings):
        phrase = head_phrase(wording, language)
        longer = key(phrase)
        if set(words) < set(longer) and key(head_word(phrase, language)) == _head(words, language):
            named = "--" not in other.id
            return (_NAMED if named else _FULLER), f"{' '.join(words)} may be {phrase}, in the same article"
    return None


def _head(words: Key, language: str) -> Key:
    return words[:1] if rules(language)["head_first"] else words[-1:]


def _definite(wording: str) -> bool:
    words = key(wording)
    return len(words) > 1 and words[0] in _opening()


@cache
def _opening() -> frozenset[str]:
    """Words that say that somebody or something known is meant, folded."""
    return frozenset(fold(word.strip("'")) for word in everywhere("definite") | everywhere("article"))
