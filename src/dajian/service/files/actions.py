"""The one gate for files from outside, and the way into the store for those made here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from dajian.service.access.actor import Actor
from dajian.service.access.errors import Refused
from dajian.service.files.formats import GENERATED, clean_name, ending, format_of
from dajian.service.files.models import File
from dajian.service.files.store import TooLarge, Written, incoming, keep, pieces_of, place


def receive(upload: UploadedFile, *, actor: Actor | None, allow: tuple[str, ...], at: datetime) -> File:
    """Takes an upload in, piece by piece, after looking at its size, its ending and its content.

    allow: endings of formats.FORMATS, such as formats.TABLES or SCANS. Whoever may upload was asked by the caller; the
    file is seen by nobody until a row owns it. Refused: in Chinese, what it is and what to do; nothing is kept.
    """
    name = clean_name(upload.name or "")
    expected = format_of(name, allow)
    limit = min(settings.UPLOAD_LIMIT_BYTES, expected.most or settings.UPLOAD_LIMIT_BYTES)
    if (upload.size or 0) > limit:
        raise _too_large(name, limit)
    try:
        with incoming(upload.chunks(), limit) as written:
            if not written.size:
                raise Refused(_("“%(name)s”是空文件。请检查后重新选择。") % {"name": name})
            expected.check(written.path, name)
            return _enter(written, name, expected.type, actor.account_id if actor else None, at)
    except TooLarge:
        raise _too_large(name, limit) from None


def _too_large(name: str, limit: int) -> Refused:
    return Refused(
        _("“%(name)s”超过 %(limit)s MB。请删去图片和多余的内容，或分成几个文件后再上传。")
        % {"name": name, "limit": limit // 2**20}
    )


def store_bytes(
    name: str, data: bytes | Iterable[bytes], *, account_id: int | None, at: datetime, classification: str = "internal"
) -> File:
    """Keeps what the service itself made; its type follows from the name's ending."""
    with incoming([data] if isinstance(data, bytes) else data) as written:
        name = clean_name(name)
        return _enter(written, name, GENERATED[ending(name)], account_id, at, classification)


def store_path(
    path: Path, name: str, *, account_id: int | None, at: datetime, classification: str = "internal"
) -> File:
    """`store_bytes` for what lies in a temporary file already."""
    return store_bytes(name, pieces_of(path), account_id=account_id, at=at, classification=classification)


def _enter(
    written: Written, name: str, type: str, account_id: int | None, at: datetime, classification: str = "internal"
) -> File:
    # The bytes first: a row without its file must never be seen; a file without a row harms nobody.
    keep(written)
    return File.unscoped.create(
        sha256=written.sha256,
        name=name,
        type=type,
        size=written.size,
        classification=classification,
        account_id=account_id,
        at=at,
    )


def path_of(file: File) -> Path:
    """Where the bytes lie, to be read only."""
    return place(file.sha256)


def open_file(file: File) -> BinaryIO:
    return path_of(file).open("rb")
