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
    path = models.CharField(max_length=200)  # the address to which it was sent
    texts = models.JSONField(default=dict)  # field -> what was typed
    at = models.DateTimeField()

    class Meta(Guarded.Meta):
        ordering = ("-at",)
        constraints = [models.UniqueConstraint(fields=["account_id", "path"], name="draft_one_per_deed")]
