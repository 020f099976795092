"""The commands by which a person decides about actors: ``same``, ``different``, ``rename`` and ``suggest``."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from kg import judgements
from kg.cli.shared import (
    JUDGEMENTS,
    Command,
    command,
    judged,
    judgements_file,
    open_store,
    output_options,
    say,
    show,
    store_name,
    store_option,
)
from kg.graph import Graph
from kg.judgements import DIFFERENT, RENAME, SAME, Judgement, to_line
from kg.remote import is_address
from kg.results import Table


def _options(function: Command) -> Command:
    """The reason, and the store whose actors are meant."""
    function = click.option("--reason", default="", metavar="TEXT", help="Why; kept with the judgement.")(function)
    return store_option(function)


@command("kg same Tsahal 'Israeli army'")
@click.argument("first", metavar="NAME")
@click.argument("second", metavar="OTHER-NAME")
@_options
def same(first: str, second: str, reason: str, store: str, quiet: bool) -> None:
    """Say that two names are one actor; the second is filed under the first, now and in every later build."""
    _judge(SAME, first, second, reason, store, quiet=quiet)


@command("kg different 'George Bush' 'George W. Bush' --reason 'father and son'")
@click.argument("first", metavar="NAME")
@click.argument("second", metavar="OTHER-NAME")
@_options
def different(first: str, second: str, reason: str, store: str, quiet: bool) -> None:
    """Say that two names are never one actor."""
    _judge(DIFFERENT, first, second, reason, store, quiet=quiet)


@command("kg rename israel-army Tsahal")
@click.argument("name")
@click.argument("label")
@_options
def rename(name: str, label: str, reason: str, store: str, quiet: bool) -> None:
    """Give an actor the label by which it is shown (LABEL@fr: in one language)."""
    _judge(RENAME, name, label, reason, store, quiet=quiet)


@command("kg suggest\nkg suggest --limit 100 --format csv -o pairs.csv")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=1), help="Show this many pairs.")
@output_options
@store_option
def suggest(limit: int, form: str | None, output: Path | None, store: str, quiet: bool) -> None:
    """Actors that may be one, the likeliest first; kg same and kg different settle each pair."""
    from kg.actors import suggest as suggestions
    from kg.corpus import resolution_of

    known = judged(store)
    with open_store(store) as graph:
        resolution = resolution_of(graph, judgements=known)
    pairs = suggestions(resolution.actors, judgements=known, limit=limit, events=resolution.events)
    rows = tuple((pair.first, pair.second, pair.score, pair.evidence) for pair in pairs)
    show(Table(("one", "other", "likelihood", "because"), rows), form, output)


def _judge(verdict: str, first: str, second: str, reason: str, store: str, *, quiet: bool) -> None:
    """Keep the judgement, and apply all of them to the store where there is one."""
    from kg.corpus import resolve_corpus

    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    judgement = Judgement(verdict, first, second, today, reason)
    changed = 0
    if is_address(store):
        place = store_name(store)
        with Graph.open(store, write=True) as graph:
            text = "".join(f"{line}\n" for line in [*(graph.note(JUDGEMENTS) or "").splitlines(), to_line(judgement)])
            known = judgements.parse(text, place)
            graph.set_note(JUDGEMENTS, text)
            changed = resolve_corpus(graph, judgements=known)
    else:
        place = str(judgements_file(store))
        judgements.append(Path(place), judgement)
        if Path(store).exists():
            with Graph.open(store, write=True) as graph:
                changed = resolve_corpus(graph, judgements=judgements.read(Path(place)))
    if not quiet:
        say(f"kept in {place}; {changed:,} articles changed")
