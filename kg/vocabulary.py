"""Every IRI and prefix of the project, and nowhere else: plain strings, no RDF library.

Terms of the program (``kg:``, ``type:``) are fixed. Data (actors, actions, events, articles, places, …) live under a
base that a store chooses once; the default is ``urn:kg:``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import unquote

from kg.errors import KgError

#: The base of data IRIs where none is configured.
DEFAULT_BASE = "urn:kg:"
#: The program's own terms; the same in every store.
KG = "urn:kg:term:"
TYPE = "urn:kg:type:"
CAMEO = "urn:kg:cameo:"
#: Named graph that describes the program's own terms.
TERMS_GRAPH = "urn:kg:terms"
#: Named graph of counts over all articles (see kg.tallies).
TALLIES_GRAPH = "urn:kg:tallies"
#: Named graphs of what a store keeps for itself (event lines, texts); never part of an answer or an export.
ARCHIVE = "urn:kg:archive:"
STORE_GRAPH = "urn:kg:archive"
#: The graph of the union, in stores whose default graph cannot be it; hidden like those of the archive.
UNION_GRAPH = "urn:kg:union"

STANDARD = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "time": "http://www.w3.org/2006/time#",
    "schema": "https://schema.org/",
    "dcterms": "http://purl.org/dc/terms/",
    "org": "http://www.w3.org/ns/org#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "wd": "http://www.wikidata.org/entity/",
    "geonames": "https://sws.geonames.org/",
}
#: Where identifiers of an actor point, by scheme.
IDENTIFIERS = {"wikidata": STANDARD["wd"], "geonames": STANDARD["geonames"]}
#: Kinds of data node; each has a prefix of this name.
DATA = (
    "actor",
    "action",
    "event",
    "article",
    "place",
    "role",
    "membership",
    "interval",
    "month",
    "evidence",
    "selector",
    "build",
)

_START = (
    "A-Za-z0-9_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u2c00-\u2fef\u3001-\ud7ff"
    "\uf900-\ufdcf\ufdf0-\ufffd"
)
_UNSAFE = re.compile(f"[^{_START}\\-\u00b7\u0300-\u036f\u203f-\u2040]")
_UNSAFE_FIRST = re.compile(f"^[^{_START}%]")
_BASE = re.compile(r"^[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`\x00-\x20]*[:/#]$")


@lru_cache(maxsize=65_536)
def local_name(identifier: str) -> str:
    """``identifier`` as the local part of a prefixed name of SPARQL and Turtle.

    Letters of every script, digits, ``-`` and ``_`` stay, a space becomes ``_``, all else is percent-encoded, so that
    ``actor:`` + the result can be typed as it stands. ``KgError`` for an empty identifier.
    """
    if not identifier.strip():
        raise KgError("an identifier must not be empty")
    name = _UNSAFE.sub(_percent, identifier.strip().replace(" ", "_"))
    return _UNSAFE_FIRST.sub(_percent, name)


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode("utf-8", "replace"))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The IRIs of one store: ``vocabulary.iri("actor", "hamas")`` is ``urn:kg:actor:hamas`` under the default base.

    ``base`` is an absolute IRI that ends with ``:``, ``/`` or ``#``; ``KgError`` otherwise.
    """

    base: str = DEFAULT_BASE
    prefixes: Mapping[str, str] = field(init=False, compare=False, repr=False)
    #: IRI and prefix, the longest IRI first.
    _longest: tuple[tuple[str, str], ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Check the base and lay out the prefixes that every query knows."""
        if not _BASE.match(self.base):
            raise KgError(f"base {self.base!r} is no absolute IRI that ends with ':', '/' or '#'")
        mark = "/" if self.base.endswith("/") else ":" if self.base.endswith(":") else "-"
        own = {"kg": KG, "type": TYPE, "cameo": CAMEO} | {name: f"{self.base}{name}{mark}" for name in DATA}
        object.__setattr__(self, "prefixes", own | STANDARD)
        longest = sorted(((iri, prefix) for prefix, iri in self.prefixes.items()), key=lambda pair: -len(pair[0]))
        object.__setattr__(self, "_longest", tuple(longest))

    def iri(self, kind: str, identifier: str) -> str:
        """The IRI of a data node or type: ``kind`` is a prefix name, ``identifier`` its id, made safe."""
        return self.prefixes[kind] + local_name(identifier)

    def expand(self, name: str) -> str:
        """The IRI of a prefixed name (``sem:Event``), the local part taken as it stands."""
        prefix, _, local = name.partition(":")
        if prefix not in self.prefixes:
            raise KgError(f"unknown prefix {prefix!r}: in {name!r}")
        return self.prefixes[prefix] + local

    def shorten(self, iri: str) -> str:
        """The prefixed name of an IRI where a known prefix fits, else the IRI as it is."""
        for start, prefix in self._longest:
            if iri.startswith(start):
                rest = iri[len(start) :]
                return f"{prefix}:{rest}" if rest and not _UNSAFE.search(rest.replace("%", "")) else iri
        return iri

    def kind_of(self, iri: str) -> str | None:
        """Which kind of node an IRI names (``actor``, ``type``, …); ``None`` for one of no kind of this store."""
        for kind in (*DATA, "type", "kg"):
            if iri.startswith(self.prefixes[kind]):
                return kind
        return None

    def identifier(self, iri: str) -> str:
        """The id behind a data IRI: what follows its prefix, percent-decoded (``hamas`` for ``actor:hamas``)."""
        kind = self.kind_of(iri)
        return unquote(iri[len(self.prefixes[kind]) :]) if kind else iri


#: The vocabulary under the default base.
DEFAULT = Vocabulary()
