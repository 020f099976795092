"""kg-news: from news articles to a knowledge graph of who does what to whom.

``kg.open(path)`` opens a graph that ``kg build`` has made; see ``kg.api.KnowledgeGraph``.
"""

from typing import TYPE_CHECKING, Any

from kg.version import VERSION

if TYPE_CHECKING:
    from kg.api import open_graph as open

__version__ = VERSION
__all__ = ["__version__", "open"]


def __getattr__(name: str) -> Any:
    """``kg.open``, imported on use: most of the package needs no RDF library."""
    if name == "open":
        from kg.api import open_graph

        return open_graph
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
