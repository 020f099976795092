"""An article's events as flat rows, told from its quads: what exports and rankings read without a query.

A store keeps them beside each article's graph, in the same transaction, so that a million events stream in seconds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

import pyoxigraph as ox

from kg.literals import standard
from kg.vocabulary import KG, TYPE


class Row(NamedTuple):
    """One event: IRIs of its nodes, plain values for the rest; ``claimed`` where somebody is reported as saying it."""

    event: str
    actor: str | None
    target: str | None
    action: str
    type: str
    lemma: str
    polarity: str
    modality: str
    confidence: float
    quote: str
    start: int
    end: int
    date: str | None
    source: str | None
    claimed: bool
    place: str | None
    when: str | None
    extractor: str
    article: str


def rows(quads: Iterable[ox.Quad], article: str) -> list[Row]:
    """The events among an article's quads, by position in the text; ``article`` is its file name."""
    subjects: dict[str, dict[str, str]] = {}
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            subjects.setdefault(quad.subject.value, {})[quad.predicate.value] = quad.object.value
    event = standard("sem:Event").value
    found = [
        _row(node, values, subjects, article) for node, values in subjects.items() if values.get(_RDF_TYPE) == event
    ]
    return sorted(found, key=lambda row: (row.start, row.end, row.event))


def encode(found: Iterable[Row]) -> str:
    """Rows of one article as JSON text; the article's name is left out."""
    return json.dumps([row[:-1] for row in found], ensure_ascii=False, separators=(",", ":"))


def decode(text: str, article: str) -> list[Row]:
    """The rows that ``encode`` wrote."""
    return [Row._make([*values, article]) for values in json.loads(text)]


_RDF_TYPE = standard("rdf:type").value
_EVIDENCE, _SELECTOR = standard("kg:evidence").value, standard("oa:hasSelector").value
_START, _END = standard("oa:start").value, standard("oa:end").value
_NAMES = {
    name: standard(prefixed).value
    for name, prefixed in {
        "actor": "kg:actor",
        "target": "kg:target",
        "action": "kg:action",
        "type": "sem:eventType",
        "lemma": "kg:lemma",
        "polarity": "kg:polarity",
        "modality": "kg:modality",
        "confidence": "kg:confidence",
        "quote": "kg:quote",
        "date": "kg:date",
        "source": "prov:wasAttributedTo",
        "said": "kg:sourceText",
        "place": "sem:hasPlace",
        "when": "kg:timeText",
        "extractor": "kg:extractor",
    }.items()
}


def _row(node: str, values: dict[str, str], subjects: dict[str, dict[str, str]], article: str) -> Row:
    read: dict[str, Any] = {name: values.get(iri) for name, iri in _NAMES.items()}
    selector = subjects[subjects[values[_EVIDENCE]][_SELECTOR]]
    return Row(
        event=node,
        actor=read["actor"],
        target=read["target"],
        action=read["action"],
        type=read["type"].removeprefix(TYPE),
        lemma=read["lemma"],
        polarity=read["polarity"].removeprefix(KG),
        modality=read["modality"].removeprefix(KG),
        confidence=float(read["confidence"]),
        quote=read["quote"],
        start=int(selector[_START]),
        end=int(selector[_END]),
        date=read["date"],
        source=read["source"],
        claimed=read["source"] is not None or read["said"] is not None,
        place=read["place"],
        when=read["when"],
        extractor=read["extractor"] or "",
        article=article,
    )
