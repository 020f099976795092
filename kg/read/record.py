"""What the readers of single formats take and give: options, records, and what is said of an article that fails."""

from __future__ import annotations

from dataclasses import dataclass

#: Longest text of one article, in characters; more is no article (and more than a pipeline takes at once).
MAX_TEXT = 1_000_000
#: Longest line (paragraph) of an article, in characters.
MAX_LINE = 200_000
#: Largest file, archive member or record that is held in memory as a whole, in bytes.
MAX_BYTES = 50_000_000
#: Largest page or document whose markup is made into a tree, in bytes, without pictures: a tree takes many times more.
MAX_MARKUP = 3_000_000


@dataclass(frozen=True, slots=True)
class Skipped:
    """An article that was not read: its name and the reason, in one line."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth knowing about an article that was read all the same, in one line."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of the fields of JSON Lines and of tables; where a name is not given, the usual ones are tried."""

    text: str | None = None
    title: str | None = None
    date: str | None = None
    outlet: str | None = None
    url: str | None = None
    author: str | None = None
    language: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """What a user says about all articles of a run, and how files are to be taken.

    ``language``, ``published`` and ``outlet`` win over what an article says of itself; ``encoding`` is forced on
    every file; ``format`` is a name of ``kg.read.formats.FORMATS`` and wins over the file's ending.
    """

    language: str | None = None
    published: str | None = None
    outlet: str | None = None
    encoding: str | None = None
    format: str | None = None
    columns: Columns = Columns()


@dataclass(frozen=True, slots=True)
class Record:
    """One article as its format gives it, before its language is known and its text checked.

    ``content`` is what the article's identity is made of: the bytes of its file or of its row. ``note`` is what a
    reader has to say about it.
    """

    name: str
    text: str
    content: bytes
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    author: str | None = None
    language: str | None = None
    note: str | None = None
