"""What Vite made of the front end: the hashed names of its entries, by its manifest."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

BUILD = settings.PACKAGE / "static" / "build"


@cache
def manifest() -> dict[str, dict[str, Any]]:
    return json.loads((BUILD / "manifest.json").read_text(encoding="utf-8"))


def built_file(entry: str) -> Path:
    """The script that Vite made of an entry, for a view that serves it under an address of its own."""
    return BUILD / manifest()[entry]["file"]
