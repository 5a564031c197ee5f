"""The event log: append-only, a hash chain for each object."""

from __future__ import annotations

from django.db import models

from dajian.service.access.models import Guarded


class Event(Guarded):
    """Who did what, for which body, when and why. Written by `history.record` and `workflow.move` alone."""

    object_type = models.CharField(max_length=60)  # app.model
    object_id = models.BigIntegerField()
    n = models.PositiveIntegerField()  # place in the object's chain
    action = models.CharField(max_length=60)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, blank=True)
    person_id = models.BigIntegerField(null=True)
    person_name = models.CharField(max_length=80)
    membership_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField(null=True)
    organisation_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    hash = models.CharField(max_length=64)

    class Meta(Guarded.Meta):
        ordering = ("object_type", "object_id", "n")
        constraints = [
            models.UniqueConstraint(fields=["object_type", "object_id", "n"], name="event_place_in_chain"),
        ]
        indexes = [models.Index(fields=["-at"], name="event_by_time")]
