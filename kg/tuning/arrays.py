"""Tuned weights as the arrays that the rooms read with numpy.

The matrices of the encoder's layers are rounded to eight bits with a scale a row; what else is large is in half
precision.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from kg.coreference.features import LAYOUT as COREFERENCE
from kg.encoder.transformer import LAYOUT as ENCODER
from kg.tuning.base import Base
from kg.tuning.batches import Scales
from kg.tuning.model import Model

Arrays = dict[str, NDArray[Any]]
#: The largest number of eight bits.
_LARGEST = 127


@dataclass(frozen=True, slots=True)
class Tuned:
    """What tuning gives: all of ``encoder.npz`` and of coreference's ``weights.npz``, the network's part of
    ``kg/events/weights.npz``, and the networks' part of ``standing.npz``."""

    encoder: Arrays
    antecedents: Arrays
    network: Arrays
    standing: Arrays


def tuned(model: Model, base: Base, by: Scales) -> Tuned:
    """The arrays of a model; ``by`` are the scales of its features. The model is rounded to what they hold."""
    encoder = _encoder(model, base)
    network = _named(model.events, "net.") | {f"scale.{name}": by[name] for name in ("own", "actors", "targets")}
    antecedents = _named(model.antecedents) | {"layout": np.array(COREFERENCE), "scale": by["antecedents"]}
    standing = _named(model.modality, "modality.") | _named(model.speaker, "speaker.")
    standing |= _named(model.polarity, "polarity.")
    standing |= {f"{name}.scale": by[name] for name in ("modality", "speaker")}
    return Tuned(encoder, antecedents, network, standing)


def _encoder(model: Model, base: Base) -> Arrays:
    norm = model.encoder.normalised
    found: Arrays = {"layout": np.array(ENCODER), "layers": np.array(base.layers), "pieces": base.pieces}
    found |= {"mean": _numbers(norm.running_mean), "variance": _numbers(norm.running_var)}
    for name, weights in model.encoder.named_parameters():
        values = _numbers(weights)
        if name.startswith("layer") and values.ndim == 2:
            scale = np.maximum(np.abs(values).max(axis=1), np.finfo(np.float32).tiny) / _LARGEST
            found[name] = np.round(values / scale[:, None]).astype(np.int8)
            found[f"{name}.scale"] = scale.astype(np.float32)
            _round(weights, found[name] * scale[:, None])
        else:
            found[name] = values.astype(np.float16)
            _round(weights, found[name])
    return found


def _named(network: nn.Module, prefix: str = "") -> Arrays:
    """The weights of a network by its room's names, matrices as inputs × outputs."""
    found: Arrays = {}
    for name, weights in network.named_parameters():
        values = _numbers(weights)
        kept = values.astype(np.float16) if values.ndim == 2 else values
        _round(weights, kept)
        found[prefix + name.removesuffix(".weight").replace("_", ".")] = kept.T
    return found


def _numbers(weights: Any) -> NDArray[np.float32]:
    numbers: NDArray[np.float32] = weights.detach().float().cpu().numpy().copy()
    return numbers


def _round(weights: Any, kept: NDArray[Any]) -> None:
    with torch.no_grad():
        weights.copy_(torch.from_numpy(kept.astype(np.float32)))
