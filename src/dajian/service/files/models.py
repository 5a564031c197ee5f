"""Files by their content, and who may see them."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from dajian.service.access.models import Guarded


class File(Guarded):
    """One stored file; the same bytes are kept once on disk. Seen through the row that owns it."""

    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=200)
    type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    classification = models.CharField(max_length=20, default="internal")
    account_id = models.BigIntegerField(null=True)  # who gave it
    at = models.DateTimeField()

    def get_absolute_url(self) -> str:
        return reverse("file", args=[self.pk, self.name])
