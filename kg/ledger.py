"""Pairs of texts that a run must remember, kept on disk so that a million of them cost no more memory than ten."""

from __future__ import annotations

import sqlite3


class Ledger:
    """Key → value, in a temporary file of SQLite that goes with this object. Lone surrogates count as ``?``."""

    def __init__(self) -> None:
        """An empty one; the file is made once it outgrows a few megabytes."""
        self._pairs = sqlite3.connect("", isolation_level=None)  # no name: a file of its own that is removed
        self._pairs.execute("PRAGMA synchronous = OFF")
        self._pairs.execute("CREATE TABLE pairs (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
        self._pairs.execute("BEGIN")

    def get(self, key: str) -> str | None:
        """The value of a key."""
        found = self._pairs.execute("SELECT value FROM pairs WHERE key = ?", (_sound(key),)).fetchone()
        return found and str(found[0])

    def add(self, key: str, value: str = "") -> bool:
        """Give a key its value; false where it has one already, which stays."""
        pair = (_sound(key), _sound(value))
        return self._pairs.execute("INSERT OR IGNORE INTO pairs VALUES (?, ?)", pair).rowcount > 0

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None


def _sound(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
