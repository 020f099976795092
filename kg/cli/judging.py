"""The commands by which a person decides about actors: ``same``, ``different`` and ``rename``."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from kg import judgements
from kg.cli.shared import Command, command, judgements_file, say, store_option
from kg.graph import Graph
from kg.judgements import DIFFERENT, RENAME, SAME, Judgement


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


def _judge(verdict: str, first: str, second: str, reason: str, store: str, *, quiet: bool) -> None:
    """Keep the judgement, and apply all of them to the store where there is one."""
    from kg.build import resolve_corpus

    path = judgements_file(store)
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    judgements.append(path, Judgement(verdict, first, second, today, reason))
    changed = 0
    if Path(store).exists():
        with Graph.open(store, write=True) as graph:
            changed = resolve_corpus(graph, judgements=judgements.read(path))
    if not quiet:
        say(f"kept in {path}; {changed:,} articles changed")
