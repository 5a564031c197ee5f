"""A benchmark of the service runs once on SQLite and once on PostgreSQL, each in a process and a folder of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict, replace
from importlib import import_module
from pathlib import Path

from benchmarks.rows import Row
from tests.running import postgres

ROOT = Path(__file__).resolve().parents[1]


def on_both(module: str) -> list[Row]:
    """`module.on_database()` on both, the database named in each row's note."""
    rows = _on(module, "SQLite", "")
    with postgres.running() as server:
        return rows + _on(module, f"PostgreSQL {server.version}", server.url)


def _on(module: str, label: str, url: str) -> list[Row]:
    with tempfile.TemporaryDirectory() as var:
        env = os.environ | {
            "DAJIAN_VAR": var,
            "DAJIAN_DATABASE": url,
            "DAJIAN_MODE": "test",
            "DJANGO_SETTINGS_MODULE": "dajian.service.settings",
        }
        command = [sys.executable, "-c", f"from benchmarks.databases import tell; tell({module!r})"]
        done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=True)
    found = [Row(**row) for row in json.loads(done.stdout.splitlines()[-1])]
    return [replace(row, note=f"{label}{'; ' if row.note else ''}{row.note}") for row in found]


def tell(module: str) -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    print(json.dumps([asdict(row) for row in import_module(module).on_database()], ensure_ascii=False))
