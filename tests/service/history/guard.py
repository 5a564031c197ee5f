"""The database's own refusal to change the history, put up and taken down for a test."""

from __future__ import annotations

from importlib import import_module

from django.db import connection

APPEND_ONLY = import_module("dajian.service.history.migrations.0002_append_only")


def put_up() -> None:
    """On SQLite the refusal to delete, which is off in tests because the flush between them deletes rows."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(APPEND_ONLY.SQLITE[1])


def take_down() -> None:
    """What someone with the keys of the database would do; undone with the test's transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER history_event_no_update")
        else:
            cursor.execute("ALTER TABLE history_event DISABLE TRIGGER history_event_keep")
