"""Work in the background: the row is the truth and the progress bar."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from dajian.service.access.models import Guarded


class Job(Guarded):
    STATES: ClassVar = [("queued", "排队"), ("running", "进行中"), ("done", "完成"), ("failed", "失败")]

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()  # what the kind's steps work on
    account_id = models.BigIntegerField(null=True)
    membership_id = models.BigIntegerField(null=True)  # for whom it acts
    state = models.CharField(max_length=10, choices=STATES, default="queued", db_index=True)
    total = models.PositiveIntegerField(default=0)  # steps
    done = models.PositiveIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    lease_by = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)


class Worker(Guarded):
    """One row a worker process, renewed while it lives: /healthz reads the newest."""

    name = models.CharField(max_length=64, unique=True)
    seen_at = models.DateTimeField()
