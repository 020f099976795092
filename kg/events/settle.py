"""What an event's speaker, polarity and modality are in the end: speech and standing taken together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.events import features, scorer
from kg.events.arguments import Reading
from kg.events.candidates import Proposal
from kg.model import Reference


@dataclass(frozen=True, slots=True)
class Settled:
    """Speaker (``None``: the article), polarity and modality of an event."""

    source: Reference | None
    polarity: str
    modality: str


def settle(reading: Reading, proposals: Sequence[Proposal]) -> list[Settled]:
    """Settle chosen candidates: the speaker by rule, the modality by the forests that ``kg fit`` grew."""
    rows = [features.standing_features(reading, p.predicate, p.standing, list(p.own[0])) for p in proposals]
    modalities = scorer.weights().modalities(features.matrix(rows)) if rows else []
    return [
        Settled(speaker(reading, p.predicate.head), p.standing.polarity, modality)
        for p, modality in zip(proposals, modalities, strict=True)
    ]


def speaker(reading: Reading, token: int) -> Reference | None:
    """Who is reported as saying a token; ``None`` where the article itself does."""
    who = reading.speech.speaker[token]
    made = reading.reference(who) if who >= 0 else None
    return made[0] if made else None
