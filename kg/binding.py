"""Values of a question's parameters put into its text, on the tokens of ``kg.sparql``.

Engines plan a query well that begins with what is known. Given from outside, a value is known to few of them while
they plan: Oxigraph takes minutes then for what it can answer at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.sparql import Token, tokens
from kg.store import Term


def with_values(text: str, bound: Mapping[str, Term]) -> str:
    """The query with variables bound: every group of it that names one of them begins with its value.

    A value stands as a term of SPARQL, written by the engine's own library, so it is never taken for anything else.
    """
    found = list(tokens(text))
    inserts = []
    for index in _groups(found):
        inside = {token.text[1:] for token in found[index : closing(found, index)] if token.kind == "variable"}
        mine = [name for name in bound if name in inside]
        if mine:
            names, values = " ".join(f"?{name}" for name in mine), " ".join(str(bound[name]) for name in mine)
            inserts.append((found[index].offset + 1, f" VALUES ({names}) {{ ({values}) }} "))
    return _inserted(text, inserts)


def _groups(found: list[Token]) -> Iterator[int]:
    """Where group graph patterns open: not subqueries, whose own pattern follows, nor blocks of data or templates."""
    for index, token in enumerate(found):
        if token.text != "{" or token.kind != "mark":
            continue
        following = found[index + 1].keyword if index + 1 < len(found) else ""
        if following != "SELECT" and not _is_data(found, index) and found[index - 1].keyword != "CONSTRUCT":
            yield index


def _is_data(found: list[Token], index: int) -> bool:
    """Whether the bracket opens the rows of a ``VALUES``."""
    before = index - 1
    if found[before].text == ")":
        while before > 0 and found[before].text != "(":
            before -= 1
    return before > 0 and found[before - 1].keyword == "VALUES"


def closing(found: Sequence[Token], index: int) -> int:
    """Where the group closes that opens at a token; the number of tokens where it never does."""
    depth = 0
    for at in range(index, len(found)):
        if found[at].kind == "mark":
            depth += (found[at].text == "{") - (found[at].text == "}")
        if depth == 0:
            return at
    return len(found)


def _inserted(text: str, inserts: list[tuple[int, str]]) -> str:
    for offset, insert in reversed(inserts):
        text = text[:offset] + insert + text[offset:]
    return text
