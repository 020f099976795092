"""What Tulip reads of GraphML files: ``python tulip_reader.py FILE…``; see README.md.

Tulip does not keep the ids of nodes; in their place stands the attribute ``name``."""

import sys

from tulip import tlp


def line(*fields):
    """One line of fields."""
    return "\t".join([fields[0], *(str(field).encode().hex() for field in fields[1:])])


def show(path):
    """Print the nodes and edges of a file."""
    graph = tlp.importGraph("GraphML", {"file::filename": path})
    if graph is None:
        sys.exit(f"Tulip reads no graph from {path}")
    print(line("file", path))
    for n in graph.getNodes():
        print(line("node", graph["name"][n], graph["label"][n], graph["kind"][n]))
    for e in graph.getEdges():
        ends = [graph["name"][n] for n in graph.ends(e)]
        print(line("edge", *ends, graph["label"][e], graph["type"][e]))


for path in sys.argv[1:]:
    show(path)
