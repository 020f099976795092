"""Room 2: Article → spaCy ``Doc``. The only place that loads a pipeline.

Pipelines are packages; which one a language uses, its version and the SHA-256 of its files are locked in
``kg/lang/models.toml`` and checked on load. It runs on the faster of two libraries for matrices (``kg.blas``). What the
parser gets wrong for want of layout is mended before it runs: a paragraph always starts a sentence, and so does the
text after a date line; a word that follows another one in a line never does.
"""

from __future__ import annotations

import hashlib
import importlib
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import use_ops

from kg import blas, encoder  # noqa: F401 - the encoder registers itself
from kg import language as lang
from kg.errors import ModelError
from kg.model import Article
from kg.pieces import pieces

#: Articles, and characters, that a pipeline gets at once; its memory grows with both.
_BATCH, _LOAD = 16, 60_000
#: Longest text that is parsed in one piece, in characters; a longer one is parted between paragraphs.
_PIECE = 20_000
#: A date line: a date with a four-digit year or in figures, or a town with a date or an agency before a dash.
_DATELINE = re.compile(
    r"(?:^|\n)[ \t]*(?:"
    r"(?:\w+[ \t]+)?(?:\d{4}-\d{2}(?:-\d{2})?|\d{1,2}(?:er)?[ \t]+\w+[ \t]+\d{4})(?:[ \t]*\.?[ \t]*[–—-]+)?"
    r"|[^\W\d_a-z][^\n.!?–—]{1,50}?(?:\b\d{1,4}\b[^\n.!?–—]{0,30}?|\([^)\n]{2,40}\))[ \t.,]*[–—-]{1,2}(?=[ \t])"
    r")[ \t]*"
)


#: Signs that end no sentence.
_INSIDE = frozenset({",", "(", "-"})


@Language.component("kg_layout")
def layout(doc: Doc) -> Doc:
    """Start a sentence at each paragraph and after a date line, and none within a line behind a word or comma."""
    starts = {match.end() for match in _DATELINE.finditer(doc.text)}
    fresh = False
    for token in doc:
        if token.i and (fresh or token.idx in starts) and not token.is_space:
            token.is_sent_start = True
        elif token.i and (doc[token.i - 1].text[-1:].isalnum() or doc[token.i - 1].text in _INSIDE):
            token.is_sent_start = False
        if token.is_space:
            fresh = fresh or "\n" in token.text
        else:
            fresh = False
    return doc


@cache
def _lock() -> Mapping[str, Mapping[str, str]]:
    path = Path(lang.__file__).parent / "lang" / "models.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def fingerprint(folder: Path) -> str:
    """SHA-256 over the names and contents of all files of a pipeline's folder, in sorted order."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


@cache
def pipeline(language: str, model: str | None = None) -> Language:
    """The spaCy pipeline for a language: the locked one, or ``model``, any other installed pipeline package.

    Raises ``ModelError`` where the package is missing, or is not the one that the lock names.
    """
    name = model or str(lang.labels(language)["pipeline"])
    try:
        package = importlib.import_module(name)
    except ImportError:
        raise ModelError(f"the pipeline {name} is not installed (pip install {name.replace('_', '-')})") from None
    meta = Path(str(package.__file__)).parent
    version = str(getattr(package, "__version__", ""))
    folder = next(iter(sorted(meta.glob("*-[0-9]*"))), None)
    if folder is None:
        raise ModelError(f"the package {name} holds no spaCy pipeline")
    if model is None:
        locked = _lock().get(name) or lang.labels(language).get("lock", {"version": version})
        if version != locked["version"]:
            raise ModelError(f"pipeline {name} is version {version}, the lock names {locked['version']}")
        if "sha256" in locked and fingerprint(folder) != locked["sha256"]:
            raise ModelError(f"the files of pipeline {name} {version} differ from the lock: install it again")
    with use_ops("numpy", use_blis=blas.fastest().blis):
        nlp = spacy.load(folder, exclude=["senter"])
    nlp.add_pipe("kg_layout", first=True)
    nlp.add_pipe("kg_encoder", last=True)
    return nlp


def parse(articles: Iterable[Article], *, models: Mapping[str, str] | None = None) -> Iterator[tuple[Article, Doc]]:
    """Parse articles in their order, each by its language's pipeline; memory is bounded however long they are.

    ``models`` maps a language code to another installed pipeline package. Raises ``ModelError`` as ``pipeline`` does.
    """
    for batch in _batches(articles):
        docs: dict[int, list[Doc]] = defaultdict(list)
        for code in sorted({article.language for article in batch}):
            nlp = pipeline(code, (models or {}).get(code))
            ours = [(part, n) for n, a in enumerate(batch) if a.language == code for part in pieces(a.text, _PIECE)]
            for doc, n in nlp.pipe(ours, as_tuples=True, batch_size=min(_BATCH, len(batch))):
                docs[n].append(doc)
        for n, article in enumerate(batch):
            yield article, joined(docs.pop(n))


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    batch: list[Article] = []
    load = 0
    for article in articles:
        if batch and (len(batch) == _BATCH or load + len(article.text) > _LOAD):
            yield batch
            batch, load = [], 0
        batch.append(article)
        load += len(article.text)
    if batch:
        yield batch


def joined(docs: Sequence[Doc]) -> Doc:
    """One parsed text out of those of its pieces; its characters and sentences are where they were."""
    return docs[0] if len(docs) == 1 else Doc.from_docs(list(docs), ensure_whitespace=False)


def description(language: str, model: str | None = None) -> Mapping[str, Any]:
    """Name and version of the pipeline in use, for provenance."""
    meta = pipeline(language, model).meta
    return {"name": f"{meta['lang']}_{meta['name']}", "version": meta["version"]}
