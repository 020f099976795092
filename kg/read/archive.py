"""ZIP and tar archives of articles in any other format. Nothing is unpacked to disk; archives inside are not opened."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import IO, BinaryIO

from kg.errors import UnreadableArticle
from kg.read.formats import format_of, records
from kg.read.record import MAX_BYTES, Options, Record, Skipped

_NESTED = ("zip", "tar")
#: Most members that an archive may have.
_MAX_MEMBERS = 1_000_000
_BROKEN = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError,
    OverflowError, struct.error,
)  # fmt: skip


def read_zip(name: str, stream: BinaryIO, options: Options) -> Iterator[Record | Skipped]:
    """The articles in a ZIP file, named ``archive.zip/member``; raises ``UnreadableArticle`` where it is none."""
    try:
        archive = zipfile.ZipFile(stream)
    except _BROKEN as error:
        raise UnreadableArticle(f"not a ZIP archive: {error}") from None
    with archive:
        for info in archive.infolist()[:_MAX_MEMBERS]:
            if info.is_dir() or _hidden(info.filename):
                continue
            member = f"{name}/{info.filename}"
            if info.flag_bits & 1:
                yield Skipped(member, "encrypted")
                continue
            yield from _member(member, partial(archive.open, info), options)


def read_tar(name: str, stream: BinaryIO, options: Options) -> Iterator[Record | Skipped]:
    """The articles in a tar file, compressed or not, named ``archive.tar/member``."""
    try:
        with tarfile.open(fileobj=stream, mode="r|*") as archive:
            for info in archive:
                if info.isfile() and not _hidden(info.name):
                    yield from _member(
                        f"{name}/{info.name.removeprefix('./')}", partial(archive.extractfile, info), options
                    )
    except _BROKEN as error:
        raise UnreadableArticle(f"not a whole tar archive: {error}") from None


def _member(name: str, open_member: Callable[[], IO[bytes] | None], options: Options) -> Iterator[Record | Skipped]:
    """The articles of one member, read into memory up to the size an article may have."""
    if format_of(name) in _NESTED:
        yield Skipped(name, "an archive inside an archive")
        return
    try:
        member = open_member()
        if member is None:
            return
        with member:
            data = member.read(MAX_BYTES + 1)
    except _BROKEN as error:
        yield Skipped(name, f"damaged: {error}")
        return
    if len(data) > MAX_BYTES:
        yield Skipped(name, f"larger than {MAX_BYTES:,} bytes")
        return
    try:
        yield from records(name, io.BytesIO(data), replace(options, format=None))
    except UnreadableArticle as error:
        yield Skipped(name, str(error))


def _hidden(path: str) -> bool:
    parts = [part for part in path.split("/") if part not in (".", "..")]
    return any(part.startswith(".") or part == "__MACOSX" for part in parts)
