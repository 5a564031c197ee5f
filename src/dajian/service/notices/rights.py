"""A notice is its receiver's alone."""

from __future__ import annotations

from django.db.models import Q

from dajian.service.access.actor import Actor
from dajian.service.access.rules import OWN, Holders, rule
from dajian.service.notices.models import OutboxMessage


def _own(actor: Actor, holders: Holders) -> Q:
    return Q(account_id=actor.account_id)


rule(OutboxMessage, "read", {"own_account": OWN}, _own)
