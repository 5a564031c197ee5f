"""What a screen reads of notices."""

from __future__ import annotations

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from dajian.service.access.actor import Actor
from dajian.service.access.rules import scope
from dajian.service.notices.models import OutboxMessage

PER_PAGE = 20


def unread(actor: Actor) -> int:
    return scope(OutboxMessage, actor).filter(read_at=None).count()


def inbox(actor: Actor) -> QuerySet[OutboxMessage]:
    """All notices to the actor, newest first."""
    return scope(OutboxMessage, actor).order_by("-at", "-pk")


def inbox_page(actor: Actor, number: str, *, only_unread: bool = False) -> Page[OutboxMessage]:
    """One page; a number that is none gives the first, one beyond the end the last."""
    found = inbox(actor)
    return Paginator(found.filter(read_at=None) if only_unread else found, PER_PAGE).get_page(number)
