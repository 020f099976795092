"""What tests share: where things are, and one build of the seeds for all that only look at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from servers import PROGRAMS, Server, program

from kg.cli import run

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"


@pytest.fixture(scope="session")
def seeds_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the articles of ``seeds/``; nobody writes to it."""
    store = tmp_path_factory.mktemp("seeds") / "kg.db"
    assert run(["build", str(SEEDS), "--store", str(store), "--quiet"]) == 0
    return store


@pytest.fixture(scope="session")
def server_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Server]]:
    """A running SPARQL server of a kind, one for all tests; what it holds is anybody's."""
    running: dict[str, Server] = {}

    def get(kind: str) -> Server:
        if program(kind) is None:
            pytest.skip(f"{kind} is not installed ({PROGRAMS[kind][1]})")
        if kind not in running:
            running[kind] = Server(kind, tmp_path_factory.mktemp(kind)).start()
        return running[kind]

    yield get
    for server in running.values():
        server.kill()
