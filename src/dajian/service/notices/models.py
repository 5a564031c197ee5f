"""The outbox: every notice is a row, written in the transaction of what it tells."""

from __future__ import annotations

from django.db import models

from dajian.service.access.models import Guarded


class OutboxMessage(Guarded):
    """One notice to one account. The inbox is its first channel; others will read the same rows."""

    account_id = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    text = models.CharField(max_length=300)
    url = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["account_id", "read_at", "-at"], name="outbox_inbox")]
