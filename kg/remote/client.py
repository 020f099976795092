"""SPARQL 1.1 over HTTP: queries, updates and the Graph Store Protocol, tried again until a store has come back."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from urllib.parse import urlsplit, urlunsplit

import pyoxigraph as ox
import requests
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth
from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_exponential_jitter

from kg.errors import QueryError, StoreError

#: Seconds for which a reader and a writer wait for a store that does not answer.
PATIENCE, LONG_PATIENCE = 8.0, 180.0
_CONNECT, _READ = 10.0, 300.0
#: Seconds that an answer may take longer than the limit that the store was told.
_GRACE = 2.0
_CHUNK, _SPOOL = 2**16, 16 * 2**20
_PASSING = frozenset([429, 502, 503, 504])
_ROWS = "application/sparql-results+json"


class _NoAnswer(StoreError):
    """A store that does not answer now, and may later."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a kind of store has its three services, relative to its address, and in what part of a second it counts.

    ``probe`` is what its graph service knows and no other kind's; ``second`` is 0 where no time limit can be passed on.
    """

    query: str
    update: str
    graphs: str
    probe: str
    second: int = 0


#: Oxigraph, Fuseki, Virtuoso (for a known user and for all), RDF4J and GraphDB.
_LAYOUTS = (
    Layout("query", "update", "store", "?default"),
    Layout("query", "update", "data", "?default", 1),
    Layout("sparql", "sparql-auth", "sparql-graph-crud-auth", "", 1000),
    Layout("sparql", "sparql", "sparql-graph-crud", "", 1000),
    Layout("", "statements", "rdf-graphs/service", "?default", 1),
)


class Client:
    """One store at an address (``http://user:password@host:port/path``); ``place`` is the address without secrets."""

    def __init__(self, address: str, *, patience: float) -> None:
        """Find out which layout the store has; ``StoreError`` where nothing there speaks SPARQL."""
        parts = urlsplit(address)
        host = (parts.hostname or "") + (f":{parts.port}" if parts.port else "")
        self.place = urlunsplit((parts.scheme, host, parts.path.rstrip("/"), "", ""))
        self.patience = patience
        self._secret = (parts.username, parts.password or "") if parts.username else None
        self._session = requests.Session()
        self.layout = self._discover()

    # -- queries and updates

    def rows(self, text: str, dataset: Sequence[tuple[str, str]] = (), timeout: float | None = None) -> IO[bytes]:
        """The answer to a ``SELECT`` or ``ASK`` as SPARQL JSON, read to its end.

        ``dataset`` are parameters of the protocol. ``QueryError`` where it takes longer than ``timeout`` seconds, or
        the store gives only a part of the answer.
        """
        form = [("query", text), *dataset]
        if timeout is not None and self.layout.second:
            form.append(("timeout", str(max(1, round(timeout * self.layout.second)))))
        answer: IO[bytes]
        answer, headers = self._retry(self._spooled, form, timeout)
        if headers.get("X-SQL-State") == "S1TAT":
            raise QueryError(_stopped(timeout))
        limit = headers.get("X-SPARQL-MaxRows", "")
        if limit.isdigit() and _count(answer) >= int(limit):
            raise QueryError(
                f"the store cuts answers off at {int(limit):,} rows: ask for fewer, or raise its ResultSetMaxRows"
            )
        return answer

    def update(self, text: str) -> None:
        """Run a SPARQL update; it must do no harm when it is run twice."""
        self._send("POST", self._url(self.layout.update), data={"update": text})

    # -- graphs

    def get(self, graph: ox.NamedNode) -> list[ox.Triple]:
        """The triples of a graph; none where there is no such graph."""
        headers = {"Accept": "application/n-triples"}
        found = self._send("GET", self._url(self.layout.graphs), graph, headers=headers, absent=True)
        if found is None:
            return []
        return [quad.triple for quad in ox.parse(found.content, ox.RdfFormat.N_TRIPLES)]

    def put(self, graph: ox.NamedNode, triples: Iterable[ox.Triple]) -> None:
        """Put triples in the place of what a graph holds."""
        self._load("PUT", graph, triples)

    def post(self, graph: ox.NamedNode, triples: Iterable[ox.Triple]) -> None:
        """Add triples to a graph."""
        self._load("POST", graph, triples)

    def delete(self, graph: ox.NamedNode) -> None:
        """Remove a graph, if there is one."""
        self._send("DELETE", self._url(self.layout.graphs), graph, absent=True)

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def _load(self, method: str, graph: ox.NamedNode, triples: Iterable[ox.Triple]) -> None:
        body = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
        headers = {"Content-Type": "text/turtle; charset=utf-8"}
        self._send(method, self._url(self.layout.graphs), graph, data=body, headers=headers)

    # -- requests

    def _discover(self) -> Layout:
        """The first layout whose services answer."""
        for layout in _LAYOUTS:
            if layout.graphs.endswith("-auth") and not self._secret:
                continue
            probe = {"data": {"query": "ASK {}"}, "headers": {"Accept": _ROWS}}
            found = self._retry(self._once, "POST", self._url(layout.query), probe)
            if found.status_code != 200 or b'"boolean"' not in found.content:
                continue
            if layout.probe and self._once("HEAD", self._url(layout.graphs) + layout.probe, {}).status_code >= 400:
                continue
            return layout
        raise StoreError(f"{self.place} is no SPARQL 1.1 store that this program knows")

    def _url(self, service: str) -> str:
        return f"{self.place}/{service}".rstrip("/")

    def _send(
        self, method: str, url: str, graph: ox.NamedNode | None = None, *, absent: bool = False, **settings: Any
    ) -> requests.Response | None:
        """One request, tried again while it may help; ``None`` for what is not there, if it may be ``absent``."""
        if graph is not None:
            settings["params"] = {"graph": graph.value}
        response: requests.Response = self._retry(self._sent, method, url, settings)
        if response.status_code == 404 and absent:
            return None
        if response.status_code >= 400:
            raise StoreError(f"the store {self.place} refuses: {_reason(response)}")
        return response

    def _sent(self, method: str, url: str, settings: dict[str, Any]) -> requests.Response:
        response = self._once(method, url, settings)
        if response.status_code >= 500:
            raise _NoAnswer(f"the store {self.place} fails: {_reason(response)}")
        return response

    def _once(self, method: str, url: str, settings: dict[str, Any]) -> requests.Response:
        settings = {"timeout": (_CONNECT, _READ), **settings}
        try:
            response = self._session.request(method, url, **settings)
            if response.status_code == 401 and self._secret and self._session.auth is None:
                self._session.auth = self._answer_to(response.headers.get("WWW-Authenticate", ""))
                response = self._session.request(method, url, **settings)
        except requests.RequestException as error:
            raise _NoAnswer(f"the store {self.place} cannot be reached ({type(error).__name__})") from None
        if response.status_code in _PASSING:
            raise _NoAnswer(f"the store {self.place} is not ready: {_reason(response)}")
        return response

    def _answer_to(self, challenge: str) -> AuthBase:
        user, password = self._secret or ("", "")
        kind = HTTPDigestAuth if challenge.lower().startswith("digest") else HTTPBasicAuth
        return kind(user, password)

    def _spooled(
        self, form: list[tuple[str, str]], timeout: float | None
    ) -> tuple[IO[bytes], requests.structures.CaseInsensitiveDict[str]]:
        """An answer, read while its time lasts."""
        end = None if timeout is None else time.monotonic() + timeout + (_GRACE if self.layout.second else 0)
        read = _READ if end is None else max(0.001, end - time.monotonic())
        settings = {"data": form, "headers": {"Accept": _ROWS}, "stream": True, "timeout": (_CONNECT, read)}
        answer: IO[bytes] = SpooledTemporaryFile(max_size=_SPOOL)  # noqa: SIM115 - whoever reads it closes it
        try:
            response = self._once("POST", self._url(self.layout.query), settings)
            with response:
                if response.status_code >= 400:
                    raise QueryError(f"the store refuses the query: {_reason(response)}")
                for chunk in response.iter_content(_CHUNK):
                    if end is not None and time.monotonic() > end:
                        raise QueryError(_stopped(timeout))
                    answer.write(chunk)
        except (requests.RequestException, _NoAnswer) as error:
            if end is not None and time.monotonic() >= end:
                raise QueryError(_stopped(timeout)) from None
            raise _NoAnswer(str(error) if isinstance(error, _NoAnswer) else f"{self.place} broke off") from None
        answer.seek(0)
        return answer, response.headers

    def _retry(self, function: Any, *arguments: Any) -> Any:
        """Call again after growing pauses while the store does not answer and patience lasts."""
        retrying = Retrying(
            stop=stop_after_delay(self.patience),
            wait=wait_exponential_jitter(multiplier=0.2, max=10),
            retry=retry_if_exception_type(_NoAnswer),
            reraise=True,
        )
        return retrying(function, *arguments)


def _stopped(timeout: float | None) -> str:
    return f"the query was stopped after {timeout:g} s" if timeout else "the store stopped the query before it was done"


def _count(answer: IO[bytes]) -> int:
    found = ox.parse_query_results(answer.read(), ox.QueryResultsFormat.JSON)
    answer.seek(0)
    return sum(1 for _ in found) if isinstance(found, ox.QuerySolutions) else 0


def _reason(response: requests.Response) -> str:
    said = " ".join(response.text.split())[:200]
    return f"{response.status_code} {said or response.reason}"
