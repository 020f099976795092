"""What an article speaks of, and which nominal stands for which: the values of room 4."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.coreference.kin import kin
from kg.gazetteer import without_address
from kg.mentions import Nominal
from kg.tree import Tree
from kg.wordings import key

BODIES = frozenset({"organization", "government", "military", "armed_group", "country"})
#: The group of nouns that takes up a name of a kind.
_KIN_OF_KIND = {"armed_group": "armed", "country": "country", "military": "army", "government": "government",
                "person": "person", "agreement": "treaty"}  # fmt: skip
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
    modifiers: set[str] = field(default_factory=set)
    kin: set[str] = field(default_factory=set)

    def take(self, tree: Tree, nominal: Nominal) -> None:
        """Add a nominal that stands for the entity; a name, or a fuller one, becomes the entity's."""
        fuller = len(self.name) < len(nominal.name) and nominal.lemma == self.lemma and _short(nominal.name)
        if self.form == nominal.form == "noun" and fuller:
            self.name = nominal.name
        better = (self.form == "noun" and nominal.form == "name") or (
            self.form == nominal.form == "name"
            and self.kind == "person"
            and len(name_key(nominal)) > len(key(without_address(self.name)))
        )
        if better:
            self.name, self.form = nominal.name, nominal.form
            if nominal.kind != "thing" and not (self.kind in BODIES and nominal.kind == "place"):
                self.kind = nominal.kind
        if nominal.known:
            self.known_id = self.known_id or nominal.known.id
            self.country = self.country or (nominal.known.country or "")
        self.heads.append(nominal.head)
        if nominal.form != "adjective":
            self.kin |= kin(nominal.lemma, tree.language)
            if nominal.form == "name" and nominal.kind in _KIN_OF_KIND:
                self.kin.add(_KIN_OF_KIND[nominal.kind])
        if nominal.form == "noun":
            self.lemmas.add(nominal.lemma)
        if nominal.form != "adjective":
            self.keys.add(name_key(nominal))
        if nominal.role == "office" or nominal.named is not None or nominal.offices:
            self.roles.update((nominal.lemma, *(tree.lemma[c] for c in nominal.offices)))
            for office in nominal.offices:
                self.kin |= kin(tree.lemma[office], tree.language)
        if tree.rel[nominal.head] in ("subj", "subj:pass"):
            self.subjects.append(nominal.head)


@dataclass(frozen=True, slots=True)
class Guess:
    """An entity that a pronoun may stand for, and how likely it is: log-odds, counted from those of 1 in 400."""

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


def name_key(nominal: Nominal) -> tuple[str, ...]:
    """A nominal's name as comparable words, without the form of address before a person's."""
    return key(without_address(nominal.name)) if nominal.form == "name" else key(nominal.name)


def _short(name: str) -> bool:
    return len(name.split()) <= _LONGEST_NAME
