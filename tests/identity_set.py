"""Reads the identity set of ``tests/identity`` (see its README) as events, one a mention, with the true identities."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from kg.model import Action, Event, Reference

FOLDER = Path(__file__).parent / "identity"
_MENTION = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True)
class Text:
    """As much of an article as resolution needs."""

    language: str
    published: str | None = None
    text: str = ""


def load() -> tuple[list[Event], list[str], dict[str, Text]]:
    """Events (the mention is the actor), their true identities, and the articles."""
    events, truth, articles = [], [], {}
    for path in sorted(FOLDER.glob("*.txt")):
        articles[path.name] = Text(path.name[:2])
        for i, found in enumerate(_MENTION.finditer(path.read_text(encoding="utf-8"))):
            mention, *name, kind, identity = found.group(1).split("|")
            reference = Reference(mention, name[0] if name else mention, kind)
            events.append(Event(path.name, i, i + 1, mention, reference, Action("dire", "say", "dit", "STATE"), None))
            truth.append(f"{path.name}#{i}" if identity == "-" else identity)
    return events, truth, articles


def b_cubed(truth: list[str], found: list[str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of a clustering, averaged over mentions."""
    same_truth, same_found = defaultdict(set), defaultdict(set)
    for i, (a, b) in enumerate(zip(truth, found, strict=True)):
        same_truth[a].add(i)
        same_found[b].add(i)
    both = [len(same_truth[a] & same_found[b]) for a, b in zip(truth, found, strict=True)]
    precision = sum(n / len(same_found[b]) for n, b in zip(both, found, strict=True)) / len(both)
    recall = sum(n / len(same_truth[a]) for n, a in zip(both, truth, strict=True)) / len(both)
    return precision, recall, 2 * precision * recall / (precision + recall)
