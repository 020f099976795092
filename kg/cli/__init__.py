"""The command line: parses, calls, prints. Data goes to standard output, everything else to standard error."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from typing import cast

import click

from kg.cli.shared import FAILED, say
from kg.errors import KgError
from kg.version import VERSION

#: Command → (module of this package, its function). A module is imported when its command is used or explained.
COMMANDS = {
    "build": ("reading", "build"),
    "extract": ("reading", "extract"),
    "ask": ("asking", "ask"),
    "query": ("asking", "query"),
    "show": ("asking", "show_actor"),
    "why": ("asking", "why"),
    "same": ("judging", "same"),
    "different": ("judging", "different"),
    "rename": ("judging", "rename"),
    "suggest": ("judging", "suggest"),
    "info": ("asking", "info"),
    "export": ("exporting", "export"),
    "plot": ("exporting", "plot"),
    "verify": ("checking", "verify"),
    "score": ("checking", "score"),
    "fit": ("checking", "fit"),
}
_HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _Commands(click.Group):
    """The commands by name, imported late; a wrong name is answered with the nearest right one by click."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        command = cast(click.Command, getattr(import_module(f"kg.cli.{module}"), name))
        command.name = cmd_name
        return command


@click.group(
    cls=_Commands, context_settings=_HELP, epilog="\b\nExample:\n  kg build seeds\n  kg ask who-threatens-whom"
)
@click.version_option(VERSION, "-V", "--version", prog_name="kg")
def kg_command() -> None:
    """From news articles to a graph of who does what to whom, who says so, and how sure it is."""


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code: 0 done, 1 failed, 2 wrong usage, 3 some articles were skipped."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace", **({} if stream.isatty() else {"encoding": "utf-8"}))
    try:
        return int(kg_command.main(list(arguments), prog_name="kg", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("kg: interrupted; what was stored is kept, and the same command goes on from there")
        return FAILED
    except BrokenPipeError:  # whoever read the answer has enough of it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KgError as error:
        if "--debug" in arguments:
            traceback.print_exc()
        say(f"kg: {error}")
        return FAILED


def main() -> None:
    """The console script ``kg``; being told to end is taken like Ctrl-C."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(run(sys.argv[1:]))
