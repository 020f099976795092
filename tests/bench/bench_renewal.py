"""How long ten more articles take in a store of N beside an empty one: ``python tests/bench/bench_renewal.py [N]``.

Articles are made up (``bench_actors``); nothing is parsed, so what is measured is reading, resolving and storing alone.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace

from bench_actors import corpus

import kg.events
import kg.parse
from kg.build import build
from kg.graph import Graph
from kg.model import Article, Event

MORE = 10


def stand_in(events: Iterable[Event]) -> None:
    """Give the articles named in their first word these events, in place of the rooms that need a pipeline."""
    found: dict[str, list[Event]] = {}
    for event in events:
        found.setdefault(event.article, []).append(event)

    def parse(articles: Iterable[Article], *, models: Mapping[str, str] | None = None) -> Iterator[tuple[Article, str]]:
        return ((article, article.text) for article in articles)

    kg.parse.parse = parse  # type: ignore[assignment]
    kg.events.extract = lambda article, doc: SimpleNamespace(events=tuple(found[article.name]), roles=())  # type: ignore[assignment]


def added(graph: Graph, folder: Path, names: list[str]) -> float:
    """Seconds of CPU that a build of these articles takes, read from one JSON Lines file."""
    path = folder / f"{names[0]}-{len(names)}.jsonl"
    rows = ({"name": name, "text": f"{name} est un article.", "language": "fr"} for name in names)
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    start = time.process_time()
    build(graph, [path])
    return time.process_time() - start


def main() -> None:
    """Print both times and their ratio."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    events, articles = corpus(12 * (count + 3 * MORE))
    stand_in(events)
    names = sorted(articles)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with Graph.open(folder / "empty.db", write=True) as graph:
            added(graph, folder, names[:MORE])  # the word lists are read once
        with Graph.open(folder / "small.db", write=True) as graph:
            small = added(graph, folder, names[MORE : 2 * MORE])
        with Graph.open(folder / "large.db", write=True) as graph:
            whole = added(graph, folder, names[3 * MORE :])
        with Graph.open(folder / "large.db", write=True) as graph:
            large = added(graph, folder, names[2 * MORE : 3 * MORE])
    print(f"{count:,} articles at once: {whole:.1f} s; {MORE} more: {large:.3f} s, in an empty store {small:.3f} s")
    print(f"{large / small:.1f} times")


if __name__ == "__main__":
    main()
