"""Growing forests of decision trees with LightGBM, and laying them out as the flat arrays that prediction reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.errors import KgError
from kg.forest import Matrix

#: Boosting of the forest (LightGBM's names) and how many trees.
_BOOSTING = {
    "objective": "binary", "learning_rate": 0.04, "num_leaves": 31, "min_data_in_leaf": 20, "lambda_l2": 5.0,
    "feature_fraction": 0.3, "bagging_fraction": 0.8, "bagging_freq": 1, "verbose": -1, "num_threads": 1, "max_bin": 63,
    "deterministic": True, "force_col_wise": True, "seed": 1,
}  # fmt: skip
_TREES = 300


def grow(rows: Matrix, right: NDArray[np.float64], weight: NDArray[np.float64] | None = None) -> Any:
    """Grow a forest; returns the LightGBM booster. ``KgError`` where LightGBM is not installed."""
    try:
        import lightgbm
    except ImportError:
        raise KgError("fitting needs LightGBM: pip install 'kg-news[fit]'") from None
    return lightgbm.train(_BOOSTING, lightgbm.Dataset(rows, right, weight=weight), _TREES)


def flat(name: str, booster: Any) -> dict[str, NDArray[Any]]:
    """A booster's trees as the flat arrays that ``kg.forest.Forest`` reads."""
    nodes: list[tuple[int, float, int, int, float]] = []
    roots, depth = [], 1

    def add(node: Mapping[str, Any], level: int) -> int:
        nonlocal depth
        place = len(nodes)
        depth = max(depth, level)
        if "leaf_value" in node:
            nodes.append((0, 0.0, place, place, float(node["leaf_value"])))
            return place
        nodes.append((0, 0.0, 0, 0, 0.0))
        left, right = add(node["left_child"], level + 1), add(node["right_child"], level + 1)
        nodes[place] = (int(node["split_feature"]), float(node["threshold"]), left, right, 0.0)
        return place

    for info in booster.dump_model()["tree_info"]:
        roots.append(add(info["tree_structure"], 0))
    feature, threshold, left, right, value = (np.array(column) for column in zip(*nodes, strict=True))
    return {
        f"{name}.feature": feature.astype(np.int16), f"{name}.threshold": threshold.astype(np.float32),
        f"{name}.left": left.astype(np.int32), f"{name}.right": right.astype(np.int32),
        f"{name}.value": value.astype(np.float32), f"{name}.roots": np.array(roots, dtype=np.int32),
        f"{name}.depth": np.array(depth),
    }  # fmt: skip
