"""Near-identical texts: one story of an agency in many papers. Signatures by MinHash (rensa), compared in bands.

Two texts are copies where they share at least seven tenths of their runs of four words, as far as a hundred hash
values tell (a standard error of 0.05). Articles need not be compared in pairs: those that agree in one of twenty bands
of five values are looked at, which finds a pair at the threshold 97 times in a hundred, and a closer one always.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

import rensa

#: Share of runs of words that two copies have in common.
THRESHOLD = 0.7
_RUN = 4
_BANDS, _WIDTH = 20, 5
_SEED = 1
#: Shorter texts have no signature: too few runs to tell.
_MIN_WORDS = 25
_WORD = re.compile(r"\w+")


def signature(text: str) -> str:
    """The signature of a text as hexadecimal digits, eight a value; empty for a text too short to be compared."""
    words = _WORD.findall(text.casefold())
    if len(words) < _MIN_WORDS:
        return ""
    sketch = rensa.RMinHash(num_perm=_BANDS * _WIDTH, seed=_SEED)
    sketch.update([" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)])
    return "".join(f"{value:08x}" for value in sketch.digest())


def bands(signature: str) -> Iterator[str]:
    """The keys of a signature: two texts that are copies have one of them in common."""
    width = 8 * _WIDTH
    for number in range(len(signature) // width):
        part = signature[number * width : (number + 1) * width]
        yield f"{number:02}-{hashlib.blake2b(part.encode(), digest_size=8).hexdigest()}"


def similarity(one: str, other: str) -> float:
    """The estimated share of runs of words that the texts of two signatures have in common."""
    if not one or len(one) != len(other):
        return 0.0
    values = range(0, len(one), 8)
    return sum(one[i : i + 8] == other[i : i + 8] for i in values) / len(values)
