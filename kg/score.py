"""How good extraction is: event lines against annotated articles, by maximum matching.

An extracted event matches a gold event where its evidence overlaps the gold snippet, and actor, target and action
match. The action matches by lemma or by type; an argument on the *surface* where its label or mention is, contains or
is contained in one of the entity's wordings, and *resolved* only where its label is a canonical one. Recall counts
required gold events; precision counts every extracted event, and an optional gold event is a correct one. Neutral
statements (type ``STATE``) are left out on both sides. A *dyad* is an event between two persons, bodies or countries.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.gold import ACTING, Annotated, Entity, Gold, Tokens, read_gold, tokens

#: Level → (arguments resolved?, dyads only?), in the order in which a table shows them.
LEVELS = {
    "events, surface": (False, False),
    "events, resolved": (True, False),
    "dyads, surface": (False, True),
    "dyads, resolved": (True, True),
}
DETAILS = ("type", "source", "polarity", "modality")


@dataclass(frozen=True, slots=True)
class Level:
    """Counts at one level, and the three measures made of them (0 to 1)."""

    correct: int = 0
    extracted: int = 0
    found: int = 0
    required: int = 0

    @property
    def precision(self) -> float:
        """Share of the extracted events that are right."""
        return self.correct / self.extracted if self.extracted else 0.0

    @property
    def recall(self) -> float:
        """Share of the required events that were found."""
        return self.found / self.required if self.required else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: Level) -> Level:
        return Level(
            self.correct + other.correct,
            self.extracted + other.extracted,
            self.found + other.found,
            self.required + other.required,
        )


@dataclass(slots=True)
class Score:
    """The measures over all gold articles; ``details`` counts right and all among matched events."""

    articles: int = 0
    levels: dict[str, Level] = field(default_factory=lambda: {name: Level() for name in LEVELS})
    details: dict[str, tuple[int, int]] = field(default_factory=lambda: dict.fromkeys(DETAILS, (0, 0)))
    missed: list[tuple[str, str, str, str]] = field(default_factory=list)
    wrong: list[tuple[str, str, str, str]] = field(default_factory=list)

    def accuracy(self, detail: str) -> float | None:
        """Share of matched events whose ``detail`` is right; ``None`` where none matched."""
        right, of = self.details[detail]
        return right / of if of else None

    def as_dict(self) -> dict[str, Any]:
        """The measures as plain values, rounded to four decimals."""
        levels = {
            name: {
                "precision": round(level.precision, 4),
                "recall": round(level.recall, 4),
                "f1": round(level.f1, 4),
                "extracted": level.extracted,
                "correct": level.correct,
                "required": level.required,
                "found": level.found,
            }
            for name, level in self.levels.items()
        }
        accuracy = {}
        for name, (_, of) in self.details.items():
            value = self.accuracy(name)
            accuracy[name] = {"accuracy": None if value is None else round(value, 4), "of": of}
        return {"articles": self.articles, **levels, "accuracy": accuracy}


def score(lines: Iterable[str], gold: Path, articles: Path) -> Score:
    """Score event lines against the gold files of a folder; ``articles`` is the folder of their texts.

    Articles without a gold file are left out. ``KgError`` where a line or a gold file cannot be used.
    """
    extracted = read_events(lines)
    total = Score()
    for annotated in read_gold(gold, articles):
        total.articles += 1
        _add(total, annotated, extracted.get(annotated.article, []))
    if not total.articles:
        raise KgError(f"no gold files in {gold}")
    return total


def read_events(lines: Iterable[str]) -> dict[str, list[Mapping[str, Any]]]:
    """Article → its extracted events as dicts, neutral statements left out; ``KgError`` names a line that is none."""
    events: dict[str, list[Mapping[str, Any]]] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            event = json.loads(line)
            name, action, _ = event["article"], event.get("action") or {}, int(event["start"]) + int(event["end"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise KgError(f"line {number} is no event line: {error!r}") from None
        if action.get("type") != "STATE":
            events.setdefault(name, []).append(event)
    return events


def contains(long: Tokens, short: Tokens) -> bool:
    """Whether a wording holds another as consecutive words."""
    return bool(short) and any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))


def _overlap(a: Tokens, b: Tokens) -> bool:
    return contains(a, b) or contains(b, a)


def argument_matches(system: Mapping[str, Any] | None, entity: Entity | None, *, resolved: bool) -> bool:
    """Whether an extracted argument is the gold entity, on the surface or resolved to a canonical label."""
    if system is None or entity is None:
        return system is None and entity is None
    label, mention = (tokens(system.get(key) or "") for key in ("label", "mention"))
    if resolved:
        return any(label == c or (contains(label, c) and len(label) <= len(c) + 3) for c in entity.canonical)
    return any(t == w or _overlap(t, w) for t in (label, mention) if t for w in entity.canonical + entity.names)


def event_matches(system: Mapping[str, Any], gold: Gold, *, resolved: bool) -> bool:
    """Whether an extracted event is the gold event."""
    action = system.get("action") or {}
    lemma = tokens(action.get("lemma") or "")
    return (
        system["start"] < gold.end
        and gold.start < system["end"]
        and argument_matches(system.get("actor"), gold.actor, resolved=resolved)
        and argument_matches(system.get("target"), gold.target, resolved=resolved)
        and (
            any(lemma == word or (lemma and _overlap(lemma, word)) for word in gold.lemmas)
            or action.get("type") in gold.types - {"OTHER"}
        )
    )


def matching(system: Sequence[Mapping[str, Any]], gold: Sequence[Gold], *, resolved: bool) -> dict[int, int]:
    """A maximum matching, required gold events first: index of the gold event → index of the extracted one."""
    edges = {
        g: [s for s in range(len(system)) if event_matches(system[s], gold[g], resolved=resolved)]
        for g in range(len(gold))
    }
    holder: dict[int, int] = {}

    def place(g: int, tried: set[int]) -> bool:
        for s in edges[g]:
            if s not in tried:
                tried.add(s)
                if s not in holder or place(holder[s], tried):
                    holder[s] = g
                    return True
        return False

    for g in sorted(edges, key=lambda g: not gold[g].required):
        place(g, set())
    return {g: s for s, g in holder.items()}


def _add(total: Score, annotated: Annotated, system: Sequence[Mapping[str, Any]]) -> None:
    """Add one article to the score."""
    gold = [event for event in annotated.events if event.types != {"STATE"}]
    idle = [entity for entity in annotated.entities if entity.kind not in ACTING]
    for level, (resolved, dyads) in LEVELS.items():
        pairs = matching(system, gold, resolved=resolved)
        total.levels[level] += _dyads(pairs, system, gold, idle) if dyads else _events(pairs, system, gold)
        if level == "events, surface":
            for g, s in pairs.items():
                _detail(total, system[s], gold[g])
            _list(total, annotated.article, pairs, system, gold)


def _events(pairs: Mapping[int, int], system: Sequence[Mapping[str, Any]], gold: Sequence[Gold]) -> Level:
    required = [g for g, event in enumerate(gold) if event.required]
    return Level(len(pairs), len(system), sum(g in pairs for g in required), len(required))


def _dyads(
    pairs: Mapping[int, int], system: Sequence[Mapping[str, Any]], gold: Sequence[Gold], idle: Sequence[Entity]
) -> Level:
    """An extracted event counts where it matched a dyad, or matched nothing and links two that may act."""
    matched = set(pairs.values())
    loose = sum(
        1
        for s, event in enumerate(system)
        if s not in matched
        and event.get("actor")
        and event.get("target")
        and not any(argument_matches(event["target"], entity, resolved=False) for entity in idle)
    )
    ours = sum(gold[g].dyadic for g in pairs)
    required = [g for g, event in enumerate(gold) if event.required and event.dyadic]
    return Level(ours, ours + loose, sum(g in pairs for g in required), len(required))


def _detail(total: Score, system: Mapping[str, Any], gold: Gold) -> None:
    """Count what else is right of a matched event; its type only where the gold has one that says something."""
    right = {
        "source": argument_matches(system.get("source"), gold.source, resolved=False),
        "polarity": system.get("polarity") == gold.polarity,
        "modality": system.get("modality") == gold.modality,
    }
    if gold.types - {"OTHER"}:
        right["type"] = (system.get("action") or {}).get("type") in gold.types
    for name, value in right.items():
        correct, of = total.details[name]
        total.details[name] = (correct + value, of + 1)


def _list(
    total: Score, name: str, pairs: Mapping[int, int], system: Sequence[Mapping[str, Any]], gold: Sequence[Gold]
) -> None:
    """Note the required events that were missed, and the extracted ones that match nothing."""
    for g, event in enumerate(gold):
        if event.required and g not in pairs:
            actor, target = (end.shown if end else "∅" for end in (event.actor, event.target))
            total.missed.append((name, actor, " ".join(event.lemmas[0]), target))
    matched = set(pairs.values())
    for s, found in enumerate(system):
        if s not in matched:
            actor, target = ((found.get(key) or {}).get("label", "∅") for key in ("actor", "target"))
            total.wrong.append((name, actor, (found.get("action") or {}).get("lemma", ""), target))


def report(score: Score, errors: int = 0) -> str:
    """The measures as text, a line a level; ``errors`` is how many missed and wrong events to list."""
    lines = [f"{score.articles} articles"]
    for name, level in score.levels.items():
        p, r, f1 = (round(value, 4) for value in (level.precision, level.recall, level.f1))
        lines.append(
            f"  {name:18} P {p:.3f}  R {r:.3f}  F1 {f1:.3f}"
            f"   ({level.correct} of {level.extracted} extracted correct,"
            f" {level.found} of {level.required} required found)"
        )
    accuracy = score.as_dict()["accuracy"]
    details = ", ".join(f"{name} {value['accuracy']} of {value['of']}" for name, value in accuracy.items())
    lines.append(f"  on matched events: {details}")
    for title, rows in (("missed", score.missed), ("wrong", score.wrong)):
        lines += [f"  {title}: {' | '.join(row)}" for row in rows[:errors]]
    return "\n".join(lines)


def markdown(scores: Mapping[str, Score]) -> str:
    """Scores by name as a table in Markdown: F1 at each level."""
    head = ["", "articles", *LEVELS]
    rows = [
        [name, str(found.articles), *(f"{found.levels[level].f1:.2f}" for level in LEVELS)]
        for name, found in scores.items()
    ]
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
