"""From words to the encoder's vocabulary: pieces of words, in windows of whole sentences.

The pieces are those of a unigram language model (Kudo 2018), applied by the library ``tokenizers``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

#: The most pieces that are read together.
WINDOW = 300

#: A piece: its number in the vocabulary, first character in the text, character after the last.
Piece = tuple[int, int, int]
Places = NDArray[np.intp]


class Pieces:
    """The vocabulary."""

    def __init__(self, path: Path) -> None:
        """Read the vocabulary of a ``tokenizers`` file."""
        self._tokenizer = Tokenizer.from_file(str(path))

    def windows(
        self,
        text: str,
        start: Sequence[int],
        end: Sequence[int],
        sentences: Sequence[tuple[int, int]],
        most: int = WINDOW,
    ) -> tuple[list[list[int]], Places, Places]:
        """The windows of a text as numbers of pieces, and for each token the rows of its first and last piece.

        ``start`` and ``end`` are the tokens' characters, ``sentences`` their first token and the one after the last.
        Rows are counted through all windows, which end before a sentence that would make them longer than ``most``.
        """
        parted: list[list[Piece]] = [[]]
        for first, after in sentences:
            for part in self._parts(text[start[first] : end[after - 1]], start[first]):
                if len(parted[-1]) + len(part) > most:
                    parted.append([])
                parted[-1] = parted[-1] + part
        every = [piece for window in parted for piece in window] or [(0, 0, 0)]
        rows = _rows(every, start, end)
        windows = [[number for number, _, _ in window] for window in parted if window] or [[0]]
        return windows, *rows

    def _parts(self, sentence: str, offset: int) -> list[list[Piece]]:
        """The pieces of a sentence, in parts no longer than a window."""
        found = self._tokenizer.encode(sentence)
        pieces = [(n, offset + s, offset + e) for n, (s, e) in zip(found.ids, found.offsets, strict=True)]
        return [pieces[place : place + WINDOW] for place in range(0, len(pieces), WINDOW)]


def _rows(pieces: Sequence[Piece], start: Sequence[int], end: Sequence[int]) -> tuple[Places, Places]:
    """For each token its first and last piece; a token of no piece (a space) has the one behind it."""
    first, last, place = [], [], 0
    for begin, stop in zip(start, end, strict=True):
        while place < len(pieces) and pieces[place][2] <= begin:
            place += 1
        after = place
        while after < len(pieces) and pieces[after][1] < stop:
            after += 1
        first.append(min(place, len(pieces) - 1))
        last.append(max(after - 1, first[-1]))
    return np.array(first, np.intp), np.array(last, np.intp)
