"""Keeps the counts of ``kg.tallies`` while articles come and go, at the price of those articles and not of all.

Before an article changes, its events as they are counted are remembered; at the end they are taken off and the new ones
added. A note in the store says that its counts are those of its articles: it goes before the first change and comes
back with the counts. Where it is missing (a build was cut off, or the store is new), all events are counted anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg import archive, rows
from kg.literals import standard
from kg.rows import Row
from kg.store import Store
from kg.tallies import GRAPH, RANKS, Count, Key, debut, first, label, number, ranks, tallies
from kg.vocabulary import Vocabulary

_NOTE, _EVENTS = "tallied", "kg:events"
#: Most events to remember; where more change, all are counted anew.
_MOST = 20_000


@dataclass(frozen=True, slots=True)
class _Counted:
    """An article as it is counted."""

    story: str
    rows: tuple[Row, ...]


class Recount:
    """The counts of a store that is open for writing."""

    def __init__(self, store: Store, vocabulary: Vocabulary) -> None:
        """Nothing is read before something changes."""
        self._store, self._vocabulary = store, vocabulary
        self._begun = False
        self._former: dict[str, _Counted | None] | None = None
        self._events = 0

    @property
    def due(self) -> bool:
        """Whether the counts may not be those of the articles."""
        return self._begun or archive.noted(self._store, _NOTE) is None

    def changing(self, identifiers: Iterable[str]) -> None:
        """To be called before the articles of these content ids come, change or go."""
        if not self._begun:
            right = not self.due
            self._begun, self._events = True, 0
            self._former = {} if right and self._store.batch == 1 else None
            self._store.set_note(_NOTE, None)
        for identifier in identifiers:
            if self._former is not None and identifier not in self._former:
                found = self._former[identifier] = self._counted(identifier)
                self._events += len(found.rows) if found else 0
                if self._events > _MOST:
                    self._former = None

    def tally(self) -> bool:
        """Bring the counts up to date; true where they were others."""
        if not self.due:
            return False
        gone, come = self._anew() if self._former is None else self._changed(self._former)
        if gone or come:
            self._store.patch(GRAPH, gone, come)
        self._store.set_note(_NOTE, "yes")
        self._begun, self._former = False, None
        return bool(gone or come)

    def _counted(self, identifier: str) -> _Counted | None:
        graph = archive.node(identifier)
        name = archive.read(self._store, graph, "name")
        if name is None:
            return None
        story = archive.read(self._store, graph, "story") or identifier
        return _Counted(story, tuple(rows.decode(archive.read(self._store, graph, "rows") or "[]", name)))

    def _node(self, identifier: str) -> str:
        return self._vocabulary.iri("article", identifier)

    def _anew(self) -> tuple[list[ox.Quad], list[ox.Quad]]:
        every = ((stored.id, self._counted(stored.id)) for stored in archive.stored(self._store))
        told = ((self._node(i), found.story, found.rows) for i, found in every if found)
        come = dict.fromkeys(tallies(told, self._vocabulary))
        gone = []
        for quad in self._store.quads_for_pattern(None, None, None, GRAPH):
            if quad in come:
                del come[quad]
            else:
                gone.append(quad)
        return gone, list(come)

    # -- what articles that changed do to the counts

    def _changed(self, former: Mapping[str, _Counted | None]) -> tuple[list[ox.Quad], list[ox.Quad]]:
        old, new = Count(self._vocabulary), Count(self._vocabulary)
        for identifier, was in former.items():
            for count, found in ((old, was), (new, self._counted(identifier))):
                if found is not None:
                    count.add(self._node(identifier), found.story, found.rows)
        articles = {self._node(identifier) for identifier in former}
        values = self._values(old, new, former)

        def stays(key: Key) -> bool:
            """Noughts are kept for articles, and for months in which anything happened."""
            node = key[0]
            return values[key] > 0 or (key in new.numbers if node in articles else values.get((node, _EVENTS), 0) > 0)

        wanted = {key: number(key, value) if stays(key) else None for key, value in values.items()}
        for month, node in {**old.months, **new.months}.items():
            wanted[node, "rdfs:label"] = label(node, month) if values[node, _EVENTS] > 0 else None
        for node in old.first.keys() | new.first.keys():
            date = self._first(node, old.first.get(node), new.first.get(node))
            wanted[node, "kg:first"] = first(node, date) if date else None
            wanted[node, "kg:debut"] = debut(node, self._vocabulary.iri("month", date[:7])) if date else None
        gone, come = self._differing(wanted)
        former_ranks, new_ranks = self._ranks(wanted)
        return [*gone, *former_ranks], [*come, *new_ranks]

    def _ranks(self, wanted: Mapping[Key, ox.Quad | None]) -> tuple[list[ox.Quad], list[ox.Quad]]:
        """The ranks that go and come. They hang on the counts of all actors, which are read: a second for a million."""
        counted = {name for names in RANKS.values() for name in names}
        numbers: dict[Key, int] = {}
        for name in counted:
            for quad in self._store.quads_for_pattern(None, standard(name), None, GRAPH):
                if isinstance(quad.subject, ox.NamedNode):
                    numbers[quad.subject.value, name] = int(archive.text_of(quad))
        for key, new in wanted.items():
            if key[1] in counted:
                numbers[key] = int(archive.text_of(new)) if new is not None else 0
        come = dict.fromkeys(ranks({key: value for key, value in numbers.items() if value > 0}))
        every = (self._store.quads_for_pattern(None, standard(name), None, GRAPH) for name in RANKS)
        old = dict.fromkeys(quad for quads in every for quad in quads)
        return [quad for quad in old if quad not in come], [quad for quad in come if quad not in old]

    def _values(self, old: Count, new: Count, former: Mapping[str, _Counted | None]) -> dict[Key, int]:
        """The numbers as they are now."""
        change = {key: new.numbers[key] - old.numbers[key] for key in old.numbers.keys() | new.numbers.keys()}
        others = set(self._quoted({story for _, story in old.quoted ^ new.quoted}, former))
        for pairs, sign in ((new.quoted - old.quoted - others, 1), (old.quoted - new.quoted - others, -1)):
            for source, _ in pairs:
                change[source, "kg:quotedIn"] = change.get((source, "kg:quotedIn"), 0) + sign
        return {key: int(self._value(key) or 0) + value for key, value in change.items()}

    def _quoted(self, stories: Iterable[str], former: Mapping[str, object]) -> Iterator[tuple[str, str]]:
        """Who is quoted in these stories by articles that have not changed."""
        for story in stories:
            for identifier in archive.holders(self._store, "story", story):
                found = self._counted(identifier) if identifier not in former else None
                yield from ((row.source, story) for row in (found.rows if found else ()) if row.source is not None)

    def _first(self, node: str, old: str | None, new: str | None) -> str | None:
        """The first day of an actor; all its events are asked only where the one that had it may have gone."""
        kept = self._value((node, "kg:first"))
        if kept is None or old is None or old > kept or (new is not None and new <= kept):
            return min((date for date in (kept, new) if date is not None), default=None)
        find, union = self._store.quads_for_pattern, ox.DefaultGraph()
        ends = (standard("kg:actor"), standard("kg:target"))
        found = (find(None, end, ox.NamedNode(node), union) for end in ends)
        days = (find(quad.subject, standard("kg:date"), None, union) for quads in found for quad in quads)
        return min((archive.text_of(quad) for quads in days for quad in quads), default=None)

    def _union(
        self,
        subject: ox.NamedNode | ox.BlankNode | ox.Triple | None,
        predicate: ox.NamedNode,
        value: ox.NamedNode | None,
    ) -> Iterable[ox.Quad]:
        return self._store.quads_for_pattern(subject, predicate, value, ox.DefaultGraph())

    def _kept(self, key: Key) -> ox.Quad | None:
        node, name = ox.NamedNode(key[0]), standard(key[1])
        return next(iter(self._store.quads_for_pattern(node, name, None, GRAPH)), None)

    def _value(self, key: Key) -> str | None:
        found = self._kept(key)
        return archive.text_of(found) if found else None

    def _differing(self, wanted: Mapping[Key, ox.Quad | None]) -> tuple[list[ox.Quad], list[ox.Quad]]:
        kept = {key: self._kept(key) for key in wanted}
        gone = [quad for key, quad in kept.items() if quad is not None and quad != wanted[key]]
        return gone, [quad for key, quad in wanted.items() if quad is not None and quad != kept[key]]
