"""Paths → the files to read, in a fixed order, each with the name that its article will have."""

from __future__ import annotations

import glob
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kg.errors import UnreadableArticle
from kg.ledger import Ledger

#: The path that stands for standard input.
STDIN = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read; ``path`` is ``None`` for standard input."""

    name: str
    path: Path | None

    def open(self) -> BinaryIO:
        """Open for reading; ``UnreadableArticle`` where it is no regular file or may not be read."""
        if self.path is None:
            return sys.stdin.buffer
        try:
            if not stat.S_ISREG(self.path.stat().st_mode):
                raise UnreadableArticle("not a regular file")
            return self.path.open("rb")
        except FileNotFoundError:
            what = "a link that leads nowhere" if self.path.is_symlink() else "no such file"
            raise UnreadableArticle(what) from None
        except (OSError, ValueError) as error:
            raise UnreadableArticle(f"cannot be opened: {getattr(error, 'strerror', None) or error}") from None


def sources(paths: Iterable[str | Path]) -> Iterator[Source]:
    """The files that ``paths`` (files, folders, patterns, ``-``) name.

    A folder gives its files in the order of their names, with all folders below, hidden ones left out. A file is
    named by its path below the folder that was given (its plain name where it was given itself), and by its whole
    path where an earlier one has that name. A path that was seen is not read twice.
    """
    names, seen = Ledger(), Ledger()
    for path in paths:
        if str(path) == STDIN:
            yield Source("stdin", None)
            continue
        for name, file in _expand(Path(path)):
            if not seen.add(os.fsencode(os.path.abspath(file)).hex()):
                continue
            unique = printable(name)
            if not names.add(unique):
                unique = printable(file.as_posix())
                names.add(unique)
            yield Source(unique, file)


def count(paths: Iterable[str | Path]) -> int | None:
    """How many files ``paths`` name, for a progress bar; ``None`` where one of them is standard input."""
    paths = list(paths)
    if any(str(path) == STDIN for path in paths):
        return None
    return sum(1 for _ in sources(paths))


def printable(name: str) -> str:
    """A file name without line breaks, control characters and bytes that are no text."""
    return "".join(character if character.isprintable() else "\ufffd" for character in name)


def _expand(path: Path) -> Iterator[tuple[str, Path]]:
    if path.is_dir():
        yield from ((file.relative_to(path).as_posix(), file) for file in _walk(path))
    elif not os.path.lexists(path) and glob.has_magic(str(path)):
        for match in sorted(glob.glob(str(path), recursive=True)):
            if Path(match).is_file():
                yield Path(match).name, Path(match)
    else:
        yield path.name, path


def _walk(folder: Path) -> Iterator[Path]:
    """Files below ``folder`` in the order of their paths; links to folders are not followed (they may be circular)."""
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files + [f for f in folders if (Path(root) / f).is_symlink()]):
            if not name.startswith("."):
                yield Path(root) / name
