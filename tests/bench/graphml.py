"""GraphML of many edges: time and memory, beside ``networkx.write_graphml`` of the same network.

``python graphml.py EVENTS [NETWORKX_EVENTS]`` makes a store that holds only what exports read, and prints both:
processor time, so that other work on the machine counts little, and the most memory.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
from synthetic import PER_ARTICLE, articles, row

from kg import archive, rows
from kg.graph import Graph
from kg.literals import standard
from kg.vocabulary import DEFAULT, KG


def fill(graph: Graph, events: int) -> None:
    """The archive of rows and the actors' labels; no event nodes, which the export does not look at."""
    described: set[str] = set()

    def quads() -> Iterator[ox.Quad]:
        for article, made, _, cast in articles(events, max(100, events // 20)):
            found = [row(article, event) for event in made]
            yield from archive.quads(article, (), (), "", rows.encode(found))
            for actor in cast.values():
                if actor.id not in described:
                    described.add(actor.id)
                    node = ox.NamedNode(DEFAULT.iri("actor", actor.id))
                    yield ox.Quad(node, standard("rdfs:label"), ox.Literal(actor.labels["en"], language="en"))
                    yield ox.Quad(node, standard("kg:kind"), ox.NamedNode(KG + actor.kind))

    graph.store.quads.bulk_extend(quads())


def measure(folder: str, out: str, how: str) -> None:
    """One run in a process of its own, so that memory is its own."""
    begun = time.process_time()
    if how == "networkx":
        import networkx as nx

        from kg.api import open_graph

        network = open_graph(folder).network()
        begun = time.process_time()
        nx.write_graphml(network, out)
    else:
        from kg.export import export

        with Graph.open(folder) as graph:
            export(graph, "graphml", out)
    seconds = time.process_time() - begun
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = int(status.split("VmHWM:")[1].split()[0]) // 1024
    size = Path(out).stat().st_size // 2**20
    print(f"{how}: {seconds:.1f} s of processor, {peak} MB at most, {size} MB written", flush=True)


def main() -> None:
    if sys.argv[1] == "measure":
        measure(*sys.argv[2:5])
        return
    with tempfile.TemporaryDirectory() as folder:
        for how, count in zip(("kg", "networkx"), sys.argv[1:], strict=False):
            path = f"{folder}/{count}.db"
            if not Path(path).exists():
                with Graph.open(path, write=True) as graph:
                    fill(graph, int(count))
            print(f"{int(count) // PER_ARTICLE * PER_ARTICLE} edges", flush=True)
            subprocess.run([sys.executable, __file__, "measure", path, f"{folder}/out.graphml", how], check=True)


if __name__ == "__main__":
    main()
