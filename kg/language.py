"""Language data: the word lists of ``kg/lang/<code>/``, read once. The only place that knows which languages exist.

A language is a folder: TSV files (``#`` starts a comment, the first other row names the columns) and ``labels.toml``.
Further ones lie in the folders that the environment variable ``KG_LANG_PATH`` names (see docs/languages.md).
"""

from __future__ import annotations

import csv
import os
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from kg.errors import KgError

_ROOT = files("kg") / "lang"
#: The language whose labels give identifiers and stand for a thing unless another is asked for.
IDENTIFIERS = "en"


@cache
def folders() -> Mapping[str, Traversable]:
    """The folder of each language by its code: those that ship, and those in the folders of ``KG_LANG_PATH``.

    ``KgError`` where that names a folder which does not exist.
    """
    roots: list[Traversable] = [_ROOT]
    for name in filter(None, os.environ.get("KG_LANG_PATH", "").split(os.pathsep)):
        if not Path(name).is_dir():
            raise KgError(f"KG_LANG_PATH: there is no folder {name}")
        roots.append(Path(name))
    found = {entry.name: entry for root in roots for entry in root.iterdir() if (entry / "labels.toml").is_file()}
    return dict(sorted(found.items()))


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages that have a folder, sorted."""
    return tuple(folders())


@cache
def table(language: str, name: str) -> tuple[Mapping[str, str], ...]:
    """Rows of ``kg/lang/<language>/<name>.tsv`` as dicts; ``language`` may be ``""`` for tables all languages share.

    A list that a language leaves out is empty. ``KgError`` where there is no such language or shared table, or a row
    has another number of cells than the header.
    """
    if language in folders() and not has_table(language, name):
        return ()
    path = folders().get(language, _ROOT) / f"{name}.tsv"
    if not path.is_file() or (language and language not in folders()):
        raise KgError(f"no word list {name}.tsv for language {language or 'shared'!r}")
    lines = path.read_text(encoding="utf-8").splitlines()
    written = [line for line in lines if line.strip() and not line.startswith("#")]
    rows = list(csv.reader(written, delimiter="\t", quoting=csv.QUOTE_NONE))
    header = rows[0]
    for row in rows[1:]:
        if len(row) != len(header):
            raise KgError(f"{path.name}: row {row!r} has {len(row)} cells, the header has {len(header)}")
    return tuple(dict(zip(header, row, strict=True)) for row in rows[1:])


@cache
def has_table(language: str, name: str) -> bool:
    """Whether a language has a word list that not every language needs."""
    return language in folders() and (folders()[language] / f"{name}.tsv").is_file()


@cache
def labels(language: str) -> Mapping[str, Any]:
    """The language's ``labels.toml``: its pipelines and how their labels map to universal relations."""
    if language not in folders():
        raise KgError(f"language {language!r} is not supported; there is {', '.join(languages())}")
    return tomllib.loads((folders()[language] / "labels.toml").read_text(encoding="utf-8"))


@cache
def rules(language: str) -> Mapping[str, Any]:
    """How a language writes of actors: ``[actors]`` of its ``labels.toml``; what it leaves out is empty or false.

    ``KgError`` where the language is not supported.
    """
    empty = {name: type(value)() for name, value in labels(IDENTIFIERS)["actors"].items()}
    return {**empty, **labels(language).get("actors", {})}


@cache
def wordlist(language: str, name: str) -> frozenset[str]:
    """The words of one list of ``[actors]``; empty where the language is not supported."""
    return frozenset(rules(language)[name]) if language in languages() else frozenset()


@cache
def everywhere(name: str) -> frozenset[str]:
    """The words of one list of ``[actors]`` in all languages, since names cross borders ("Sir", « Me »)."""
    return frozenset(word for language in languages() for word in wordlist(language, name))


@cache
def pronouns() -> frozenset[str]:
    """The pronouns and possessives of all languages in lower case: words that name nobody by themselves."""
    classes = ("third_person", "first_person_singular", "first_person_plural", "reflexive", "relative", "empty_pronoun")
    found: set[str] = set()
    for code in languages():
        data = labels(code)
        found.update(word for name in classes for word in data["words"].get(name, ()))
        found.update(data.get("possessives", {}))
    return frozenset(found)
