"""The ways a verb can fail. The web layer turns each into one answer."""

from __future__ import annotations

from typing import Any


class NotFound(Exception):
    """Absent or outside the actor's scope, told alike (404)."""


class Forbidden(Exception):
    """Inside the scope, but the right is lacking (403)."""


class Stale(Exception):
    """Changed since it was shown (409). `told` says who did what and when; without it, `obj` is what changed."""

    def __init__(self, told: str = "", obj: Any = None):
        super().__init__(told)
        self.told = told
        self.obj = obj


class Refused(Exception):
    """A rule forbids it now (422); carries every unmet reason at once."""

    def __init__(self, *reasons: str):
        super().__init__("；".join(reasons))
        self.reasons = reasons
