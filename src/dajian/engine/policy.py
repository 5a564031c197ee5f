"""Policy: readings and thresholds that are nobody's law. Each has a default and says who decided otherwise."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

Policy = Mapping[str, Any]  # by name: `decided` where a body decided, else `default`


@cache
def policy(file: Path) -> Policy:
    """The values of one policy file by name."""
    entries = tomllib.loads(file.read_text("utf-8"))
    return {name: entry.get("decided", entry["default"]) for name, entry in entries.items()}
