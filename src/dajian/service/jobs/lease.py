"""Whose a job is: taken, renewed and given back by compare-and-set, so that two workers never write for one job."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q

from dajian.service.jobs.kinds import KINDS
from dajian.service.jobs.models import Job

LEASE = timedelta(minutes=2)  # a step ends well within it
PENDING = Q(state__in=["queued", "running"])


class LeaseLost(Exception):
    """The job has become another worker's; what this one was about to write is not written."""


def claim(worker: str, at: datetime) -> Job | None:
    """The oldest job that nobody else holds, now held by `worker`; None when there is none.

    What it holds itself it could not give back, because the database was gone: a worker does one job at a time. Kinds
    that this version does not know are left to one that does.
    """
    unheld = Q(lease_until=None) | Q(lease_until__lt=at) | Q(lease_by=worker)
    free = PENDING & unheld & Q(kind__in=list(KINDS))
    for pk in Job.unscoped.filter(free).order_by("pk").values_list("pk", flat=True)[:20]:
        mine = Job.unscoped.filter(free, pk=pk)
        if mine.update(state="running", lease_by=worker, lease_until=at + LEASE, attempts=F("attempts") + 1):
            return Job.unscoped.get(pk=pk)
    return None


def hold(job: Job, worker: str, at: datetime, **columns: Any) -> None:
    """The fence: renews the lease and writes `columns`, or raises LeaseLost. First statement of every transaction."""
    columns = {"lease_until": at + LEASE} | columns
    if not Job.unscoped.filter(PENDING, pk=job.pk, lease_by=worker).update(**columns):
        raise LeaseLost(job.pk)


def give_back(job: Job, worker: str, **columns: Any) -> None:
    """Lets go of the job, unless it was lost. With a `lease_until` nobody takes it before then."""
    columns = {"lease_by": "", "lease_until": None} | columns
    Job.unscoped.filter(PENDING, pk=job.pk, lease_by=worker).update(**columns)


def release(worker: str) -> None:
    """Frees all that a worker held that is known to be dead."""
    Job.unscoped.filter(PENDING, lease_by=worker).update(lease_by="", lease_until=None)
