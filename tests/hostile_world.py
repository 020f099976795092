"""A small store whose names are as bad as names can be."""

from __future__ import annotations

from dataclasses import replace

from small_world import ACTORS, ARTICLES, EVENTS

from kg.graph import Graph
from kg.model import Actor, Reference
from kg.statements import statements

HOSTILE = '"quotes" & <tags> ]]> 🕊 \u202eمرحبا\u202c\x01\x0b\x85\ufffe\ttab ' + "x" * 10000
#: What of it XML can hold.
READABLE = HOSTILE.translate(dict.fromkeys((1, 11, 0x85, 0xFFFE), "\ufffd"))


def hostile() -> Graph:
    """Four threats by, against and between an actor of a hostile name and id, three of them parallel or a loop."""
    graph = Graph.memory()
    actor = Actor("evil & <id>", {"en": HOSTILE, "fr": HOSTILE}, "person", (HOSTILE,))
    end = Reference(HOSTILE, HOSTILE, "person", 0, 5, actor.id, HOSTILE)
    threat = EVENTS["one.txt"][0]
    events = [
        replace(threat, actor=end, quote=HOSTILE),
        replace(threat, actor=end, start=1),
        replace(threat, target=end),
        replace(threat, actor=end, target=end, start=2),
    ]
    graph.replace(ARTICLES["one.txt"], statements(ARTICLES["one.txt"], events, (), {**ACTORS, actor.id: actor}), [])
    graph.tally()
    return graph
