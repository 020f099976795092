"""IRIs and prefixes."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.errors import KgError
from kg.literals import standard
from kg.ontology import terms
from kg.vocabulary import DEFAULT, Vocabulary, local_name

HOSTILE = [
    "hamas",
    "Conseil d'État",
    "a/b",
    "x:y",
    "-dash",
    "dot.",
    "éléphant",
    "مرحبا",
    "日本",
    "a%20b",
    "😀",
    "1er",
    "²",
    "<>",
]


@pytest.mark.parametrize("identifier", HOSTILE)
def test_every_id_is_a_prefixed_name_that_sparql_takes(identifier: str) -> None:
    store = ox.Store()
    node = ox.NamedNode(DEFAULT.iri("actor", identifier))
    store.add(ox.Quad(node, node, node))
    query = f"SELECT ?o {{ actor:{local_name(identifier)} ?p ?o }}"
    assert [s["o"] for s in store.query(query, prefixes=dict(DEFAULT.prefixes))] == [node]


def test_plain_ids_stay_as_they_are() -> None:
    assert DEFAULT.iri("actor", "hamas") == "urn:kg:actor:hamas"
    assert DEFAULT.iri("action", "reprendre le contrôle") == "urn:kg:action:reprendre_le_contrôle"


@pytest.mark.parametrize("identifier", HOSTILE)
def test_identifier_undoes_iri(identifier: str) -> None:
    assert DEFAULT.identifier(DEFAULT.iri("actor", identifier)) == identifier.replace(" ", "_")


def test_different_ids_have_different_iris() -> None:
    assert len({DEFAULT.iri("actor", identifier) for identifier in HOSTILE}) == len(HOSTILE)


def test_an_empty_id_is_refused() -> None:
    with pytest.raises(KgError, match="empty"):
        local_name(" ")


def test_a_base_moves_data_and_leaves_terms() -> None:
    vocabulary = Vocabulary("https://example.org/news/")
    assert vocabulary.iri("actor", "hamas") == "https://example.org/news/actor/hamas"
    assert vocabulary.prefixes["kg"] == DEFAULT.prefixes["kg"]
    assert vocabulary.prefixes["type"] == DEFAULT.prefixes["type"]


@pytest.mark.parametrize("base", ["", "news", "news/", "http://a b/", "http://x/<", "http://x"])
def test_a_base_that_is_no_iri_is_refused(base: str) -> None:
    with pytest.raises(KgError, match="base"):
        Vocabulary(base)


def test_shorten_and_expand() -> None:
    for name in ("actor:hamas", "sem:Event", "type:ASSAULT", "kg:actor", "wd:Q42"):
        assert DEFAULT.shorten(DEFAULT.expand(name)) == name
    assert DEFAULT.shorten("http://other.example/x") == "http://other.example/x"
    with pytest.raises(KgError, match="unknown prefix"):
        DEFAULT.expand("nope:x")


def test_kinds_of_nodes() -> None:
    assert DEFAULT.kind_of("urn:kg:event:12") == "event"
    assert DEFAULT.kind_of("urn:kg:type:AID") == "type"
    assert DEFAULT.kind_of("http://x/") is None


def test_no_term_is_both_a_value_and_a_property() -> None:
    types: dict[str, set[str]] = {}
    for quad in terms():
        if quad.predicate == standard("rdf:type"):
            types.setdefault(str(quad.subject), set()).add(str(quad.object))
    both = {str(standard("rdf:Property")), str(standard("skos:Concept"))}
    assert types
    assert [name for name, some in types.items() if both <= some] == []
