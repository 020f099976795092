"""The commands and examples of the README, for its test and for continuous integration.

``python tests/readme.py N`` prints the N-th block marked ``bash``.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Example:
    """A command of a ``console`` block, and the lines that it is said to print (``…`` stands for any)."""

    command: str
    output: tuple[str, ...]


def blocks(kind: str) -> list[str]:
    """The fenced blocks of this kind, in order."""
    return [match[2] for match in _BLOCK.finditer(README.read_text(encoding="utf-8")) if match[1] == kind]


def examples() -> list[Example]:
    """The commands of all ``console`` blocks: lines that start with ``$ ``, each with the lines after it."""
    found: list[Example] = []
    for block in blocks("console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *output = part.rstrip().split("\n")
            found.append(Example(command, tuple(line for line in output if line.strip())))
    return found


if __name__ == "__main__":
    print(blocks("bash")[int(sys.argv[1]) - 1])
