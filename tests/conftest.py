"""What tests share: where things are, and one build of the seeds for all that only look at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.cli import run

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"


@pytest.fixture(scope="session")
def seeds_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the articles of ``seeds/``; nobody writes to it."""
    store = tmp_path_factory.mktemp("seeds") / "kg.db"
    assert run(["build", str(SEEDS), "--store", str(store), "--quiet"]) == 0
    return store
