"""What can be told of SPARQL text before it runs: its tokens, what it must not ask for, and where it is wrong.

The tokens are those of the SPARQL 1.1 grammar, so a word inside a string, a comment or an IRI is never taken for a
keyword, and a keyword is never hidden by one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urljoin

from kg.errors import QueryError

_LOCAL = r"(?:[\w:%\u00b7.\-]|\\[_~.\-!$&'()*+,;=/?#@%])*"
_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n\r]*)
      | (?P<space>\s+)
      | (?P<iri><[^<>"{}|^`\\\x00-\x20]*(?:\\[uU][0-9A-Fa-f]+[^<>"{}|^`\\\x00-\x20]*)*>)
      | (?P<string>'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''|\"\"\"(?:(?:"|"")?(?:[^"\\]|\\.))*\"\"\"
          |'(?:[^'\\\n\r]|\\.)*'|"(?:[^"\\\n\r]|\\.)*")
      | (?P<variable>[?$]\w+)
      | (?P<blank>_:[\w.\-]*)
      | (?P<name>(?:[^\W\d_](?:[\w.\-]*[\w\-])?)?:"""
    + _LOCAL
    + r""")
      | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
      | (?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)
      | (?P<word>[A-Za-z_]\w*)
      | (?P<mark>\^\^|&&|\|\||[<>!]=|<<|>>|.)""",
    re.VERBOSE | re.DOTALL,
)
_UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"])
_CLOSING = {"}": "{", ")": "(", "]": "["}
#: Every bare word of SPARQL 1.1, and of 1.2 as far as the engine knows it.
_WORDS = frozenset(
    """A ABS ADD ADJUST ALL AS ASC ASK AVG BASE BIND BNODE BOUND BY CEIL CLEAR COALESCE CONCAT CONSTRUCT CONTAINS COPY
    COUNT CREATE DATA DATATYPE DAY DEFAULT DELETE DESC DESCRIBE DISTINCT DROP ENCODE_FOR_URI EXISTS FALSE FILTER FLOOR
    FROM GRAPH GROUP GROUP_CONCAT HASLANG HASLANGDIR HAVING HOURS IF IN INSERT INTO IRI ISBLANK ISIRI ISLITERAL
    ISNUMERIC ISTRIPLE ISURI LANG LANGDIR LANGMATCHES LATERAL LCASE LIMIT LOAD MAX MD5 MIN MINUS MINUTES MONTH MOVE
    NAMED NOT NOW OBJECT OFFSET OPTIONAL ORDER PREDICATE PREFIX RAND REDUCED REGEX REPLACE ROUND SAMETERM SAMPLE
    SECONDS SELECT SEPARATOR SERVICE SHA1 SHA256 SHA384 SHA512 SILENT STR STRAFTER STRBEFORE STRDT STRENDS STRLANG
    STRLANGDIR STRLEN STRSTARTS STRUUID SUBJECT SUBSTR SUM TIMEZONE TO TRIPLE TRUE TZ UCASE UNDEF UNION URI USING UUID
    VALUES VERSION WHERE WITH YEAR""".split()
)
_FORMS = frozenset(["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"])


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a query: what it is, its text and its offset in characters."""

    kind: str
    text: str
    offset: int

    @property
    def keyword(self) -> str:
        """The word in capitals, or the empty string for what is no bare word."""
        return self.text.upper() if self.kind == "word" else ""


@lru_cache(64)
def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a query, without spaces and comments; those of the last queries are kept."""
    found = ((match.lastgroup or "mark", match) for match in _TOKEN.finditer(text))
    return tuple(Token(kind, match.group(), match.start()) for kind, match in found if kind not in ("space", "comment"))


def form(text: str) -> str:
    """``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``; the empty string for what is no query."""
    return next((token.keyword for token in tokens(text) if token.keyword in _FORMS), "")


def guard(text: str, prefixes: Mapping[str, str], is_graph: Callable[[str], bool]) -> None:
    """Refuse what must never run: ``QueryError`` with line and column.

    That is an update, ``SERVICE``, and ``FROM`` or ``FROM NAMED`` of anything for which ``is_graph`` (given the full
    IRI) is false. A prefix that nobody declared is reported too, since the engine points elsewhere.
    """
    known = dict(prefixes)
    base = ""
    found = tokens(text)
    for index, token in enumerate(found):
        following = found[index + 1 : index + 3]
        word = token.keyword
        if word == "SERVICE":
            raise _refusal(text, token, "SERVICE is not allowed: a query never leaves this machine")
        if word in _UPDATES and not any(earlier.keyword in _FORMS for earlier in found[:index]):
            raise _refusal(text, token, f"{word} is an update: a query only reads")
        if word == "PREFIX" and len(following) == 2 and following[1].kind == "iri":
            known[following[0].text.removesuffix(":")] = urljoin(base, following[1].text[1:-1])
        elif word == "BASE" and following and following[0].kind == "iri":
            base = urljoin(base, following[0].text[1:-1])
        elif word == "FROM" and following:
            graph = following[-1] if following[0].keyword == "NAMED" else following[0]
            iri = _resolve(graph, known, base)
            if iri is not None and not is_graph(iri):
                raise _refusal(text, graph, f"FROM {graph.text}: not a graph of this store, and nothing else is read")
        elif token.kind == "name" and (index == 0 or found[index - 1].keyword != "PREFIX"):
            prefix = token.text.partition(":")[0]
            if prefix not in known:
                raise _refusal(text, token, f"unknown prefix {prefix + ':'!r}")


def resolved(text: str, prefixes: Mapping[str, str]) -> Iterator[tuple[Token, str]]:
    """The IRIs and prefixed names of a query with the full IRI of each; those of its prologue are left out."""
    known, base = dict(prefixes), ""
    found = list(tokens(text))
    for index, token in enumerate(found):
        before = [earlier.keyword for earlier in found[max(0, index - 2) : index]]
        if token.kind == "iri" and before[-1:] == ["BASE"]:
            base = urljoin(base, token.text[1:-1])
        elif token.kind == "iri" and before[:1] == ["PREFIX"]:
            known[found[index - 1].text.removesuffix(":")] = urljoin(base, token.text[1:-1])
        elif "PREFIX" not in before[-1:]:
            iri = _resolve(token, known, base)
            if iri is not None:
                yield token, iri


def encodable(text: str) -> bool:
    """Whether a text can be written as UTF-8: an argument in another encoding leaves lone surrogates behind."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column (from 1) of an offset in characters."""
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1


def explain(text: str, error: SyntaxError | ValueError) -> QueryError:
    """The engine's complaint about a query as one line with line, column and the offending token.

    The engine names the furthest point that it reached, which may lie behind the mistake, so the commonest mistakes
    (a word that is none of the language, a bracket too many or too few) are looked for first.
    """
    found = tokens(text)
    mistake = _mistake(found)
    if mistake is not None:
        return _refusal(text, *mistake)
    message = " ".join(str(error).split())
    match = re.match(r"error at (\d+):(\d+): (.*)", message)
    if not match:
        return QueryError(f"the query cannot be run: {message[:300]}")
    line, column, what = int(match[1]), int(match[2]), match[3]
    start = sum(len(earlier) + 1 for earlier in text.split("\n")[: line - 1])
    offset = min(start + column - 1, len(text))
    token = next((t for t in found if t.offset + len(t.text) >= offset), None)
    if token is None or not text[offset:].strip():
        return QueryError(f"line {line}, column {column}: the query ends too early{_expected(what)}")
    return _refusal(text, token, f"unexpected {token.text[:60]!r}{_expected(what)}")


def _mistake(found: Sequence[Token]) -> tuple[Token, str] | None:
    """The first word that SPARQL does not have, or bracket without its other half, with what is to be said of it."""
    opened: list[Token] = []
    begun = False
    for index, token in enumerate(found):
        word, previous = token.keyword, found[index - 1].keyword if index else ""
        if word and word not in _WORDS:
            return token, f"unexpected {token.text[:60]!r}" + (
                "" if begun else " (a query begins with SELECT or ASK, …)"
            )
        if not begun and word in _WORDS - _FORMS - {"PREFIX", "BASE", "VERSION"}:
            return token, f"unexpected {token.text!r} (a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE)"
        begun = begun or word in _FORMS
        if token.text in _CLOSING.values() and token.kind == "mark":
            opened.append(token)
        elif token.text in _CLOSING and token.kind == "mark":
            if not opened or opened.pop().text != _CLOSING[token.text]:
                return token, f"unexpected {token.text!r}"
        elif token.kind == "mark" and token.text in "\"'" and previous != "PREFIX":
            return token, "a string that does not end"
    return (opened[-1], f"{opened[-1].text!r} is never closed") if opened else None


def _expected(what: str) -> str:
    said = re.search(r"\b(The [^,]+)", what)
    if said:
        return f" ({said[1]})"
    if what.startswith("expected one of"):
        what = re.sub(r"\[[^\]]*\.\.[^\]]*\]", "", what)
        wanted = re.findall(r'"((?:[^"\\]|\\.)+)"|\b([A-Z]{2,})\b', what)
        names = sorted({(a or b).replace('\\"', '"') for a, b in wanted})
        return f" (expected {' or '.join(names[:6])}{' …' if len(names) > 6 else ''})" if names else ""
    return "" if re.fullmatch(r"expected [A-Z]+", what) else f" ({what[:200]})"


def _resolve(token: Token, known: Mapping[str, str], base: str) -> str | None:
    if token.kind == "iri":
        raw = re.sub(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})", _unescape, token.text[1:-1])
        return urljoin(base, raw) if base else raw
    if token.kind == "name":
        prefix, _, local = token.text.partition(":")
        return known.get(prefix, "") + re.sub(r"\\(.)", r"\1", local)
    return None


def _unescape(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 else ""


def _refusal(text: str, token: Token, reason: str) -> QueryError:
    line, column = position(text, token.offset)
    return QueryError(f"line {line}, column {column}: {reason}")
