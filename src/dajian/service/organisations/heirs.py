"""Whose work a body goes on with: what its predecessors left undone is its own from the day of the succession on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from dajian.service.access.actor import Actor
from dajian.service.organisations.models import Succession


def _reached(start: int, steps: Iterable[tuple[int, int]]) -> tuple[list[int], frozenset[int]]:
    """(the ends, all) of what can be reached from `start`, itself included; the ends lead nowhere further."""
    onwards: defaultdict[int, list[int]] = defaultdict(list)
    for one, next_one in steps:
        onwards[one].append(next_one)
    seen, waiting = {start}, [start]
    while waiting:
        fresh = [one for one in onwards[waiting.pop()] if one not in seen]
        seen.update(fresh)
        waiting += fresh
    return sorted(one for one in seen if not onwards[one]), frozenset(seen)


def _steps(on: date) -> list[tuple[int, int]]:
    """(predecessor, successor) of every succession that has taken effect: few, whatever the size of the registry."""
    rows = Succession.unscoped.filter(undone_at=None, starts__lte=on, successor__kind="body")
    return list(rows.values_list("predecessor_id", "successor_id"))


def heirs_of(organisation_id: int, on: date) -> list[int]:
    """The bodies that do the body's work on the day: itself, or who came after it."""
    return _reached(organisation_id, _steps(on))[0]


def bodies_of(actor: Actor) -> frozenset[int]:
    """The actor's body with all that it succeeded; looked up once an actor, that is once a request."""
    if "bodies" not in actor.memo:
        backwards = [(after, before) for before, after in _steps(timezone.localdate())]
        actor.memo["bodies"] = _reached(actor.organisation_id, backwards)[1]
    return actor.memo["bodies"]
