"""A kept text is its writer's alone."""

from __future__ import annotations

from django.db.models import Q

from dajian.service.access.actor import Actor
from dajian.service.access.rules import OWN, Holders, rule
from dajian.service.workflow.models import Draft


def _own(actor: Actor, holders: Holders) -> Q:
    return Q(account_id=actor.account_id)


rule(Draft, "read", {"own_account": OWN}, _own)
