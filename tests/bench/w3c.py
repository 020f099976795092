"""The W3C SPARQL 1.1 query tests through ``kg query``, beside the engine alone: ``python w3c.py FOLDER``.

FOLDER holds the test suite (``sparql/sparql11/*/manifest.ttl``). Each evaluation test is run twice on the same data,
through the guard and the serializers of ``kg.query`` and by the engine itself, and both answers are compared with the
expected one. What the two do differently is listed with its reason, and so is every test that fails.
"""

from __future__ import annotations

import io
import sys
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, Namespace

from kg import query
from kg.disk import DiskStore
from kg.errors import KgError
from kg.graph import Graph
from kg.vocabulary import DEFAULT

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
SYNTAX = {
    "PositiveSyntaxTest11": True,
    "NegativeSyntaxTest11": False,
    "PositiveSyntaxTest": True,
    "NegativeSyntaxTest": False,
}
NUMBERS = ("integer", "decimal", "float", "double")
EVALUATION = ("QueryEvaluationTest", "CSVResultFormatTest")
FORMATS = {".srx": ox.QueryResultsFormat.XML, ".srj": ox.QueryResultsFormat.JSON, ".tsv": ox.QueryResultsFormat.TSV}


def path(node: object) -> Path:
    return Path(str(node).removeprefix("file://"))


def load(store: ox.Store, file: Path, graph: ox.NamedNode | None) -> None:
    base = file.as_uri()
    for quad in ox.parse(path=str(file), base_iri=base):
        store.add(ox.Quad(quad.subject, quad.predicate, quad.object, graph or ox.DefaultGraph()))


def canonical(found: object) -> object:
    """An answer without the names of blank nodes: good enough to tell answers apart."""
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    if isinstance(found, ox.QueryTriples):
        return Counter(tuple(map(plain, (t.subject, t.predicate, t.object))) for t in found)
    names = sorted(v.value for v in found.variables)  # type: ignore[attr-defined]
    return Counter(tuple((n, plain(s[n])) for n in names if s[n] is not None) for s in found)  # type: ignore[attr-defined]


def plain(term: object) -> str:
    """A term without the name of a blank node; a number by its value, however it is written or typed."""
    if isinstance(term, ox.Literal) and term.datatype.value.rpartition("#")[2] in NUMBERS:
        try:
            return f"number {float(term.value):.6g}"
        except ValueError:
            return str(term)
    return "_" if isinstance(term, ox.BlankNode) else str(term)


def engine(store: ox.Store, text: str, base: str) -> object:
    return canonical(store.query(text, base_iri=base, prefixes=dict(DEFAULT.prefixes)))


def ours(store: ox.Store, text: str, base: str) -> object:
    """The same through ``kg.query.write``, its answer read back."""
    graph = Graph(DiskStore(store, None, writable=False), DEFAULT, writable=False)
    text = f"BASE <{base}> {text}"
    out = io.BytesIO()
    try:
        query.write(graph, text, "json", out)
        return canonical(ox.parse_query_results(out.getvalue(), ox.QueryResultsFormat.JSON))
    except KgError as error:
        if "gives a graph" not in str(error):
            raise
    query.write(graph, text, "ntriples", out)
    found = ox.parse(out.getvalue(), ox.RdfFormat.N_TRIPLES)
    return Counter(tuple(map(plain, (q.subject, q.predicate, q.object))) for q in found)


def attempt(run: object, *arguments: object) -> tuple[object, str]:
    try:
        return run(*arguments), ""  # type: ignore[operator]
    except (KgError, SyntaxError, ValueError, OSError, RuntimeError) as error:
        return None, " ".join(str(error).split())[:160] or type(error).__name__


def expected(file: Path) -> object:
    if file.suffix in FORMATS:
        return canonical(ox.parse_query_results(file.read_bytes(), FORMATS[file.suffix]))
    if file.suffix in (".ttl", ".rdf", ".nt"):
        found = list(ox.parse(path=str(file), base_iri=file.as_uri()))
        return Counter(tuple(map(plain, (q.subject, q.predicate, q.object))) for q in found)
    return NotImplemented


def main(folder: Path) -> None:
    tally: Counter[str] = Counter()
    for manifest in sorted(folder.glob("sparql/sparql11/*/manifest.ttl")):
        if manifest.parent.name in ("entailment", "service"):
            continue  # reasoning, which the engine does not do; other machines, which no query reaches
        described = rdflib.Graph().parse(manifest, publicID=manifest.as_uri())
        entries = next(described.objects(None, MF.entries), None)
        for test in Collection(described, entries) if entries is not None else ():
            kind = str(described.value(test, RDF.type)).rpartition("#")[2]
            name = f"{manifest.parent.name}/{described.value(test, MF.name)}"
            if kind in SYNTAX and manifest.parent.name in ("syntax-query", "syntax-fed", "aggregates", "grouping"):
                syntax(tally, name, path(described.value(test, MF.action)), SYNTAX[kind])
            elif kind in EVALUATION:
                evaluation(tally, name, described, test)
    print(dict(sorted(tally.items())))


def syntax(tally: Counter[str], name: str, file: Path, good: bool) -> None:
    text, store = file.read_text(encoding="utf-8"), ox.Store()
    results = {"engine": attempt(engine, store, text, file.as_uri()), "kg": attempt(ours, store, text, file.as_uri())}
    for who, (_, complaint) in results.items():
        tally[f"syntax {who} {'pass' if (complaint == '') == good else 'fail'}"] += 1
    if (results["kg"][1] == "") != good or (results["engine"][1] == "") != good:
        print(f"syntax {name}: engine {results['engine'][1] or 'accepts'} | kg {results['kg'][1] or 'accepts'}")


def evaluation(tally: Counter[str], name: str, described: rdflib.Graph, test: rdflib.term.Node) -> None:
    action, result = described.value(test, MF.action), described.value(test, MF.result)
    file, store = path(described.value(action, QT.query)), ox.Store()
    for data in described.objects(action, QT.data):
        load(store, path(data), None)
    for data in described.objects(action, QT.graphData):
        load(store, path(data), ox.NamedNode(str(data)))
    text = file.read_text(encoding="utf-8")
    wanted = expected(path(result))
    results = {"engine": attempt(engine, store, text, file.as_uri()), "kg": attempt(ours, store, text, file.as_uri())}
    if wanted is NotImplemented:
        tally["evaluation not compared"] += 1
        wanted = results["engine"][0]
    for who, (found, _) in results.items():
        tally[f"evaluation {who} {'pass' if found == wanted else 'fail'}"] += 1
    if any(found != wanted for found, _ in results.values()):
        told = " | ".join(f"{who}: {'pass' if f == wanted else c or 'other answer'}" for who, (f, c) in results.items())
        print(f"evaluation {name}: {told}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
