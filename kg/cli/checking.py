"""The commands that check and measure: ``verify``, ``score`` and ``fit``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kg import language as lang
from kg import score as scoring
from kg.cli.shared import FAILED, command, open_store, output, say, show, store_option
from kg.errors import KgError
from kg.results import Table


@command("kg verify\nkg verify articles/")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "-o", "--output", "path", type=click.Path(dir_okay=False, path_type=Path), help="Write problems to a file."
)
@store_option
@click.pass_context
def verify(context: click.Context, /, paths: tuple[str, ...], path: Path | None, store: str, quiet: bool) -> None:
    """Check that every quotation stands where the graph says it does.

    With PATHs, also that the articles there are those that the graph was read from. Exits with 1 where one is not.
    """
    from kg.read import read
    from kg.verify import verify as check

    with open_store(store) as graph:
        report = check(graph, read(paths))
    if report.problems:
        show(Table(("article", "problem"), tuple((p.article, p.problem) for p in report.problems)), None, path)
        context.exit(FAILED)
    if not quiet:
        say(f"{report.quotations:,} quotations in {report.articles:,} articles are where they should be")


@command("kg score events.jsonl --gold tests/gold/fr --articles tests/gold/fr/articles")
@click.argument("events", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option(
    "--gold",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of annotations.",
)
@click.option(
    "--articles",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of their texts.",
)
@click.option("--errors", default=0, type=click.IntRange(min=0), help="List this many missed and wrong events.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "markdown"]),
    default="table",
    show_default=True,
    help="How to write it.",
)
@click.option("-o", "--output", "path", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
def score(events: str, gold: Path, articles: Path, errors: int, form: str, path: Path | None, quiet: bool) -> None:
    """Measure extracted events (EVENTS: event lines, - for standard input) against annotated articles."""
    try:
        with click.open_file(events, encoding="utf-8") as lines:
            result = scoring.score(lines, gold, articles)
    except UnicodeDecodeError:
        raise KgError(f"{events} is not UTF-8") from None
    with output(path) as out:
        if form == "json":
            out.write(json.dumps(result.as_dict(), ensure_ascii=False) + "\n")
        elif form == "markdown":
            out.write(scoring.markdown({gold.name: result}) + "\n")
        else:
            out.write(scoring.report(result, errors) + "\n")


@command(
    "kg fit --corpus fr tests/gold/fr tests/gold/fr/articles -o kg/events/weights.npz \\\n"
    "    --coreference kg/coreference/weights.npz --encoder kg/encoder/encoder.npz"
)
@click.option(
    "--corpus",
    "corpora",
    required=True,
    multiple=True,
    nargs=3,
    type=(click.Choice(lang.languages()), *[click.Path(exists=True, file_okay=False, path_type=Path)] * 2),
    metavar="LANG GOLD TEXTS",
    help="Annotated articles: language, folder of annotations, folder of texts (repeatable).",
)
@click.option(
    "--also",
    multiple=True,
    nargs=3,
    type=(click.Choice(lang.languages()), *[click.Path(exists=True, file_okay=False, path_type=Path)] * 2),
    metavar="LANG GOLD TEXTS",
    help="More annotated articles, from which probabilities and cuts are not taken (repeatable).",
)
@click.option(
    "-o",
    "--output",
    "path",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the weights of events here, and standing.npz beside them.",
)
@click.option(
    "--coreference",
    "links",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the weights of coreference here  [default: coreference.npz beside those of events].",
)
@click.option(
    "--encoder",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the encoder's weights here  [default: encoder.npz beside those of events].",
)
def fit(
    corpora: tuple[tuple[str, Path, Path], ...],
    also: tuple[tuple[str, Path, Path], ...],
    path: Path,
    links: Path | None,
    encoder: Path | None,
    quiet: bool,
) -> None:
    """Fit all weights to annotated articles: encoder, coreference, events, speakers, modality (extra fit).

    Six models are tuned, one for each fifth of the articles that it does not see and one of all: for 250 articles
    minutes on a graphics card that torch can use, a day on two processor cores. The four files belong together. The
    same articles give the same weights on the same processor.
    """
    from kg import examples, tuning
    from kg.fit import write

    tuning.check()
    from kg.tuning.fitting import refit

    own = [made for code, gold, texts in corpora for made in examples.annotated(gold, texts, code)]
    data = own + [made for code, gold, texts in also for made in examples.annotated(gold, texts, code)]
    fitted = refit(data, len(own), progress=say if not quiet else lambda _: None)
    write(fitted.events, path)
    write(fitted.standing, path.with_name("standing.npz"))
    write(fitted.coreference, links or path.with_name("coreference.npz"))
    write(fitted.encoder, encoder or path.with_name("encoder.npz"))
    if not quiet:
        level = fitted.level
        measures = f"F1 {level.f1:.3f} (precision {level.precision:.3f}, recall {level.recall:.3f})"
        say(f"{len(data)} articles; cross-validated {measures}")
