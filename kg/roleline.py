"""The stable JSON form of a role, one object a line: the companion of the event line."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from kg.errors import KgError
from kg.model import Reference, Role


def to_line(role: Role) -> str:
    """The role as one line of JSON (UTF-8 text, no newline)."""
    return json.dumps(asdict(role), ensure_ascii=False)


def from_line(line: str) -> Role:
    """Read one role line back; ``KgError`` says what is wrong with a line that is none."""
    try:
        data = json.loads(line)
        return Role(
            article=str(data["article"]),
            person=_reference(data["person"]),
            role=str(data["role"]),
            organization=None if data.get("organization") is None else _reference(data["organization"]),
            start=int(data["start"]),
            end=int(data["end"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise KgError(f"not a role line: {type(error).__name__}: {error}") from None


def _reference(data: dict[str, Any]) -> Reference:
    return Reference(
        mention=str(data["mention"]),
        name=str(data["name"]),
        kind=str(data["kind"]),
        start=data.get("start"),
        end=data.get("end"),
        id=str(data.get("id", "")),
        label=str(data.get("label", "")),
        as_read=str(data.get("as_read", "")),
    )
