"""The nouns of the project: frozen values that every room takes and gives. Imports nothing of ``kg``.

Offsets are characters (not bytes) into ``Article.text``; ``end`` is exclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: Entity kinds, as the annotation guide names them.
KINDS = (
    "person",
    "organization",
    "government",
    "military",
    "armed_group",
    "country",
    "place",
    "group",
    "agreement",
    "thing",
)
#: Event types: PLOVER's sixteen, and two for what it leaves out.
TYPES = (
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "COOPERATE",
    "AID",
    "CONCEDE",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
    "STATE",
    "OTHER",
)
POLARITIES = ("affirmed", "negated")
MODALITIES = ("actual", "planned", "possible", "unconfirmed")


@dataclass(frozen=True, slots=True)
class Article:
    """One news article.

    ``id`` is the hash of its content (hexadecimal), ``name`` its file name as event lines give it, ``language`` an
    ISO 639-1 code, ``published`` an ISO 8601 date of the width that is known (``2025``, ``2025-03``, ``2025-03-19``).
    ``story`` is the id of the article that stands for all near-identical copies of one text; empty where it is itself.
    """

    id: str
    name: str
    text: str
    language: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    author: str | None = None
    story: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of an article's text that names or describes an entity; ``kind`` is one of ``KINDS``."""

    article: str
    start: int
    end: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Reference:
    """Who or what fills a role of an event.

    ``mention`` holds the words of the text, ``name`` the fullest wording that the same article has for the entity
    (coreference has been followed: for « il » it is « Benjamin Netanyahou »), ``kind`` one of ``KINDS``. ``id`` and
    ``label`` are empty until actors are resolved over the corpus; ``as_read`` is the kind that was read in the article
    where resolution knows a better one, so that resolving again begins from the same.
    """

    mention: str
    name: str
    kind: str
    start: int | None = None
    end: int | None = None
    id: str = ""
    label: str = ""
    as_read: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """What is done: the lemma of the text, the controlled action's id and label, and one of ``TYPES``.

    An action outside the lexicon has its lemma as id and label.
    """

    lemma: str
    id: str
    label: str
    type: str


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A time expression and the interval it may mean: ISO 8601 dates, both inclusive, ``None`` where not known."""

    text: str
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place expression; ``id``, ``country`` (ISO 3166-1 alpha-2) and ``geonames`` are set where they are certain."""

    text: str
    id: str = ""
    label: str = ""
    country: str | None = None
    geonames: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One reported action with its evidence; see ``kg.eventline`` for its stable JSON form.

    ``article`` is the article's name; ``start``, ``end`` and ``quote`` are the evidence: ``text[start:end] == quote``.
    ``confidence`` is the probability that the event is right, rounded to two decimals.
    """

    article: str
    start: int
    end: int
    quote: str
    actor: Reference | None
    action: Action
    target: Reference | None
    polarity: str = "affirmed"
    modality: str = "actual"
    source: Reference | None = None
    time: TimeSpan | None = None
    place: PlaceName | None = None
    extractor: str = "clauses"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Role:
    """An affiliation stated in an article: ``person`` holds ``role`` (words of the text) in ``organization``."""

    article: str
    person: Reference
    role: str
    organization: Reference | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Actor:
    """One real actor over the whole corpus.

    ``labels`` maps a language code to a label, ``country`` is ISO 3166-1 alpha-2, ``identifiers`` maps a scheme
    (``wikidata``) to an identifier that a library's data gives.
    """

    id: str
    labels: Mapping[str, str]
    kind: str
    wordings: tuple[str, ...] = ()
    country: str | None = None
    identifiers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """A named question: SPARQL with typed parameters, bound as terms and never formatted into the text."""

    name: str
    summary: str
    group: str
    parameters: tuple[str, ...]
    sparql: str
