"""What a person has decided about actors: a plain text file, one line a judgement, replayed at every build.

A line is ``verdict``, two names or identifiers, a date and a reason, separated by tabs::

    same	benjamin-netanyahu	Bibi	2025-03-19	his nickname
    different	George Bush	George W. Bush	2025-03-20	father and son
    rename	israel-army	Tsahal	2025-03-21	what our readers know

``same`` files the second under the first, ``different`` forbids to merge the two for good, ``rename`` gives an actor a
label (in one language where the label ends with ``@fr``). ``#`` starts a comment. To undo a judgement, delete its line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KgError

SAME, DIFFERENT, RENAME = "same", "different", "rename"
VERDICTS = (SAME, DIFFERENT, RENAME)


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision.

    ``verdict`` is one of ``VERDICTS``; ``first`` is a name or id, ``second`` a name, an id or (``rename``) a label;
    ``date`` is ISO 8601 or empty, ``reason`` free text or empty.
    """

    verdict: str
    first: str
    second: str
    date: str = ""
    reason: str = ""


def to_line(judgement: Judgement) -> str:
    """The judgement as one line without newline; tabs and line breaks inside its fields become spaces."""
    fields = (judgement.verdict, judgement.first, judgement.second, judgement.date, judgement.reason)
    return "\t".join(" ".join(field.split()) for field in fields).rstrip("\t")


def from_line(line: str) -> Judgement:
    """Read one line back; ``KgError`` says what is wrong with a line that is none."""
    fields = [field.strip() for field in line.rstrip("\r\n").split("\t")]
    if len(fields) not in (3, 4, 5) or not fields[1] or not fields[2]:
        raise KgError(f"not a judgement: {line.strip()!r} (verdict, two names, date and reason, separated by tabs)")
    if fields[0] not in VERDICTS:
        raise KgError(f"not a judgement: {fields[0]!r} is none of {', '.join(VERDICTS)}")
    return Judgement(*fields)


def read(path: Path) -> tuple[Judgement, ...]:
    """The judgements of a file in their order, none where there is no file; ``KgError`` names a line that is none."""
    if not path.exists():
        return ()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise KgError(f"cannot read judgements {path}: {error}") from None
    return parse(text, str(path))


def parse(text: str, place: str) -> tuple[Judgement, ...]:
    """The judgements of a text; ``KgError`` names a line that is none, and ``place``."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            try:
                found.append(from_line(line))
            except KgError as error:
                raise KgError(f"{place}, line {number}: {error}") from None
    return tuple(found)


def append(path: Path, judgement: Judgement) -> None:
    """Write a judgement at the end of the file, which is made where there is none; ``KgError`` where that fails."""
    line = to_line(judgement)
    from_line(line)
    try:
        ends = not path.exists() or not path.read_bytes() or path.read_bytes().endswith(b"\n")
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(("" if ends else "\n") + line + "\n")
    except OSError as error:
        raise KgError(f"cannot write judgements {path}: {error}") from None


def verdicts(judgements: Iterable[Judgement], verdict: str) -> list[tuple[str, str]]:
    """The pairs of one verdict, in order."""
    return [(j.first, j.second) for j in judgements if j.verdict == verdict]
