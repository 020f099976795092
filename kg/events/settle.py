"""What an event's speaker, polarity and modality are in the end: speech and standing taken together."""

from __future__ import annotations

from dataclasses import dataclass

from kg.events.arguments import Argument, Reading
from kg.events.candidates import Proposal
from kg.model import Reference


@dataclass(frozen=True, slots=True)
class Settled:
    """Speaker (``None``: the article), polarity and modality of an event."""

    source: Reference | None
    polarity: str
    modality: str


def settle(reading: Reading, proposal: Proposal, actor: Argument | None) -> Settled:
    """Settle a chosen candidate."""
    head = proposal.predicate.head
    who = reading.speech.speaker[head]
    made = reading.reference(who) if who >= 0 else None
    return Settled(made[0] if made else None, proposal.standing.polarity, proposal.standing.modality)
