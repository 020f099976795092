"""Encoder and networks as torch tunes them. Each network's layers have the names of its room's arrays, with ``_`` for
``.``; the rooms say what is computed: ``kg.events.network``, ``kg.events.settle``, ``kg.coreference.judging``.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.encoder import WIDTH
from kg.model import MODALITIES
from kg.tuning import types
from kg.tuning.base import Base
from kg.tuning.batches import BOTH, Antecedents, Batch, Events, Scales, Standings
from kg.tuning.encoding import Encoder

#: Numbers in the layers of predicates and arguments, of pairs, of what fits what, of polarity and of the others.
_ROLE, _PAIR, _FITS, _NEGATED, _OTHER = 96, 64, 64, 64, 96
#: Shares dropped: of vectors, of features, of the layers of events, of those of speakers and antecedents.
_WORDS, _FEATURES, _LAYERS, _JUDGES = 0.15, 0.2, 0.4, 0.25


class Odds(NamedTuple):
    """Log-odds: of arguments as actors and targets, of pairs, of antecedents, speakers, modalities, negation and
    types."""

    actors: Tensor
    targets: Tensor
    pairs: Tensor
    antecedents: Tensor
    speakers: Tensor
    modalities: Tensor
    polarities: Tensor
    types: Tensor


def _plain(inputs: int, outputs: int) -> nn.Linear:
    return nn.Linear(inputs, outputs, bias=False)


class EventNetwork(nn.Module):
    """``kg.events.network.Network``."""

    def __init__(self, scales: Scales) -> None:
        """``scales`` say how many features there are."""
        super().__init__()
        own, actors, targets = (scales[name].shape[1] for name in ("own", "actors", "targets"))
        self.own, self.own_seen = nn.Linear(own, _ROLE), _plain(WIDTH, _ROLE)
        for side, features in (("actor", actors), ("target", targets)):
            layers = {
                f"own_{side}": _plain(own, _ROLE), f"own_{side}_seen": _plain(WIDTH, _ROLE),
                side: nn.Linear(features, _ROLE), f"{side}_seen": _plain(WIDTH, _ROLE),
                f"{side}_meant": _plain(WIDTH, _ROLE), f"{side}_out": nn.Linear(_ROLE, 1),
                f"asks_{side}": _plain(WIDTH, _FITS), f"is_{side}": _plain(WIDTH, _FITS),
                f"pair_{side}": _plain(_ROLE, _PAIR),
            }  # fmt: skip
            for name, layer in layers.items():
                self.add_module(name, layer)
        self.pair_own, self.pair_both = _plain(_ROLE, _PAIR), _plain(BOTH, _PAIR)
        self.pair_bias = nn.Parameter(torch.zeros(_PAIR))
        self.second, self.out = nn.Linear(_PAIR, _PAIR), nn.Linear(_PAIR, 1)
        self.words, self.features, self.layers = nn.Dropout(_WORDS), nn.Dropout(_FEATURES), nn.Dropout(_LAYERS)

    def forward(self, events: Events, vectors: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Log-odds of actors, of targets, and of pairs."""
        heads = self.words(vectors[events.heads])
        slots, meant = self.words(vectors[events.slots]), self.words(vectors[events.meant])
        features = self.features(events.own)
        own = self.layers(functional.relu(self.own(features) + self.own_seen(heads)))
        actors, as_actor = self._side("actor", features, self.features(events.actors), (heads, slots, meant))
        targets, as_target = self._side("target", features, self.features(events.targets), (heads, slots, meant))
        parts = self.pair_own(own)[:, None, None] + self.pair_both(events.both) + self.pair_bias
        parts = parts + self.pair_actor(actors)[:, :, None] + self.pair_target(targets)[:, None]
        second = functional.relu(self.second(self.layers(functional.relu(parts))))
        return as_actor, as_target, self.out(second)[..., 0] + as_actor[:, :, None] + as_target[:, None]

    def _side(
        self, side: str, own: Tensor, rows: Tensor, words: tuple[Tensor, Tensor, Tensor]
    ) -> tuple[Tensor, Tensor]:
        """The layer of actors or targets, and their log-odds."""

        def of(name: str, values: Tensor) -> Tensor:
            return getattr(self, name.format(side))(values)

        heads, slots, meant = words
        asked = of("own_{}", own) + of("own_{}_seen", heads)
        layer = asked[:, None] + of("{}", rows) + of("{}_seen", slots) + of("{}_meant", meant)
        layer = self.layers(functional.relu(layer))
        fits = torch.einsum("ph,pah->pa", of("asks_{}", heads), of("is_{}", slots)) / 8
        return layer, of("{}_out", layer)[..., 0] + fits


class AntecedentNetwork(nn.Module):
    """``kg.coreference.judging.Judge``."""

    def __init__(self, features: int) -> None:
        """``features`` of each candidate."""
        super().__init__()
        self.features, self.out = nn.Linear(features, _OTHER), nn.Linear(_OTHER, 1)
        self.anaphor_seen, self.last_seen, self.first_seen = (_plain(WIDTH, _OTHER) for _ in range(3))
        self.anaphor_meets, self.first_meets = (_plain(WIDTH, _OTHER) for _ in range(2))
        self.words, self.rows, self.layers = nn.Dropout(_WORDS), nn.Dropout(_FEATURES), nn.Dropout(_JUDGES)

    def forward(self, choices: Antecedents, vectors: Tensor) -> Tensor:
        """Log-odds of each candidate."""
        anaphors, lasts, firsts = (
            self.words(vectors[places]) for places in (choices.anaphors, choices.lasts, choices.firsts)
        )
        layer = self.features(self.rows(choices.features)) + self.anaphor_seen(anaphors)
        layer = layer + self.last_seen(lasts) + self.first_seen(firsts)
        layer = layer + self.anaphor_meets(anaphors) * self.first_meets(firsts)
        return self.out(self.layers(functional.relu(layer)))[..., 0]


class ModalityNetwork(nn.Module):
    """``kg.events.settle.Standing.modalities``."""

    def __init__(self, features: int) -> None:
        """``features`` of each event."""
        super().__init__()
        self.features, self.seen = nn.Linear(features, _OTHER), _plain(WIDTH, _OTHER)
        self.out = nn.Linear(_OTHER, len(MODALITIES))
        self.words, self.rows, self.layers = nn.Dropout(_WORDS), nn.Dropout(_FEATURES), nn.Dropout(_LAYERS)

    def forward(self, events: Standings, vectors: Tensor) -> Tensor:
        """Log-odds of each modality."""
        layer = self.features(self.rows(events.features)) + self.seen(self.words(vectors[events.heads]))
        return self.out(self.layers(functional.relu(layer)))


class PolarityNetwork(nn.Module):
    """``kg.events.settle.Standing.negated``."""

    def __init__(self) -> None:
        super().__init__()
        self.seen, self.out = _plain(WIDTH, _NEGATED), nn.Linear(_NEGATED, 1)
        self.bias, self.words = nn.Parameter(torch.zeros(_NEGATED)), nn.Dropout(_WORDS)

    def forward(self, events: Standings, vectors: Tensor) -> Tensor:
        """Log-odds that each event is negated."""
        return self.out(functional.relu(self.seen(self.words(vectors[events.heads])) + self.bias))[:, 0]


class SpeakerNetwork(nn.Module):
    """``kg.events.settle.Standing.speaking``."""

    def __init__(self, features: int) -> None:
        """``features`` of each possible speaker."""
        super().__init__()
        self.features, self.out = nn.Linear(features, _OTHER), _plain(_OTHER, 1)
        self.head, self.seen, self.meets, self.met = (_plain(WIDTH, _OTHER) for _ in range(4))
        self.author = nn.Parameter(torch.zeros(_OTHER))
        self.words, self.rows, self.layers = nn.Dropout(_WORDS), nn.Dropout(_FEATURES), nn.Dropout(_JUDGES)

    def forward(self, events: Standings, vectors: Tensor) -> Tensor:
        """Log-odds of each possible speaker, up to what is common to an event's."""
        heads, speakers = (self.words(vectors[places]) for places in (events.heads, events.speakers))
        named = self.seen(speakers) + self.meets(heads)[:, None] * self.met(speakers)
        layer = torch.where((events.speakers < 0)[..., None], self.author, named)
        layer = layer + self.head(heads)[:, None] + self.features(self.rows(events.rows))
        return self.out(self.layers(functional.relu(layer)))[..., 0]


class Model(nn.Module):
    """Encoder and networks."""

    def __init__(self, base: Base, scales: Scales) -> None:
        """Start from a base model; ``scales`` say how many features there are."""
        super().__init__()
        self.encoder, self.events = Encoder(base), EventNetwork(scales)
        self.antecedents = AntecedentNetwork(scales["antecedents"].shape[1])
        self.modality = ModalityNetwork(scales["modality"].shape[1])
        self.speaker = SpeakerNetwork(scales["speaker"].shape[1])
        self.polarity, self.types = PolarityNetwork(), types.TypeNetwork(_WORDS, _LAYERS)

    def forward(self, batch: Batch) -> Odds:
        """What the networks think of some articles."""
        vectors = self.encoder(batch.words)
        actors, targets, pairs = self.events(batch.events, vectors)
        return Odds(
            actors,
            targets,
            pairs,
            self.antecedents(batch.antecedents, vectors),
            self.speaker(batch.standings, vectors),
            self.modality(batch.standings, vectors),
            self.polarity(batch.standings, vectors),
            self.types(batch.types, vectors),
        )
