"""Keeps what someone typed for a deed that another was quicker to do."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.http import QueryDict

from dajian.service.access.actor import Actor
from dajian.service.access.rules import scope
from dajian.service.workflow.models import Draft

NO_TEXT = ("csrfmiddlewaretoken", "version", "send")


def keep(actor: Actor, path: str, posted: QueryDict, *, at: datetime) -> Draft | None:
    """A person's newest texts for an address; None when nothing was typed. Outside the refused deed's transaction."""
    texts = {name: posted[name] for name in posted if name not in NO_TEXT and str(posted[name]).strip()}
    if not texts or len(path) > 200:
        return None
    found, _ = Draft.unscoped.update_or_create(
        account_id=actor.account_id, path=path, defaults={"texts": texts, "at": at}
    )
    return found


def kept(actor: Actor, path: str = "") -> QuerySet[Draft]:
    """The actor's own, newest first; of one address only."""
    rows = scope(Draft, actor)
    return rows.filter(path=path) if path else rows


def kept_text(actor: Actor, path: str, field: str) -> str:
    """What the actor typed there the last time when another was quicker, "" when there is nothing."""
    found = kept(actor, path).first()
    return str(found.texts.get(field, "")) if found else ""
