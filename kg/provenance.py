"""What an article was read with: pipeline, word lists and program, each by version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

from kg import language as lang
from kg.statements import Build
from kg.version import VERSION

_DATA = (".tsv", ".toml", ".json", ".npz")


def made_with(language: str, models: Mapping[str, str] | None = None) -> Build:
    """The parts that read an article in ``language``; ``models`` names pipelines other than the locked ones."""
    return _made_with((models or {}).get(language) or str(lang.labels(language)["pipeline"]))


@cache
def _made_with(name: str) -> Build:
    try:
        number = version(name.replace("_", "-"))
    except PackageNotFoundError:
        number = "unknown"
    return Build(models=(f"{name} {number}",), lexicon=data_version(), code=VERSION)


def to_stamp(made: Build, actors: str = "") -> str:
    """The build as the text that a store keeps beside each article, with a hash of its actors as they are described."""
    return json.dumps({**asdict(made), "actors": actors}, sort_keys=True)


def from_stamp(stamp: str) -> Build:
    """The build that ``to_stamp`` wrote, without the hash; an empty one for any other text."""
    try:
        data = json.loads(stamp)
        return Build(tuple(data["models"]), str(data["lexicon"]), str(data["code"]))
    except (ValueError, TypeError, KeyError):
        return Build()


@cache
def data_version() -> str:
    """A short hash over the word lists, tables and weights that ship with the package."""
    digest = hashlib.sha256()
    for path, entry in sorted(_files(files("kg"), "")):
        digest.update(path.encode())
        digest.update(hashlib.sha256(entry.read_bytes()).digest())
    return digest.hexdigest()[:12]


def _files(folder: Traversable, path: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += _files(entry, f"{path}{entry.name}/")
        elif entry.name.endswith(_DATA):
            found.append((path + entry.name, entry))
    return found
