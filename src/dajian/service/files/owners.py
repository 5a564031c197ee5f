"""Who may see a file: whoever may see a row that holds it."""

from __future__ import annotations

from django.db.models import Exists, Model, OuterRef, Q

from dajian.service.access.actor import Actor
from dajian.service.access.rules import NOBODY, Holders, scope

OWNERS: list[tuple[type[Model], str, str]] = []  # (model, its field that points to the file, right on the row)


def owned_by(model: type[Model], field: str, right: str = "read") -> None:
    """Opens files to whoever holds `right` on a row of `model` whose `field` points to them. For an app's rights.py."""
    OWNERS.append((model, field, right))


def visible(actor: Actor, holders: Holders) -> Q:
    """The filter on File: some owner's row is within the actor's scope. No owner, no file."""
    found = NOBODY
    for model, field, right in OWNERS:
        found |= Q(Exists(scope(model, actor, right).filter(**{field: OuterRef("pk")})))
    return found
