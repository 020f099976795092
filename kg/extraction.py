"""Rooms 2 to 5 for a stream of articles, in this process or in several; what comes out keeps their order."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing.connection import wait
from pathlib import Path
from typing import Protocol, TypeVar

from kg import blas, when, where
from kg.errors import KgError
from kg.model import Article, Event, Role
from kg.pieces import pieces
from kg.read import Note, Options, Skipped, read

#: Articles that a process gets at once, and how many such parcels a process may be ahead of what was asked for.
_PARCEL, _AHEAD = 16, 2
#: Longest text whose events are looked for at once, in characters: longer than any news article. Who a pronoun stands
#: for is followed within it.
_SECTION = 100_000
_Found = TypeVar("_Found", Event, Role)


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article with what it says: times and places are resolved, actors not yet."""

    article: Article
    events: tuple[Event, ...]
    roles: tuple[Role, ...]


class Engine(Protocol):
    """Where rooms 1 to 5 are run."""

    def read(self, paths: Iterable[str | Path], options: Options | None = None) -> Iterator[Article | Skipped | Note]:
        """The articles of files, as ``kg.read.read`` gives them."""
        ...

    def extract(self, articles: Iterable[Article], *, models: Mapping[str, str] | None = None) -> Iterator[Extracted]:
        """What those of the articles say that are asked for, in their order."""
        ...


@dataclass(frozen=True, slots=True)
class Here:
    """This machine, with so many processes."""

    jobs: int = 1

    def read(self, paths: Iterable[str | Path], options: Options | None = None) -> Iterator[Article | Skipped | Note]:
        """Read files."""
        return read(paths, options)

    def extract(self, articles: Iterable[Article], *, models: Mapping[str, str] | None = None) -> Iterator[Extracted]:
        """Parse articles and extract their events."""
        return extract(articles, models=models, jobs=self.jobs)


def extract(
    articles: Iterable[Article], *, models: Mapping[str, str] | None = None, jobs: int = 1
) -> Iterator[Extracted]:
    """Parse articles and extract their events; ``jobs`` is the number of processes.

    No more than a few parcels of articles are held at any time. Raises ``ModelError``, and ``KgError`` where a process
    dies.
    """
    if jobs == 1:
        yield from _extract(map(dated, articles), models)
        return
    stream = map(dated, articles)
    pending: deque[Future[list[Extracted]]] = deque()
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, context, initializer=_start, initargs=(blas.fastest(),))
    try:
        while parcel := list(islice(stream, _PARCEL)):
            pending.append(pool.submit(_parcel, parcel, models))
            if len(pending) >= jobs * _AHEAD:
                yield from pending.popleft().result()
        while pending:
            yield from pending.popleft().result()
    except BrokenProcessPool:
        raise KgError(
            "a process that read articles has died; it may have run out of memory (try fewer --jobs)"
        ) from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def dated(article: Article) -> Article:
    """The article with the date of its own text or name, where nothing else gives one."""
    if article.published:
        return article
    return replace(article, published=when.article_date(article.name, article.text, article.language))


def located(event: Event, article: Article) -> Event:
    """The event with its time as an interval and its place as a known one, where they can be."""
    ahead = True if event.modality == "planned" else None
    time = event.time and when.resolve(event.time.text, article.published, article.language, ahead=ahead)
    place = event.place and where.resolve(event.place.text, article.language)
    return replace(event, time=time, place=place)


def _extract(articles: Iterable[Article], models: Mapping[str, str] | None) -> Iterator[Extracted]:
    from kg import events, parse  # here, so that a command which parses nothing loads no pipeline

    whole: deque[tuple[Article, list[Article]]] = deque()
    parsed = parse.parse(_sections(articles, whole), models=models)
    for section, doc in parsed:
        article, rest = whole.popleft()
        reading = events.extract(section, doc)
        found, roles, start = list(reading.events), list(reading.roles), len(section.text)
        for _ in rest:
            section, doc = next(parsed)
            reading = events.extract(section, doc)
            found += [moved(event, start) for event in reading.events]
            roles += [moved(role, start) for role in reading.roles]
            start += len(section.text)
        yield Extracted(article, tuple(located(event, article) for event in found), tuple(roles))


def _sections(articles: Iterable[Article], whole: deque[tuple[Article, list[Article]]]) -> Iterator[Article]:
    """Articles, very long ones in several; ``whole`` gets each with what follows its first section."""
    for article in articles:
        first, *rest = pieces(article.text, _SECTION)
        sections = [replace(article, text=text) for text in rest]
        whole.append((article, sections))
        yield replace(article, text=first) if rest else article
        yield from sections


def moved(found: _Found, by: int) -> _Found:
    """An event or role of a section, with the places that it has in the whole article."""
    ends = {
        name: replace(end, start=None if end.start is None else end.start + by, end=end.end and end.end + by)
        for name in ("actor", "target", "source", "person", "organization")
        if (end := getattr(found, name, None)) is not None
    }
    return replace(found, start=found.start + by, end=found.end + by, **ends)


def _parcel(articles: list[Article], models: Mapping[str, str] | None) -> list[Extracted]:
    return list(_extract(articles, models))


def _start(library: blas.Choice) -> None:
    """A process of the pool leaves Ctrl-C to its parent, and ends when that is gone."""
    blas.take(library)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _follow(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
