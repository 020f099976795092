"""A query as it is sent to a store elsewhere: the same answer as here, whatever that engine's habits are.

Engines differ in what their default graph is, in which graphs ``GRAPH`` sees, in what ``DESCRIBE`` tells and in how
variables are bound from outside. So none of that is left to them. All is done on the tokens of ``kg.sparql``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.binding import closing
from kg.sparql import Token, resolved, tokens
from kg.vocabulary import UNION_GRAPH

#: A column for what selects no variable.
NOTHING = "kg_row"
#: How columns begin that stand for named graphs, and are none of the answer.
GRAPH = "kg_graph_"
_AFTER_ITEMS = frozenset(["FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"])


@dataclass(frozen=True, slots=True)
class Select:
    """A query for triples as one for rows: ``template`` and ``items`` say what is to be made of them.

    ``head`` is the prologue of the query, which both parts need. ``text`` is empty where no rows are needed.
    """

    text: str
    head: str
    template: str = ""
    items: str = ""


def with_prefixes(text: str, prefixes: Mapping[str, str]) -> str:
    """The query with a declaration of each known prefix that it uses and does not declare.

    Names with escapes are written out, since not every engine reads them.
    """
    for token, iri in reversed(list(resolved(text, prefixes))):
        if token.kind == "name" and not {"\\", "%"}.isdisjoint(token.text):
            text = f"{text[: token.offset]}<{iri}>{text[token.offset + len(token.text) :]}"
    found = list(tokens(text))
    declared = {after.text for token, after in pairwise(found) if token.keyword == "PREFIX"}
    used = {token.text.partition(":")[0] for token in found if token.kind == "name"}
    lines = [
        f"PREFIX {name}: <{prefixes[name]}>" for name in sorted(used & set(prefixes)) if f"{name}:" not in declared
    ]
    return "\n".join([*lines, text])


def with_visible_graphs(text: str, articles: str, others: Sequence[str]) -> str:
    """The query with ``GRAPH`` held to graphs whose IRI begins with ``articles``, or is one of ``others``.

    A named graph becomes a variable (see ``GRAPH``) that is filtered: engines that let ``GRAPH`` see
    all graphs are wrong about those that are named.
    """
    iris = {token.offset: iri for token, iri in resolved(text, {})}
    names = ", ".join(f"<{iri}>" for iri in others)
    for token, name in reversed(list(pairwise(tokens(text)))):
        if token.keyword != "GRAPH":
            continue
        iri, after = iris.get(name.offset), name.offset + len(name.text)
        variable = name.text if iri is None else f"?{GRAPH}{name.offset}"
        if iri is None:
            visible = f'STRSTARTS(STR({variable}), "{articles}") || {variable} IN ({names})'
        else:
            seen = iri.startswith(articles) or iri in others
            visible = f"{variable} = <{iri if seen else UNION_GRAPH + ':none'}>"
        text = f"{text[: token.offset]}FILTER ({visible}) GRAPH {variable}{text[after:]}"
    return text


def as_select(text: str) -> Select:
    """A ``CONSTRUCT`` or ``DESCRIBE`` as the ``SELECT`` of what it is made from."""
    found = list(tokens(text))
    at = next(i for i, token in enumerate(found) if token.keyword in ("CONSTRUCT", "DESCRIBE"))
    head = text[: found[at].offset]
    return _described(text, found, at, head) if found[at].keyword == "DESCRIBE" else _made(text, found, at, head)


def _made(text: str, found: list[Token], at: int, head: str) -> Select:
    short = found[at + 1].text != "{"
    first = next(i for i in range(at, len(found)) if found[i].text == "{")
    last = closing(found, first)
    template = text[found[first].offset + 1 : found[last].offset]
    if short:
        return Select(f"{head}SELECT * {text[found[at + 1].offset :]}", head, template)
    names = dict.fromkeys(token.text for token in found[first:last] if token.kind == "variable")
    columns = " ".join(names) or f"(1 AS ?{NOTHING})"
    return Select(f"{head}SELECT {columns} {text[found[last].offset + 1 :]}", head, template)


def _described(text: str, found: list[Token], at: int, head: str) -> Select:
    end = at + 1
    while end < len(found) and found[end].keyword not in _AFTER_ITEMS and found[end].text != "{":
        end += 1
    items = found[at + 1 : end]
    rest = text[found[end].offset :] if end < len(found) else ""
    names = [token.text for token in items if token.kind == "variable" or token.text == "*"]
    constants = " ".join(token.text for token in items if token.kind in ("iri", "name"))
    return Select(f"{head}SELECT {' '.join(names)} {rest}" if names else "", head, items=constants)
