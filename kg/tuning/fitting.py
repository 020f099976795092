"""From annotated articles to all weights: the folds' networks judge the articles that they have not seen; forest,
calibration and cuts are fitted to that; what ships is tuned on all articles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, replace

from kg import fit, standings
from kg.antecedents import Parsed
from kg.coreference.judging import Weights
from kg.encoder import Encoder, encoder
from kg.encoder.transformer import Transformer
from kg.events.network import Network
from kg.examples import Example, examples
from kg.score import Level
from kg.tuning import base
from kg.tuning.arrays import Arrays, Tuned
from kg.tuning.lessons import lessons
from kg.tuning.training import Course, tune


@dataclass(frozen=True, slots=True)
class Fitted:
    """The arrays of each file, and the cross-validated surface score."""

    encoder: Arrays
    coreference: Arrays
    events: Arrays
    standing: Arrays
    level: Level


def refit(
    data: Sequence[Parsed], own: int, *, course: Course = Course(), start: base.Base | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Fitted:  # fmt: skip
    """Fit everything to annotated articles; probabilities and cuts are taken from the first ``own`` of them.

    ``start`` is what the encoder starts from (default: the installed base model); ``progress`` is told what is done.
    Six models are tuned, each in minutes on a graphics card, in hours without one.
    """
    start, fold = start or base.read(), fit.folds(data)
    taught = lessons(data, fold)
    unseen = []
    for held_out in range(fit.FOLDS):
        progress(f"model {held_out + 1} of {fit.FOLDS + 1}, without the articles of fold {held_out + 1}")
        others = [one for one, number in zip(taught, fold, strict=True) if number != held_out]
        unseen.append(tune(others, start, course=course, progress=progress))
    made = judged(data, fold, unseen)
    arrays, level = fit.fit(made, [Network(one.network) for one in unseen], own)
    progress(f"model {fit.FOLDS + 1} of {fit.FOLDS + 1}, of all articles")
    whole = tune(taught, start, course=course, progress=progress)
    counted = standings.counted(made)
    return Fitted(whole.encoder, whole.antecedents, arrays | whole.network, counted | whole.standing, level)


def judged(data: Sequence[Parsed], fold: Sequence[int], unseen: Sequence[Tuned]) -> list[Example]:
    """The articles with the vectors and antecedents of their fold's model, which has not seen them."""
    pieces = encoder().pieces
    encoders = [Encoder(pieces, Transformer(one.encoder)) for one in unseen]
    weights = [Weights(one.antecedents) for one in unseen]
    read, judges = [], []
    for made, number in zip(data, fold, strict=True):
        tree = copy(made.tree)
        tree.vectors = encoders[number].vectors(tree.text, tree.start, tree.end, tree.sentences)
        read.append(replace(made, tree=tree))
        judges.append(weights[number].of(tree))
    return examples(read, judges)
