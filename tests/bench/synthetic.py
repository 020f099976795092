"""A synthetic store: events of Zipf-like actors, thirty an article: ``python synthetic.py EVENTS FOLDER``."""

from __future__ import annotations

import hashlib
import random
import sys
import time
from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate

import pyoxigraph as ox

from kg import archive, rows
from kg.eventline import to_line
from kg.graph import Graph
from kg.lexicon import actions
from kg.model import KINDS, Action, Actor, Article, Event, Reference
from kg.statements import Build, statements

PER_ARTICLE = 30
BUILD = Build(("synthetic",), "0", "0")


def articles(events: int, actors: int, seed: int = 1) -> Iterator[tuple[Article, list[Event], dict[str, Actor]]]:
    """Articles with their events and actors; the same for the same numbers."""
    rng = random.Random(seed)
    weights = list(accumulate(1 / rank for rank in range(1, actors + 1)))
    known = sorted(actions().values(), key=lambda action: action.id)
    cast = {}
    for number in range(actors):
        name = f"Actor number {number}"
        cast[f"actor-{number}"] = Actor(f"actor-{number}", {"en": name}, KINDS[number % 6], (name,), "FR")

    def pick() -> Actor:
        return cast[f"actor-{min(bisect(weights, rng.random() * weights[-1]), actors - 1)}"]

    for number in range(events // PER_ARTICLE):
        name = f"article-{number:07}.txt"
        date = f"20{10 + number % 15}-{1 + number % 12:02}-{1 + number % 28:02}"
        made, text, here = [], "", {}
        for _ in range(PER_ARTICLE):
            first, second, speaker, action = pick(), pick(), pick(), rng.choice(known)
            quote = f"{first.labels['en']} {action.labels['en']} {second.labels['en']}"
            ends = [
                Reference(a.labels["en"], a.labels["en"], a.kind, None, None, a.id) for a in (first, second, speaker)
            ]
            here |= {first.id: first, second.id: second, speaker.id: speaker}
            made.append(
                Event(
                    name, len(text), len(text) + len(quote), quote, ends[0],
                    Action(action.id, action.id, action.labels["en"], action.type), ends[1],
                    "negated" if rng.random() < 0.05 else "affirmed",
                    "planned" if rng.random() < 0.15 else "actual",
                    ends[2] if rng.random() < 0.3 else None,
                    confidence=round(rng.uniform(0.5, 1.0), 2),
                )
            )  # fmt: skip
            text += quote + ". "
        yield Article(hashlib.sha256(name.encode()).hexdigest(), name, text, "en", published=date), made, here


def fill(graph: Graph, events: int, actors: int) -> None:
    """Fill a new store in bulk (not transactional, unlike ``Graph.replace``)."""

    def quads() -> Iterator[ox.Quad]:
        for article, made, cast in articles(events, actors):
            found = list(statements(article, made, (), cast, build=BUILD, vocabulary=graph.vocabulary))
            for quad in found:
                yield quad
                yield ox.Quad(quad.subject, quad.predicate, quad.object)
            kept = rows.encode(rows.rows(found, article.name))
            yield from archive.quads(article, [to_line(event) for event in made], (), "s", kept)

    graph.store.bulk_extend(quads())


if __name__ == "__main__":
    count, folder = int(sys.argv[1]), sys.argv[2]
    begun = time.perf_counter()
    with Graph.open(folder, write=True) as target:
        if "--replace" in sys.argv:
            for article, made, cast in articles(count, max(100, count // 20)):
                quads = statements(article, made, (), cast, build=BUILD)
                target.replace(article, quads, [to_line(event) for event in made], stamp="s")
        else:
            fill(target, count, max(100, count // 20))
        target.store.optimize()
    print(f"{count} events in {time.perf_counter() - begun:.1f} s")
