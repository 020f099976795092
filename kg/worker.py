"""The process that runs one query of a user on a store and can be killed: query on stdin, answer on stdout."""

from __future__ import annotations

import sys

from kg.errors import QueryError, StoreError
from kg.graph import Graph
from kg.query import MEMORY, evaluate


def main() -> None:
    """Run the query of stdin on the store ``argv[1]`` in the form ``argv[2]``; exits 3 or 4 with a line on stderr."""
    _limit_memory()
    try:
        with Graph.open(sys.argv[1]) as graph:
            evaluate(graph, sys.stdin.buffer.read().decode(), sys.argv[2], sys.stdout.buffer)
            sys.stdout.buffer.flush()
    except (QueryError, StoreError) as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(3 if isinstance(error, QueryError) else 4)


def _limit_memory() -> None:
    """Where the system can: an address space, so that a huge answer ends this process and no other."""
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
