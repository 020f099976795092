"""The event line: the stable JSON form of an event, one object a line, that tools, scorer and store read."""

from __future__ import annotations

import json
from typing import Any

from kg.errors import KgError
from kg.model import MODALITIES, POLARITIES, TYPES, Action, Event, PlaceName, Reference, TimeSpan


def to_line(event: Event) -> str:
    """The event as one line of JSON (UTF-8 text, no newline)."""
    return json.dumps(to_dict(event), ensure_ascii=False)


def to_dict(event: Event) -> dict[str, Any]:
    """The event as the plain dict that ``to_line`` writes."""
    return {
        "article": event.article,
        "start": event.start,
        "end": event.end,
        "quote": event.quote,
        "actor": _reference(event.actor),
        "action": {
            "lemma": event.action.lemma,
            "id": event.action.id,
            "label": event.action.label,
            "type": event.action.type,
        },
        "target": _reference(event.target),
        "polarity": event.polarity,
        "modality": event.modality,
        "source": _reference(event.source),
        "time": event.time and {"text": event.time.text, "start": event.time.start, "end": event.time.end},
        "place": event.place
        and {
            "text": event.place.text,
            "id": event.place.id,
            "label": event.place.label,
            "country": event.place.country,
            "geonames": event.place.geonames,
        },
        "extractor": event.extractor,
        "confidence": event.confidence,
    }


def from_line(line: str) -> Event:
    """Read one event line back; ``KgError`` says what is wrong with a line that is none."""
    try:
        data = json.loads(line)
    except ValueError as error:
        raise KgError(f"not an event line: {error}") from None
    return from_dict(data)


def from_dict(data: Any) -> Event:
    """The event that ``to_dict`` gave; fields that an older line lacks take their defaults."""
    try:
        action, time, place = data["action"], data.get("time"), data.get("place")
        lemma = str(action["lemma"])
        event = Event(
            article=str(data["article"]),
            start=int(data["start"]),
            end=int(data["end"]),
            quote=str(data["quote"]),
            actor=_read_reference(data.get("actor")),
            action=Action(lemma, action.get("id") or lemma, action.get("label") or lemma, str(action["type"])),
            target=_read_reference(data.get("target")),
            polarity=data.get("polarity", "affirmed"),
            modality=data.get("modality", "actual"),
            source=_read_reference(data.get("source")),
            time=time and TimeSpan(time["text"], time.get("start"), time.get("end")),
            place=place
            and PlaceName(
                place["text"],
                place.get("id", ""),
                place.get("label", ""),
                place.get("country"),
                place.get("geonames"),
            ),
            extractor=data.get("extractor", "clauses"),
            confidence=float(data.get("confidence", 1.0)),
        )
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise KgError(f"not an event line: {type(error).__name__}: {error}") from None
    for value, allowed in (
        (event.action.type, TYPES),
        (event.polarity, POLARITIES),
        (event.modality, MODALITIES),
    ):
        if value not in allowed:
            raise KgError(f"not an event line: {value!r} is none of {', '.join(allowed)}")
    return event


def _reference(reference: Reference | None) -> dict[str, Any] | None:
    if reference is None:
        return None
    read = {"as_read": reference.as_read} if reference.as_read else {}
    return {
        "id": reference.id,
        "label": reference.label,
        "mention": reference.mention,
        "name": reference.name,
        "kind": reference.kind,
        "start": reference.start,
        "end": reference.end,
        **read,
    }


def _read_reference(data: Any) -> Reference | None:
    if data is None:
        return None
    mention = str(data.get("mention") or data["label"])
    return Reference(
        mention=mention,
        name=str(data.get("name") or mention),
        kind=str(data.get("kind", "thing")),
        start=data.get("start"),
        end=data.get("end"),
        id=str(data.get("id", "")),
        label=str(data.get("label", "")),
        as_read=str(data.get("as_read", "")),
    )
