"""The one place where a right becomes a filter.

An app's rights.py registers one Rule for each (model, right): which standings hold it and how far it reaches. The same
table prints `dajian access` and filters every query; there is no second formula. No rule means no.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from dajian.service.access.actor import Actor
from dajian.service.access.errors import Forbidden, NotFound, Stale

M = TypeVar("M", bound=Model)

# How far a standing reaches: own area and below, the province, own party.
AREA, PROVINCE, OWN = "A", "P", "O"
Holders = Mapping[str, str]
Within = Callable[[Actor, Holders], Q]
NOBODY = Q(pk__in=[])


@dataclass(frozen=True)
class Rule:
    model: type[Model]
    right: str
    holders: Holders  # standing -> reach
    within: Within


RULES: dict[tuple[type[Model], str], Rule] = {}


def rule(model: type[Model], right: str, holders: Holders, within: Within) -> None:
    """Registers who holds `right` on `model`; a second rule for the same pair is an error."""
    if (model, right) in RULES:
        raise ValueError(f"two rules for {model.__name__}.{right}")
    RULES[model, right] = Rule(model, right, holders, within)


def allowed(model: type[Model], actor: Actor | None, right: str) -> Q:
    """The filter that `right` on `model` means for this actor. KeyError: no rule was registered."""
    found = RULES[model, right]
    return found.within(actor, found.holders) if actor else NOBODY


def scope(model: type[M], actor: Actor | None, right: str = "read") -> QuerySet[M]:
    """The rows of `model` on which the actor holds `right`."""
    return model.unscoped.filter(allowed(model, actor, right))  # type: ignore[attr-defined]


def may(obj: Model, actor: Actor | None, right: str) -> bool:
    """Whether the actor holds `right` on this very row."""
    return scope(type(obj), actor, right).filter(pk=obj.pk).exists()


def take(model: type[M], pk: Any, actor: Actor | None, right: str = "read", *, version: int | None = None) -> M:
    """One row, with the right and the version checked.

    NotFound: absent or outside the actor's scope. Forbidden: readable, but without this right.
    Stale: `version` is no longer the row's.
    """
    rows = scope(model, actor, right).filter(pk=pk)
    along = getattr(model, "taken_with", ())  # the account alone is not Guarded
    obj = (rows.select_related(*along) if along else rows).first()
    if obj is None:
        if right != "read" and scope(model, actor, "read").filter(pk=pk).exists():
            raise Forbidden(right)
        raise NotFound(model.__name__)
    if version is not None and obj.version != version:  # type: ignore[attr-defined]
        raise Stale(obj=obj)
    return obj
