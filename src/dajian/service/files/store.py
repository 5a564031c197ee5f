"""The bytes on disk, under the name of their SHA-256: FILES_ROOT/ab/cdef…; never changed, the same bytes once."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

PIECE = 1024 * 1024


@dataclass(frozen=True)
class Written:
    """Bytes in a temporary file beside the store, not yet part of it."""

    path: Path
    sha256: str
    size: int


class TooLarge(Exception):
    """More bytes than were allowed."""


def place(sha256: str) -> Path:
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256[2:]


@contextmanager
def incoming(pieces: Iterable[bytes], limit: int | None = None) -> Iterator[Written]:
    """Writes the pieces to a temporary file while counting and hashing; it is gone at the end unless `keep` moved it.

    TooLarge: more than `limit` bytes came.
    """
    folder = Path(settings.FILES_ROOT) / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / uuid.uuid4().hex
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("xb") as out:
            for piece in pieces:
                size += len(piece)
                if limit is not None and size > limit:
                    raise TooLarge
                digest.update(piece)
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        yield Written(path, digest.hexdigest(), size)
    finally:
        path.unlink(missing_ok=True)


def keep(written: Written) -> None:
    """Moves the temporary file to its place in one step; a whole copy that lies there already is left alone."""
    target = place(written.sha256)
    if target.exists() and target.stat().st_size == written.size:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    written.path.chmod(0o440)
    written.path.replace(target)
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Makes the new name itself survive a power cut."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def pieces_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while piece := stream.read(PIECE):
            yield piece


def sha256_of(path: Path) -> str:
    digest = hashlib.sha256()
    for piece in pieces_of(path):
        digest.update(piece)
    return digest.hexdigest()
