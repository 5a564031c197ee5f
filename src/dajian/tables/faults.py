"""One fault of a table: where, which code, what is there and what is expected."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Fault:
    sheet: str
    cell: str  # A1 style
    code: str
    message: str


class Unreadable(Exception):
    """The file as a whole cannot be used: `message` says what it is and what to do."""

    def __init__(self, path: str | Path, message: str, faults: tuple[Fault, ...] = ()):
        super().__init__(f"{Path(path).name}: {message}")
        self.message = message
        self.faults = faults
