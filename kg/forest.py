"""Boosted decision trees as flat arrays, applied with numpy alone: the judges of antecedents and of events.

The trees are data, grown by ``kg fit``: a leaf points to itself, and the sum of the leaves is the log-odds.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import as_file, files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.errors import ModelError

Floats = NDArray[np.float64]
Matrix = NDArray[np.float32]


def shipped(package: str, name: str) -> dict[str, NDArray[Any]]:
    """The arrays of an ``npz`` archive that ships in a package of this project; ``ModelError`` where it is missing."""
    with as_file(files(package) / name) as path:
        if not path.is_file():
            raise ModelError(f"{package}/{name} is missing: run kg fit")
        with np.load(path, allow_pickle=False) as arrays:
            return dict(arrays)


class Forest:
    """Boosted trees as flat arrays: feature, threshold, children and value of each node; ``roots`` one per tree."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]], name: str) -> None:
        """Take the arrays of one forest out of an ``npz`` archive; their names start with ``name``."""
        self.feature = arrays[f"{name}.feature"].astype(np.intp)
        self.threshold = arrays[f"{name}.threshold"].astype(np.float32)
        self.left = arrays[f"{name}.left"].astype(np.intp)
        self.right = arrays[f"{name}.right"].astype(np.intp)
        self.value = arrays[f"{name}.value"].astype(np.float64)
        self.roots = arrays[f"{name}.roots"].astype(np.intp)
        self.depth = int(arrays[f"{name}.depth"])

    def margin(self, rows: Matrix) -> Floats:
        """The raw score (log-odds) of each row."""
        if not len(rows):
            return np.zeros(0)
        flat, width = np.ascontiguousarray(rows).ravel(), rows.shape[1]
        base = (np.arange(len(rows)) * width)[:, None]
        nodes = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        for _ in range(self.depth):
            goes_left = flat[base + self.feature[nodes]] <= self.threshold[nodes]
            nodes = np.where(goes_left, self.left[nodes], self.right[nodes])
        total: Floats = self.value[nodes].sum(axis=1)
        return total
