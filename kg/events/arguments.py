"""From slots to arguments: the entity that stands behind each token, as a ``Reference``."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from kg.coreference import Chains, Entity
from kg.events.clauses import Slot, subjects
from kg.events.predicates import Predicate
from kg.events.speech import Speech, first_person
from kg.mentions import Nominal
from kg.model import Reference
from kg.syntax import Tree

_BODIES = frozenset({"organization", "government", "military", "armed_group", "country"})
_MOST = 20
#: How many nominals on each side are offered beyond those that syntax reaches.
_NEAR = 2


@dataclass(frozen=True, slots=True)
class Argument:
    """One way to fill a role of a predicate: the slot, the nominal there (``None`` for a possessive), its entity."""

    slot: Slot
    nominal: Nominal | None
    entity: Entity
    reference: Reference
    via: str
    rank: int = 0

    def antecedent(self) -> int:
        """The entity's mention before this one (or its first) where the word only takes it up; -1 where it names it."""
        token = self.slot.token
        others = [head for head in self.entity.heads if head != token]
        if self.via == "itself" or not others:
            return -1
        place = bisect_left(others, token)
        return others[place - 1] if place else others[0]


class Reading:
    """What rooms 3 and 4 and the speech reader say of one article, bundled for the candidates."""

    def __init__(
        self,
        tree: Tree,
        nominals: Mapping[int, Nominal],
        chains: Chains,
        speech: Speech,
        times: Sequence[tuple[int, int]],
    ) -> None:
        """Keep the parts; nothing is computed here. ``times`` are the stretches of text that say when."""
        self.tree, self.nominals, self.chains, self.speech, self.times = tree, nominals, chains, speech, times

    def references(self, token: int) -> list[tuple[Reference, Entity, str, int]]:
        """All that a token may refer to, best first: reference, entity, how it was reached, and rank from 0.

        More than one for a third-person pronoun or possessive: the scorer chooses.
        """
        made = self.reference(token)
        if made is None:
            return []
        found = [(*made, 0)]
        if made[2] in ("pronoun", "possessive"):
            for rank, guess in enumerate(self.chains.guesses.get(token, ())[1:], start=1):
                entity = self.chains.entities[guess.entity]
                found.append((replace(made[0], name=entity.name, kind=entity.kind), entity, made[2], rank))
        return found

    def reference(self, token: int) -> tuple[Reference, Entity, str] | None:
        """The reference for a token, its entity and how it was reached; ``None`` for an unresolved pronoun."""
        tree = self.tree
        via = "itself"
        source = token
        spoken = first_person(tree, self.speech, token)
        if spoken >= 0:
            source, via = spoken, "speaker"
        entity = self.chains.entity(source)
        if entity is None:
            return None
        if via == "speaker" and tree.lower[token] in tree.words["first_person_plural"]:
            entity = self._spoken_for(entity)
        nominal = self.nominals.get(source)
        own = self.nominals.get(token)
        if own is None or own.form == "pronoun":
            via = via if via != "itself" else "pronoun" if own is not None else "possessive"
            mention, start, end = tree.token[token], tree.start[token], tree.end[token]
        else:
            start, end = tree.start[own.first], tree.end[own.last]
            mention = tree.text[start:end]
        if nominal is not None and self.chains.of.get(source) != entity.number:
            nominal = None
        name = self._name(nominal, entity)
        return Reference(mention, name, self._kind(nominal, entity), start, end), entity, via

    def _spoken_for(self, speaker: Entity) -> Entity:
        """Whom « nous » stands for: the body that a spokesperson speaks for, else the speaker."""
        if speaker.kind != "person":
            return speaker
        for head in speaker.heads:
            nominal = self.nominals.get(head)
            if nominal is None or not (nominal.role == "office" or nominal.offices):
                continue
            offices = nominal.offices or (head,)
            for child in (c for o in offices for c in self.tree.kids(o, "nmod", "poss", "amod", "compound")):
                body = self.chains.entity(child)
                if body is not None and body.kind in _BODIES and body.form in ("name", "adjective"):
                    return body
        return speaker

    def _name(self, nominal: Nominal | None, entity: Entity) -> str:
        if nominal is not None and nominal.form == "adjective" and nominal.known:
            return nominal.known.labels.get(self.tree.language, nominal.name)
        if entity.form == "adjective" and entity.known_id and nominal is not None and nominal.known:
            return nominal.known.labels.get(self.tree.language, nominal.name)
        if entity.form == "name" or nominal is None or nominal.form == "pronoun":
            return entity.name
        fuller = nominal.definite in ("definite", "demonstrative") and len(entity.name) > len(nominal.name)
        return entity.name if fuller else nominal.name

    def _kind(self, nominal: Nominal | None, entity: Entity) -> str:
        if nominal is None or nominal.form == "pronoun" or entity.form == "name":
            return entity.kind
        return nominal.kind


def arguments(reading: Reading, predicate: Predicate) -> list[Argument]:
    """The arguments in reach of a predicate, each token once, best slots first."""
    tree = reading.tree
    slots: Sequence[Slot] = predicate.slots
    bare = not any(slot.role in ("subj", "gov:subj") for slot in slots)
    if bare:
        slots = [*slots, *_outer_subject(tree, predicate)]
    slots = [*slots, *_near(reading, predicate, {slot.token for slot in slots})]
    slots = [*slots, *_topics(reading, predicate, {slot.token for slot in slots}, bare)]
    found: list[Argument] = []
    seen: set[int] = set()
    for slot in slots:
        if slot.token in seen or (slot.token in predicate.tokens and slot.how != "filled") or len(found) >= _MOST:
            continue
        seen.add(slot.token)
        for reference, entity, via, rank in reading.references(slot.token):
            found.append(Argument(slot, reading.nominals.get(slot.token), entity, reference, via, rank))
    return found


def _outer_subject(tree: Tree, predicate: Predicate) -> list[Slot]:
    """The subject of the nearest clause above, as a last resort for a predicate without one."""
    for above in tree.ancestors(predicate.head):
        for token, _ in subjects(tree, above):
            if token != predicate.head:
                return [Slot(token, "outer", "outer")]
    return []


def _topics(reading: Reading, predicate: Predicate, taken: Set[int], bare: bool) -> list[Slot]:
    """Whom the sentence is about, where no rule has reached them: its subjects and its first nominal, and for a
    predicate without a subject the subject of the sentence before."""
    tree, sentence = reading.tree, reading.tree.sent[predicate.head]
    found: list[Slot] = []
    for place, role in ((sentence, "topic"), (sentence - 1, "previous")):
        if place < 0 or (role == "previous" and not bare):
            continue
        first, end = tree.sentences[place]
        stop = min(end, predicate.head) if role == "topic" else end
        free = [t for t in range(first, stop) if t in reading.nominals and t not in taken | {*predicate.tokens}]
        inside = [t for t in free if reading.nominals[t].form != "pronoun" or t in reading.chains.of]
        subjective = [t for t in inside if tree.rel[t] in ("subj", "subj:pass")]
        picked = [*subjective[:1], *subjective[-1:], *inside[:1]] if role == "topic" else subjective[:1] or inside[:1]
        found += [Slot(t, role, "topic") for t in dict.fromkeys(picked)]
    return found


def _near(reading: Reading, predicate: Predicate, taken: Set[int]) -> list[Slot]:
    """The nearest nominals on each side in the sentence that no rule has reached: parsers attach wrongly."""
    tree, head = reading.tree, predicate.head
    first, end = tree.sentences[tree.sent[head]]
    found: list[Slot] = []
    for side, tokens in (("before", range(head - 1, first - 1, -1)), ("after", range(head + 1, end))):
        near = 0
        for token in tokens:
            nominal = reading.nominals.get(token)
            if nominal is None or token in taken or token in predicate.tokens or nominal.form == "adjective":
                continue
            if nominal.form == "pronoun" and token not in reading.chains.of:
                continue
            found.append(Slot(token, side, "near"))
            near += 1
            if near == _NEAR:
                break
    return found
