"""What the program's own terms mean, as RDF: types, kinds, polarities, modalities and properties, with labels."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.literals import standard
from kg.model import KINDS, MODALITIES, POLARITIES, TYPES
from kg.vocabulary import CAMEO, KG, TERMS_GRAPH, TYPE

#: Event type → English label, French label, CAMEO root codes it is narrower than.
TYPE_LABELS = {
    "AGREE": ("agree", "s'accorder", ("03",)),
    "CONSULT": ("consult", "se concerter", ("04",)),
    "SUPPORT": ("support", "soutenir", ("05",)),
    "COOPERATE": ("cooperate", "coopérer", ("05", "06")),
    "AID": ("aid", "aider", ("07",)),
    "CONCEDE": ("concede", "concéder", ("08",)),
    "RETREAT": ("retreat", "se retirer", ("08",)),
    "REQUEST": ("request", "demander", ("02", "10")),
    "ACCUSE": ("accuse", "accuser", ("09", "11")),
    "REJECT": ("reject", "refuser", ("12",)),
    "THREATEN": ("threaten", "menacer", ("13",)),
    "PROTEST": ("protest", "manifester", ("14",)),
    "SANCTION": ("sanction", "sanctionner", ("16",)),
    "MOBILIZE": ("mobilize", "mobiliser", ("15",)),
    "COERCE": ("coerce", "contraindre", ("17",)),
    "ASSAULT": ("assault", "attaquer", ("18", "19", "20")),
    "STATE": ("state", "déclarer", ("01",)),
    "OTHER": ("other", "autre", ()),
}
#: Types by where they stand between cooperation and conflict; STATE and OTHER stand nowhere.
COOPERATION = ("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT")
CONFLICT = (
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
)
_VALUES = {
    "person": "personne",
    "organization": "organisation",
    "government": "gouvernement",
    "military": "armée",
    "armed_group": "groupe armé",
    "country": "pays",
    "place": "lieu",
    "group": "groupe",
    "agreement": "accord",
    "thing": "chose",
    "affirmed": "affirmé",
    "negated": "nié",
    "actual": "réel",
    "planned": "prévu",
    "possible": "possible",
    "unconfirmed": "non confirmé",
    "cooperation": "coopération",
    "conflict": "conflit",
}
#: Property → comment, the standard property it refines (``None`` where none fits).
_PROPERTIES = {
    "actor": ("who does it", "sem:hasActor"),
    "target": ("whom or what it is done to", "sem:hasActor"),
    "action": ("the controlled action, or the lemma where the lexicon has none", "sem:eventType"),
    "lemma": ("the base form of the word of the text that carries the action", None),
    "polarity": ("affirmed or negated", None),
    "modality": ("actual, planned, possible or unconfirmed", None),
    "confidence": ("probability that the event was read rightly", None),
    "extractor": ("the part of the program that found the event", None),
    "evidence": ("the stretch of the article that reports it", "prov:wasDerivedFrom"),
    "quote": ("the words of that stretch", None),
    "article": ("the article that reports it", "prov:wasDerivedFrom"),
    "start": ("where that stretch begins in the article, in characters", "oa:start"),
    "date": ("the day it is filed under: its own first day, else the day of publication", None),
    "timeText": ("the words of the text that say when", None),
    "placeText": ("the words of the text that say where", None),
    "actorText": ("the words of the text for the actor", None),
    "targetText": ("the words of the text for the target", None),
    "sourceText": ("the words of the text for who says it", None),
    "kind": ("what kind of actor it is", None),
    "countryCode": ("ISO 3166-1 alpha-2 code of the country that it belongs to", None),
    "events": ("how many events have this action, type, place, article or month", None),
    "acts": ("how many events an actor acts in", None),
    "suffers": ("how many events are done to an actor", None),
    "claims": ("how many events an actor is reported as saying", None),
    "quotedIn": ("how many articles report an actor as saying something, copies of one text counted once", None),
    "first": ("the first day under which an event of an actor is filed", None),
    "rank": ("the place of an actor by how many events it acts in or suffers; of the first thousand only", None),
    "speakerRank": ("the place of an actor by how much it is reported as saying; of the first thousand only", None),
    "debut": ("the month of the first day under which an event of an actor is filed", None),
    "cooperative": ("how many events of a month are cooperation", None),
    "conflictual": ("how many events of a month are conflict", None),
    "valence": ("whether a type is cooperation or conflict", None),
    "name": ("the file name of an article", "dcterms:identifier"),
    "story": ("the article that stands for all near-identical copies of its text, or itself", "prov:alternateOf"),
    "model": ("a spaCy pipeline that was used, with its version", None),
    "lexicon": ("the version of the word lists that was used", None),
    "code": ("the version of the program that was used", None),
}


def terms() -> Iterator[ox.Quad]:
    """The description of every fixed term, all quads in the graph ``urn:kg:terms``; always the same."""
    graph = ox.NamedNode(TERMS_GRAPH)
    for subject, predicate, value in _triples():
        yield ox.Quad(ox.NamedNode(subject), standard(predicate), value, graph)


def _triples() -> Iterator[tuple[str, str, ox.NamedNode | ox.Literal]]:
    for code in TYPES:
        english, french, roots = TYPE_LABELS[code]
        node = TYPE + code
        yield from _concept(node, english, french)
        yield node, "rdf:type", standard("sem:EventType")
        yield node, "skos:notation", ox.Literal(code)
        for root in roots:
            yield node, "skos:broadMatch", ox.NamedNode(CAMEO + root)
            yield CAMEO + root, "skos:notation", ox.Literal(root)
        if code in COOPERATION or code in CONFLICT:
            yield node, "kg:valence", ox.NamedNode(KG + ("cooperation" if code in COOPERATION else "conflict"))
    for value in (*KINDS, *POLARITIES, *MODALITIES, "cooperation", "conflict"):
        yield from _concept(KG + value, value.replace("_", " "), _VALUES[value])
    for name, (comment, broader) in _PROPERTIES.items():
        yield KG + name, "rdf:type", standard("rdf:Property")
        yield KG + name, "rdfs:comment", ox.Literal(comment, language="en")
        if broader:
            yield KG + name, "rdfs:subPropertyOf", standard(broader)


def _concept(node: str, english: str, french: str) -> Iterator[tuple[str, str, ox.NamedNode | ox.Literal]]:
    yield node, "rdf:type", standard("skos:Concept")
    for text, language in ((english, "en"), (french, "fr")):
        yield node, "rdfs:label", ox.Literal(text, language=language)
