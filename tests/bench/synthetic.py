"""A synthetic store: events of Zipf-like actors, thirty an article: ``python synthetic.py EVENTS FOLDER [HOW]``.

A million events are sixty million quads. So that they are made in minutes, ``statements`` describes one event, actor
and role of each sort with marks in the place of names and numbers, and the others are filled in as text. HOW may be
``--union``, which leaves out the articles' own graphs (questions read the union alone), or ``--replace``, with which
every article goes through ``Graph.replace`` as in a build.
"""

from __future__ import annotations

import hashlib
import io
import random
import re
import sys
import time
from bisect import bisect
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import accumulate

import pyoxigraph as ox

from kg import archive, rows
from kg.eventline import to_line
from kg.graph import Graph
from kg.lexicon import actions
from kg.model import KINDS, Action, Actor, Article, Event, PlaceName, Reference, Role
from kg.roleline import to_line as to_role_line
from kg.rows import Row
from kg.statements import Build, event_id, statements
from kg.tallies import tallies
from kg.vocabulary import DEFAULT

PER_ARTICLE = 30
PLACES = 200
BUILD = Build(("synthetic",), "0", "0")
#: Actor kinds in turn; every sixth actor is a person, the next one an organization.
_KINDS = KINDS[:6]
_MARK = re.compile(r"mark(\d\d)")

Made = tuple[Article, list[Event], Role, dict[str, Actor]]


def articles(events: int, actors: int, seed: int = 1) -> Iterator[Made]:
    """Articles with their events, a role and their actors; the same for the same numbers."""
    rng = random.Random(seed)
    weights = {size: list(accumulate(1 / rank for rank in range(1, size + 1))) for size in (actors, PLACES)}
    known = sorted(actions().values(), key=lambda action: action.id)
    cast = [actor(number) for number in range(actors)]

    def rank(size: int) -> int:
        return min(bisect(weights[size], rng.random() * weights[size][-1]), size - 1)

    for number in range(events // PER_ARTICLE):
        name = f"article-{number:07}.txt"
        date = f"20{10 + number % 15}-{1 + number % 12:02}-{1 + number % 28:02}"
        made, text, here = [], "", {}
        for _ in range(PER_ARTICLE):
            first, second, speaker = (cast[rank(actors)] for _ in range(3))
            action = rng.choice(known)
            quote = f"{first.labels['en']} {action.labels['en']} {second.labels['en']}"
            polarity = "negated" if rng.random() < 0.05 else "affirmed"
            modality = "planned" if rng.random() < 0.15 else "actual"
            source = speaker if rng.random() < 0.3 else None
            place = PlaceName("x", f"place-{rank(PLACES)}", "Place", "FR") if rng.random() < 0.2 else None
            done = Action(action.id, action.id, action.labels["en"], action.type)
            made.append(
                Event(
                    name, len(text), len(text) + len(quote), quote, reference(first), done, reference(second),
                    polarity, modality, source and reference(source), place=place,
                    confidence=round(rng.uniform(0.5, 1.0), 2),
                )
            )  # fmt: skip
            here |= {found.id: found for found in (first, second, source) if found}
            text += quote + ". "
        person = cast[rank(actors) // 6 * 6]
        body = cast[min(rank(actors) // 6 * 6 + 1, actors - 1)]
        role = Role(name, reference(person), "minister", reference(body), 0, len(made[0].quote))
        here |= {person.id: person, body.id: body}
        yield Article(hashlib.sha256(name.encode()).hexdigest(), name, text, "en", published=date), made, role, here


def actor(number: int) -> Actor:
    """The actor of a rank."""
    name = f"Actor number {number}"
    return Actor(f"actor-{number}", {"en": name}, _KINDS[number % 6], (name,), "FR")


def reference(found: Actor) -> Reference:
    """A mention of an actor by its label."""
    name = found.labels["en"]
    return Reference(name, name, found.kind, None, None, found.id, name)


class Templates:
    """N-Quads of articles, each statement in its article's graph and in the union, or in the union only."""

    def __init__(self, *, union: bool) -> None:
        self._parts: dict[object, list[str]] = {}
        self._union = union

    def article(self, article: Article, made: list[Event], role: Role, cast: dict[str, Actor]) -> str:
        """All that ``statements`` says of an article, but for a wording that no text of it has."""
        head = self._cut(_lines(statements(article, [], (), {}, build=BUILD)))
        return "".join(
            [head, self._role(article, role), *(self._event(article, event) for event in made)]
            + [self._actor(article, found) for found in cast.values()]
        )

    def _event(self, article: Article, event: Event) -> str:
        ends = [end.id if end else "" for end in (event.actor, event.target, event.source)]
        place = event.place.id or "" if event.place else ""
        values = [
            article.id, event_id(article, event), *ends, *(end.replace("actor-", "Actor number ") for end in ends),
            event.quote, str(event.start), str(event.end), place, article.published or "", number(event.confidence),
        ]  # fmt: skip
        sort = (event.action.id, event.polarity, event.modality, ends[2] != "", ends[0] == ends[2], place != "")
        return self._filled(sort, values, lambda: _event_quads(event, own=ends[0] == ends[2]))

    def _actor(self, article: Article, found: Actor) -> str:
        values = [article.id, found.id, found.labels["en"]]
        return self._filled(found.kind, values, lambda: _actor_quads(found))

    def _role(self, article: Article, role: Role) -> str:
        values = [article.id, str(role.end), role.person.id, role.organization.id if role.organization else ""]
        values += [f"{article.id[:12]}{role.end}", article.text[: role.end]]
        return self._filled("role", values, lambda: _role_quads(role))

    def _filled(self, sort: object, values: list[str], quads: Callable[[], str]) -> str:
        parts = self._parts.get(sort)
        if parts is None:
            parts = self._parts[sort] = _MARK.split(self._cut(quads()))
        return "".join(values[int(part)] if place % 2 else part for place, part in enumerate(parts))

    def _cut(self, lines: str) -> str:
        """Every second line is one of the union."""
        return "".join(lines.splitlines(keepends=True)[1 if self._union else 0 :: 2 if self._union else 1])


def number(confidence: float) -> str:
    """As ``kg.literals.decimal`` writes it."""
    return f"{confidence:.2f}".rstrip("0").rstrip(".")


def _marked(name: str, text: str = "", published: str = "2000-02-03") -> Article:
    return Article("mark00", name, text, "en", published=published)


def _event_quads(event: Event, *, own: bool) -> str:
    """One event of a sort, marks in the order of the values of ``Templates._event``."""

    def end(place: int) -> Reference:
        return Reference(f"mark{place + 3:02}", f"mark{place + 3:02}", "person", None, None, f"mark{place:02}")

    marked = replace(
        event, start=7654321, end=8765432, quote="mark08", actor=end(2), target=end(3), confidence=0.12,
        source=event.source and end(2 if own else 4), place=event.place and replace(event.place, id="mark11"),
    )  # fmt: skip
    article = _marked(event.article)
    about = {article.id, "mark02", "mark03", "mark04"}
    found = [
        quad
        for quad in statements(article, [marked], (), {})
        if DEFAULT.identifier(_iri(quad.subject)) not in about or _iri(quad.predicate).startswith("urn:kg:action:")
    ]
    text = _lines(found).replace(event_id(article, marked), "mark01")
    for old, new in (("7654321", "mark09"), ("8765432", "mark10"), ("2000-02-03", "mark12"), ('"0.12"', '"mark13"')):
        text = text.replace(old, new)
    return text


def _actor_quads(found: Actor) -> str:
    marked = replace(found, id="mark01", labels={"en": "mark02"}, wordings=("mark02",))
    event = Event("x", 0, 1, "x", reference(marked), Action("see", "see", "sees", "OTHER"), None)
    quads = statements(_marked("x", "mark02"), [event], (), {"mark01": marked})
    return _lines(quad for quad in quads if _iri(quad.subject) == "urn:kg:actor:mark01")


def _role_quads(role: Role) -> str:
    end = [replace(role.person, id="mark02"), replace(role.person, id="mark03")]
    marked = replace(role, person=end[0], organization=end[1], start=0, end=7654321)
    quads = list(statements(_marked("x", "mark05"), [], [marked], {}))
    node = next(quad.subject for quad in quads if _iri(quad.subject).startswith("urn:kg:membership:"))
    kinds = ("membership", "role", "evidence", "selector")
    text = _lines(quad for quad in quads if DEFAULT.kind_of(_iri(quad.subject)) in kinds)
    return text.replace(_iri(node), "urn:kg:membership:mark04").replace("7654321", "mark01")


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def _lines(quads: Iterator[ox.Quad] | list[ox.Quad]) -> str:
    return "".join(f"{quad} .\n{quad.triple} .\n" for quad in quads)


def row(article: Article, event: Event) -> Row:
    """The row of an event, as ``kg.rows.rows`` tells it from the event's quads."""
    actor_, target, source = (end and DEFAULT.iri("actor", end.id) for end in (event.actor, event.target, event.source))
    return Row(
        DEFAULT.iri("event", event_id(article, event)), actor_, target, DEFAULT.iri("action", event.action.id),
        event.action.type, event.action.lemma, event.polarity, event.modality, event.confidence, event.quote,
        event.start, event.end, article.published, source, source is not None,
        event.place and DEFAULT.iri("place", event.place.id or ""), None, event.extractor, article.name,
    )  # fmt: skip


class _Stream(io.RawIOBase):
    """Text that is made as it is read."""

    def __init__(self, texts: Iterator[str]) -> None:
        self._texts, self._left = texts, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        while not self._left:
            text = next(self._texts, None)
            if text is None:
                return 0
            self._left = text.encode()
        size = min(len(buffer), len(self._left))
        buffer[:size], self._left = self._left[:size], self._left[size:]
        return size


def fill(graph: Graph, events: int, actors: int, *, union: bool = False) -> None:
    """Fill a new store in bulk (not transactional, unlike ``Graph.replace``), counts included."""
    templates = Templates(union=union)
    told: list[tuple[str, str, list[Row]]] = []

    def texts() -> Iterator[str]:
        for article, made, role, cast in articles(events, actors):
            yield templates.article(article, made, role, cast)
            found = [row(article, event)._replace(quote="", event="") for event in made]
            told.append((DEFAULT.iri("article", article.id), article.id, found))
            if union:
                continue
            lines = [to_line(event) for event in made]
            kept = rows.encode(row(article, event) for event in made)
            yield "".join(f"{q} .\n" for q in archive.quads(article, lines, [to_role_line(role)], "s", kept))

    stream = io.BufferedReader(_Stream(texts()), 2**20)
    graph.store.quads.bulk_load(stream, ox.RdfFormat.N_QUADS, lenient=True)
    counts = list(tallies(told, graph.vocabulary))
    graph.store.quads.bulk_extend([*counts, *(ox.Quad(*quad.triple) for quad in counts)])


def main() -> None:
    """Make a store and say how long it took."""
    count, folder = int(sys.argv[1]), sys.argv[2]
    begun = time.perf_counter()
    with Graph.open(folder, write=True) as target:
        if "--replace" in sys.argv:
            for article, made, role, cast in articles(count, max(100, count // 20)):
                quads = statements(article, made, (role,), cast, build=BUILD)
                target.replace(article, quads, [to_line(e) for e in made], [to_role_line(role)], stamp="s")
            target.tally()
        else:
            fill(target, count, max(100, count // 20), union="--union" in sys.argv)
        target.store.quads.optimize()
    print(f"{count} events in {time.perf_counter() - begun:.1f} s, {time.process_time():.1f} s of processor")


if __name__ == "__main__":
    main()
