"""A job is seen by whoever it works for; workers by nobody (doctor and /healthz count them)."""

from __future__ import annotations

from django.db.models import Q

from dajian.service.access.actor import Actor
from dajian.service.access.rules import NOBODY, OWN, Holders, rule
from dajian.service.jobs.models import Job, Worker


def _own(actor: Actor, holders: Holders) -> Q:
    return Q(account_id=actor.account_id)


def _nobody(actor: Actor, holders: Holders) -> Q:
    return NOBODY


rule(Job, "read", {"own_account": OWN}, _own)
rule(Worker, "read", {}, _nobody)
