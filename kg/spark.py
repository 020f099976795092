"""Rooms 1 to 5 on a cluster of Apache Spark; what it finds comes back as JSON lines, and all else is as on one machine.

Files are given out in waves, each a Spark job: its tasks read and parse, and write a line for each article with its
event and role lines. A machine that is lost costs its tasks, which others do again. The articles of a wave are stored
before the next one begins, so a build that is cut off goes on from there.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import uuid
from array import array
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from kg import eventline, roleline
from kg.errors import KgError
from kg.extraction import Extracted, extract
from kg.graph import Graph
from kg.language import languages
from kg.model import Article
from kg.provenance import from_stamp, made_with
from kg.read import Note, Options, Skipped, Source, read_source, sources

#: Files of a wave, and how many of them a task has at most.
WAVE, _TASK = 10_000, 64
_NEEDED = "needs Apache Spark and a Java runtime: pip install 'kg-news[spark]' (Debian: default-jre-headless)"


class Spark:
    """A cluster as the place where articles are read and parsed; see ``kg.extraction.Engine``. Used in a ``with``."""

    def __init__(
        self,
        master: str | None = None,
        *,
        lines: str | None = None,
        models: Mapping[str, str] | None = None,
        known: Iterable[str] = (),
        wave: int = WAVE,
    ) -> None:
        """Begin a session. ``KgError`` where there is no Spark or no Java.

        ``master`` is the cluster's address; ``lines`` a folder that all machines see, where what is found is kept;
        ``models`` other pipelines by language; ``known`` content ids that need not be parsed; ``wave`` files a job.
        """
        self._context = _context(master)
        self._own = None if lines else tempfile.mkdtemp(prefix="kg-spark-")
        self._lines = lines or f"file://{self._own}"
        self._models = dict(models or {})
        self._known = self._context.broadcast(array("Q", sorted(map(_short, known))))
        self._wave = wave
        self._found: Extracted | None = None

    def read(self, paths: Iterable[str | Path], options: Options | None = None) -> Iterator[Article | Skipped | Note]:
        """Read and parse files on the cluster; gives their articles in the order of the files."""
        files = enumerate(sources(paths))
        while wave := list(islice(files, self._wave)):
            if any(source.path is None for _, source in wave):
                raise KgError("a cluster reads files, not standard input")
            absolute = [(n, Source(source.name, source.path and source.path.absolute())) for n, source in wave]
            for line in self._run(absolute, options or Options()):
                item, self._found = _read(line)
                yield item

    def extract(self, articles: Iterable[Article], *, models: Mapping[str, str] | None = None) -> Iterator[Extracted]:
        """What the cluster found in the article that ``read`` gave last; here, if it was thought to be known."""
        for article in articles:
            if self._found is not None:
                yield self._found
            else:
                yield from extract([article], models=models)

    def close(self) -> None:
        """End the session."""
        self._context.stop()
        if self._own:
            shutil.rmtree(self._own, ignore_errors=True)

    def __enter__(self) -> Spark:
        """The engine itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the session."""
        self.close()

    def _run(self, wave: Sequence[tuple[int, Source]], options: Options) -> Iterator[str]:
        """One job: the lines of a wave, in order."""
        from py4j.protocol import Py4JJavaError

        out = f"{self._lines}/{uuid.uuid4().hex}"
        tasks = min(len(wave), max(self._context.defaultParallelism * 4, len(wave) // _TASK))
        work = partial(_task, options=options, models=self._models, known=self._known)
        try:
            self._context.parallelize(wave, tasks).mapPartitions(work).saveAsTextFile(out)
            yield from self._context.textFile(out).sortBy(_place).toLocalIterator(prefetchPartitions=True)
        except Py4JJavaError as error:
            raise KgError(f"the cluster gave up: {_cause(str(error.java_exception))}") from None


def unchanged(graph: Graph, models: Mapping[str, str] | None = None) -> Iterator[str]:
    """Content ids of the articles that a store has from the program and pipelines at hand."""
    made = {made_with(language, models) for language in languages()}
    return (stored.id for stored in graph.articles() if from_stamp(stored.stamp) in made)


def _context(master: str | None) -> Any:
    """A Spark context with this Python on every machine."""
    try:
        from pyspark import SparkConf, SparkContext
        from pyspark.errors import PySparkRuntimeError
    except ImportError:
        raise KgError(f"--engine spark {_NEEDED}") from None
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = SparkConf().setAppName("kg-news").set("spark.ui.showConsoleProgress", "false")
    if master or not settings.contains("spark.master"):
        settings = settings.setMaster(master or "local[*]")
    try:
        context = SparkContext(conf=settings)
    except PySparkRuntimeError:
        raise KgError(f"--engine spark {_NEEDED}") from None
    context.setLogLevel("ERROR")
    return context


# -- on the machines of the cluster


def _task(
    part: Iterator[tuple[int, Source]], *, options: Options, models: Mapping[str, str], known: Any
) -> Iterator[str]:
    """The lines of some files; their order is that of their first field and not that in which they come."""
    waiting: list[str] = []
    places: deque[str] = deque()

    def articles() -> Iterator[Article]:
        for number, source in part:
            for at, item in enumerate(read_source(source, options)):
                place = f"{number:012d}.{at:09d}"
                if isinstance(item, Article) and not _has(known.value, item.id):
                    places.append(place)
                    yield item
                else:
                    waiting.append(_line(place, item))

    for found in extract(articles(), models=models):
        yield from waiting
        waiting.clear()
        yield _line(places.popleft(), found)
    yield from waiting


def _line(place: str, item: Extracted | Article | Skipped | Note) -> str:
    record: dict[str, Any] = {"at": place, type(item).__name__.lower(): asdict(item)}
    if isinstance(item, Extracted):
        record["extracted"] = {
            "article": asdict(item.article),
            "events": [eventline.to_dict(event) for event in item.events],
            "roles": [roleline.to_line(role) for role in item.roles],
        }
    return json.dumps(record, ensure_ascii=False)


def _read(line: str) -> tuple[Article | Skipped | Note, Extracted | None]:
    """A line as what was read, and what it says where it was parsed."""
    record = json.loads(line)
    if "skipped" in record:
        return Skipped(**record["skipped"]), None
    if "note" in record:
        return Note(**record["note"]), None
    if "article" in record:
        return Article(**record["article"]), None
    found = record["extracted"]
    events = tuple(map(eventline.from_dict, found["events"]))
    extracted = Extracted(Article(**found["article"]), events, tuple(map(roleline.from_line, found["roles"])))
    return extracted.article, extracted


def _place(line: str) -> str:
    return line[8:30]


def _short(identifier: str) -> int:
    """The first eight bytes of a content id: two articles with the same ones cost one a parse, and nothing else."""
    return int(identifier[:16], 16)


def _has(known: array[int], identifier: str) -> bool:
    wanted = _short(identifier)
    at = bisect_left(known, wanted)
    return at < len(known) and known[at] == wanted


def _cause(said: str) -> str:
    """The last line of a Python error inside a Java one."""
    lines = [line.strip() for line in said.splitlines() if line.strip() and not line.lstrip().startswith("at ")]
    return next((line for line in reversed(lines) if "Error:" in line), lines[0] if lines else said)[:300]
