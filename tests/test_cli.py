"""The command line: what it prints where, and its exit codes."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from conftest import SEEDS
from test_read import bad_folder

from kg.cli import COMMANDS, kg_command, run
from kg.cli.shared import printable
from kg.graph import Graph
from kg.read.formats import FORMATS

Capture = pytest.CaptureFixture[str]


def kg(*arguments: str | Path, capsys: Capture, code: int = 0) -> str:
    """What a command prints to standard output; its exit code is checked."""
    assert run([str(argument) for argument in arguments]) == code
    return capsys.readouterr().out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_an_example(name: str, capsys: Capture) -> None:
    text = kg(name, "-h", capsys=capsys)
    assert f"Example:\n    kg {name}" in text or f"Example:\n  kg {name}" in text
    command = kg_command.get_command(click.Context(kg_command), name)
    assert command is not None
    assert command.help
    assert all(p.help for p in command.params if isinstance(p, click.Option))
    options = {option for p in command.params for option in p.opts}
    assert {"--quiet", "--debug"} <= options


def test_help_and_version(capsys: Capture) -> None:
    text = kg("-h", capsys=capsys)
    assert all(f"  {name} " in text for name in COMMANDS)
    assert kg("--version", capsys=capsys).startswith("kg, version ")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nosuch"],
        ["build"],
        ["build", "x", "--no-such-option"],
        ["build", "x", "--prune", "--limit", "1"],
        ["build", "x", "--model", "zz_core"],
        ["info", "--format", "nosuch"],
        ["query"],
    ],
)
def test_wrong_usage_is_told_and_exits_with_2(arguments: list[str], capsys: Capture) -> None:
    assert run(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Error: " in captured.err


@pytest.mark.parametrize("arguments", [["info"], ["ask", "actions"], ["query", "ASK {}"], ["why", "a", "b", "c"]])
def test_a_missing_store_is_one_line_and_exits_with_1(arguments: list[str], tmp_path: Path, capsys: Capture) -> None:
    assert run([*arguments, "--store", str(tmp_path / "no.db")]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert captured.err.startswith("kg: there is no store at ")
    assert not (tmp_path / "no.db").exists()


def test_a_second_writer_is_told_and_readers_go_on(tmp_path: Path, capsys: Capture) -> None:
    store = tmp_path / "kg.db"
    with Graph.open(store, write=True):
        assert run(["build", str(SEEDS), "--store", str(store)]) == 1
        captured = capsys.readouterr()
        assert captured.err.startswith("kg: ")
        assert captured.err.count("\n") == 1
        assert "articles,0" in kg("info", "--store", store, "--format", "csv", capsys=capsys)


def test_debug_shows_where_an_error_comes_from(tmp_path: Path, capsys: Capture) -> None:
    assert run(["info", "--debug", "--store", str(tmp_path / "no.db")]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_what_a_terminal_would_obey_is_not_printed() -> None:
    assert printable("a\x1b[31mb\nc\u202e") == "a\ufffd[31mb\nc\ufffd"


def test_scoring_prints_the_table(tmp_path: Path, capsys: Capture) -> None:
    gold = {"article": "a.txt", "entities": [], "events": []}
    (tmp_path / "a.json").write_text(json.dumps(gold))
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "events.jsonl").write_text("")
    arguments = ["score", tmp_path / "events.jsonl", "--gold", tmp_path, "--articles", tmp_path]
    assert kg(*arguments, capsys=capsys).startswith("1 articles\n  events, surface    P 0.000")
    assert json.loads(kg(*arguments, "--format", "json", capsys=capsys))["articles"] == 1


def test_the_library_is_listed_without_a_store(capsys: Capture) -> None:
    rows = json.loads(kg("ask", "--format", "json", capsys=capsys))
    assert "who-threatens-whom" in {row["question"] for row in rows}


pytest_model = pytest.mark.model


@pytest_model
def test_answers_come_in_every_format(seeds_store: Path, tmp_path: Path, capsys: Capture) -> None:
    question = ("query", "SELECT ?a ?t WHERE { ?a action:threaten ?t }", "--store", seeds_store)
    assert kg(*question, "--format", "csv", capsys=capsys) == "a,t\nHamas,Israel\n"
    assert kg(*question, "--format", "tsv", capsys=capsys) == "a\tt\nHamas\tIsrael\n"
    assert json.loads(kg(*question, "--format", "json", capsys=capsys)) == [{"a": "Hamas", "t": "Israel"}]
    assert json.loads(kg(*question, "--format", "jsonl", capsys=capsys)) == {"a": "Hamas", "t": "Israel"}
    assert "<literal>Hamas</literal>" in kg(*question, "--format", "xml", capsys=capsys)
    assert "Israël" in kg(*question, "--lang", "fr", capsys=capsys)
    assert "actor:hamas" in kg(*question, "--iris", capsys=capsys)
    target = tmp_path / "answer.csv"
    assert kg(*question, "-o", target, capsys=capsys) == ""
    assert target.read_text() == "a,t\nHamas,Israel\n"


@pytest_model
def test_a_query_is_read_from_a_file_or_standard_input(
    seeds_store: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "ASK { ?a action:threaten ?t }"
    (tmp_path / "q.rq").write_text(text)
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    for argument in (text, f"@{tmp_path / 'q.rq'}", "-"):
        assert kg("query", argument, "--store", seeds_store, "--format", "csv", capsys=capsys) == "answer\ntrue\n"


@pytest_model
def test_a_query_for_triples_gives_turtle(seeds_store: Path, capsys: Capture) -> None:
    text = kg("query", "CONSTRUCT WHERE { ?a action:threaten ?t }", "--store", seeds_store, capsys=capsys)
    assert "actor:hamas action:threaten actor:israel" in text


@pytest_model
@pytest.mark.parametrize("text", ["SELECT", "DROP ALL", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"])
def test_a_query_that_cannot_be_run_is_one_line(text: str, seeds_store: Path, capsys: Capture) -> None:
    assert run(["query", text, "--store", str(seeds_store)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("kg: ")


@pytest_model
def test_questions_take_parameters(seeds_store: Path, capsys: Capture) -> None:
    text = kg("ask", "what-did", "--actor", "le Hamas", "--store", seeds_store, "--format", "csv", capsys=capsys)
    assert "threatens,Israel" in text
    assert run(["ask", "what-did", "--nosuch", "x", "--store", str(seeds_store)]) == 1
    assert run(["ask", "what-did", "--actor", "--store", str(seeds_store)]) in (1, 2)
    assert run(["ask", "what-dit", "--store", str(seeds_store)]) == 1
    assert "what-did" in capsys.readouterr().err


@pytest_model
def test_why_shows_the_sentences(seeds_store: Path, capsys: Capture) -> None:
    text = kg("why", "Hamas", "threaten", "Israel", "--store", seeds_store, "--format", "csv", capsys=capsys)
    assert "000_ca43eeccde662955.txt" in text
    assert "000_ca43eeccde662955_en.txt" in text
    assert "Hamas directly threatened Israel following this military advance." in text


@pytest_model
def test_extract_writes_event_lines(tmp_path: Path, capsys: Capture) -> None:
    lines = kg("extract", SEEDS, capsys=capsys).splitlines()
    events = [json.loads(line) for line in lines]
    for event in events:
        text = (SEEDS / event["article"]).read_text(encoding="utf-8")
        assert text[event["start"] : event["end"]] == event["quote"]
    assert kg("extract", SEEDS, "-o", tmp_path / "e.jsonl", capsys=capsys) == ""
    assert (tmp_path / "e.jsonl").read_text(encoding="utf-8").splitlines() == lines


@pytest_model
def test_a_folder_with_bad_articles_exits_with_3(tmp_path: Path, capsys: Capture) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    bad_folder(folder)
    store = tmp_path / "kg.db"
    assert run(["build", str(folder), "--store", str(store)]) == 3
    lines = [line for line in capsys.readouterr().err.splitlines() if line.startswith("kg: ")]
    assert {line.split(": ")[1] for line in lines} == {path.name for path in folder.iterdir()} - {"good.txt"}
    assert len(lines) == len(list(folder.iterdir())) - 1
    names = kg("query", "SELECT ?n { ?a kg:name ?n } ORDER BY ?n", "--store", store, "--format", "csv", capsys=capsys)
    assert names.splitlines() == ["n", "good.txt", "latin1.txt"]


@pytest_model
def test_a_dry_run_writes_nothing(tmp_path: Path, capsys: Capture) -> None:
    assert run(["build", str(SEEDS), "--dry-run", "--store", str(tmp_path / "kg.db")]) == 0
    assert "would be 2 added" in capsys.readouterr().err
    assert not (tmp_path / "kg.db").exists()


@pytest_model
def test_quiet_says_nothing(tmp_path: Path, capsys: Capture) -> None:
    assert run(["build", str(SEEDS), "--quiet", "--store", str(tmp_path / "kg.db")]) == 0
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "")


@pytest_model
def test_judgements_are_kept_and_applied_at_once(seeds_store: Path, tmp_path: Path, capsys: Capture) -> None:
    store = tmp_path / "kg.db"
    shutil.copytree(seeds_store, store)
    query = ("query", "SELECT ?a { ?a action:threaten ?t }", "--store", store, "--format", "csv")
    assert kg(*query, capsys=capsys) == "a\nHamas\n"
    assert run(["rename", "Hamas", "HAMAS", "--reason", "as they write it", "--store", str(store)]) == 0
    assert "2 articles changed" in capsys.readouterr().err
    assert kg(*query, capsys=capsys) == "a\nHAMAS\n"
    assert "as they write it" in (tmp_path / "kg.judgements.tsv").read_text(encoding="utf-8")
    assert run(["build", str(SEEDS), "--store", str(store), "--quiet"]) == 0
    assert kg(*query, capsys=capsys) == "a\nHAMAS\n"
    assert kg("suggest", "--store", store, "--format", "csv", capsys=capsys).startswith("one,other,")


@pytest_model
def test_verify_checks_the_store_and_the_files(seeds_store: Path, tmp_path: Path, capsys: Capture) -> None:
    assert run(["verify", str(SEEDS), "--store", str(seeds_store)]) == 0
    assert "quotations in 2 articles are where they should be" in capsys.readouterr().err
    (tmp_path / "000_ca43eeccde662955.txt").write_text("Le Hamas a menacé Israël.", encoding="utf-8")
    assert run(["verify", str(tmp_path), "--store", str(seeds_store)]) == 1
    assert "has changed since it was read" in capsys.readouterr().out


@pytest_model
def test_show_tells_who_an_actor_is(seeds_store: Path, capsys: Capture) -> None:
    assert run(["show", "le Hamas", "--store", str(seeds_store)]) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("actor:hamas · Hamas (armed group)")
    for part in ("Acts on", "Is acted on by", "Latest events", "conflict"):
        assert part in captured.out
    assert "threatens" in kg("show", "000_ca43eeccde662955.txt", "--store", seeds_store, capsys=capsys)
    assert run(["show", "nobody", "--store", str(seeds_store)]) == 1


def test_a_reader_that_stops_early_is_no_error() -> None:
    command = f"{sys.executable} -m kg ask --format csv | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("group,")
    assert done.stderr == ""


def test_every_input_format_can_be_named() -> None:
    build = kg_command.get_command(click.Context(kg_command), "build")
    assert build is not None
    choice = next(p.type for p in build.params if "--from" in p.opts)
    assert isinstance(choice, click.Choice)
    assert list(choice.choices) == list(FORMATS)
