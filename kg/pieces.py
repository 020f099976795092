"""Long texts in pieces, cut where a reader would pause."""

from __future__ import annotations

import re

#: Where to cut, best first: after a paragraph, a sentence, a word.
_SEAMS = (re.compile(r"\n\s*"), re.compile(r"(?<=[.!?…])\s+"), re.compile(r"\s+"))


def pieces(text: str, size: int) -> list[str]:
    """``text`` in pieces of at most ``size`` characters; joined, they are the text."""
    found: list[str] = []
    start = 0
    while len(text) - start > size:
        end = start + size
        for seam in _SEAMS:
            cuts = [match.end() for match in seam.finditer(text, start + size // 2, end)]
            if cuts:
                end = cuts[-1]
                break
        found.append(text[start:end])
        start = end
    return [*found, text[start:]]
