"""How often words took part in events in the annotated articles, as log-odds smoothed towards the average.

Target encoding (Micci-Barreca 2001): an unseen word counts as an average one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from kg.events.arguments import Argument
from kg.events.predicates import Predicate
from kg.syntax import Tree

#: How many average occurrences a word's own are mixed with.
_SMOOTHING = 3.0
#: The least share, for the rare case that all occurrences are right or none.
_LEAST = 1e-6
#: The key under which the sums stand.
ALL = "*"


class Priors:
    """Counts of one kind of key: how many of its occurrences were right."""

    def __init__(self, counts: Mapping[str, tuple[float, float]]) -> None:
        """``counts`` maps a key to (right ones, occurrences); the key ``*`` holds the sums."""
        right, occurrences = counts.get(ALL, (1.0, 2.0))
        self._base = right / occurrences
        self._odds = {key: self._log_odds(*own) for key, own in counts.items()}
        self._average = self._log_odds(0.0, 0.0)

    def _log_odds(self, right: float, occurrences: float) -> float:
        share = (right + _SMOOTHING * self._base) / (occurrences + _SMOOTHING)
        share = min(max(share, _LEAST), 1.0 - _LEAST)
        return float(np.log(share / (1.0 - share)))

    def rows(self, keys: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """The log-odds of rows of keys."""
        odds, average = self._odds, self._average
        return np.array([[odds.get(key, average) for key in row] for row in keys], dtype=np.float32)


def predicate_keys(predicate: Predicate, language: str) -> tuple[str, str]:
    """The keys of a predicate: its lemma in its language, and its action whatever the language."""
    nominal = f"{predicate.extractor == 'nominals':d}"
    return f"{language}:{nominal}:{predicate.lemma}", f"{nominal}:{_action(predicate)}"


def argument_keys(tree: Tree, predicate: Predicate, argument: Argument | None) -> tuple[str, ...]:
    """The keys of an argument (``None``: nobody) beside a predicate: its slot with the predicate's lemma and action,
    its head noun, its kind with slot and type, and its head noun with the type."""
    lemma, action = predicate_keys(predicate, tree.language)
    if argument is None:
        return f"{lemma}|-", f"{action}|-", "-", f"-{predicate.type}", "-"
    role = argument.slot.role.removeprefix("acl:").removeprefix("obj:")
    nominal = argument.nominal
    form = nominal.form if nominal else "possessive"
    kind = f"{form}:{argument.reference.kind}"
    head = f"{tree.language}:{tree.lemma[argument.slot.token].lower()}" if form == "noun" else kind
    return f"{lemma}|{role}", f"{action}|{role}", head, f"{predicate.type}|{kind}|{role}", f"{predicate.type}|{head}"


def _action(predicate: Predicate) -> str:
    return predicate.entry.action.id if predicate.entry and predicate.entry.action else "-"
