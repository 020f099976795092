"""Tuning encoder and networks on articles: AdamW (Loshchilov and Hutter 2019), the lower layers slower than the upper
ones (Howard and Ruder 2018), the rate rising and then falling in a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.optim import AdamW
from torch.optim.lr_scheduler import LambdaLR

from kg.tuning.arrays import Tuned, tuned
from kg.tuning.base import Base
from kg.tuning.batches import Batch, Scales, batch, moved, scales
from kg.tuning.lessons import LENGTHS, Lessons
from kg.tuning.losses import loss
from kg.tuning.model import Model


@dataclass(frozen=True, slots=True)
class Course:
    """How long and how fast is learned: times through the articles, articles in a batch, the rate of the encoder's top
    layer and how much less each layer below has, the rate of the networks, the share of steps in which rates rise."""

    epochs: int = 16
    together: int = 4
    encoder: float = 2.5e-4
    decay: float = 0.95
    networks: float = 1e-3
    rise: float = 0.08


#: Rates fall to this share of the highest.
_LEAST = 0.02
#: Weight decay of the encoder and of the networks; the longest step of all weights together.
_ENCODER_DECAY, _NETWORK_DECAY, _LONGEST = 0.01, 1e-3, 1.0


def device() -> str:
    """Where torch computes: a graphics card if there is one."""
    return "cuda" if torch.cuda.is_available() else "cpu"


def tune(
    data: Sequence[Lessons], base: Base, *, seed: int = 0, course: Course = Course(),
    progress: Callable[[str], None] | None = None,
) -> Tuned:  # fmt: skip
    """Tune encoder and networks on articles' lessons; the same lessons, seed and device give the same weights (on a
    graphics card nearly).

    ``progress`` is told the loss of each epoch.
    """
    torch.manual_seed(seed)
    by = scales(data)
    model = Model(base, by).to(device())
    for number, mean in enumerate(epochs(model, data, by, course, seed), start=1):
        if progress:
            progress(f"epoch {number} of {course.epochs}: loss {mean:.3f}")
    return tuned(model, base, by)


def epochs(model: Model, data: Sequence[Lessons], by: Scales, course: Course, seed: int) -> Iterator[float]:
    """Go through the articles in an order that ``seed`` fixes; yields each epoch's mean loss."""
    random = np.random.RandomState(seed)
    optimizer = AdamW(groups(model, course))
    steps = course.epochs * ceil(len(data) / course.together)

    def share(step: int) -> float:
        return min(1.0, (step + 1) / (steps * course.rise)) * max(_LEAST, 1 - step / steps)

    rate = LambdaLR(optimizer, share)
    model.train()
    for _ in range(course.epochs):
        order, losses = random.permutation(len(data)), []
        for start in range(0, len(order), course.together):
            some = batch([_varied(data[place], random) for place in order[start : start + course.together]], by)
            losses.append(_step(model, moved(some, device()), optimizer))
            rate.step()
        yield float(np.mean(losses))


def _varied(one: Lessons, random: np.random.RandomState) -> Lessons:
    """An article in windows of one of the lengths, by their shares."""
    return replace(one, windows=[one.windows[random.choice(len(LENGTHS), p=[*LENGTHS.values()])]])


def _step(model: Model, some: Batch, optimizer: Any) -> float:
    optimizer.zero_grad()
    missed = loss(model(some), some)
    missed.backward()
    nn.utils.clip_grad_norm_(model.parameters(), _LONGEST)
    optimizer.step()
    return float(missed.detach())


def groups(model: Model, course: Course) -> list[dict[str, Any]]:
    """The weights with their rates: each layer of the encoder, what lies before the layers, the networks."""
    layers = model.encoder.layers
    found: dict[float, list[Any]] = {}
    networks = []
    for name, weights in model.named_parameters():
        if name.startswith("encoder."):
            part = name.split(".")[1]
            depth = layers - 1 - int(part.removeprefix("layer")) if part.startswith("layer") else layers
            found.setdefault(course.encoder * course.decay**depth, []).append(weights)
        else:
            networks.append(weights)
    encoder = [{"params": own, "lr": rate, "weight_decay": _ENCODER_DECAY} for rate, own in found.items()]
    return [*encoder, {"params": networks, "lr": course.networks, "weight_decay": _NETWORK_DECAY}]
