"""Whether the store still holds what its rows say."""

from __future__ import annotations

from collections.abc import Iterator

from dajian.service.files.models import File
from dajian.service.files.store import place, sha256_of


def damaged() -> Iterator[tuple[File, str]]:
    """Files that are missing or altered, one row for each content, with what is wrong in Chinese."""
    seen: set[str] = set()
    for file in File.unscoped.order_by("pk").iterator():
        if file.sha256 in seen:
            continue
        seen.add(file.sha256)
        path = place(file.sha256)
        if not path.exists():
            yield file, "缺失"
        elif sha256_of(path) != file.sha256:
            yield file, "内容已改变"
