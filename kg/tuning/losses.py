"""What the networks are to get right, as one number."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from kg.tuning import types
from kg.tuning.batches import Antecedents, Batch, Events, Standings
from kg.tuning.model import Odds

#: How much a pair of a required event weighs against others.
_REQUIRED = 2.5
#: How much each pair on its own, the choice among pairs, and the roles weigh; then each of the other networks.
_ALONE, _AMONG, _ROLES = 0.5, 1.0, 0.5
_TYPE, _POLARITY, _MODALITY, _SPEAKER, _ANTECEDENT = 0.5, 0.3, 0.3, 0.5, 0.5
#: How much a description that the annotation does not name weighs against an anaphor that it does.
_UNLABELLED = 0.1
#: Log-odds of what cannot be.
_CLOSED, _NEVER = -30.0, -1e4


def loss(odds: Odds, batch: Batch) -> Tensor:
    """The weighted sum of all networks' losses for some articles."""
    total = _events(odds, batch.events) + _ANTECEDENT * _antecedents(odds.antecedents, batch.antecedents)
    total = total + _SPEAKER * _speakers(odds.speakers, batch.standings)
    total = total + _MODALITY * _modalities(odds.modalities, batch.standings)
    total = total + _POLARITY * _polarities(odds.polarities, batch.standings)
    return total + _TYPE * types.loss(odds.types, batch.types)


def _events(odds: Odds, events: Events) -> Tensor:
    """Each possible pair, right or wrong; the right ones together against all others and against none; each role."""
    right, size = events.right, max(1, len(events.right))
    hits = (right > 0).float()
    each = torch.where(right == 2, _REQUIRED, 1.0)
    alone = (binary_cross_entropy_with_logits(odds.pairs, hits, reduction="none") * each * events.open).sum()
    pairs = torch.where(events.open, odds.pairs, _CLOSED).flatten(1)
    every = torch.logsumexp(torch.cat([pairs, pairs.new_zeros(len(pairs), 1)], 1), 1)
    hit = (right > 0).flatten(1)
    best = torch.where(hit.any(1), torch.logsumexp(torch.where(hit, pairs, _NEVER), 1), 0.0)
    among = ((every - best) * each.flatten(1).amax(1)).sum()
    there = (torch.arange(right.shape[1], device=right.device)[None] < events.sizes[:, None]).float()
    roles = sum(
        (binary_cross_entropy_with_logits(side, hits.amax(axis), reduction="none") * there).sum()
        for side, axis in ((odds.actors, 2), (odds.targets, 1))
    )
    return (_ALONE * alone + _AMONG * among + _ROLES * roles) / size


def _antecedents(odds: Tensor, choices: Antecedents) -> Tensor:
    weight = torch.where(choices.labelled, 1.0, _UNLABELLED)[:, None] * (choices.right >= 0)
    each = binary_cross_entropy_with_logits(odds, (choices.right > 0).float(), reduction="none")
    return (each * weight).sum() / max(1, int(choices.labelled.sum()))


def _speakers(odds: Tensor, events: Standings) -> Tensor:
    """The right speakers together against all who are offered, where any is right."""
    offered = torch.where(events.offered, odds, _NEVER)
    told = events.right.any(1)
    missed = torch.logsumexp(offered, 1) - torch.logsumexp(torch.where(events.right, offered, _NEVER), 1)
    return (missed * told).sum() / max(1, int(told.sum()))


def _modalities(odds: Tensor, events: Standings) -> Tensor:
    return cross_entropy(odds, events.modality, reduction="sum") / max(1, len(events.modality))


def _polarities(odds: Tensor, events: Standings) -> Tensor:
    return binary_cross_entropy_with_logits(odds, events.negated, reduction="sum") / max(1, len(events.negated))
