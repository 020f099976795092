"""What graph-tool reads of GraphML files: ``python3 graph_tool_reader.py FILE…``; see README.md."""

import sys

from graph_tool import load_graph


def line(*fields):
    """One line of fields."""
    return "\t".join([fields[0], *(str(field).encode().hex() for field in fields[1:])])


def show(path):
    """Print the nodes and edges of a file."""
    graph = load_graph(path, fmt="graphml")
    vertices, edges = graph.vertex_properties, graph.edge_properties
    ids = vertices["_graphml_vertex_id"]
    print(line("file", path))
    for v in graph.vertices():
        print(line("node", ids[v], vertices["label"][v], vertices["kind"][v]))
    for e in graph.edges():
        print(line("edge", ids[e.source()], ids[e.target()], edges["label"][e], edges["type"][e]))


for path in sys.argv[1:]:
    show(path)
