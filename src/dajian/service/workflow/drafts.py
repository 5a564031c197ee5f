"""Keeps what someone typed for a deed that another was quicker to do."""

from __future__ import annotations

from datetime import datetime

from dajian.service.access.actor import Actor
from dajian.service.workflow.models import Draft, Stateful


def keep(actor: Actor, obj: Stateful, action: str, text: str, *, at: datetime) -> None:
    """The newest text a person, object and deed. Call it outside the refused deed's transaction."""
    Draft.unscoped.update_or_create(
        account_id=actor.account_id,
        object_type=obj._meta.label_lower,
        object_id=obj.pk,
        action=action,
        defaults={"text": text, "at": at},
    )


def draft_of(actor: Actor, obj: Stateful, action: str) -> str:
    """The actor's own kept text, "" when there is none."""
    found = Draft.unscoped.filter(
        account_id=actor.account_id, object_type=obj._meta.label_lower, object_id=obj.pk, action=action
    )
    return found.values_list("text", flat=True).first() or ""
