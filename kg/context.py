"""The sentence around a stretch of an article, for a person to read."""

from __future__ import annotations

import re

#: Where a sentence ends: a mark, closing quotes, then a space; or a line break.
_END = re.compile(r"[.!?\u2026](?:[\"\u201d\u00bb')\]]|\s\u00bb)*(?=\s)|\n")


def sentence(text: str, start: int, end: int) -> str:
    """The sentence or sentences of ``text`` that hold the characters from ``start`` to ``end``, on one line."""
    before = max((match.end() for match in _END.finditer(text, 0, start)), default=0)
    after = _END.search(text, max(start, end - 1))
    return " ".join(text[before : after.end() if after else len(text)].split())
