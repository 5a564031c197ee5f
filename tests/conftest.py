"""For every test: the service in test mode, in a folder of its own, on the database that DAJIAN_DATABASE names.

Django is set up here, in this environment, before a conftest below imports a model; `-p no:django` leaves it out.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

VAR = Path(tempfile.mkdtemp(prefix="dajian-test-"))
(VAR / "static").mkdir()
os.environ |= {
    "DAJIAN_MODE": "test",
    "DAJIAN_VAR": str(VAR),
    "DJANGO_SETTINGS_MODULE": "dajian.service.settings",
    "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # Playwright keeps an event loop in the thread where tests use the database
}

if "pytest_django.plugin" in sys.modules:
    import django
    from django.conf import settings

    from dajian.service import translations

    translations.build()  # before Django looks for it

    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # a file: WAL and locks as in use
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(VAR / "test.sqlite3")
    django.setup()


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(VAR, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """On SQLite the flush between tests deletes rows, which the history refuses; its own tests put the guard back."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER IF EXISTS history_event_no_delete")
