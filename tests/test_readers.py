"""GraphML as the programs that it is for read it: every profile, by every client that is installed here.

Nodes, edges, labels, types and parallel edges are compared, hostile names included; see ``readers/README.md``.
"""

from __future__ import annotations

import itertools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import igraph
import networkx as nx
import pytest
from hostile_world import hostile
from small_world import world

from kg.export import Options, export
from kg.export.network import Network
from kg.graph import Graph

READERS = Path(__file__).parent / "readers"
PROFILES = tuple(itertools.product(("portable", "yed"), ("events", "dyads"), (False, True)))
WORLDS: dict[str, Callable[[], Graph]] = {"small": world, "hostile": hostile}
Read = tuple[list[tuple[str, ...]], list[tuple[str, ...]]]


def by_networkx(path: Path) -> Read:
    graph = nx.read_graphml(path, force_multigraph=True)
    nodes = [(node, data["label"], data["kind"]) for node, data in graph.nodes(data=True)]
    return nodes, [(a, b, data["label"], data["type"]) for a, b, data in graph.edges(data=True)]


def by_igraph(path: Path) -> Read:
    graph = igraph.Graph.Read_GraphML(str(path))
    ids = graph.vs["id"]
    nodes = list(zip(ids, graph.vs["label"], graph.vs["kind"], strict=True))
    return nodes, [(ids[e.source], ids[e.target], e["label"], e["type"]) for e in graph.es]


#: Client → how to find out whether it is here, and the program that reads with it.
PROGRAMS = {
    "tulip": ([sys.executable, "-c", "import tulip"], [sys.executable, str(READERS / "tulip_reader.py")]),
    "graph-tool": (
        ["/usr/bin/python3", "-c", "import graph_tool"],
        ["/usr/bin/python3", str(READERS / "graph_tool_reader.py")],
    ),
    "graphology": (
        ["node", "-e", "require('graphology-graphml')"],
        ["node", str(READERS / "graphology_reader.js")],
    ),
    "igraph for R": (
        ["Rscript", "-e", "suppressPackageStartupMessages(library(igraph))"],
        ["Rscript", str(READERS / "igraph_reader.R")],
    ),
}
CLIENTS = ("networkx", "python-igraph", *PROGRAMS)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[object, ...], Path]:
    """Every world in every profile."""
    folder = tmp_path_factory.mktemp("graphml")
    found: dict[tuple[object, ...], Path] = {}
    for name, make in WORLDS.items():
        graph = make()
        for profile, shape, strict in PROFILES:
            path = folder / f"{name}-{profile}-{shape}-{strict}.graphml"
            export(graph, "graphml", path, Options(profile=profile, shape=shape, strict=strict))
            found[name, profile, shape, strict] = path
    return found


@cache
def read_by(client: str, paths: tuple[Path, ...]) -> dict[Path, Read]:
    """What a client reads of all files; skips, with the reason, where the client is not installed."""
    if client in ("networkx", "python-igraph"):
        return {path: (by_networkx if client == "networkx" else by_igraph)(path) for path in paths}
    probe, program = PROGRAMS[client]
    settings = {"capture_output": True, "text": True, "cwd": READERS, "env": _environment()}
    if shutil.which(probe[0]) is None or subprocess.run(probe, **settings).returncode != 0:  # type: ignore[call-overload]
        pytest.skip(f"{client} is not installed here: tests/readers/README.md says how")
    done = subprocess.run([*program, *map(str, paths)], **settings)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(_understood(done.stdout))


def _environment() -> dict[str, str]:
    """Debian's own Python must not see the packages of the one that runs the tests."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def _understood(text: str) -> Iterator[tuple[Path, Read]]:
    for line in text.splitlines():
        what, *rest = line.split("\t")
        fields = tuple(bytes.fromhex(field).decode() for field in rest)
        if what == "file":
            read: Read = ([], [])
            yield Path(fields[0]), read
        elif what in ("node", "edge"):
            read[what == "edge"].append(fields)


def expected(name: str, shape: str, *, ids: bool) -> Read:
    """The network that the graph holds, as XML can hold it; nodes by their names where a client drops ids.

    Tulip keeps of a text with ``]]>`` only what comes after it.
    """
    seen = readable if ids else lambda text: re.sub(r"(?s).*]](?=>)", "", readable(text))
    network = Network(WORLDS[name](), Options(shape=shape))
    edges = list(network.edges())
    found = {node.id: node for node in network.nodes()}
    called = {key: key.replace("%", ":") if ids else seen(node.label) for key, node in found.items()}
    labels = [(called[e.source], called[e.target], str(e.values[0]), str(e.values[3])) for e in edges]
    return [(called[key], seen(node.label), node.kind) for key, node in found.items()], labels


def readable(text: str) -> str:
    """Text as far as XML can hold it."""
    return text.translate(dict.fromkeys((1, 11, 0x85, 0xFFFE), "\ufffd"))


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("name", WORLDS)
@pytest.mark.parametrize(("profile", "shape", "strict"), PROFILES)
def test_a_client_reads_what_the_graph_holds(
    files: dict[tuple[object, ...], Path], client: str, name: str, profile: str, shape: str, strict: bool
) -> None:
    nodes, edges = read_by(client, tuple(files.values()))[files[name, profile, shape, strict]]
    wanted = expected(name, shape, ids=client != "tulip")
    assert sorted(nodes) == sorted(wanted[0])
    assert sorted(edges) == sorted(wanted[1])
