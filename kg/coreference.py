"""Room 4: which nominals of an article are the same entity.

Names join by known identity, surname, acronym or head; appositions join at once; definite descriptions join the
entity that their noun, kind and country allow; pronouns and possessives take the most salient entity that agrees in
gender, number and kind (a simple form of salience ranking after Lappin and Leass 1994). A doubtful one stays alone:
a missing link costs less than a wrong one. The module is longer than most since it is one pass whose rules share what
has been read so far.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from kg.mentions import Nominal
from kg.syntax import Tree
from kg.wordings import is_acronym, key, same_person, short_form

_ACTING = frozenset({"person", "organization", "government", "military", "armed_group", "country", "group"})
#: How many antecedents of a pronoun are kept for the scorer to choose from.
_GUESSES = 3
_BODIES = frozenset({"organization", "government", "military", "armed_group", "country"})
#: A description of more words does not become an entity's name.
_LONGEST_NAME = 8


@dataclass(slots=True)
class Entity:
    """What the article speaks of: its nominals (head tokens), best name and kind; filled while reading."""

    number: int
    name: str
    kind: str
    form: str
    known_id: str = ""
    country: str = ""
    gender: str = ""
    plural: bool = False
    lemma: str = ""
    heads: list[int] = field(default_factory=list)
    subjects: list[int] = field(default_factory=list)
    keys: set[tuple[str, ...]] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    lemmas: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Guess:
    """An entity that a pronoun may stand for, and its salience."""

    entity: int
    salience: float


@dataclass(frozen=True, slots=True)
class Chains:
    """Entities of an article, the entity of each nominal's head token, and the owner of each possessive.

    ``guesses`` holds for pronouns and possessives the entities they may stand for, best first.
    """

    entities: tuple[Entity, ...]
    of: Mapping[int, int]
    owners: Mapping[int, int]
    guesses: Mapping[int, tuple[Guess, ...]]

    def entity(self, head: int) -> Entity | None:
        """The entity a nominal or possessive stands for, or ``None`` for an unresolved pronoun."""
        number = self.of.get(head, self.owners.get(head))
        return None if number is None else self.entities[number]


def resolve(tree: Tree, nominals: Mapping[int, Nominal]) -> Chains:
    """Join an article's nominals into entities."""
    reader = _Reader(tree, nominals)
    for head in sorted(nominals):
        reader.read(nominals[head])
        reader.read_possessives(head)
    return Chains(tuple(reader.entities), reader.of, reader.owners, reader.guesses)


class _Reader:
    """One pass over an article's nominals in text order."""

    def __init__(self, tree: Tree, nominals: Mapping[int, Nominal]) -> None:
        self.tree, self.nominals = tree, nominals
        self.entities: list[Entity] = []
        self.of: dict[int, int] = {}
        self.owners: dict[int, int] = {}
        self.guesses: dict[int, tuple[Guess, ...]] = {}

    def read(self, nominal: Nominal) -> None:
        if nominal.form == "pronoun":
            self._pronoun(nominal)
            return
        entity = self._apposed(nominal) or self._named(nominal) if nominal.form == "name" else None
        if entity is None and nominal.form == "adjective":
            entity = self._known(nominal)
        if entity is None and nominal.form == "noun":
            entity = self._apposed(nominal) or self._described(nominal)
        self._add(nominal, entity)

    def read_possessives(self, head: int) -> None:
        for child in self.tree.children[head]:
            number = self.tree.words.possessives.get(self.tree.lower[child])
            if number is None or self.tree.rel[child] not in ("det", "poss") or number == "first":
                continue
            self.of.pop(child, None)
            plural = {"plural": "Plur", "singular": "Sing"}[number]
            gender = self.tree.morph[child].get("Gender", "") if self.tree.pos[child] == "PRON" else ""
            wanted = Nominal(child, child, child, "person", "pronoun", "", "", gender=gender, number=plural)
            ranked = self._candidates(wanted, excluded={self.of.get(head, -1)}, owner=True)
            if ranked:
                self.owners[child] = ranked[0][1].number
                self.guesses[child] = tuple(Guess(e.number, score) for score, e in ranked[:_GUESSES])

    def _add(self, nominal: Nominal, entity: Entity | None) -> None:
        if entity is None:
            entity = Entity(len(self.entities), nominal.name, nominal.kind, nominal.form)
            entity.gender = "" if nominal.form == "name" and nominal.kind == "person" else nominal.gender
            entity.plural = nominal.number == "Plur"
            entity.lemma = nominal.lemma
            self.entities.append(entity)
        if entity.form == nominal.form == "noun" and len(entity.name) < len(nominal.name) and _short(nominal.name):
            entity.name = nominal.name
        better = (entity.form == "noun" and nominal.form == "name") or (
            entity.form == nominal.form == "name"
            and entity.kind == "person"
            and len(key(nominal.name)) > len(key(entity.name))
        )
        if better:
            entity.name, entity.form = nominal.name, nominal.form
            if nominal.kind != "thing" and not (entity.kind in _BODIES and nominal.kind == "place"):
                entity.kind = nominal.kind
        if nominal.known:
            entity.known_id = entity.known_id or nominal.known.id
            entity.country = entity.country or (nominal.known.country or "")
        entity.heads.append(nominal.head)
        if nominal.form == "noun":
            entity.lemmas.add(nominal.lemma)
        if nominal.form != "adjective":
            entity.keys.add(key(nominal.name))
        if nominal.role == "office" or nominal.named is not None or nominal.offices:
            entity.roles.update((nominal.lemma, *(self.tree.lemma[c] for c in nominal.offices)))
            if nominal.gender:
                entity.gender = nominal.gender
        if self.tree.rel[nominal.head] in ("subj", "subj:pass"):
            entity.subjects.append(nominal.head)
        self.of[nominal.head] = entity.number

    def _known(self, nominal: Nominal) -> Entity | None:
        if nominal.known:
            for entity in reversed(self.entities):
                if entity.known_id == nominal.known.id:
                    return entity
        return None

    def _named(self, nominal: Nominal) -> Entity | None:
        known = self._known(nominal)
        if known:
            return known
        words = key(nominal.name)
        if not words:
            return None
        for entity in reversed(self.entities):
            if entity.form != "name" or (nominal.known and entity.known_id):
                continue
            if words in entity.keys:
                return entity
            if nominal.kind == "person" and entity.kind == "person" and same_person(words, entity.keys):
                return entity
            if nominal.kind != "person" and entity.kind != "person" and short_form(words, entity.keys):
                return entity
        return None

    def _apposed(self, nominal: Nominal) -> Entity | None:
        """The entity of the noun that this one stands in apposition to (« le porte-parole, X », « X, maire de Y »)."""
        tree, head = self.tree, nominal.head
        if tree.rel[head] not in ("appos", "flat") or tree.head[head] not in self.of:
            return None
        other = self.nominals[tree.head[head]]
        if nominal.form == other.form == "name" and not is_acronym(key(nominal.name), key(other.name)):
            return None
        people = {"person"}
        same_kind = nominal.kind == other.kind or (nominal.kind in _BODIES and other.kind in _BODIES)
        if not same_kind or (nominal.kind not in people and "noun" not in (nominal.form, other.form)):
            return None if not is_acronym(key(nominal.name), key(other.name)) else self.entities[self.of[other.head]]
        if nominal.number and other.number and nominal.number != other.number:
            return None
        return self.entities[self.of[other.head]]

    def _described(self, nominal: Nominal) -> Entity | None:
        """The entity a definite description takes up."""
        if nominal.definite not in ("definite", "demonstrative", "possessive"):
            return None
        own = self._modifiers(nominal)
        for entity in reversed(self.entities[-60:]):
            plural = nominal.number == "Plur"
            by_office = entity.kind == "person" and nominal.lemma in entity.roles and not plural
            by_noun = nominal.lemma in entity.lemmas and entity.plural == plural
            if (by_office or by_noun) and (not own or own <= self._entity_modifiers(entity)):
                return entity
            if entity.form == "name" and nominal.kind in _BODIES and self._head_of_name(nominal, entity, own):
                return entity
        return self._sole_person(nominal, own) or self._body(nominal, own)

    def _sole_person(self, nominal: Nominal, own: frozenset[str]) -> Entity | None:
        """« le Premier ministre » with no holder named: the only person that the article has named so far."""
        if nominal.role != "office" or nominal.number == "Plur" or len(own) > 1:
            return None
        named = [entity for entity in self.entities if entity.form == "name" and entity.kind == "person"]
        return named[0] if len(named) == 1 and nominal.definite == "definite" else None

    def _head_of_name(self, nominal: Nominal, entity: Entity, own: frozenset[str]) -> bool:
        first = key(nominal.name)[:1]
        return not own and bool(first) and any(first == words[:1] and len(words) > 1 for words in entity.keys)

    def _body(self, nominal: Nominal, own: frozenset[str]) -> Entity | None:
        """« le groupe palestinien » → the one salient body of a kind and country that fits, in the last sentences."""
        if nominal.kind not in _BODIES or nominal.number == "Plur":
            return None
        here = self.tree.sent[nominal.head]
        country = self._country(nominal)
        kinds = {"country"} if nominal.kind == "country" else {nominal.kind, "organization"} - {"thing"}
        fitting = [
            entity
            for entity in self.entities
            if entity.form == "name"
            and (entity.kind in kinds or (entity.kind == "armed_group" and country != ""))
            and here - self.tree.sent[entity.heads[-1]] <= 3
            and (not country or entity.country == country)
            and (not own or country)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _country(self, nominal: Nominal) -> str:
        for child in self.tree.kids(nominal.head, "amod"):
            other = self.nominals.get(child)
            if other and other.known:
                return other.known.country or ""
        return ""

    def _modifiers(self, nominal: Nominal) -> frozenset[str]:
        tree = self.tree
        loose = tree.words["loose_modifier"]
        kids = [c for c in tree.kids(nominal.head, "amod", "nmod", "compound", "num") if tree.lower[c] not in loose]
        return frozenset(tree.lemma[c] for c in kids)

    def _entity_modifiers(self, entity: Entity) -> frozenset[str]:
        return frozenset().union(*(self._modifiers(self.nominals[h]) for h in entity.heads))

    def _pronoun(self, nominal: Nominal) -> None:
        tree, i = self.tree, nominal.head
        if tree.lower[i] not in tree.words["third_person"] | tree.words["latter"]:
            return
        if tree.rel[i] in ("expl", "expl:subj", "case", "mark"):
            return
        governor = tree.head[i]
        clause = {self.of[c] for c in tree.children[governor] if c != i and c in self.of and tree.rel[c] != "advcl"}
        ranked = self._candidates(nominal, excluded=clause)
        if not ranked:
            return
        self.guesses[i] = tuple(Guess(entity.number, score) for score, entity in ranked[:_GUESSES])
        best = ranked[0][1]
        self.of[i] = best.number
        best.heads.append(i)
        if tree.rel[i] in ("subj", "subj:pass"):
            best.subjects.append(i)

    def _candidates(self, nominal: Nominal, *, excluded: Set[int], owner: bool = False) -> list[tuple[float, Entity]]:
        """The entities that a pronoun may stand for with their salience, best first."""
        tree, i = self.tree, nominal.head
        here = tree.sent[i]
        is_subject = tree.rel[i] in ("subj", "subj:pass")
        ranked = []
        for entity in self.entities:
            earlier = [head for head in entity.heads[-3:] if head < i]
            if not earlier or entity.number in excluded:
                continue
            last = earlier[-1]
            distance = here - tree.sent[last]
            if distance > 3 or not _agrees(tree, nominal, entity):
                continue
            score = 4.0 - 1.5 * distance + min(len(entity.heads), 4) * 0.3
            if entity.kind in _ACTING:
                score += 1.5
            if entity.subjects and here - tree.sent[entity.subjects[-1]] <= 1:
                score += 2.0
            if entity.form == "name":
                score += 0.5
            if is_subject and last in entity.subjects:
                score += 0.5
            if owner and distance == 0 and last in entity.subjects:
                score += 1.0
            score -= min(i - last, 60) * 0.02
            ranked.append((score, entity))
        ranked.sort(key=lambda pair: -pair[0])
        return ranked


def _short(name: str) -> bool:
    return len(name.split()) <= _LONGEST_NAME


def _agrees(tree: Tree, nominal: Nominal, entity: Entity) -> bool:
    """Whether an entity can be what a pronoun stands for: person or thing, number, gender."""
    if entity.form == "adjective" and len(entity.heads) == 1:
        return False
    lower = tree.lower[nominal.head]
    if lower in tree.words["person_pronoun"] and entity.kind != "person":
        return False
    if lower in tree.words["inanimate_pronoun"] and entity.kind in ("person", "group"):
        return False
    plural = nominal.number == "Plur"
    collective = entity.kind in _BODIES or entity.kind == "group"
    if plural != entity.plural and not (plural and collective):
        return False
    if nominal.gender in ("Masc", "Fem") and entity.gender in ("Masc", "Fem"):
        return nominal.gender == entity.gender
    return True
