"""Room 3: ``Tree`` → nominals: the noun phrases, names, pronouns and nationality adjectives that can fill a role."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from kg import gazetteer
from kg.extents import extent, name_end, name_without_place
from kg.gazetteer import Known
from kg.model import Article, Mention
from kg.syntax import Tree

_PRONOUN_FORMS = frozenset({"PRON"})
_ROLES = frozenset({"subj", "subj:pass", "obj", "iobj", "obl", "agent", "conj"})
#: A name does not end in one of these.
_NO_END = frozenset({"DET", "ADP", "CCONJ", "SCONJ", "PUNCT", "PART", "AUX"})
#: Dependents that stand before the name in its phrase.
_BEFORE_NAME = frozenset({"det", "case", "poss", "cc"})
_JOINED = frozenset({"flat", "compound", "appos", "nmod"})


@dataclass(frozen=True, slots=True)
class Nominal:
    """A phrase that can fill a role.

    ``head``, ``first`` and ``last`` are tokens (all included); ``form`` is ``name``, ``noun``, ``pronoun`` or
    ``adjective``; ``name`` the words without leading determiner; ``lemma`` the head's; ``known`` what the gazetteer
    says; ``named`` the token that heads the proper name inside (« ministre … Dupont »), or ``None``; ``offices`` the
    tokens of offices that stand beside a person's name.
    """

    head: int
    first: int
    last: int
    kind: str
    form: str
    name: str
    lemma: str
    known: Known | None = None
    named: int | None = None
    definite: str = ""
    gender: str = ""
    number: str = ""
    role: str = ""
    offices: tuple[int, ...] = ()


def nominals(tree: Tree, times: Sequence[tuple[int, int]] = ()) -> dict[int, Nominal]:
    """All nominals of an article by their head token, in text order; ``times`` are stretches of text (characters)
    that say when, and name nobody."""
    found: dict[int, Nominal] = {}
    inner = _inner_tokens(tree) | _tokens_within(tree, times)
    for i, pos in enumerate(tree.pos):
        if i in inner:
            continue
        if _is_pronoun(tree, i):
            found[i] = _pronoun(tree, i)
        elif pos == "PRON" and not (tree.kids(i, "nmod", "appos", "acl", "relcl") or tree.rel[i] in _ROLES):
            continue
        elif pos == "ADJ" and (adjective := _adjective(tree, i)):
            found[i] = adjective
        elif _in_preposition(tree, i) or (pos == "ADJ" and not _stands_alone(tree, i)):
            continue
        elif pos in ("NOUN", "PROPN", "NUM", "SYM", "X", "PRON", "ADJ") or tree.ent[i]:
            if tree.rel[i] in ("case", "mark", "fixed", "cc", "num", "det") or tree.pos[i] in ("PUNCT", "DET", "ADP"):
                continue
            nominal = _phrase(tree, i)
            if nominal:
                found[i] = nominal
    titles = [c for nominal in found.values() if nominal.form == "name" for c in nominal.offices if c != nominal.head]
    for title in titles:
        found.pop(title, None)
    return found


def mention(tree: Tree, nominal: Nominal, article: Article) -> Mention:
    """The nominal as a ``Mention`` of an article."""
    start, end = tree.start[nominal.first], tree.end[nominal.last]
    return Mention(article.name, start, end, tree.text[start:end], nominal.kind)


def _inner_tokens(tree: Tree) -> set[int]:
    """Tokens inside a named entity or a name other than the one that heads it."""
    inner: set[int] = set()
    for first, last, _ in tree.entities:
        heads = [i for i in range(first, last) if not first <= tree.head[i] < last or tree.head[i] == i]
        nominal = [i for i in heads if tree.pos[i] in ("PROPN", "NOUN", "X", "ADJ", "NUM")]
        keep = (nominal or heads or [first])[0]
        inner.update(i for i in range(first, last) if i != keep)
    inner.update(i for i, rel in enumerate(tree.rel) if rel == "flat" and i not in tree.entity_of)
    return inner


def _tokens_within(tree: Tree, stretches: Sequence[tuple[int, int]]) -> set[int]:
    found: set[int] = set()
    for start, end in stretches:
        i = bisect_left(tree.start, start)
        while i < len(tree) and tree.start[i] < end:
            found.add(i)
            i += 1
    return found


def _in_preposition(tree: Tree, i: int) -> bool:
    """« en faveur de », "in response to": a noun that makes a preposition and names nothing."""
    obliquely = tree.rel[i] in ("obl", "nmod", "adv") and tree.case(i) != ""
    return obliquely and tree.lemma[i] in tree.words["prepositional_noun"]


def _stands_alone(tree: Tree, i: int) -> bool:
    """« les blessés », « 10 000 civils »: an adjective that the parser has in a noun's place."""
    return bool(tree.ent[i]) or (tree.rel[i] in _ROLES and bool(tree.kids(i, "det", "num")))


def _is_pronoun(tree: Tree, i: int) -> bool:
    """A pronoun proper, or « ce dernier », "the latter"; an indefinite one (« certains », "some") is a noun phrase."""
    words, lower = tree.words, tree.lower[i]
    if lower in words["latter"]:
        return tree.rel[i] not in ("amod", "det") and bool(tree.kids(i, "det"))
    if tree.pos[i] not in _PRONOUN_FORMS or tree.ent[i]:
        return False
    morph = tree.morph[i]
    if morph.get("PronType") == "Rel" or morph.get("Reflex") == "Yes" or lower in words["relative"]:
        return True
    known = ("third_person", "first_person_singular", "first_person_plural", "reflexive", "empty_pronoun")
    return any(lower in words[name] for name in known)


def _pronoun(tree: Tree, i: int) -> Nominal:
    morph = tree.morph[i]
    return Nominal(
        head=i,
        first=i,
        last=i,
        kind="thing" if tree.lower[i] in tree.words["inanimate_pronoun"] else "person",
        form="pronoun",
        name=tree.token[i],
        lemma=tree.lemma[i],
        gender=morph.get("Gender", ""),
        number=morph.get("Number", ""),
    )


def _adjective(tree: Tree, i: int) -> Nominal | None:
    """A nationality adjective on a noun (« les frappes israéliennes »)."""
    if tree.rel[i] not in ("amod", "compound"):
        return None
    country = gazetteer.country_of_adjective(tree.token[i], tree.language)
    known = gazetteer.known(country) if country else None
    if known is None:
        return None
    return Nominal(i, i, i, known.kind, "adjective", tree.token[i], tree.lemma[i], known=known)


def _phrase(tree: Tree, i: int) -> Nominal | None:
    named = _named_child(tree, i)
    first, last = extent(tree, i)
    start = first
    while start < i and (tree.rel[start] in _BEFORE_NAME or tree.pos[start] in ("DET", "PUNCT", "ADP")):
        if (tree.rel[start] == "poss" and tree.pos[start] not in ("PRON", "DET")) or tree.token[start][0].isdigit():
            break
        start += 1
    while last > i and (tree.pos[last] in _NO_END or tree.token[last].isspace()):
        last -= 1
    last = name_end(tree, i, start, name_without_place(tree, i, start, last))
    name = tree.span(start, last)
    entity_text = _entity_text(tree, named if named is not None else i)
    known = gazetteer.identify(name, tree.language) or _known_entity(tree, i, entity_text, named, last)
    noun = gazetteer.noun(tree.lemma[i], tree.language)
    kind = _kind(tree, i, known, noun, named)
    role = noun.role if noun else ""
    is_name = known is not None or tree.ent[i] not in ("", "thing") or tree.pos[i] == "PROPN"
    if known is None and noun is not None and noun.role != "-" and tree.ent[i] != "person":
        is_name = is_name and noun.role == "collective" and tree.pos[i] == "PROPN"
    if named is not None and kind == "person":
        name, is_name = entity_text or tree.token[named], True
    offices = _offices(tree, i) if kind == "person" else ()
    if offices and tree.ent[i] == "person":
        name = entity_text
    morph = tree.morph[i]
    return Nominal(
        head=i,
        first=first,
        last=max(last, named if named is not None else last),
        kind=kind,
        form="name" if is_name else "noun",
        name=name,
        lemma=tree.lemma[i],
        known=known,
        named=named,
        definite=_definiteness(tree, i),
        gender=morph.get("Gender", ""),
        number=morph.get("Number", ""),
        role=role,
        offices=offices,
    )


def _offices(tree: Tree, i: int) -> tuple[int, ...]:
    """Offices that stand beside a person's name: "President Smith", « le juge Dupont »."""
    members = range(*tree.entities[tree.entity_of[i]][:2]) if i in tree.entity_of else range(i, i + 1)
    beside = {c for m in members for c in tree.kids(m, "compound", "flat", "nmod", "amod") if not tree.case(c)}
    beside |= {m for m in members if tree.rel[m] == "compound" and tree.pos[m] == "NOUN"}
    if tree.ent[i] != "person":
        beside.add(i)
    nouns = {c: gazetteer.noun(tree.lemma[c], tree.language) for c in sorted(beside)}
    return tuple(c for c, noun in nouns.items() if noun is not None and noun.role == "office")


def _entity_text(tree: Tree, i: int) -> str:
    """The words of the named entity that a token belongs to, or ``""``."""
    number = tree.entity_of.get(i)
    if number is None:
        return ""
    first, end, _ = tree.entities[number]
    return tree.span(first, end - 1)


def _known_entity(tree: Tree, i: int, entity_text: str, named: int | None, last: int) -> Known | None:
    """What the gazetteer knows of a name inside the phrase where the name is the phrase's own head."""
    if entity_text and (named is not None or tree.ent[i]):
        known = gazetteer.identify(entity_text, tree.language)
        if known:
            return known
    if tree.pos[i] == "PROPN":
        return gazetteer.identify(tree.token[i], tree.language) if last == i else None
    return None


def _kind(tree: Tree, i: int, known: Known | None, noun: gazetteer.Noun | None, named: int | None) -> str:
    if known:
        return known.kind
    if named is not None and tree.ent[named] == "person":
        return "person"
    if noun and tree.ent[i] != "person":
        if noun.kind == "person" and tree.morph[i].get("Number") == "Plur":
            return "group"
        return noun.kind
    if tree.ent[i]:
        return tree.ent[i]
    return "thing"


def _named_child(tree: Tree, i: int) -> int | None:
    """A proper name attached without preposition to a common noun: « le président Dupont », "coach Smith"."""
    if tree.pos[i] not in ("NOUN", "ADJ") and tree.ent[i] == "person":
        return None
    for child in tree.children[i]:
        if tree.rel[child] in _JOINED and tree.ent[child] == "person" and not tree.case(child):
            between = range(min(i, child) + 1, max(i, child))
            if all(tree.pos[k] != "VERB" for k in between) and len(between) < 12:
                return child
    return None


def _definiteness(tree: Tree, i: int) -> str:
    """``definite``, ``indefinite``, ``demonstrative``, ``possessive`` or ``""``."""
    for child in tree.children[i]:
        if tree.rel[child] == "poss" and tree.pos[child] in ("PRON", "DET"):
            return "possessive"
        if tree.rel[child] != "det":
            continue
        morph, lower = tree.morph[child], tree.lower[child]
        if morph.get("Poss") == "Yes" or lower in tree.words.possessives:
            return "possessive"
        if morph.get("PronType") == "Dem" or lower in tree.words["demonstrative"]:
            return "demonstrative"
        if morph.get("Definite") == "Ind" or lower in tree.words["indefinite"]:
            return "indefinite"
        return "definite"
    return ""
