"""One line of the table, and how it is taken: the median of five rounds."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 5


@dataclass(frozen=True)
class Row:
    """`limit`: the most it may be, None where the figure only informs; `note`: what it was measured on."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    note: str = ""

    @property
    def holds(self) -> bool:
        return self.limit is None or self.value <= self.limit


def median_s(deed: Callable[[], object], times: int = 1, rounds: int = ROUNDS) -> float:
    """Seconds for one deed: the median of the rounds, each of which does it `times` times."""
    found = []
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in range(times):
            deed()
        found.append((time.perf_counter() - start) / times)
    return statistics.median(found)
