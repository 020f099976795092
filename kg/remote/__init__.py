"""A store elsewhere: any that speaks SPARQL 1.1 and its Graph Store Protocol over HTTP."""

from __future__ import annotations

from pathlib import Path

from kg.errors import StoreError
from kg.remote.client import LONG_PATIENCE, PATIENCE, Client
from kg.remote.store import RemoteStore
from kg.remote.writing import Writer


def is_address(path: str | Path) -> bool:
    """Whether a store is named by an address and not by a folder."""
    return isinstance(path, str) and path.lower().startswith(("http://", "https://"))


def connect(address: str, *, write: bool = False) -> RemoteStore:
    """The store at an address; ``write`` takes it from whoever wrote to it before and mends what was left half done.

    ``StoreError`` where nothing answers, or what answers is no such store.
    """
    client = Client(address, patience=LONG_PATIENCE if write else PATIENCE)
    return RemoteStore(client, Writer(client) if write else None)


def exists(address: str) -> bool:
    """Whether the store at an address holds a graph of this program; ``StoreError`` where nothing answers."""
    client = Client(address, patience=PATIENCE)
    try:
        return RemoteStore(client, None).is_begun()
    finally:
        client.close()


__all__ = ["RemoteStore", "StoreError", "connect", "exists", "is_address"]
