"""Telling people, and being told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from dajian.service.access.actor import Actor
from dajian.service.access.rules import scope, take
from dajian.service.notices.models import OutboxMessage

LONGEST = 300


def tell(
    accounts: Iterable[int], kind: str, text: str, url: str = "", *, at: datetime, but: Actor | None = None
) -> None:
    """One notice to each account, in the caller's transaction; never twice, and not to `but`, whose deed it is.

    kind: a word for sorting and for later channels. url: a page of this site. Text beyond 300 characters is cut.
    """
    if url and (not url.startswith("/") or url.startswith("//")):
        raise ValueError(f"not a page of this site: {url}")
    if len(text) > LONGEST:
        text = text[: LONGEST - 1] + "…"
    told = sorted(set(accounts) - {but.account_id if but else None})
    rows = [OutboxMessage(account_id=account, kind=kind, text=text, url=url, at=at) for account in told]
    OutboxMessage.unscoped.bulk_create(rows, batch_size=500)


@transaction.atomic
def open_notice(actor: Actor, pk: int, *, at: datetime) -> OutboxMessage:
    """Marks a notice read; the first reading counts. NotFound: absent or another's."""
    notice = take(OutboxMessage, pk, actor)
    OutboxMessage.unscoped.filter(pk=pk, read_at=None).update(read_at=at)
    notice.read_at = notice.read_at or at
    return notice


@transaction.atomic
def read_all(actor: Actor, *, at: datetime) -> int:
    """Marks all notices that had come by `at`; returns how many."""
    return scope(OutboxMessage, actor).filter(read_at=None, at__lte=at).update(read_at=at)
