"""What of a graph is exported, and in which shape: the same options for every format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kg.errors import KgError
from kg.graph import Graph
from kg.literals import day
from kg.model import MODALITIES, POLARITIES, TYPES
from kg.names import Names
from kg.rows import Row

PROFILES = ("portable", "yed")
SHAPES = ("events", "dyads")
SOURCES = ("all", "asserted", "claimed")


@dataclass(frozen=True, slots=True)
class Options:
    """Filters and shape of an export; the default is everything, an edge an event.

    ``actors`` are wordings or ids of actors of which one must act, suffer or speak; ``types``, ``polarities`` and
    ``modalities`` are the values allowed (none given: all); ``since`` and ``until`` are ISO dates of any width, both
    inclusive; ``min_count`` is how often actor, action and target must occur together; ``source`` is ``asserted`` (by
    the article itself), ``claimed`` (somebody is reported as saying it) or ``all``. ``profile``, ``shape`` and
    ``strict`` concern networks; ``lang`` is the language of labels.
    """

    actors: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    min_count: int = 1
    min_confidence: float = 0.0
    polarities: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    source: str = "all"
    profile: str = "portable"
    shape: str = "events"
    strict: bool = False
    lang: str = "en"

    def __post_init__(self) -> None:
        """``KgError`` names a value that is none of those allowed."""
        object.__setattr__(self, "types", tuple(value.upper() for value in self.types))
        for name, allowed in (("types", TYPES), ("polarities", POLARITIES), ("modalities", MODALITIES)):
            for value in getattr(self, name):
                if value not in allowed:
                    raise KgError(f"{value!r} is none of {', '.join(allowed)}")
        for value, choices in ((self.source, SOURCES), (self.profile, PROFILES), (self.shape, SHAPES)):
            if value not in choices:
                raise KgError(f"{value!r} is none of {', '.join(choices)}")
        for date in (self.since, self.until):
            if date is not None and day(date) is None:
                raise KgError(f"{date!r} is no date: give YYYY, YYYY-MM or YYYY-MM-DD")

    @property
    def filters(self) -> bool:
        """Whether anything is left out at all."""
        limits = (self.actors, self.types, self.since, self.until, self.polarities, self.modalities)
        return any(limits) or self.min_count > 1 or self.min_confidence > 0 or self.source != "all"


@dataclass(slots=True)
class Filter:
    """The options as a test of one event row; ``counted`` adds the test of ``min_count``."""

    options: Options
    actors: frozenset[str]
    _tests: list[Callable[[Row], bool]] = field(default_factory=list)

    @classmethod
    def of(cls, graph: Graph, options: Options) -> Filter:
        """The filter for a graph; ``QueryError`` where an actor is not known."""
        names = Names(graph, options.lang)
        found = cls(options, frozenset(names.node("actor", text).value for text in options.actors))
        found._prepare()
        return found

    def __call__(self, row: Row) -> bool:
        """Whether a row is exported (``min_count`` apart)."""
        return all(test(row) for test in self._tests)

    def _prepare(self) -> None:
        options, actors, tests = self.options, self.actors, self._tests
        since, until = day(options.since), day(options.until, last=True)
        if actors:
            tests.append(lambda row: row.actor in actors or row.target in actors or row.source in actors)
        if options.types:
            tests.append(lambda row: row.type in options.types)
        if since:
            tests.append(lambda row: row.date is not None and row.date >= since)
        if until:
            tests.append(lambda row: row.date is not None and row.date <= until)
        if options.min_confidence > 0:
            tests.append(lambda row: row.confidence >= options.min_confidence)
        if options.polarities:
            tests.append(lambda row: row.polarity in options.polarities)
        if options.modalities:
            tests.append(lambda row: row.modality in options.modalities)
        if options.source != "all":
            tests.append(lambda row: row.claimed == (options.source == "claimed"))
