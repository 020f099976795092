"""Which candidates become events: the best pair of each predicate, further pairs that coordination or a second
complement adds, and never the same act twice in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.events.candidates import Pair, Proposal

Judged = tuple[Pair, float]


@dataclass(frozen=True, slots=True)
class Choice:
    """A pair of a proposal taken as an event, with its probability."""

    proposal: Proposal
    pair: Pair
    probability: float


@dataclass(frozen=True, slots=True)
class Cuts:
    """The probabilities from which candidates are taken: ``first`` the best pair of a predicate, ``second`` a further
    complement or actor, ``sibling`` a pair that only exchanges members of the same coordination."""

    first: float
    second: float
    sibling: float


def choose(proposals: Sequence[Proposal], judged: Sequence[Sequence[Judged]], cuts: Cuts) -> list[Choice]:
    """The events among the candidates, by predicate in text order."""
    taken: list[Choice] = []
    for proposal, pairs in zip(proposals, judged, strict=True):
        taken += _of_predicate(proposal, pairs, cuts)
    return _once(taken)


def _of_predicate(proposal: Proposal, pairs: Sequence[Judged], cuts: Cuts) -> list[Choice]:
    ranked = sorted(pairs, key=lambda judged: -judged[1])
    if not ranked or ranked[0][1] < cuts.first:
        return []
    found = [Choice(proposal, *ranked[0])]
    for pair, chance in ranked[1:]:
        if chance < min(cuts.second, cuts.sibling):
            break
        if _other_meaning(proposal, pair, found):
            continue
        if (chance >= cuts.sibling and _coordinate(proposal, pair, found)) or (
            chance >= cuts.second and _further(pair, found)
        ):
            found.append(Choice(proposal, pair, chance))
    return found


def _other_meaning(proposal: Proposal, pair: Pair, found: Sequence[Choice]) -> bool:
    """Whether a pair takes a pronoun for somebody else than an event already taken does."""
    tokens = [side and side.slot.token for side in proposal.sides(pair)]
    for choice in found:
        for place, token, taken in zip(pair, tokens, choice.pair, strict=True):
            if place != taken and taken >= 0 and token == proposal.arguments[taken].slot.token:
                return True
    return False


def _groups(proposal: Proposal, pair: Pair) -> Iterator[int]:
    for side in proposal.sides(pair):
        yield -1 if side is None else (side.slot.first if side.slot.first >= 0 else side.slot.token)


def _coordinate(proposal: Proposal, pair: Pair, found: Sequence[Choice]) -> bool:
    """Whether a pair only exchanges members of the same coordinations as an event already taken."""
    ours = tuple(_groups(proposal, pair))
    return any(tuple(_groups(proposal, choice.pair)) == ours for choice in found)


def _further(pair: Pair, found: Sequence[Choice]) -> bool:
    """Whether a pair adds a second complement of the same actor."""
    return all(pair[0] == choice.pair[0] and -1 not in (pair[1], choice.pair[1]) for choice in found)


def _once(choices: Sequence[Choice]) -> list[Choice]:
    """Drop the weaker of two events of one sentence with the same actor, target and type (« mène une attaque »)."""
    best: dict[tuple[int, int, str, int], Choice] = {}
    for choice in choices:
        actor, target = choice.proposal.sides(choice.pair)
        head = choice.proposal.predicate.head
        key = (
            actor.entity.number if actor else -1,
            target.entity.number if target else -1,
            choice.proposal.predicate.type if choice.proposal.predicate.type != "OTHER" else f"OTHER{head}",
            choice.proposal.sentence,
        )
        if key not in best or best[key].probability < choice.probability:
            best[key] = choice
    kept = {id(choice) for choice in best.values()}
    return [choice for choice in choices if id(choice) in kept]
