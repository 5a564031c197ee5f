"""For every test: the service in test mode, in a folder of its own, on the database that DAJIAN_DATABASE names.

Django is set up here, in this environment, before a conftest below imports a model; `-p no:django` leaves it out.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

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

    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # a file: WAL and locks as in use
        settings.DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
    django.setup()


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(VAR, ignore_errors=True)
