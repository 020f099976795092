"""How a store is laid out: opening it, checking whose it is, and writing quads as one update."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

import pyoxigraph as ox

from kg import archive
from kg.errors import StoreError
from kg.ontology import terms
from kg.vocabulary import DEFAULT_BASE, TERMS_GRAPH, Vocabulary

#: Version of the layout inside the store; a store of another one is refused.
FORMAT = "2"
_DEFAULT = ox.DefaultGraph()


def open_store(folder: Path, *, write: bool) -> ox.Store:
    """The Oxigraph store in a folder, made where it is missing and ``write`` is set; ``StoreError`` otherwise."""
    exists = (folder / "CURRENT").is_file()
    if not exists and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreError(f"{folder} is no store of this program")
    if not exists and not write:
        raise StoreError(f"there is no store at {folder}; kg build makes one")
    try:
        if write:
            folder.parent.mkdir(parents=True, exist_ok=True)
        return ox.Store(str(folder)) if write else ox.Store.read_only(str(folder))
    except (OSError, ValueError, RuntimeError) as error:
        raise _unopened(folder, error) from None


def data(verb: str, quads: Sequence[ox.Quad]) -> str:
    """``INSERT DATA`` or ``DELETE DATA`` of ground quads; the terms write themselves, escaped."""
    if not quads:
        return ""
    plain = [f"{q.triple} ." for q in quads if q.graph_name == _DEFAULT]
    grouped: dict[str, list[str]] = {}
    for quad in quads:
        if quad.graph_name != _DEFAULT:
            grouped.setdefault(str(quad.graph_name), []).append(f"{quad.triple} .")
    named = [f"GRAPH {graph} {{ {' '.join(triples)} }}" for graph, triples in grouped.items()]
    return f"{verb} DATA {{ {' '.join(plain + named)} }}"


def prepare(store: ox.Store, base: str | None, path: str, *, write: bool) -> Vocabulary:
    """The vocabulary of a store that is of this program and layout; a new one is given its notes and terms."""
    found = {key: archive.notes(store, key) for key in ("format", "base")}
    fresh = found["format"] is None
    if fresh and (not write or next(iter(store), None) is not None):
        raise StoreError(f"{path} is no store of this program")
    if found["format"] is not None and found["format"] != archive.note("format", FORMAT):
        raise StoreError(f"{path} was written by another version of this program; build it anew")
    if fresh:
        base = base or DEFAULT_BASE
        notes = [archive.note("format", FORMAT), archive.note("base", base)]
        _written(lambda: store.extend(notes))
    stored = archive.notes(store, "base")
    value = stored.object.value if stored is not None and isinstance(stored.object, ox.Literal) else DEFAULT_BASE
    if base is not None and base != value:
        raise StoreError(f"{path} has the base {value!r}, not {base!r}")
    if write:
        _written(lambda: _describe_terms(store))
    return Vocabulary(value)


def _written(work: Callable[[], None]) -> None:
    try:
        work()
    except OSError as error:
        raise StoreError(f"cannot write the store: {error}") from None


def _describe_terms(store: ox.Store) -> None:
    graph = ox.NamedNode(TERMS_GRAPH)
    new, old = set(terms()), set(store.quads_for_pattern(None, None, None, graph))
    if new != old:
        gone, come = sorted(old - new, key=str), sorted(new, key=str)
        store.update(";\n".join(part for part in (data("DELETE", both(gone)), data("INSERT", both(come))) if part))


def both(quads: Collection[ox.Quad]) -> list[ox.Quad]:
    """Quads of a visible graph, and the same in the union."""
    return [*quads, *(ox.Quad(q.subject, q.predicate, q.object) for q in quads)]


def _unopened(path: Path, error: Exception) -> StoreError:
    text = " ".join(str(error).split())
    if "lock" in text.lower():
        return StoreError(f"the store {path} is being written by another process")
    return StoreError(f"cannot open the store {path}: {text}")
