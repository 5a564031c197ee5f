"""Whether the whole event log is still what was written."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.db import connection

from dajian.service.history.models import Event
from dajian.service.history.record import first_break

TRIGGERS = {
    "sqlite": ("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'history_event'", 2),
    "postgresql": ("SELECT count(*) FROM pg_trigger WHERE tgname = 'history_event_keep' AND tgenabled <> 'D'", 1),
}


def broken_chains() -> Iterator[tuple[str, int, int]]:
    """(object type, object number, place) of the first wrong event of each chain that does not hold."""
    events = Event.unscoped.order_by("object_type", "object_id", "n").iterator(chunk_size=2000)
    for (label, pk), chain in groupby(events, key=lambda e: (e.object_type, e.object_id)):
        if place := first_break(chain):
            yield label, pk, place


def kept_by_triggers() -> bool:
    """Whether the database still refuses to change or delete a line."""
    question, expected = TRIGGERS[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0] == expected
