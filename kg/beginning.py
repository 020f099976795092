"""How a store begins, wherever it is: whose it is, its base, and the graph of the program's own terms."""

from __future__ import annotations

import pyoxigraph as ox

from kg import archive
from kg.errors import StoreError
from kg.ontology import terms
from kg.store import Change, Store
from kg.vocabulary import DEFAULT_BASE, TERMS_GRAPH, Vocabulary

#: Version of the layout inside the store; a store of another one is refused.
FORMAT = "2"


def prepare(store: Store, base: str | None, *, write: bool) -> Vocabulary:
    """The vocabulary of a store that is of this program and layout; a new one is given its notes and terms."""
    layout, value = archive.noted(store, "format"), archive.noted(store, "base")
    if layout is None and (not write or store.foreign()):
        raise StoreError(f"{store.place} is no store of this program")
    if layout not in (None, FORMAT):
        raise StoreError(f"{store.place} was written by another version of this program; build it anew")
    if layout is None:
        value = base or DEFAULT_BASE
        store.change([Change(kept=(archive.note("base", value), archive.note("format", FORMAT)))])
    value = value or DEFAULT_BASE
    if base is not None and base != value:
        raise StoreError(f"{store.place} has the base {value!r}, not {base!r}")
    if write:
        graph = ox.NamedNode(TERMS_GRAPH)
        new, old = tuple(terms()), set(store.quads_for_pattern(None, None, None, graph))
        if set(new) != old:
            store.change([Change((graph,) if old else (), new)])
    return Vocabulary(value)
