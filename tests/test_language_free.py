"""A language is a folder of word lists: code does not ask which one it reads."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.language import labels, languages

ROOT = Path(kg.__file__).parent
#: Rooms that read a text: in them no language is named at all.
READING = (
    "parse.py", "syntax.py", "mentions.py", "coreference", "wordings.py", "lexicon.py", "events", "fit.py",
    "actors/claims.py", "actors/names.py", "actors/phrases.py", "actors/spellings.py", "gazetteer", "when", "where",
)  # fmt: skip
#: The fixed terms of the ontology have a label in each of these; nothing is decided by them.
LABELLING = {"ontology.py"}


def modules(*places: str) -> Iterator[tuple[str, ast.Module]]:
    for place in places or ("",):
        path = ROOT / place
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            yield file.relative_to(ROOT).as_posix(), ast.parse(file.read_text(encoding="utf-8"))


def codes(tree: ast.AST) -> list[int]:
    """The lines that name a language's code."""
    return [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Constant) and node.value in languages()]


def defaults(module: ast.Module) -> set[int]:
    """Constants that are no more than a default: of a parameter, a field or an option of the command line."""
    found: list[ast.expr | None] = []
    for node in ast.walk(module):
        match node:
            case ast.arguments():
                found += [*node.defaults, *node.kw_defaults]
            case ast.AnnAssign() | ast.keyword(arg="default"):
                found.append(node.value)
    return {id(node) for node in found if isinstance(node, ast.Constant)}


def asked(module: ast.Module) -> list[int]:
    """The lines where a code is more than a default: compared, a set to look in, a key, an argument."""
    known = defaults(module)
    codes = (node for node in ast.walk(module) if isinstance(node, ast.Constant) and node.value in languages())
    return [node.lineno for node in codes if id(node) not in known]


def test_rooms_that_read_a_text_name_no_language():
    assert {name: lines for name, module in modules(*READING) if (lines := codes(module))} == {}


def test_no_module_branches_on_a_language():
    found = {name for name, module in modules() if name != "language.py" and asked(module)}
    assert found <= LABELLING


@pytest.mark.parametrize(
    "line",
    [
        'x = code == "fr"',
        'x = code in ("fr",)',
        'x = {"fr": 1, "en": 2}[code]',
        'x = {"fr": 1}.get(code)',
        'HEADED = ("fr",)',
        'x = code.startswith("fr")',
        'x = labels.get("en")',
        'x = labels["en"]',
        'match code:\n    case "fr":\n        x = 1',
    ],
)
def test_the_search_finds_all_ways_to_ask(line: str):
    assert asked(ast.parse(line)) != []


def test_a_default_is_no_question():
    assert asked(ast.parse('def show(*, lang: str = "en") -> None: ...\nlang: str = "en"')) == []


def test_every_language_says_what_its_labels_mean():
    for code in languages():
        data = labels(code)
        assert {"name", "pipeline", "relations", "entities", "structure", "words", "possessives"} <= set(data)
        assert set(data["preposition_class"].values()) <= set("of by to against with on for in from".split())


def test_every_language_has_the_same_lists():
    keys = [{(part, name) for part in ("actors", "demonyms") for name in labels(code)[part]} for code in languages()]
    assert all(names == keys[0] for names in keys)
