"""First step of room 4: names, nationality adjectives and appositions that are the same without a doubt."""

from __future__ import annotations

from collections.abc import Mapping

from kg import gazetteer
from kg.coreference.entities import BODIES, Entity, name_key
from kg.language import rules, wordlist
from kg.mentions import Nominal
from kg.tree import Tree
from kg.wordings import is_acronym, key, same_person, short_form

#: Kinds of a name that the pipeline often gives wrongly.
_UNSURE = frozenset({"thing", "organization", "place", "person"})
_GENDERS = {"f": "Fem", "m": "Masc"}


class Naming:
    """One pass over an article's nominals, pronouns left out: entities, and the entity of each head token."""

    def __init__(self, tree: Tree, nominals: Mapping[int, Nominal]) -> None:
        """Read the nominals in text order."""
        self.tree, self.nominals = tree, nominals
        self.entities: list[Entity] = []
        self.of: dict[int, int] = {}
        for head in sorted(nominals):
            if nominals[head].form != "pronoun":
                self._read(nominals[head])

    def _read(self, nominal: Nominal) -> None:
        entity = None
        if nominal.form in ("name", "noun"):
            entity = self._apposed(nominal)
        if entity is None and nominal.form in ("name", "adjective"):
            entity = self._known(nominal)
        if entity is None and nominal.form == "name":
            entity = self._named(nominal)
        if entity is None:
            entity = self._headed(nominal)
        if entity is None:
            entity = self._new(nominal)
        if not entity.gender or (nominal.gender and nominal.form == "noun" and nominal.role == "office"):
            entity.gender = self._gender(nominal) or entity.gender
        entity.take(self.tree, nominal)
        if nominal.form == "noun":
            entity.modifiers.update(modifiers(self.tree, nominal.head))
        self.of[nominal.head] = entity.number

    def _new(self, nominal: Nominal) -> Entity:
        entity = Entity(len(self.entities), nominal.name, nominal.kind, nominal.form)
        entity.plural = nominal.number == "Plur"
        entity.lemma = nominal.lemma
        self.entities.append(entity)
        return entity

    def _gender(self, nominal: Nominal) -> str:
        if nominal.form == "adjective":
            return ""
        if nominal.kind == "person" and nominal.form == "name":
            told = gazetteer.gender_of(nominal.name, self.tree.language)
            if told:
                return _GENDERS[told]
            office = [self.tree.morph[c].get("Gender", "") for c in (nominal.head, *nominal.offices)]
            return next((g for g in office if g), "") if nominal.offices else ""
        if nominal.gender:
            return nominal.gender
        dets = [self.tree.morph[c].get("Gender", "") for c in self.tree.kids(nominal.head, "det")]
        return next((g for g in dets if g), "")

    def _known(self, nominal: Nominal) -> Entity | None:
        if nominal.known:
            for entity in reversed(self.entities):
                if entity.known_id == nominal.known.id:
                    return entity
        return None

    def _named(self, nominal: Nominal) -> Entity | None:
        words = name_key(nominal)
        if not words:
            return None
        person, unsure = nominal.kind == "person", nominal.known is None and nominal.kind in _UNSURE
        for entity in reversed(self.entities):
            if entity.form != "name" or (nominal.known and entity.known_id):
                continue
            if words in entity.keys:
                return entity
            alike = person or (unsure and len(words) == 1) or entity.kind == "thing"
            if alike and "person" in (nominal.kind, entity.kind) and same_person(words, entity.keys):
                return entity
            if not person and entity.kind != "person" and self._short(words, entity, unsure=unsure):
                return entity
        return None

    def _short(self, words: tuple[str, ...], entity: Entity, *, unsure: bool) -> bool:
        """Whether a name that is no person's is a shorter form of the entity's: « Norhaven » of « Norhaven Air »."""
        if short_form(words, entity.keys):
            return True
        first = len(words) == 1 and len(words[0]) > 3 and unsure and not entity.known_id
        return first and any(len(other) > 1 and other[0] == words[0] for other in entity.keys)

    def _headed(self, nominal: Nominal) -> Entity | None:
        """The one body whose name a plain noun heads: « la Cour » after « Cour pénale internationale »."""
        words, language = key(nominal.name), self.tree.language
        if len(words) != 1 or nominal.known or nominal.definite not in ("definite", "demonstrative"):
            return None
        if nominal.kind not in BODIES or nominal.kind == "country" or nominal.number == "Plur":
            return None
        named = (entity for entity in self.entities if entity.form == "name" and entity.kind in BODIES)
        found = [entity for entity in named if any(heads(name, words[0], language) for name in entity.keys)]
        return found[0] if len(found) == 1 else None

    def _apposed(self, nominal: Nominal) -> Entity | None:
        """The entity of the noun that this one stands in apposition to (« le porte-parole, X », « X, maire de Y »)."""
        tree, head = self.tree, nominal.head
        if tree.rel[head] not in ("appos", "flat") or tree.head[head] not in self.of:
            return None
        other = self.nominals[tree.head[head]]
        if nominal.form == other.form == "name" and not is_acronym(key(nominal.name), key(other.name)):
            return None
        same_kind = nominal.kind == other.kind or (nominal.kind in BODIES and other.kind in BODIES)
        if not same_kind or (nominal.kind != "person" and "noun" not in (nominal.form, other.form)):
            return None if not is_acronym(key(nominal.name), key(other.name)) else self.entities[self.of[other.head]]
        if nominal.number and other.number and nominal.number != other.number:
            return None
        return self.entities[self.of[other.head]]


def modifiers(tree: Tree, head: int) -> frozenset[str]:
    """The lemmas that narrow a noun: adjectives, complements, numbers; « même », « dernier » do not."""
    loose = tree.words["loose_modifier"]
    kids = [c for c in tree.kids(head, "amod", "nmod", "compound", "num") if tree.lower[c] not in loose]
    return frozenset(tree.lemma[c] for c in kids)


def heads(name: tuple[str, ...], word: str, language: str) -> bool:
    """Whether a word says what a longer name is the name of: « cour » of « Cour de cassation »."""
    if len(name) < 2 or rules(language)["head_first"]:
        return len(name) > 1 and name[0] == word
    links = [place for place, other in enumerate(name) if other in wordlist(language, "link") or other == "for"]
    return name[links[0] - 1 if links and links[0] else -1] == word
