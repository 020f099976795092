"""A build in a process of its own, with a parser that needs no model; run by ``test_crash.py``.

``python tests/slow_builder.py STORE FOLDER`` prints the name of each article once it is stored, and with ``--cli`` runs
the command ``kg build`` instead.
"""

from __future__ import annotations

import sys
from types import ModuleType, SimpleNamespace

import kg
from kg.model import Action, Article, Event, Reference


def extract(article: Article, doc: str) -> SimpleNamespace:
    """An event for each line of three parts: ``actor > lemma > target``."""
    events, at = [], 0
    for line in doc.split("\n"):
        parts = [part.strip() for part in line.split(">")]
        if len(parts) == 3:
            actor, lemma, target = parts
            ends = [Reference(word, word, "organization", at, at + len(word)) for word in (actor, target)]
            action = Action(lemma, lemma, lemma, "OTHER")
            events.append(Event(article.name, at, at + len(line), line, ends[0], action, ends[1]))
        at += len(line) + 1
    return SimpleNamespace(events=tuple(events), roles=())


def without_models() -> None:
    """Put stand-ins in the place of the rooms that load a pipeline."""
    parse, events = ModuleType("kg.parse"), ModuleType("kg.events")
    parse.parse = lambda articles, models=None: ((article, article.text) for article in articles)  # type: ignore[attr-defined]
    events.extract = extract  # type: ignore[attr-defined]
    for name, module in (("parse", parse), ("events", events)):
        sys.modules[f"kg.{name}"] = module
        setattr(kg, name, module)


def main() -> None:
    """Build ``argv[2]`` into ``argv[1]``; exits with 1 and a line where the store cannot be written."""
    without_models()
    from kg.build import build
    from kg.errors import KgError
    from kg.graph import Graph
    from kg.read import Options

    try:
        with Graph.open(sys.argv[1], write=True) as graph:
            build(graph, [sys.argv[2]], options=Options(language="fr"), watch=lambda step: print(step.name, flush=True))
    except KgError as error:
        print(f"kg: {error}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    if "--cli" in sys.argv:
        without_models()
        from kg import cli

        sys.argv[1:] = ["build", sys.argv[2], "--store", sys.argv[1], "--lang", "fr"]
        cli.main()
    main()
