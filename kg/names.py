"""From what people call a thing to its node, and back: labels, wordings, ids, dates."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg import gazetteer
from kg.errors import QueryError
from kg.graph import Graph
from kg.language import languages
from kg.literals import day, standard
from kg.model import KINDS, MODALITIES, POLARITIES, TYPES
from kg.results import Value
from kg.sparql import encodable
from kg.store import Term

#: Types that a parameter of a question can have. Of a month or year, ``date`` is the first day and ``until`` the last.
PARAMETER_TYPES = ("actor", "action", "type", "article", "place", "kind", "date", "until", "text", "number")
_FIXED = {"kind": (*KINDS,), "polarity": POLARITIES, "modality": MODALITIES, "type": TYPES}
_CLASSES = {"actor": "sem:Actor", "action": "skos:Concept", "article": "schema:NewsArticle", "place": "sem:Place"}
_XSD = "http://www.w3.org/2001/XMLSchema#"
#: Datatype → what makes a plain value of its text.
_READERS: dict[str, Callable[[str], Value]] = {
    **{_XSD + name: int for name in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger")},
    **{_XSD + name: float for name in ("decimal", "double", "float")},
    _XSD + "boolean": lambda text: text in ("true", "1"),
}


def fold(text: str) -> str:
    """Text without case, accents, typographic apostrophes and doubled spaces: what two wordings are compared by."""
    plain = unicodedata.normalize("NFKD", text.replace("\u2019", "'").replace("-", " "))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


@dataclass(slots=True)
class Names:
    """Names of one graph, looked up as they are needed; ``lang`` is the language of labels that is preferred."""

    graph: Graph
    lang: str = "en"
    _labels: dict[str, str] = field(default_factory=dict)
    _short: dict[str, str] = field(default_factory=dict)

    def label(self, node: ox.NamedNode) -> str:
        """What a node is called: its label in ``lang``, else in another language, else its prefixed name."""
        found = self._labels.get(node.value)
        if found is None:
            labels = [(literal.language or "", literal.value) for literal in self._literals(node, "rdfs:label")]
            if len(labels) > 1:
                order = [self.lang, "", *languages()]
                labels.sort(key=lambda pair: (order.index(pair[0]) if pair[0] in order else len(order), pair))
            found = self._labels[node.value] = labels[0][1] if labels else self.short(node)
        return found

    def short(self, node: ox.NamedNode) -> str:
        """The prefixed name of a node, or its IRI where no prefix fits."""
        found = self._short.get(node.value)
        if found is None:
            found = self._short[node.value] = self.graph.vocabulary.shorten(node.value)
        return found

    def plain(self, term: object, *, iris: bool = False) -> Value:
        """A term of a solution as a plain value: a node by its name (by its prefixed name with ``iris``)."""
        if term is None:
            return None
        if isinstance(term, ox.NamedNode):
            return self.short(term) if iris else self.label(term)
        if isinstance(term, ox.Literal):
            return _plain(term)
        return str(term)

    def term(self, kind: str, text: str) -> Term:
        """The typed term that a parameter's text stands for; ``QueryError`` with a suggestion where there is none.

        Nothing is ever put into query text: the term is bound to a variable.
        """
        if not encodable(text):
            raise QueryError(f"{text[:80]!r} is not valid UTF-8")
        if kind in _FIXED:
            return self._fixed(kind, text)
        if kind in ("date", "until"):
            found = day(text, last=kind == "until")
            if found is None:
                raise QueryError(f"{text[:80]!r} is no date: give YYYY, YYYY-MM or YYYY-MM-DD")
            return ox.Literal(found, datatype=standard("xsd:date"))
        if kind == "number":
            try:
                return ox.Literal(int(text))
            except ValueError:
                raise QueryError(f"{text[:80]!r} is no whole number") from None
        if kind == "text":
            return ox.Literal(text)
        return self.node(kind, text)

    def node(self, kind: str, text: str) -> ox.NamedNode:
        """The actor, action, article or place that is known by this wording, in any language, or by this id."""
        text = text.strip()
        exact = self._by_id(kind, text)
        if exact is not None:
            return exact
        ranked = self._by_wording(kind, text) or self._well_known(kind, text)
        if not ranked:
            raise QueryError(f"no {kind} is known as {text[:80]!r}{self._suggest(kind, text)}")
        best = min(ranked.values())
        nodes = sorted((node for node, rank in ranked.items() if rank == best), key=lambda node: node.value)
        if len(nodes) > 1:
            names = ", ".join(f"{self.label(node)} ({self.graph.vocabulary.shorten(node.value)})" for node in nodes[:8])
            raise QueryError(f"{text[:80]!r} may be {names}: give the name in brackets")
        return nodes[0]

    def _by_id(self, kind: str, text: str) -> ox.NamedNode | None:
        local = text.removeprefix(f"{kind}:")
        if not local:
            return None
        whole = text.startswith(self.graph.vocabulary.prefixes[kind])
        iri = text if whole else self.graph.vocabulary.prefixes[kind] + local
        made = self.graph.vocabulary.iri(kind, local)
        for candidate in (iri, made):
            if any(c in candidate for c in '<>"{}|^`\\') or not candidate.isprintable() or " " in candidate:
                continue
            node = ox.NamedNode(candidate)
            if self._is(node, kind):
                return node
        return None

    def _is(self, node: ox.NamedNode, kind: str) -> bool:
        pattern = (node, standard("rdf:type"), standard(_CLASSES[kind]), ox.DefaultGraph())
        return next(iter(self.graph.store.quads_for_pattern(*pattern)), None) is not None

    def _by_wording(self, kind: str, text: str) -> dict[ox.NamedNode, int]:
        """Nodes by how well they match: 0 a label as typed, 1 a wording as typed, 2 and 3 the same without accents."""
        found: dict[ox.NamedNode, int] = {}
        for rank, name in enumerate(("rdfs:label", "skos:altLabel", "dcterms:title")):
            for language in ("", *languages()):
                literal = ox.Literal(text, language=language) if language else ox.Literal(text)
                pattern = (None, standard(name), literal, ox.DefaultGraph())
                for quad in self.graph.store.quads_for_pattern(*pattern):
                    if isinstance(quad.subject, ox.NamedNode) and self._is(quad.subject, kind):
                        found.setdefault(quad.subject, rank)
        if found:
            return found
        wanted = fold(text)
        for node, wording, rank in self._wordings(kind):
            if fold(wording) == wanted:
                found[node] = min(rank, found.get(node, rank))
        return found

    def _well_known(self, kind: str, text: str) -> dict[ox.NamedNode, int]:
        """Actors of the graph that the gazetteer knows by a name which no article of it uses."""
        if kind != "actor":
            return {}
        ids = {known.id for language in languages() for known in gazetteer.readings(text, language)}
        nodes = [ox.NamedNode(self.graph.vocabulary.iri("actor", identifier)) for identifier in ids]
        return {node: 0 for node in nodes if self._is(node, kind)}

    def _wordings(self, kind: str) -> Iterator[tuple[ox.NamedNode, str, int]]:
        prefix = self.graph.vocabulary.prefixes[kind]
        for rank, name in enumerate(("rdfs:label", "skos:altLabel", "dcterms:title")):
            for quad in self.graph.store.quads_for_pattern(None, standard(name), None, ox.DefaultGraph()):
                subject, value = quad.subject, quad.object
                named = isinstance(subject, ox.NamedNode) and subject.value.startswith(prefix)
                if named and isinstance(subject, ox.NamedNode) and isinstance(value, ox.Literal):
                    yield subject, value.value, rank

    def _suggest(self, kind: str, text: str) -> str:
        known: dict[str, str] = {}
        for _, wording, _ in self._wordings(kind):
            known.setdefault(fold(wording), wording)
            known[fold(wording)] = min(known[fold(wording)], wording)
        return did_you_mean(fold(text), known)

    def _fixed(self, kind: str, text: str) -> ox.NamedNode:
        values = {fold(value.replace("_", " ")): value for value in _FIXED[kind]}
        wanted = fold(text.removeprefix(f"{kind}:").removeprefix("kg:").replace("_", " "))
        if wanted not in values:
            for value in _FIXED[kind]:
                for literal in self._literals(standard(_prefixed(kind, value)), "rdfs:label"):
                    values.setdefault(fold(literal.value), value)
        if wanted not in values:
            raise QueryError(f"{text[:80]!r} is no {kind}: there is {', '.join(_FIXED[kind])}")
        return standard(_prefixed(kind, values[wanted]))

    def _literals(self, node: ox.NamedNode, name: str) -> list[ox.Literal]:
        found = self.graph.store.quads_for_pattern(node, standard(name), None, ox.DefaultGraph())
        return [quad.object for quad in found if isinstance(quad.object, ox.Literal)]


def did_you_mean(wanted: str, known: dict[str, str]) -> str:
    """The end of an error line that names up to three close known names; ``known`` maps compared form to name."""
    close = difflib.get_close_matches(wanted, sorted(known), n=3, cutoff=0.6)
    close += [key for key in sorted(known) if wanted and wanted in key.split() and key not in close]
    return f"; did you mean {' or '.join(known[key] for key in close[:3])}?" if close else ""


def _prefixed(kind: str, value: str) -> str:
    return f"type:{value}" if kind == "type" else f"kg:{value}"


def _plain(literal: ox.Literal) -> Value:
    read = _READERS.get(literal.datatype.value)
    try:
        return read(literal.value) if read else literal.value
    except ValueError:
        return literal.value


__all__ = ["PARAMETER_TYPES", "Names", "did_you_mean", "fold"]
