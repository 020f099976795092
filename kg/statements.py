"""Article, events, roles and actors → RDF quads. Pure and deterministic; every quad in the article's named graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.eventline import to_dict
from kg.lexicon import actions as controlled_actions
from kg.literals import date_literal, day, decimal, digest, standard
from kg.model import Actor, Article, Event, PlaceName, Reference, Role, TimeSpan
from kg.vocabulary import DEFAULT, IDENTIFIERS, KG, TYPE, Vocabulary

_Term = ox.NamedNode | ox.Literal
_Triple = tuple[ox.NamedNode, ox.NamedNode, _Term]

#: Entity kind → classes of standard vocabularies; every actor is a ``sem:Actor`` besides.
_CLASSES = {
    "person": "foaf:Person",
    "organization": "org:Organization",
    "government": "org:Organization",
    "military": "org:Organization",
    "armed_group": "org:Organization",
    "country": "schema:Country",
    "place": "schema:Place",
    "group": "foaf:Group",
}


@dataclass(frozen=True, slots=True)
class Build:
    """What read an article: pipelines with versions, version of the word lists, version of the program."""

    models: tuple[str, ...] = ()
    lexicon: str = ""
    code: str = ""

    @property
    def id(self) -> str:
        """A short hash of all three: the same parts always name the same build."""
        return digest([sorted(self.models), self.lexicon, self.code])


def statements(
    article: Article,
    events: Sequence[Event],
    roles: Sequence[Role],
    actors: Mapping[str, Actor],
    *,
    build: Build | None = None,
    vocabulary: Vocabulary = DEFAULT,
) -> Iterator[ox.Quad]:
    """Quads of one article, each once, in a fixed order.

    References must be resolved (``id`` set); one that is not counts as absent. ``actors`` maps ids to actors; one that
    it lacks is described from the reference. ``build`` adds the provenance. Nothing is read from clock or disk but the
    shipped lexicon.
    """
    graph = ox.NamedNode(vocabulary.iri("article", article.id))
    triples = _Describer(article, vocabulary).triples(events, roles, actors, build)
    for subject, predicate, value in dict.fromkeys(triples):
        yield ox.Quad(subject, predicate, value, graph)


def event_id(article: Article, event: Event) -> str:
    """The event's id: a hash of article, evidence and wording, so that resolving actors anew does not change it."""
    data = to_dict(event)
    for end in ("actor", "target", "source"):
        data[end] = data[end] and [data[end]["mention"], data[end]["start"]]
    return digest([article.id, {key: data[key] for key in sorted(data) if key not in ("article", "confidence")}])


class _Describer:
    """The triples of one article; every method yields and keeps nothing."""

    def __init__(self, article: Article, vocabulary: Vocabulary) -> None:
        self.article = article
        self.vocabulary = vocabulary
        self.node = self._iri("article", article.id)

    def triples(
        self, events: Sequence[Event], roles: Sequence[Role], actors: Mapping[str, Actor], build: Build | None
    ) -> Iterator[_Triple]:
        yield from self._article()
        if build is not None:
            yield from self._build(build)
        for event in events:
            yield from self._event(event)
        for role in roles:
            yield from self._role(role)
        ends = [end for event in events for end in (event.actor, event.target, event.source)]
        ends += [end for role in roles for end in (role.person, role.organization)]
        found = {end.id: end for end in reversed(ends) if end is not None and end.id}
        text = self.article.text.casefold()
        for identifier in sorted(found):
            yield from self._actor(actors.get(identifier) or _stand_in(found[identifier], self.article), text)

    def _iri(self, kind: str, identifier: str) -> ox.NamedNode:
        return ox.NamedNode(self.vocabulary.iri(kind, identifier))

    def _end(self, reference: Reference | None) -> ox.NamedNode | None:
        return self._iri("actor", reference.id) if reference is not None and reference.id else None

    def _words(self, text: str) -> ox.Literal:
        return ox.Literal(text, language=self.article.language)

    def _article(self) -> Iterator[_Triple]:
        article, node = self.article, self.node
        yield node, standard("rdf:type"), standard("schema:NewsArticle")
        yield node, standard("rdfs:label"), ox.Literal(article.name)
        yield node, standard("kg:name"), ox.Literal(article.name)
        yield node, standard("dcterms:language"), ox.Literal(article.language)
        yield node, standard("kg:story"), self._iri("article", article.story or article.id)
        if article.story and article.story != article.id:
            yield node, standard("prov:alternateOf"), self._iri("article", article.story)
        if article.title:
            yield node, standard("dcterms:title"), self._words(article.title)
        if article.outlet:
            yield node, standard("dcterms:publisher"), ox.Literal(article.outlet)
        if article.author:
            yield node, standard("dcterms:creator"), ox.Literal(article.author)
        if article.published:
            yield node, standard("dcterms:issued"), date_literal(article.published)
        if article.url:
            yield node, standard("schema:url"), ox.Literal(article.url, datatype=standard("xsd:anyURI"))

    def _build(self, build: Build) -> Iterator[_Triple]:
        node = self._iri("build", build.id)
        yield node, standard("rdf:type"), standard("prov:Activity")
        yield node, standard("prov:used"), self.node
        for model in sorted(build.models):
            yield node, standard("kg:model"), ox.Literal(model)
        if build.lexicon:
            yield node, standard("kg:lexicon"), ox.Literal(build.lexicon)
        if build.code:
            yield node, standard("kg:code"), ox.Literal(build.code)

    def _event(self, event: Event) -> Iterator[_Triple]:
        node = self._iri("event", event_id(self.article, event))
        action = self._iri("action", event.action.id)
        actor, target, source = self._end(event.actor), self._end(event.target), self._end(event.source)
        yield node, standard("rdf:type"), standard("sem:Event")
        yield node, standard("sem:eventType"), ox.NamedNode(TYPE + event.action.type)
        yield node, standard("kg:action"), action
        yield node, standard("kg:lemma"), self._words(event.action.lemma)
        yield node, standard("kg:polarity"), ox.NamedNode(KG + event.polarity)
        yield node, standard("kg:modality"), ox.NamedNode(KG + event.modality)
        yield node, standard("kg:confidence"), decimal(event.confidence)
        yield node, standard("kg:extractor"), ox.Literal(event.extractor)
        yield node, standard("kg:article"), self.node
        yield node, standard("kg:start"), ox.Literal(event.start)
        for name, end in (("actor", actor), ("target", target)):
            if end is not None:
                yield node, standard(f"kg:{name}"), end
                yield node, standard("sem:hasActor"), end
        if source is not None:
            yield node, standard("prov:wasAttributedTo"), source
        for name, reference in (("actor", event.actor), ("target", event.target), ("source", event.source)):
            if reference is not None:
                yield node, standard(f"kg:{name}Text"), self._words(reference.mention)
        yield from self._evidence(node, event.start, event.end, event.quote)
        yield from self._when(node, event.time)
        if event.place is not None:
            yield from self._where(node, event.place)
        yield from self._action(event, action)
        if actor is not None and target is not None and _is_fact(event):
            yield actor, action, target

    def _evidence(self, node: ox.NamedNode, start: int, end: int, quote: str) -> Iterator[_Triple]:
        """A Web Annotation resource; position and quotation select the same stretch, so one selector holds both."""
        position = f"{self.article.id}-{start}-{end}"
        place, selector = self._iri("evidence", position), self._iri("selector", position)
        yield node, standard("kg:quote"), self._words(quote)
        yield node, standard("kg:evidence"), place
        yield place, standard("rdf:type"), standard("oa:SpecificResource")
        yield place, standard("oa:hasSource"), self.node
        yield place, standard("oa:hasSelector"), selector
        yield selector, standard("rdf:type"), standard("oa:TextPositionSelector")
        yield selector, standard("rdf:type"), standard("oa:TextQuoteSelector")
        yield selector, standard("oa:start"), ox.Literal(start)
        yield selector, standard("oa:end"), ox.Literal(end)
        yield selector, standard("oa:exact"), self._words(quote)

    def _when(self, node: ox.NamedNode, time: TimeSpan | None) -> Iterator[_Triple]:
        filed = day(time.start if time and time.start else self.article.published)
        if filed:
            yield node, standard("kg:date"), ox.Literal(filed, datatype=standard("xsd:date"))
        if time is None:
            return
        yield node, standard("kg:timeText"), self._words(time.text)
        if not time.start and not time.end:
            return
        interval = self._iri("interval", f"{time.start or ''}_{time.end or ''}")
        yield node, standard("sem:hasTime"), interval
        yield interval, standard("rdf:type"), standard("time:ProperInterval")
        yield (
            interval,
            standard("rdfs:label"),
            ox.Literal("/".join(dict.fromkeys((time.start or "..", time.end or "..")))),
        )
        for relation, date in (("hasBeginning", time.start), ("hasEnd", time.end)):
            if date:
                instant = self._iri("interval", date)
                literal = date_literal(date)
                yield interval, standard(f"time:{relation}"), instant
                yield instant, standard("rdf:type"), standard("time:Instant")
                width = {4: "inXSDgYear", 7: "inXSDgYearMonth"}.get(len(date), "inXSDDate")
                yield instant, standard(f"time:{width}"), literal

    def _where(self, node: ox.NamedNode, place: PlaceName) -> Iterator[_Triple]:
        where = self._iri("place", place.id or place.text.casefold())
        yield node, standard("sem:hasPlace"), where
        yield node, standard("kg:placeText"), self._words(place.text)
        yield where, standard("rdf:type"), standard("sem:Place")
        yield where, standard("rdfs:label"), self._words(place.label or place.text)
        if place.country:
            yield where, standard("kg:countryCode"), ox.Literal(place.country)
        if place.geonames:
            yield where, standard("owl:sameAs"), ox.NamedNode(f"{IDENTIFIERS['geonames']}{place.geonames}/")

    def _action(self, event: Event, action: ox.NamedNode) -> Iterator[_Triple]:
        known = controlled_actions().get(event.action.id)
        yield action, standard("rdf:type"), standard("skos:Concept")
        yield action, standard("rdf:type"), standard("rdf:Property")
        yield action, standard("skos:broader"), ox.NamedNode(TYPE + event.action.type)
        if known is None:
            yield action, standard("rdfs:label"), self._words(event.action.label)
            return
        for language in sorted(known.labels):
            yield action, standard("rdfs:label"), ox.Literal(known.labels[language], language=language)

    def _role(self, role: Role) -> Iterator[_Triple]:
        person, organization = self._end(role.person), self._end(role.organization)
        if person is None:
            return
        key = [self.article.id, role.start, role.end, role.role, role.person.mention]
        node = self._iri("membership", digest(key))
        held = self._iri("role", role.role.casefold())
        yield node, standard("rdf:type"), standard("org:Membership")
        yield node, standard("org:member"), person
        if organization is not None:
            yield node, standard("org:organization"), organization
        yield node, standard("org:role"), held
        yield held, standard("rdf:type"), standard("org:Role")
        yield held, standard("rdfs:label"), self._words(role.role)
        yield node, standard("prov:wasDerivedFrom"), self.node
        yield from self._evidence(node, role.start, role.end, self.article.text[role.start : role.end])

    def _actor(self, actor: Actor, text: str) -> Iterator[_Triple]:
        """The description of an actor, with those of its wordings that this article has (``text`` is case-folded)."""
        node = self._iri("actor", actor.id)
        yield node, standard("rdf:type"), standard("sem:Actor")
        if actor.kind in _CLASSES:
            yield node, standard("rdf:type"), standard(_CLASSES[actor.kind])
        yield node, standard("kg:kind"), ox.NamedNode(KG + actor.kind)
        for language in sorted(actor.labels):
            yield node, standard("rdfs:label"), ox.Literal(actor.labels[language], language=language)
        for wording in sorted(set(actor.wordings)):
            if wording.casefold() in text:
                yield node, standard("skos:altLabel"), self._words(wording)
        if actor.country:
            yield node, standard("kg:countryCode"), ox.Literal(actor.country)
        for scheme, identifier in sorted(actor.identifiers.items()):
            if scheme in IDENTIFIERS:
                yield node, standard("owl:sameAs"), ox.NamedNode(IDENTIFIERS[scheme] + identifier)


def _is_fact(event: Event) -> bool:
    """Whether the plain triple may stand: affirmed, actual, and asserted by the article or by the actor itself."""
    own = event.source is None or (
        event.actor is not None and bool(event.source.id) and event.source.id == event.actor.id
    )
    return event.polarity == "affirmed" and event.modality == "actual" and own


def _stand_in(reference: Reference, article: Article) -> Actor:
    return Actor(reference.id, {article.language: reference.label or reference.name}, reference.kind)
