"""What an event's speaker, polarity and modality are in the end: the rules of ``speech`` and ``modality`` weighed by
small networks over their features and the encoder's vectors (``standing.npz``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.coreference import Entity
from kg.encoder import Array
from kg.encoder.layers import rectified, standard
from kg.errors import ModelError
from kg.events import features
from kg.events.arguments import Reading
from kg.events.candidates import Proposal
from kg.events.features import Matrix
from kg.events.modality import governing_entry
from kg.events.speakers import Candidate, Speakers
from kg.forest import shipped
from kg.model import MODALITIES, Reference

#: How many average occurrences a word's own are mixed with.
_SMOOTHING = 4.0
#: The least share of what a word of saying reports, for the rare case that it is all or nothing.
_LEAST = 1e-6
#: Log-odds from which the network's word that an event is negated stands against the rules'.
_SURE = 1.0
Counts = Mapping[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Settled:
    """Speaker (``None``: the article), polarity and modality of an event."""

    source: Reference | None
    polarity: str
    modality: str


class Standing:
    """The networks of modality and of the speaker, and how often words of saying report what stands below them."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Take the arrays of ``standing.npz``; ``ModelError`` where they were fitted for other features."""
        if str(arrays["layout"]) != features.LAYOUT:
            raise ModelError("standing.npz was fitted for another version of the features: run kg fit")
        self._w = {
            name: values.astype(np.float32)
            for name, values in arrays.items()
            if name.startswith(("modality.", "polarity.", "speaker."))
        }
        keys, counts = arrays["saying.keys"], arrays["saying.counts"]
        self.sayings = {str(key): (float(r), float(n)) for key, (r, n) in zip(keys, counts, strict=True)}
        keys, counts = arrays["words.keys"], arrays["words.counts"]
        self.words = {str(key): tuple(map(float, row)) for key, row in zip(keys, counts, strict=True)}

    def modalities(self, rows: Matrix, heads: Array) -> list[str]:
        """The likeliest modality for each row of ``modality_row``; ``heads`` are the vectors of the predicates."""
        w = self._w
        layer = standard(rows, w["modality.scale"]) @ w["modality.features"] + w["modality.features.bias"]
        odds = rectified(layer + heads @ w["modality.seen"]) @ w["modality.out"] + w["modality.out.bias"]
        return [MODALITIES[int(place)] for place in odds.argmax(axis=1)]

    def negated(self, heads: Array) -> NDArray[np.bool_]:
        """Which predicates are surely negated or denied, by their vectors."""
        w = self._w
        odds = rectified(heads @ w["polarity.seen"] + w["polarity.bias"]) @ w["polarity.out"][:, 0]
        sure: NDArray[np.bool_] = odds + w["polarity.out.bias"] > _SURE
        return sure

    def speaking(self, rows: Matrix, heads: Array, speakers: Array, author: NDArray[np.bool_]) -> Array:
        """Log-odds for each row of ``speaker_rows``, up to what is common to those of an event; ``heads`` and
        ``speakers`` are vectors, and where ``author`` holds the speaker is the article."""
        w = self._w
        layer = standard(rows, w["speaker.scale"]) @ w["speaker.features"] + w["speaker.features.bias"]
        named = speakers @ w["speaker.seen"] + (heads @ w["speaker.meets"]) * (speakers @ w["speaker.met"])
        layer += heads @ w["speaker.head"] + np.where(author[:, None], w["speaker.author"], named)
        odds: Array = rectified(layer) @ w["speaker.out"][:, 0]
        return odds


@cache
def standing() -> Standing:
    """The networks that ship with the package, read once."""
    return Standing(shipped("kg.events", "standing.npz"))


def settle(reading: Reading, proposals: Sequence[Proposal], actors: Sequence[Entity | None]) -> list[Settled]:
    """Settle chosen candidates, each with the entity that acts in it."""
    if not proposals:
        return []
    rows = [modality_row(reading, proposal, standing().words) for proposal in proposals]
    heads = reading.tree.vectors[[proposal.predicate.head for proposal in proposals]]
    modalities = standing().modalities(features.matrix(rows), heads)
    negated = standing().negated(heads)
    sources = _sources(reading, proposals, actors)
    return [
        Settled(source, "negated" if denied else p.standing.polarity, modality)
        for p, source, denied, modality in zip(proposals, sources, negated, modalities, strict=True)
    ]


def speaker(reading: Reading, token: int) -> Reference | None:
    """Who is reported as saying a token by rule; ``None`` where the article itself does."""
    who = reading.speech.speaker[token]
    made = reading.reference(who) if who >= 0 else None
    return made[0] if made else None


def _sources(
    reading: Reading, proposals: Sequence[Proposal], actors: Sequence[Entity | None]
) -> list[Reference | None]:
    speakers = Speakers(reading)
    offered = [speakers.candidates(p.predicate.head) for p in proposals]
    rows = [
        speaker_rows(speakers, found, p, actor, standing().sayings)
        for found, p, actor in zip(offered, proposals, actors, strict=True)
    ]
    vectors = reading.tree.vectors
    heads = np.repeat([p.predicate.head for p in proposals], [len(found) for found in offered])
    tokens = np.array([candidate.token for found in offered for candidate in found], np.intp)
    margins = standing().speaking(np.concatenate(rows), vectors[heads], vectors[tokens], tokens < 0)
    chosen, place = [], 0
    for found in offered:
        best = found[int(margins[place : place + len(found)].argmax())]
        made = reading.reference(best.token) if best.token >= 0 else None
        chosen.append(made[0] if made else None)
        place += len(found)
    return chosen


def modality_keys(reading: Reading, proposal: Proposal) -> tuple[str, ...]:
    """Under which keys modalities are counted: the predicate's lemma, and the word above with what it governs."""
    tree, i = reading.tree, proposal.predicate.head
    above = tree.head[i]
    own = f"{tree.language}:{proposal.predicate.lemma}"
    if above == i:
        return own, "", ""
    entry = governing_entry(tree, above)
    act = entry.action.id if entry and entry.action else ""
    return own, f"{tree.language}:{tree.lemma[above]}>{tree.rel[i]}", f"{act}>{tree.rel[i]}" if act else ""


def modality_row(reading: Reading, proposal: Proposal, counts: Counts) -> features.Row:
    """The features from which an event's modality is judged."""
    row = features.standing_features(reading, proposal.predicate, proposal.standing, list(proposal.own[0]))
    base = counts.get("*", (1.0,) * len(MODALITIES))
    for key in modality_keys(reading, proposal):
        own = counts.get(key) if key else None
        for place in range(1, len(MODALITIES)):
            share = base[place] / sum(base)
            seen = (own[place] + _SMOOTHING * share) / (sum(own) + _SMOOTHING) if own else share
            row.append(float(np.log(seen / share)) if share else 0.0)
    return row


def speaker_rows(
    speakers: Speakers, found: Sequence[Candidate], proposal: Proposal, actor: Entity | None, counts: Counts
) -> Matrix:
    """The features of an event's possible speakers, a row each: their own, what is known of the word of saying, and the
    predicate's."""
    own = list(proposal.own[0])
    return features.matrix([
        speakers.features(proposal.predicate.head, c, len(found), actor) + saying(counts, speakers.keys(c)) + own
        for c in found
    ])  # fmt: skip


def saying(counts: Counts, keys: Sequence[str]) -> list[float]:
    """Log-odds that a word of saying reports what stands below it, by lemma and by action; 0 where there is none."""
    if not keys:
        return [0.0, 0.0]
    right, times = counts.get("*", (1.0, 2.0))
    found = []
    for key in keys:
        own, seen = counts.get(key, (0.0, 0.0))
        share = (own + _SMOOTHING * right / times) / (seen + _SMOOTHING)
        share = min(max(share, _LEAST), 1.0 - _LEAST)
        found.append(float(np.log(share / (1.0 - share))))
    return found
