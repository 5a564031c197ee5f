"""Work in the background: the row is the truth and the progress bar."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from dajian.service.access.models import Guarded


class Job(Guarded):
    """`total` equal steps on one object. `attempts` counts the tries of the step that comes next.

    A worker may write for a job only while it holds the lease; a lease that has run out is anybody's.
    """

    STATES: ClassVar = [("queued", _("排队")), ("running", _("进行中")), ("done", _("完成")), ("failed", _("失败"))]

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()  # what the kind's steps work on
    account_id = models.BigIntegerField(null=True)
    membership_id = models.BigIntegerField(null=True)  # for whom it acts
    state = models.CharField(max_length=10, choices=STATES, default="queued")
    total = models.PositiveIntegerField()  # steps
    done = models.PositiveIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    lease_by = models.CharField(max_length=64, blank=True)  # a worker's name
    lease_until = models.DateTimeField(null=True)
    error = models.TextField(blank=True)  # why it failed, for whom it acted
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    prepared: Any = None  # in memory only: what the kind's `prepare` brought for the step at hand

    class Meta(Guarded.Meta):
        indexes = [
            models.Index(fields=["state", "id"], name="job_pending"),
            models.Index(fields=["kind", "object_id"], name="job_of_object"),
        ]


class Worker(Guarded):
    """One row a worker process, renewed while it lives: /healthz reads the newest."""

    name = models.CharField(max_length=64, unique=True)
    host = models.CharField(max_length=40)
    pid = models.PositiveIntegerField()
    seen_at = models.DateTimeField()
