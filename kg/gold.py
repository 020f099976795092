"""The annotated articles: gold events and entities as typed values. ``tests/gold/`` describes the format."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import KgError

Tokens = tuple[str, ...]
#: Kinds of entity that make a dyad.
ACTING = frozenset({"person", "organization", "government", "military", "armed_group", "country", "group"})
_LEADING = frozenset(
    "le la les l un une des du de d au aux ce cet cette ces son sa ses leur leurs notre nos votre vos mon ma mes "
    "the a an this that these those his her its their our your my".split()
)


@dataclass(frozen=True, slots=True)
class Entity:
    """A gold entity: its kind, canonical labels and wordings as tokens, and how it is shown."""

    kind: str
    canonical: tuple[Tokens, ...]
    names: tuple[Tokens, ...]
    shown: str


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold event; ``None`` for an argument that the text does not name."""

    start: int
    end: int
    actor: Entity | None
    target: Entity | None
    source: Entity | None
    lemmas: tuple[Tokens, ...]
    types: frozenset[str]
    polarity: str
    modality: str
    required: bool

    @property
    def dyadic(self) -> bool:
        """Whether both ends can act."""
        return all(end is not None and end.kind in ACTING for end in (self.actor, self.target))


@dataclass(frozen=True, slots=True)
class Annotated:
    """An annotated article: its name, all its entities and its events."""

    article: str
    entities: tuple[Entity, ...]
    events: tuple[Gold, ...]


def read_gold(folder: Path, articles: Path) -> Iterator[Annotated]:
    """The gold files of a folder, in the order of their names. ``KgError`` where one cannot be used."""
    for path in sorted(folder.glob("*.json")):
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            entities = {entity["id"]: _entity(entity) for entity in data["entities"]}
            text = (articles / data["article"]).read_text(encoding="utf-8")
            events = tuple(_gold(event, entities, text) for event in data["events"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise KgError(f"{path.name}: {error}") from None
        yield Annotated(data["article"], tuple(entities.values()), events)


def _entity(data: Mapping[str, Any]) -> Entity:
    canonical, names = (tuple(tokens(name) for name in data[key]) for key in ("canonical", "names"))
    return Entity(data["kind"], canonical, names, data["canonical"][0])


def _gold(data: Mapping[str, Any], entities: Mapping[str, Entity], text: str) -> Gold:
    if "span" in data:
        start, end = data["span"]
    else:
        start = text.find(data["snippet"])
        if start < 0:
            raise ValueError(f"snippet not in the article: {data['snippet']!r}")
        end = start + len(data["snippet"])
    actor, target, source = (entities[data[key]] if data.get(key) else None for key in ("actor", "target", "source"))
    action = data["action"]
    lemmas, types = tuple(tokens(lemma) for lemma in action["lemmas"]), frozenset(action["types"])
    polarity, modality = data.get("polarity", ""), data.get("modality", "")
    return Gold(
        start, end, actor, target, source, lemmas, types, polarity, modality, required=data.get("required", True)
    )


@cache
def tokens(text: str) -> Tokens:
    """The words of a wording in lower case without accents, leading articles and possessives left out."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("’", "'"))
    words = re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c)))
    while len(words) > 1 and words[0] in _LEADING:
        words = words[1:]
    return tuple(words)
