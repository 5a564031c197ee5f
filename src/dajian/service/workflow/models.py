"""What someone was about to say when another was quicker: kept, never lost."""

from __future__ import annotations

from django.db import models

from dajian.service.access.models import Guarded


class Stateful(Guarded):
    """A row with a state that `workflow.move` alone writes; `version` counts its changes."""

    state = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=1)

    class Meta(Guarded.Meta):
        abstract = True


class Draft(Guarded):
    """The text of a deed that could not be done; its writer's alone."""

    account_id = models.BigIntegerField()
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    action = models.CharField(max_length=60)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["account_id", "object_type", "object_id", "action"], name="draft_one_per_deed"
            )
        ]
