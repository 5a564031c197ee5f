"""The whole event log is the audit administrator's; everyone else reads an object's history with the object."""

from __future__ import annotations

from django.db.models import Q

from dajian.service.access.actor import Actor
from dajian.service.access.rules import NOBODY, PROVINCE, Holders, rule
from dajian.service.history.models import Event


def _by_role(actor: Actor, holders: Holders) -> Q:
    return Q() if actor.role in holders else NOBODY


rule(Event, "read", {"audit_admin": PROVINCE}, _by_role)
