"""A language is a folder of word lists: code does not ask which one it reads."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import kg
from kg.language import labels, languages

ROOT = Path(kg.__file__).parent
#: Rooms that read a text: in them no language is named at all.
READING = ("parse.py", "syntax.py", "mentions.py", "coreference.py", "lexicon.py", "events", "fit.py")
#: Modules that still branch on a language; take one off the list when its words have moved to ``kg/lang``.
BRANCHING = {
    "actors/claims.py",
    "actors/names.py",
    "actors/phrases.py",
    "gazetteer/lookup.py",
    "gazetteer/peoples.py",
}


def modules(*places: str) -> Iterator[tuple[str, ast.Module]]:
    for place in places or ("",):
        path = ROOT / place
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            yield file.relative_to(ROOT).as_posix(), ast.parse(file.read_text(encoding="utf-8"))


def codes(tree: ast.AST) -> list[int]:
    """The lines that name a language's code."""
    return [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Constant) and node.value in languages()]


def compared(module: ast.Module) -> list[int]:
    """The lines that compare something with a language's code, or match it."""
    branches = [node for node in ast.walk(module) if isinstance(node, ast.Compare | ast.match_case)]
    return [
        line for branch in branches for line in codes(branch.pattern if isinstance(branch, ast.match_case) else branch)
    ]


def test_rooms_that_read_a_text_name_no_language():
    assert {name: lines for name, module in modules(*READING) if (lines := codes(module))} == {}


def test_no_module_branches_on_a_language():
    found = {name for name, module in modules() if name != "language.py" and compared(module)}
    assert found == BRANCHING


def test_every_language_says_what_its_labels_mean():
    for code in languages():
        data = labels(code)
        assert {"name", "pipeline", "relations", "entities", "structure", "words", "possessives"} <= set(data)
        assert set(data["preposition_class"].values()) <= set("of by to against with on for in from".split())
