"""The ground of every table: a plain query is an error, so that nobody forgets the scope."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models


class UnscopedQuery(Exception):
    """A query that names no actor. Use access.scope or access.take."""


class Refusing(models.Manager):
    """Stands where Django's habits reach for `Model.objects`."""

    def get_queryset(self) -> Any:
        raise UnscopedQuery(f"{self.model.__name__}.objects: use access.scope(…) or access.take(…)")


class Guarded(models.Model):
    """A table whose rows are seen only through the rules of `access`; `unscoped` is for actions.py and jobs alone."""

    unscoped: ClassVar[models.Manager] = models.Manager()
    objects: ClassVar[models.Manager] = Refusing()
    taken_with: tuple[str, ...] = ()  # what `access.take` fetches along, in the same statement

    class Meta:
        abstract = True
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
