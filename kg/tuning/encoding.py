"""The encoder as torch tunes it; ``kg.encoder.transformer`` applies what comes of it."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.encoder.transformer import HEADS, WIDTH, unpacked
from kg.tuning.base import Base
from kg.tuning.batches import Words

#: The share of numbers that is dropped in a layer (Srivastava et al. 2014), as BERT has it.
_DROPPED = 0.1
#: Share of a batch in the running mean and variance of the vectors.
_MOMENTUM = 0.02


class Layer(nn.Module):
    """One layer of BERT (Devlin et al. 2019): attention and a feed-forward part, each normalised after the sum."""

    def __init__(self, inner: int) -> None:
        """``inner`` numbers between the feed-forward steps."""
        super().__init__()
        self.q, self.k, self.v, self.ao = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.fi, self.fo = nn.Linear(WIDTH, inner), nn.Linear(inner, WIDTH)
        self.aln, self.oln = (nn.LayerNorm(WIDTH, eps=1e-12) for _ in range(2))
        self.dropped = nn.Dropout(_DROPPED)

    def forward(self, rows: Tensor, mask: Tensor) -> Tensor:
        """Rows (window × piece × width) that attend to the pieces of their window."""
        windows, pieces, width = rows.shape
        q, k, v = (part(rows).view(windows, pieces, HEADS, -1).transpose(1, 2) for part in (self.q, self.k, self.v))
        share = _DROPPED if self.training else 0.0
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask, dropout_p=share)
        given = self.ao(mixed.transpose(1, 2).reshape(windows, pieces, width))
        rows = self.aln(rows + self.dropped(given))
        inner = functional.gelu(self.fi(rows), approximate="tanh")
        return self.oln(rows + self.dropped(self.fo(inner)))


class Encoder(nn.Module):
    """Pieces → a vector for each token. Parameters have the names that ``encoder.npz`` has; the table of pieces stays
    as it is."""

    def __init__(self, base: Base) -> None:
        """Start from a base model."""
        super().__init__()
        table = torch.from_numpy(unpacked(base.pieces))
        self.register_buffer("pieces", table, persistent=False)
        self.places = nn.Parameter(torch.empty(base.weights["places"].shape))
        self.first = nn.LayerNorm(WIDTH, eps=1e-12)
        for number in range(base.layers):
            self.add_module(f"layer{number}", Layer(len(base.weights["layer0.fi.bias"])))
        self.load_state_dict({name: torch.tensor(values) for name, values in base.weights.items()})
        self.normalised = nn.BatchNorm1d(WIDTH, affine=False, momentum=_MOMENTUM)
        self.layers, self.dropped = base.layers, nn.Dropout(_DROPPED)

    def rows(self, words: Words) -> Tensor:
        """A row for each piece of each window (filling too)."""
        found = self.pieces[words.pieces] + self.places[: words.pieces.shape[1]]
        rows, mask = self.dropped(self.first(found)), words.mask[:, None, None, :]
        for number in range(self.layers):
            rows = getattr(self, f"layer{number}")(rows, mask)
        return rows

    def forward(self, words: Words) -> Tensor:
        """A vector for each token, normalised over the batch (Ioffe and Szegedy 2015), and a row of zeros behind."""
        rows = self.rows(words).flatten(0, 1)
        vectors = self.normalised((rows[words.first] + rows[words.last]) / 2)
        return torch.cat([vectors, vectors.new_zeros(1, WIDTH)])
