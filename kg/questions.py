"""Named questions: one ``.rq`` file each, with typed parameters, answered as rows that name nodes.

The header of a file is comments: ``# summary:``, ``# group:``, ``# param NAME: TYPE`` or
``# param NAME: TYPE = DEFAULT`` or ``# param NAME: TYPE required``, and ``# hide: NAME …`` for columns that stay out of
the rows. Parameters are bound as terms to the variable of their name, which the query projects.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from kg.errors import QueryError
from kg.graph import Graph
from kg.model import Question
from kg.names import PARAMETER_TYPES, Names, did_you_mean, fold
from kg.results import Table
from kg.store import Term

_HEADER = re.compile(r"^#\s*(summary|group|param)\b\s*([^:]*):\s*(.*)$")
_HIDDEN = re.compile(r"^#\s*hide\s*:(.*)$", re.MULTILINE)
#: Parameters of these types restrict only: their column says nothing new and is left out of the rows.
_SILENT = ("date", "until", "number", "text")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question: its name, one of ``PARAMETER_TYPES``, a default, and whether it must be given.

    One that is neither given nor has a default stays free: the question is asked of all.
    """

    name: str
    type: str
    default: str | None = None
    required: bool = False


def library(folder: str | Path | None = None) -> dict[str, Question]:
    """All questions by name, sorted by group and name; those of ``folder`` join and replace shipped ones."""
    read = [_read(path) for _, path in sorted(_files(folder).items())]
    return {question.name: question for question in sorted(read, key=lambda q: (q.group, q.name))}


def find(name: str, folder: str | Path | None = None) -> Question:
    """The question of this name; ``QueryError`` with a suggestion where there is none."""
    known = _files(folder)
    if name not in known:
        raise QueryError(f"there is no question {name!r}{did_you_mean(fold(name), {fold(key): key for key in known})}")
    return _read(known[name])


def parameters(question: Question) -> tuple[Parameter, ...]:
    """The parameters of a question, in the order of its file; ``QueryError`` for an unknown type."""
    found = []
    for text in question.parameters:
        name, _, rest = text.partition(":")
        kind, mark, default = rest.partition("=")
        kind, _, need = kind.strip().partition(" ")
        if kind not in PARAMETER_TYPES or need not in ("", "required"):
            known = ", ".join(PARAMETER_TYPES)
            raise QueryError(f"question {question.name}: the type of {name!r} is {rest.strip()!r}; there is {known}")
        found.append(Parameter(name.strip(), kind, default.strip() if mark else None, need == "required"))
    return tuple(found)


def ask(
    graph: Graph,
    name: str,
    params: Mapping[str, str] | None = None,
    *,
    lang: str = "en",
    iris: bool = False,
    folder: str | Path | None = None,
) -> Table:
    """Answer a named question.

    ``params`` maps parameter names to what a user writes: an actor by any known wording in any language or by id, a
    date as ``2025-03``. Nodes are named in ``lang`` where there is a label, by their prefixed names with ``iris``.
    ``QueryError`` for an unknown question, parameter or value.
    """
    return answer(graph, find(name, folder), params, lang=lang, iris=iris)


def answer(
    graph: Graph, question: Question, params: Mapping[str, str] | None = None, *, lang: str = "en", iris: bool = False
) -> Table:
    """Answer a question that is at hand; otherwise like ``ask``."""
    names = Names(graph, lang)
    bound = bind(names, question, params or {})
    solutions = graph.solutions(question.sparql, bound)
    silent = {parameter.name for parameter in parameters(question) if parameter.type in _SILENT}
    silent.update(name for match in _HIDDEN.finditer(question.sparql) for name in match[1].split())
    shown = [(place, v.value) for place, v in enumerate(solutions.variables) if v.value not in silent]
    places = [place for place, _ in shown]
    rows = tuple(tuple([names.plain(solution[place], iris=iris) for place in places]) for solution in solutions)
    return Table(tuple(column for _, column in shown), rows)


def bind(names: Names, question: Question, params: Mapping[str, str]) -> dict[str, Term]:
    """The terms that a question's variables are bound to."""
    known = {parameter.name: parameter for parameter in parameters(question)}
    for given in params:
        if given not in known:
            raise QueryError(
                f"question {question.name} has no parameter {given!r}; "
                + (f"it has {', '.join(known)}" if known else "it has none")
            )
    for name, parameter in known.items():
        if parameter.required and not params.get(name):
            raise QueryError(f"question {question.name} needs a value for {name} ({parameter.type})")
    values = {name: params.get(name) or parameter.default for name, parameter in known.items()}
    return {name: names.term(known[name].type, value) for name, value in values.items() if value is not None}


def _files(folder: str | Path | None) -> dict[str, Path]:
    """The files of all questions by name; those of ``folder`` come before the shipped ones."""
    if folder is None:
        return _shipped()
    if not Path(folder).is_dir():
        raise QueryError(f"there is no folder of questions at {folder}")
    return _shipped() | {path.stem: path for path in Path(folder).glob("*.rq")}


@cache
def _shipped() -> dict[str, Path]:
    """The shipped questions: inside the package when installed, else the checkout's."""
    inside = Path(str(files("kg"))) / "queries"
    outside = inside.parent.parent / "queries"
    checkout = (inside.parent.parent / "pyproject.toml").is_file() and outside.is_dir()
    return {path.stem: path for path in (outside if checkout else inside).glob("*.rq")}


def _read(path: Path) -> Question:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"cannot read the question {path}: {error}") from None
    head = [match for line in text.splitlines() if (match := _HEADER.match(line.strip()))]
    fields = {match[1]: match[3].strip() for match in head}
    params = tuple(f"{match[2].strip()}: {match[3].strip()}" for match in head if match[1] == "param")
    if "summary" not in fields:
        raise QueryError(f"the question {path} has no line '# summary: …'")
    return Question(path.stem, fields["summary"], fields.get("group", "your own"), params, text)
