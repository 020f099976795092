"""Every shipped question on a synthetic store, beside the engine alone: ``python questions.py FOLDER [QUESTION…]``.

FOLDER is a store that ``synthetic.py`` made. Each question is asked for somebody of middling fame (``VALUES``), by
name, and in turn the engine is given the same query with the same terms, and its rows are read. Both name nodes by
their IRIs, so that both give the same answer; what labels cost is a figure of its own. Printed is processor time, the
least of a few runs, so that other work on the machine counts little.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from kg import questions
from kg.binding import with_values
from kg.graph import Graph
from kg.names import Names

#: Who is asked about: of 50,000 actors the fiftieth has some 3,500 events of a million, the hundredth half as many.
VALUES = {
    "actor": "Actor number 50",
    "target": "Actor number 1",
    "one": "Actor number 50",
    "other": "Actor number 101",
    "about": "Actor number 50",
    "source": "Actor number 50",
    "person": "Actor number 48",
    "organization": "Actor number 49",
    "action": "threaten",
    "type": "ASSAULT",
    "place": "urn:kg:place:place-20",
    "article": "article-0000042.txt",
    "since": "2023-06",
}
#: Questions of one actor alone, for which the second most famous would be no middling one.
ALONE = {"done-to": {"target": "Actor number 60"}, "nobody-named": {"target": "Actor number 60"}}
RUNS = 3
#: A question that takes longer than this many seconds is not run again.
SLOW = 5.0
#: Seconds that nobody feels: within them a question counts as no slower than the engine.
UNFELT = 0.005


def seconds(work: Callable[[], int]) -> tuple[float, int]:
    """Processor time of one run, and the number of rows."""
    begun = time.process_time()
    rows = work()
    return time.process_time() - begun, rows


def measure(graph: Graph, name: str) -> tuple[float, float, float, int]:
    """Seconds of the question as asked, of the engine alone, of the question with labels, and the rows."""
    question = questions.find(name)
    params = {p.name: VALUES[p.name] for p in questions.parameters(question) if p.name in VALUES} | ALONE.get(name, {})
    bound = questions.bind(Names(graph), question, params)

    def asked(*, iris: bool = True) -> int:
        return len(questions.ask(graph, name, params, iris=iris))

    text = with_values(question.sparql, bound)

    def alone() -> int:
        found = graph.store.quads.query(text, prefixes=dict(graph.vocabulary.prefixes))
        columns = found.variables
        return len([[None if row[c] is None else row[c].value for c in columns] for row in found])

    engine, rows = seconds(alone)
    runs = 1 if engine > SLOW else RUNS
    mine = min(seconds(asked)[0] for _ in range(runs))
    engine = min(engine if runs == 1 else 1e9, *(seconds(alone)[0] for _ in range(runs)))
    return mine, engine, seconds(lambda: asked(iris=False))[0] if runs > 1 else 0.0, rows


def main() -> None:
    """Print a line a question and the two counts that matter."""
    fast = even = 0
    names = sys.argv[2:] or sorted(questions.library())
    with Graph.open(sys.argv[1]) as graph:
        for name in names:
            asked, alone, labelled, rows = measure(graph, name)
            fast += asked < 1
            even += asked <= 1.1 * alone or asked - alone <= UNFELT
            figures = (
                f"asked {asked:7.3f} s  engine {alone:7.3f} s  ratio {asked / alone:5.2f}  labelled {labelled:7.3f} s"
            )
            print(f"{name:20} {rows:6} rows  {figures}", flush=True)
    print(f"{fast} of {len(names)} under a second; {even} no more than a tenth slower than the engine alone")


if __name__ == "__main__":
    main()
