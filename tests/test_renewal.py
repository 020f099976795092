"""Adding articles to a store: in whatever order they come, it ends as if all had been there from the start."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

import kg.events
import kg.parse
from kg import archive, corpus, renewal
from kg.build import build
from kg.corpus import resolve_corpus
from kg.export import export
from kg.graph import Graph
from kg.judgements import Judgement
from kg.model import Action, Article, Event, Reference
from kg.read import Options

FR = Options(language="fr")
#: Articles, an event a line: actor, its kind, target, its kind. Each has something to say about whom another means.
ARTICLES = {
    "a.txt": "Macron|person|Hamas|armed_group\nRoussel|person|brigade Golani|military",
    "b.txt": "Emmanuel Macron|person|Fabien Roussel|person",
    "c.txt": "Brigitte Macron|person|les manifestants|group",
    "d.txt": "Vladimir Poutine|person|Macron|person\nAli Bongo|person|Union|organization",
    "e.txt": "Vladimir Putine|person|Brigade Golani|military",
    "f.txt": "Ali Bongo Ondimba=Ali Bongo|person|Mecafor|thing\nBrigade Golani|organization|Hamas|armed_group",
    "g.txt": "Marine Le Pen|organization|Mecafor|organization\nFatih Sayan|person|Martin|person",
    "h.txt": "Marine Le Pen|person|Ömer Fatih Sayan|person\nMecafor|organization|Jean Martin|person",
    "i.txt": "Jean Martin|person|MECAFOR|organization",
    "j.txt": "Jean Martin|person|Emmanuel Macron|person",
}


def extract(article: Article, doc: str) -> SimpleNamespace:
    """The events of the lines of an article."""
    return SimpleNamespace(events=tuple(_events(article)), roles=())


def _events(article: Article) -> Iterator[Event]:
    for i, line in enumerate(article.text.splitlines()):
        said = line.split("|")
        pairs = [(*wording.split("=")[::-1][:2], kind) for wording, kind in zip(said[::2], said[1::2], strict=True)]
        ends = [Reference(words[-1], words[0], kind) for *words, kind in pairs]
        yield Event(article.name, i, i + 1, line[:1], ends[0], Action("x", "x", "x", "ACCUSE"), ends[1])


@pytest.fixture(autouse=True)
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    def parse(articles: Iterable[Article], *, models: Mapping[str, str] | None = None) -> Iterator[tuple[Article, str]]:
        for article in articles:
            yield article, article.text

    monkeypatch.setattr(kg.parse, "parse", parse)
    monkeypatch.setattr(kg.events, "extract", extract)


def put(folder: Path, names: Sequence[str]) -> list[Path]:
    for name in names:
        (folder / name).write_text(ARTICLES[name], encoding="utf-8")
    return [folder / name for name in names]


def state(graph: Graph) -> set[str]:
    """All that a store holds but for the rounds in which articles came."""
    passing = {archive.predicate(key) for key in ("since", "round", "stories", "apart")}
    return {
        str(quad) for quad in graph.store.quads_for_pattern(None, None, None, None) if quad.predicate not in passing
    }


def at_once(folder: Path, names: Sequence[str], judged: Sequence[Judgement] = ()) -> set[str]:
    graph = Graph.memory()
    build(graph, put(folder, names), options=FR, judgements=judged)
    return state(graph)


@pytest.mark.parametrize("seed", range(8))
def test_any_order_of_arrival_ends_in_the_same_store(tmp_path: Path, seed: int) -> None:
    names = list(ARTICLES)
    random.Random(seed).shuffle(names)
    graph = Graph.memory()
    for start in range(0, len(names), 1 + seed % 3):
        build(graph, put(tmp_path, names[start : start + 1 + seed % 3]), options=FR)
    assert state(graph) == at_once(tmp_path, sorted(names))


@pytest.mark.parametrize("judged", [(), (Judgement("different", "Vladimir Poutine", "Vladimir Putine"),)])
@pytest.mark.parametrize("number", [1, 3, 100])
def test_resolving_a_few_at_a_time_gives_what_resolving_all_at_once_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, judged: Sequence[Judgement]
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(corpus, "_told", lambda *_: None)
        whole = at_once(tmp_path, sorted(ARTICLES), judged)
    sizes: list[int] = []
    resolve = corpus.resolve
    monkeypatch.setattr(corpus, "_AT_ONCE", number)
    monkeypatch.setattr(corpus, "resolve", lambda *a, **k: (sizes.append(len(a[2])), resolve(*a, **k))[1])
    assert at_once(tmp_path, sorted(ARTICLES), judged) == whole
    assert max(sizes) == min(number, len(ARTICLES))


def test_facts_told_under_other_judgements_are_not_relied_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that is cut off, and goes on after a judgement was taken back."""
    names, graph = sorted(ARTICLES), Graph.memory()
    judged = [Judgement("different", "macron", "emmanuel-macron")]

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("kg.build.resolve_corpus", stop)
        with pytest.raises(KeyboardInterrupt):
            build(graph, put(tmp_path, names[:6]), options=FR, judgements=judged)
    build(graph, put(tmp_path, names), options=FR)
    assert state(graph) == at_once(tmp_path, names)


@pytest.mark.parametrize("gone", ["b.txt", "c.txt", "f.txt", "h.txt", "i.txt"])
def test_an_article_that_goes_or_changes_leaves_no_trace(tmp_path: Path, gone: str) -> None:
    names = sorted(ARTICLES)
    rest = [name for name in names if name != gone]
    graph = Graph.memory()
    build(graph, put(tmp_path, names), options=FR)
    (tmp_path / gone).unlink()
    build(graph, [tmp_path], options=FR, prune=True)
    assert state(graph) == at_once(tmp_path, rest)
    build(graph, put(tmp_path, [gone]), options=FR)
    assert state(graph) == at_once(tmp_path, names)
    (tmp_path / gone).write_text("Hamas|armed_group|Hamas|armed_group", encoding="utf-8")
    build(graph, [tmp_path], options=FR)
    fresh = Graph.memory()
    build(fresh, [tmp_path], options=FR)
    assert state(graph) == state(fresh)


@pytest.mark.parametrize(
    "judged",
    [
        Judgement("same", "Emmanuel Macron", "Mecafor"),
        Judgement("same", "hamas", "golani-brigade"),
        Judgement("rename", "mecafor", "Mécafor"),
        Judgement("different", "Vladimir Poutine", "Vladimir Putine"),
        Judgement("same", "manifestants", "Mecafor"),
        Judgement("different", "macron", "emmanuel-macron"),
    ],
)
def test_judgements_hold_for_articles_that_come_later(tmp_path: Path, judged: Judgement) -> None:
    names = sorted(ARTICLES)
    graph = Graph.memory()
    for name in reversed(names):
        build(graph, put(tmp_path, [name]), options=FR, judgements=[judged])
    assert state(graph) == at_once(tmp_path, names, [judged])
    build(graph, [tmp_path], options=FR)
    assert state(graph) == at_once(tmp_path, names)


def test_only_articles_that_mean_somebody_else_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = Graph.memory()
    build(graph, put(tmp_path, ["a.txt", "c.txt", "e.txt", "i.txt"]), options=FR)
    read: list[str] = []
    lines = graph.lines
    monkeypatch.setattr(graph, "lines", lambda name: (read.append(name), lines(name))[1])
    build(graph, put(tmp_path, ["j.txt"]), options=FR)
    assert set(read) == {"a.txt", "j.txt"}
    read.clear()
    assert resolve_corpus(graph) == 0
    assert read == []


def test_a_build_that_is_cut_off_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = sorted(ARTICLES)
    graph = Graph.memory()
    build(graph, put(tmp_path, names[:5]), options=FR)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    (tmp_path / "b.txt").write_text(ARTICLES["c.txt"] + "\n", encoding="utf-8")
    put(tmp_path, names[5:])
    with monkeypatch.context() as patch:
        patch.setattr(renewal, "finish", stop)
        with pytest.raises(KeyboardInterrupt):
            build(graph, [tmp_path], options=FR)
    (tmp_path / "b.txt").write_text(ARTICLES["b.txt"], encoding="utf-8")
    build(graph, [tmp_path], options=FR)
    assert state(graph) == at_once(tmp_path, names)


@pytest.mark.parametrize(
    ("judged", "touched"),
    [
        (Judgement("same", "Hamas", "brigade Golani"), {"hamas", "golani-brigade"}),
        (Judgement("rename", "Marine Le Pen", "M. Le Pen"), {"marine-le-pen"}),
        (Judgement("different", "Vladimir Poutine", "Vladimir Putine"), {"vladimir-poutine", "vladimir-putine"}),
    ],
)
def test_a_judgement_changes_exports_only_where_it_says(tmp_path: Path, judged: Judgement, touched: set[str]) -> None:
    graph = Graph.memory()
    build(graph, put(tmp_path, sorted(ARTICLES)), options=FR)
    before, whole = list(lines_of(graph)), state(graph)
    assert resolve_corpus(graph, judgements=[judged]) > 0
    after = list(lines_of(graph))
    assert before != after
    for old, new in zip(before, after, strict=True):
        for column in old:
            end, _, _ = column.partition("_")
            if old[column] != new[column]:
                assert end in ("actor", "target")
                assert {old[f"{end}_id"], new[f"{end}_id"]} <= touched
    build(graph, [tmp_path], options=FR, judgements=[judged])
    assert list(lines_of(graph)) == after
    assert resolve_corpus(graph) > 0
    assert state(graph) == whole


def lines_of(graph: Graph) -> Iterator[dict[str, str]]:
    """The events as they are exported."""
    out = io.BytesIO()
    export(graph, "events", out)
    return iter(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig"))))
