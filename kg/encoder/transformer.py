"""The encoder's layers, applied with numpy: attention and feed-forward parts, each normalised after the sum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.errors import ModelError

Array = NDArray[np.float32]
#: Numbers in a vector, attention heads, and weights that share a scale in the table of pieces.
WIDTH, HEADS, BLOCK = 384, 12, 32
#: Names the shape of the weights; others are refused.
LAYOUT = "encoder 1"
#: Most pieces that go through the layers together: what they make still fits a processor's cache.
_TOGETHER = 600
_GELU = (2 / np.pi) ** 0.5


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights (inputs × outputs) and bias."""

    weights: Array
    bias: Array

    def __call__(self, rows: Array) -> Array:
        """Rows of outputs for rows of inputs."""
        made: Array = rows @ self.weights
        made += self.bias
        return made


@dataclass(frozen=True, slots=True)
class Norm:
    """Scale and offset behind the normalisation of a layer (Ba et al. 2016)."""

    scale: Array
    offset: Array

    def __call__(self, rows: Array) -> Array:
        """Rows with mean 0 and variance 1, scaled and moved."""
        made: Array = rows - rows.mean(axis=1, keepdims=True)
        spread = np.sqrt(np.einsum("ij,ij->i", made, made) / rows.shape[1] + 1e-12)
        made /= spread[:, None]
        made *= self.scale
        made += self.offset
        return made


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: queries, keys and values in one; what attention gives out; the two feed-forward steps."""

    asked: Linear
    given: Linear
    attended: Norm
    inner: Linear
    outer: Linear
    done: Norm

    def __call__(self, rows: Array, windows: Sequence[slice]) -> Array:
        """The rows of several windows, each attending to its own."""
        asked, mixed = self.asked(rows), np.empty_like(rows)
        for window in windows:
            mixed[window] = _attention(asked[window])
        made = self.given(mixed)
        made += rows
        after = self.attended(made)
        made = self.outer(_gelu(self.inner(after)))
        made += after
        return self.done(made)


class Transformer:
    """All layers, the table of pieces and positions before them, and the normalisation behind."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Take the arrays of ``encoder.npz``; ``ModelError`` where they are of another shape."""
        if str(arrays["layout"]) != LAYOUT:
            raise ModelError("the encoder's weights are of another version: run kg fit")
        self._pieces, self._places = arrays["pieces"], arrays["places"].astype(np.float32)
        self._first = _norm(arrays, "first")
        self._layers = [_layer(arrays, f"layer{n}") for n in range(int(arrays["layers"]))]
        self._mean = arrays["mean"].astype(np.float32)
        self._spread = np.sqrt(arrays["variance"].astype(np.float32) + 1e-5)

    def rows(self, windows: Sequence[Sequence[int]]) -> Array:
        """A row for each piece of each window, one window after the other."""
        return np.concatenate([self._run(together) for together in _batches(windows)])

    def _run(self, windows: Sequence[Sequence[int]]) -> Array:
        numbers = np.concatenate([np.asarray(window, np.intp) for window in windows])
        places = np.concatenate([np.arange(len(window)) for window in windows])
        ends = np.cumsum([len(window) for window in windows])
        own = [slice(int(end) - len(window), int(end)) for end, window in zip(ends, windows, strict=True)]
        rows = self._first(unpacked(self._pieces[numbers]) + self._places[places])
        for layer in self._layers:
            rows = layer(rows, own)
        return rows

    def normalised(self, rows: Array) -> Array:
        """Rows whose numbers have mean 0 and variance 1 over the articles of the fit."""
        made: Array = (rows - self._mean) / self._spread
        return made


def _batches(windows: Iterable[Sequence[int]]) -> Iterator[list[Sequence[int]]]:
    batch: list[Sequence[int]] = []
    for window in windows:
        if batch and sum(map(len, batch)) + len(window) > _TOGETHER:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def _attention(asked: Array) -> Array:
    """Scaled dot-product attention of one window's queries, keys and values."""
    size = len(asked)
    queries, keys, values = asked.reshape(size, 3, HEADS, -1).transpose(1, 2, 0, 3)
    scaled: Array = queries * np.float32((WIDTH // HEADS) ** -0.5)
    weights = scaled @ keys.transpose(0, 2, 1)
    weights -= weights.max(axis=-1, keepdims=True)
    np.exp(weights, out=weights)
    mixed: Array = np.matmul(weights, values)
    mixed /= weights.sum(axis=-1, keepdims=True)
    return mixed.transpose(1, 0, 2).reshape(size, WIDTH)


def _gelu(rows: Array) -> Array:
    """Gaussian error linear units (Hendrycks and Gimpel 2016) by the tanh formula, in place."""
    inner: Array = rows * rows
    inner *= np.float32(0.044715 * _GELU)
    inner += np.float32(_GELU)
    inner *= rows
    np.tanh(inner, out=inner)
    inner += 1
    rows *= inner
    rows *= np.float32(0.5)
    return rows


def unpacked(rows: NDArray[np.uint8]) -> Array:
    """Rows of four-bit numbers (two a byte, a half-precision scale before each ``BLOCK``) as floats."""
    blocks = rows.reshape(len(rows), -1, 2 + BLOCK // 2)
    scale = np.ascontiguousarray(blocks[:, :, :2]).view(np.float16).astype(np.float32)
    packed = blocks[:, :, 2:]
    numbers = np.concatenate([packed & 15, packed >> 4], axis=2).astype(np.float32) - 8
    floats: Array = (numbers * scale).reshape(len(rows), -1)
    return floats


def _norm(arrays: Mapping[str, NDArray[Any]], name: str) -> Norm:
    return Norm(arrays[f"{name}.weight"].astype(np.float32), arrays[f"{name}.bias"].astype(np.float32))


def _linear(arrays: Mapping[str, NDArray[Any]], *names: str) -> Linear:
    """Linear maps of the same inputs side by side, their eight-bit weights scaled a row."""
    weights = [arrays[n + ".weight"].astype(np.float32) * arrays[n + ".weight.scale"][:, None] for n in names]
    bias = [arrays[n + ".bias"].astype(np.float32) for n in names]
    return Linear(np.ascontiguousarray(np.concatenate(weights).T), np.concatenate(bias))


def _layer(arrays: Mapping[str, NDArray[Any]], name: str) -> Layer:
    return Layer(
        _linear(arrays, f"{name}.q", f"{name}.k", f"{name}.v"),
        _linear(arrays, f"{name}.ao"),
        _norm(arrays, f"{name}.aln"),
        _linear(arrays, f"{name}.fi"),
        _linear(arrays, f"{name}.fo"),
        _norm(arrays, f"{name}.oln"),
    )
