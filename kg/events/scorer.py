"""The learned scorer: gradient-boosted decision trees over candidate features, applied with numpy alone.

The trees are data (``weights.npz``, made by ``kg fit``): flat arrays in which a leaf points to itself. The sum of the
leaves is turned into a probability by a calibration (Platt 1999) fitted on articles the trees had not seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.errors import ModelError
from kg.events.features import LAYOUT


class Forest:
    """Boosted trees as arrays: for each node the feature, threshold, children and value; ``roots`` one per tree."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Take the arrays of ``weights.npz``; ``ModelError`` where they were fitted for other features."""
        if str(arrays["layout"]) != LAYOUT:
            raise ModelError("the scorer's weights were fitted for another version of the features: run kg fit")
        self.feature = arrays["feature"].astype(np.int32)
        self.threshold = arrays["threshold"].astype(np.float32)
        self.left = arrays["left"].astype(np.int32)
        self.right = arrays["right"].astype(np.int32)
        self.value = arrays["value"].astype(np.float64)
        self.roots = arrays["roots"].astype(np.int32)
        self.depth = int(arrays["depth"])
        self.bias = float(arrays["bias"])
        self.slope, self.offset = (float(x) for x in arrays["calibration"])
        self.cut = float(arrays["cut"])

    def margin(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """The raw score (log-odds before calibration) of each row."""
        if not len(rows):
            return np.zeros(0)
        index = np.arange(len(rows))[:, None]
        nodes = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        for _ in range(self.depth):
            goes_left = rows[index, self.feature[nodes]] <= self.threshold[nodes]
            nodes = np.where(goes_left, self.left[nodes], self.right[nodes])
        total: NDArray[np.float64] = self.value[nodes].sum(axis=1)
        return total + self.bias

    def probability(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """The calibrated probability that each row is a right event."""
        return 1.0 / (1.0 + np.exp(-(self.slope * self.margin(rows) + self.offset)))


@cache
def forest() -> Forest:
    """The scorer that ships with the package, read once."""
    with as_file(files("kg.events") / "weights.npz") as path, np.load(path, allow_pickle=False) as arrays:
        return Forest(dict(arrays))
