"""Which library multiplies the pipelines' matrices: spaCy's default, BLIS, or the one that numpy was built with.

Annotations are the same with both, and on most processors numpy's (OpenBLAS) is up to twice as fast; so the faster one
is taken by trying, in a few hundredths of a second.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

#: Rows, width and height of products as the pipelines make them: a batch of tokens by the layers that cost most.
_SHAPES = ((1200, 288, 288), (1200, 96, 832))
_ROUNDS = 4

if "numpy" not in sys.modules:  # it is read once, on import; more threads make small products slower
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@dataclass(frozen=True, slots=True)
class Choice:
    """The library taken: its name, whether it is BLIS, and how many times as fast as the other one it was."""

    name: str
    blis: bool
    gain: float

    def __str__(self) -> str:
        """The choice in words, for a user."""
        other = "numpy's own library" if self.blis else "BLIS"
        return f"{self.name} ({self.gain:.1f} times as fast as {other})" if self.gain else self.name


_taken: list[Choice] = []


def fastest() -> Choice:
    """The faster library on this machine, found once a process."""
    if not _taken:
        take(_tried())
    return _taken[0]


def take(choice: Choice) -> None:
    """Use this library from now on: for a process whose parent has tried already."""
    _taken[:] = [choice]


def _tried() -> Choice:
    import numpy as np

    own = _own_name()
    try:
        from blis.py import gemm
    except ImportError:
        return Choice(own, blis=False, gain=0.0)
    rng = np.random.default_rng(0)
    pairs = [
        (rng.random((rows, width), dtype=np.float32), rng.random((height, width), dtype=np.float32))
        for rows, width, height in _SHAPES
    ]

    def with_blis() -> None:
        for left, right in pairs:
            gemm(left, right, trans2=True)

    def with_numpy() -> None:
        for left, right in pairs:
            left @ right.T

    rounds = [(_seconds(with_blis), _seconds(with_numpy)) for _ in range(_ROUNDS)][1:]  # the first one warms up
    blis, numpy = (min(times) for times in zip(*rounds, strict=True))
    return Choice("BLIS", blis=True, gain=numpy / blis) if blis < numpy else Choice(own, blis=False, gain=blis / numpy)


def _seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _own_name() -> str:
    """What numpy was built with, as a user knows it."""
    import numpy as np

    config: Any = np.show_config(mode="dicts")
    name = str(config["Build Dependencies"]["blas"]["name"])
    return "OpenBLAS" if "openblas" in name.lower() else name
