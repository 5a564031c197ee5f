"""Space that a train sweeps in a bend."""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt


def off_tracking(radius: float, wheelbases: Iterable[float]) -> float:
    """R − √(R² − ΣL²) (WHI): how far the last axle runs inside the first, same unit as the radius.

    Raises ValueError where the wheelbases are too long for the bend.
    """
    rest = radius**2 - sum(length**2 for length in wheelbases)
    if rest < 0:
        raise ValueError("轴距之和超过转弯半径所能通过的值")
    return radius - sqrt(rest)
