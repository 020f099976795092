"""The word lists of actions: their form, their reach, and that both languages file the same deed under one action."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

import pytest

from kg import language
from kg.model import TYPES

LANGUAGES = ("en", "fr")
COLUMNS = {"lemma", "pos", "actor", "target", "action", "implies"}
SHARED_COLUMNS = {"action", "type", "en", "fr", "cameo"}
PARTS_OF_SPEECH = {"verb", "noun", "adj"}
FLAGS = {"says", "claims", "control=target", "light", "causative"}
COMPLEMENT_FLAGS = {"planned", "possible", "unconfirmed", "negated", "actual"}
SLOTS = {"subj", "obj", "iobj", "adj", "poss", "compound", "recip", "-"}
PREPOSITIONS = {
    "en": set(
        "about above across after against ahead along alongside amid among around as at before behind below beneath"
        " beside between beyond by concerning down during for from in inside into near of off on onto out outside over"
        " past through throughout to toward towards under up upon via with within without".split()
    ),
    "fr": set("à avec chez contre dans de depuis derrière devant en entre envers par parmi pour sous sur vers".split())
    | {"auprès de", "en faveur de", "face à", "près de", "à côté de"},
}
ARTICLES = {
    "en": {"a", "an", "the", "his", "her", "its", "their"},
    "fr": {"le", "la", "les", "un", "une", "du", "au", "aux", "des", "son", "sa", "ses", "leur", "leurs"},
}
#: Actions for which a language has no plain word of its own.
EXEMPT: Mapping[str, set[str]] = {"en": set(), "fr": set()}

#: The same deed in both languages: French verb, English verb, action.
PAIRS = [
    ("menacer", "threaten", "threaten"),
    ("tenir pour responsable", "hold responsible", "hold-responsible"),
    ("prendre contrôle", "take control", "take-control"),
    ("arrêter", "arrest", "arrest"),
    ("bombarder", "bomb", "bomb"),
    ("assassiner", "assassinate", "murder"),
    ("enlever", "kidnap", "kidnap"),
    ("enquêter", "investigate", "investigate"),
    ("accuser", "accuse", "accuse"),
    ("démissionner", "resign", "resign"),
    ("déployer", "deploy", "deploy"),
    ("élire", "elect", "elect"),
    ("remporter", "win", "win"),
    ("interdire", "ban", "ban"),
    ("critiquer", "criticise", "criticise"),
    ("soutenir", "support", "support"),
    ("manifester", "demonstrate", "protest"),
    ("refuser", "refuse", "refuse"),
    ("exiger", "demand", "demand"),
    ("annoncer", "announce", "announce"),
]

Rows = tuple[Mapping[str, str], ...]


@pytest.fixture(scope="module", params=LANGUAGES)
def code(request: pytest.FixtureRequest) -> str:
    """Each language in turn."""
    return str(request.param)


@pytest.fixture(scope="module")
def rows(code: str) -> Rows:
    """The action rows of the language."""
    return language.table(code, "actions")


@pytest.fixture(scope="module")
def shared() -> Mapping[str, Mapping[str, str]]:
    """The controlled actions by id."""
    return {row["action"]: row for row in language.table("", "actions")}


def slots(cell: str) -> list[str]:
    """The alternatives of a cell."""
    return cell.split("|")


def flags(row: Mapping[str, str]) -> list[str]:
    """What a row implies."""
    return [] if row["implies"] == "-" else row["implies"].split(",")


def test_shared_actions_are_well_formed(shared: Mapping[str, Mapping[str, str]]) -> None:
    table = language.table("", "actions")
    assert len(shared) == len(table) >= 350
    for row in table:
        assert set(row) == SHARED_COLUMNS
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", row["action"]), row
        assert row["type"] in TYPES, row
        assert row["en"].strip(), row
        assert row["fr"].strip(), row
        assert row["cameo"] == "-" or row["cameo"] in {f"{n:02}" for n in range(1, 21)}, row


def test_shared_actions_are_sorted_by_type_and_cover_every_type(shared: Mapping[str, Mapping[str, str]]) -> None:
    keys = [(TYPES.index(row["type"]), action) for action, row in shared.items()]
    assert keys == sorted(keys)
    assert {row["type"] for row in shared.values()} == set(TYPES)


def test_labels_tell_actions_apart(shared: Mapping[str, Mapping[str, str]]) -> None:
    for column in ("en", "fr"):
        counts = Counter(row[column] for row in shared.values())
        assert [label for label, n in counts.items() if n > 1] == []


def test_rows_use_known_words_only(code: str, rows: Rows, shared: Mapping[str, Mapping[str, str]]) -> None:
    known = SLOTS | PREPOSITIONS[code]
    for row in rows:
        assert set(row) == COLUMNS
        assert row["pos"] in PARTS_OF_SPEECH, row
        assert row["action"] == "-" or row["action"] in shared, row
        for column in ("actor", "target"):
            found = slots(row[column])
            assert set(found) <= known, row
            assert len(found) == len(set(found)), row
            assert "-" not in found or found == ["-"], row
        assert set(flags(row)) <= FLAGS | COMPLEMENT_FLAGS, row
        assert len(set(flags(row)) & COMPLEMENT_FLAGS) <= 1, row
        assert len(flags(row)) == len(set(flags(row))), row


def test_lemmas_are_written_as_agreed(code: str, rows: Rows) -> None:
    for row in rows:
        words = row["lemma"].split(" ")
        assert "" not in words, row
        assert not set(words) & ARTICLES[code], row
        assert "’" not in row["lemma"], row
        if row["pos"] == "verb" and code == "fr":
            head = next(w for w in words if w not in ("se", "s'en", "en", "y", "ne")).removeprefix("s'")
            assert re.search(r"(er|ir|re)$", head), row


def test_no_lemma_twice(rows: Rows) -> None:
    counts = Counter((row["lemma"].lower(), row["pos"], row["target"]) for row in rows)
    assert [key for key, n in counts.items() if n > 1] == []


def test_rows_are_many_enough(rows: Rows) -> None:
    acting = [row for row in rows if row["action"] != "-"]
    assert len(acting) >= 1200
    assert sum(row["pos"] == "noun" for row in acting) >= 350
    assert sum(row["action"] == "-" for row in rows) >= 100


def test_every_type_and_action_is_reached(code: str, rows: Rows, shared: Mapping[str, Mapping[str, str]]) -> None:
    used = {row["action"] for row in rows} - {"-"}
    assert {shared[action]["type"] for action in used} == set(TYPES)
    assert sorted(set(shared) - used - EXEMPT[code]) == []
    assert sorted(EXEMPT[code] & used) == []


def test_rows_are_sorted(rows: Rows) -> None:
    keys = [(row["action"] == "-", row["action"], row["lemma"]) for row in rows]
    acting = [key for key in keys if not key[0]]
    assert acting == sorted(acting)


def test_an_accusation_is_claimed_of_its_target(rows: Rows) -> None:
    for row in rows:
        if row["action"] == "accuse" and row["lemma"] in ("accuser", "accuse"):
            assert {"says", "claims", "control=target"} <= set(flags(row))
            assert slots(row["target"])[0] == "obj"


def test_who_dies_is_the_target_of_nobody(rows: Rows) -> None:
    dying = [row for row in rows if row["lemma"] in ("mourir", "die") and row["pos"] == "verb"]
    assert dying
    assert all(row["actor"] == "-" and row["target"] == "subj" for row in dying)


@pytest.mark.parametrize(("french", "english", "action"), PAIRS)
def test_the_same_deed_has_one_action(french: str, english: str, action: str) -> None:
    for code, lemma in (("fr", french), ("en", english)):
        rows = [row for row in language.table(code, "actions") if row["pos"] == "verb"]
        found = {row["action"] for row in rows if row["lemma"] == lemma}
        assert action in found, (code, lemma, found)


@pytest.mark.parametrize("code", LANGUAGES)
def test_lemma_corrections_are_well_formed(code: str) -> None:
    table = language.table(code, "lemmas")
    assert all(set(row) == {"form", "pos", "lemma"} for row in table)
    counts = Counter((row["form"], row["pos"]) for row in table)
    assert [key for key, n in counts.items() if n > 1] == []
    assert all(row["form"] == row["form"].lower() for row in table)
    if code == "fr":
        assert all(re.search(r"(er|ir|re)$", row["lemma"]) for row in table if row["pos"] == "VERB")
