"""What the small networks over the encoder's vectors have in common, applied with numpy."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.encoder.transformer import Array

#: How far a standardised feature may lie from the mean.
FAR = 4.0


def standard(rows: NDArray[Any], scale: NDArray[Any]) -> Array:
    """Rows less the means and by the spreads of ``scale`` (two rows), within ``FAR``."""
    found: Array = np.clip((rows - scale[0]) / scale[1], -FAR, FAR).astype(np.float32)
    return found


def rectified(layer: Array) -> Array:
    """Negative numbers as 0."""
    return np.maximum(layer, 0, dtype=np.float32)
