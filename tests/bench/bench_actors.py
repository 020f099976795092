"""How many event lines a second are resolved again: ``python tests/bench/bench_actors.py [EVENTS]``.

The corpus is made up: articles of twelve events, persons with few and frequent names, bodies, capitals, descriptions.
"""

from __future__ import annotations

import json
import random
import sys
import time
from dataclasses import dataclass

from kg import eventline
from kg.actors import resolve
from kg.model import Action, Event, Reference

GIVEN = "Anna Paul Maria Jean Omar Li Ivan Fatou Luis Emma Karim Olga Peter Rosa Hugo Nora Amin Vera Tom Ines".split()
SYLLABLES = "ba ne ko ri mu sa te lo vi da fe gu zo pa mi ra".split()
BODIES = (
    "l'armée {}",
    "le gouvernement {}",
    "la police {}",
    "le ministère {} des Affaires étrangères",
    "le Parlement {}",
)
COUNTRIES = "israélien libanais russe turc français malien chinois syrien irakien égyptien nigérian kényan".split()
NAMES = ("Hamas", "l'ONU", "Boko Haram", "Pékin", "la CGT", "Google", "l'Union européenne", "le FBI", "Apple", "Daech")
CROWDS = ("les manifestants", "des civils", "une foule en colère", "trois hommes armés", "les habitants du quartier")


@dataclass(frozen=True)
class Text:
    """As much of an article as resolution needs."""

    language: str
    published: str | None = None
    text: str = ""


def corpus(count: int, seed: int = 1) -> tuple[list[Event], dict[str, Text]]:
    """``count`` events with their articles; the same for the same seed."""
    rng = random.Random(seed)
    surnames = ["".join(rng.choices(SYLLABLES, k=3)).title() for _ in range(max(50, count // 20))]
    action = Action("accuser", "accuse", "accuse", "ACCUSE")
    events: list[Event] = []
    articles: dict[str, Text] = {}
    while len(events) < count:
        name = f"a{len(articles):06}.txt"
        articles[name] = Text("fr")
        cast = [f"{rng.choice(GIVEN)} {rng.choice(surnames)}" for _ in range(3)]
        bodies = [rng.choice(BODIES).format(rng.choice(COUNTRIES)) for _ in range(2)]
        pool = [Reference(who, f"le président {who}", "person") for who in cast]
        pool += [Reference(who.split()[1], who, "person") for who in cast]
        pool += [Reference(body, body, "government") for body in bodies]
        pool += [Reference(n, n, "organization") for n in rng.sample(NAMES, 2)]
        pool += [Reference(n, n, "group") for n in rng.sample(CROWDS, 2)]
        for i in range(min(12, count - len(events))):
            actor, target = rng.sample(pool, 2)
            source = rng.choice(pool) if i % 3 == 0 else None
            events.append(Event(name, i, i + 1, "", actor, action, target, source=source))
    return events, articles


def main() -> None:
    """Print the rate of one pass over everything, and how long reading the same lines as JSON takes beside it."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    events, articles = corpus(count)
    lines = [eventline.to_line(event) for event in events]
    resolve(events[:100], [], articles)  # the word lists are read once
    start = time.process_time()
    done = resolve(events, [], articles)
    took = time.process_time() - start
    start = time.process_time()
    for line in lines:
        json.loads(line)
    reading = time.process_time() - start
    print(f"{len(done.events):,} events, {len(articles):,} articles, {len(done.actors):,} actors: {took:.2f} s (CPU)")
    print(f"{len(events) / took:,.0f} events a second; {took / reading:.1f} times json.loads of the same lines")


if __name__ == "__main__":
    main()
