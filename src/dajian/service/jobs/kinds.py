"""What a job of each kind does. An app registers its kinds in its own background.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dajian.service.jobs.models import Job


def nothing(job: Job) -> None:
    pass


def nothing_more(job: Job, error: str) -> None:
    pass


@dataclass(frozen=True)
class Kind:
    """The work of one kind of job; every call but `prepare` runs in one transaction with the worker's fence.

    step: does step n (0 … total - 1); the same n comes again only if nothing of it was written.
    prepare: slow reading for step n, outside any transaction, so that SQLite's one writer is not kept waiting; its
    answer stands in `job.prepared`. Both must end well within `worker.LEASE`.
    finish, failed: the last words; `error` is the Chinese reason that is also shown.
    link: where its owner goes on, for example "/imports/7".
    A step that raises access.errors.Refused fails the job at once with these reasons; any other error is tried again.
    """

    label: str
    step: Callable[[Job, int], None]
    prepare: Callable[[Job, int], Any] | None = None
    finish: Callable[[Job], None] = nothing
    failed: Callable[[Job, str], None] = nothing_more
    link: Callable[[Job], str] = lambda job: ""


KINDS: dict[str, Kind] = {}


def register(name: str, kind: Kind) -> None:
    """`name` is app.verb; a second kind of one name is an error."""
    if name in KINDS:
        raise ValueError(f"two job kinds called {name}")
    KINDS[name] = kind
