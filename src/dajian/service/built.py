"""What Vite made of the front end: the hashed names of its entries, by its manifest."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

BUILD = settings.PACKAGE / "static" / "build"


@cache
def manifest(name: str = "manifest.json") -> dict[str, dict[str, Any]]:
    return json.loads((BUILD / name).read_text(encoding="utf-8"))


def worker_file() -> Path:
    """The service worker, which is built by itself, for the view that serves it under an address of its own."""
    return BUILD / manifest("worker.json")["src/runner/worker.ts"]["file"]
