"""Handing work to the background."""

from __future__ import annotations

from datetime import datetime

from dajian.service.access.actor import Actor
from dajian.service.jobs.kinds import KINDS
from dajian.service.jobs.models import Job


def submit(kind: str, object_id: int, actor: Actor | None, *, total: int, at: datetime) -> Job:
    """Orders `total` steps of `kind` on an object, in the caller's transaction: no order without its cause, and back.

    KeyError: no such kind.
    """
    KINDS[kind]
    return Job.unscoped.create(
        kind=kind,
        object_id=object_id,
        account_id=actor.account_id if actor else None,
        membership_id=actor.membership_id if actor else None,
        total=total,
        created_at=at,
    )
