"""Writing and reading the event log."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max, Model, QuerySet

from dajian.service.access.actor import Actor
from dajian.service.history.models import Event


def record(
    obj: Model,
    action: str,
    actor: Actor | None,
    *,
    at: datetime,
    reason: str = "",
    details: Mapping[str, Any] | None = None,
    states: tuple[str, str] = ("", ""),
) -> Event:
    """Appends one line to the object's chain, in the caller's transaction. No actor: the system or an outsider."""
    return record_many([(obj, details or {})], action, actor, at=at, reason=reason, states=states)[0]


def record_many(
    rows: Iterable[tuple[Model, Mapping[str, Any]]],
    action: str,
    actor: Actor | None,
    *,
    at: datetime,
    reason: str = "",
    states: tuple[str, str] = ("", ""),
) -> list[Event]:
    """`record` for many objects of one kind at once; two statements whatever their number."""
    pairs = list(rows)
    if not pairs:
        return []
    label = pairs[0][0]._meta.label_lower
    last = _last_links(label, [obj.pk for obj, _ in pairs])
    events = []
    for obj, details in pairs:
        n, previous = last.get(obj.pk, (0, ""))
        event = Event(
            object_type=label,
            object_id=obj.pk,
            n=n + 1,
            action=action,
            from_state=states[0],
            to_state=states[1],
            person_id=actor.person_id if actor else None,
            person_name=actor.person_name if actor else "系统",
            membership_id=actor.membership_id if actor else None,
            organisation_id=actor.organisation_id if actor else None,
            organisation_name=actor.organisation_name if actor else "",
            at=at,
            reason=reason,
            details=plain(details),
        )
        event.hash = link(previous, event)
        last[obj.pk] = (n + 1, event.hash)
        events.append(event)
    return Event.unscoped.bulk_create(events, batch_size=500)


def _last_links(label: str, ids: Sequence[int]) -> dict[int, tuple[int, str]]:
    found: dict[int, tuple[int, str]] = {}
    for start in range(0, len(ids), 500):
        chain = Event.unscoped.filter(object_type=label, object_id__in=ids[start : start + 500])
        tops = dict(chain.order_by().values_list("object_id").annotate(Max("n")))
        if tops:
            rows = chain.filter(n__in=set(tops.values())).values_list("object_id", "n", "hash")
            found |= {pk: (n, digest) for pk, n, digest in rows if tops[pk] == n}
    return found


def link(previous: str, event: Event) -> str:
    """The event's hash: over its own content and its predecessor's hash."""
    content = [
        previous,
        event.object_type,
        event.object_id,
        event.n,
        event.action,
        event.from_state,
        event.to_state,
        event.person_id,
        event.person_name,
        event.membership_id,
        event.organisation_id,
        event.organisation_name,
        event.at.timestamp(),
        event.reason,
        event.details,
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def plain(value: Any) -> Any:
    """JSON that reads back from any database as it was: PostgreSQL writes 1e16 as a whole number and knows no -0.0."""
    match value:
        case float() if value.is_integer():
            return int(value)
        case Mapping():
            return {str(key): plain(part) for key, part in value.items()}
        case list() | tuple():
            return [plain(part) for part in value]
    return value


def of(obj: Model) -> QuerySet[Event]:
    """The object's history, oldest first. The caller has taken the object, and so may read its history."""
    return Event.unscoped.filter(object_type=obj._meta.label_lower, object_id=obj.pk).order_by("n")


def broken_link(obj: Model) -> int | None:
    """Place of the first event whose hash does not follow from its predecessor; None when the chain is whole."""
    return first_break(of(obj))


def first_break(chain: Iterable[Event]) -> int | None:
    """`broken_link` of one object's events, given oldest first."""
    previous = ""
    for place, event in enumerate(chain, start=1):
        if event.n != place or event.hash != link(previous, event):
            return place
        previous = event.hash
    return None
