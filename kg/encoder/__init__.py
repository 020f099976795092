"""Room 2, second half: each token's vector, made of the words around it.

A transformer (Vaswani et al. 2017) of eight layers reads an article sentence by sentence, with as many neighbours as
fit, in French and English alike. Its base is multilingual-E5-small (Wang et al. 2024, MIT licence), whose vocabulary
was cut to the pieces that French and English use; it is tuned by ``kg fit`` together with what judges events,
speakers, modality and antecedents by its vectors. It is applied with numpy alone. spaCy's ``Doc.tensor`` holds the
vectors, a row a token.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from kg.encoder.text import Pieces
from kg.encoder.transformer import WIDTH, Array, Transformer
from kg.forest import shipped

__all__ = ["WIDTH", "Array", "Encoder", "encoder", "sentences", "vectors"]


class Encoder:
    """Text with its tokens → vectors."""

    def __init__(self, pieces: Pieces, transformer: Transformer) -> None:
        """Take the vocabulary and the weights."""
        self.pieces, self.transformer = pieces, transformer

    def vectors(
        self, text: str, start: Sequence[int], end: Sequence[int], sentences: Sequence[tuple[int, int]]
    ) -> Array:
        """A vector for each token of a text, as float32 rows of ``WIDTH``.

        ``start`` and ``end`` are the tokens' characters, ``sentences`` their first token and the one after the last. A
        token of several pieces of the vocabulary has the mean of its first and last one's.
        """
        if not start:
            return np.zeros((0, WIDTH), np.float32)
        windows, first, last = self.pieces.windows(text, start, end, sentences)
        rows = self.transformer.rows(windows)
        return self.transformer.normalised((rows[first] + rows[last]) * np.float32(0.5))


def sentences(doc: Doc) -> list[tuple[int, int]]:
    """First token and token after the last of each sentence."""
    starts = [token.i for token in doc if token.is_sent_start or token.i == 0]
    return list(zip(starts, [*starts[1:], len(doc)], strict=True))


def vectors(doc: Doc) -> Array:
    """The vectors of a ``Doc`` that went through the pipeline; zeros for one made by hand."""
    tensor = np.asarray(doc.tensor, np.float32)
    return tensor if tensor.shape == (len(doc), WIDTH) else np.zeros((len(doc), WIDTH), np.float32)


@cache
def encoder() -> Encoder:
    """The encoder that ships with the package, read once."""
    with as_file(files("kg.encoder") / "pieces.json") as path:
        return Encoder(Pieces(path), Transformer(shipped("kg.encoder", "encoder.npz")))


@Language.component("kg_encoder")
def component(doc: Doc) -> Doc:
    """Put the vectors of a parsed text into its ``tensor``."""
    start = [token.idx for token in doc]
    end = [token.idx + len(token) for token in doc]
    doc.tensor = encoder().vectors(doc.text, start, end, sentences(doc))  # type: ignore[assignment]
    return doc
