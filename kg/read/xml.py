"""XML files whose ending does not say what they are: feeds and dumps of a wiki, told apart by their first words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from kg.errors import UnreadableArticle
from kg.read import feed, mediawiki
from kg.read.record import Options, Record, Skipped

_HEAD = 4096


def read(name: str, stream: BinaryIO, options: Options) -> Iterator[Record | Skipped]:
    """The articles of a feed or of a wiki's dump."""
    if hasattr(stream, "peek"):
        head = stream.peek(_HEAD)[:_HEAD]
    elif stream.seekable():
        head = stream.read(_HEAD)
        stream.seek(0)
    else:
        raise UnreadableArticle("say what it is: --from feed or --from mediawiki")
    yield from (mediawiki if b"<mediawiki" in head else feed).read(name, stream, options)
