"""Tipping: the angle at which the centre of gravity passes over an edge of the support figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, degrees, hypot

Point = tuple[float, float]  # at_m behind the first axle, right_m of the centre line


@dataclass(frozen=True, slots=True)
class Tipping:
    """The smallest angle [°] and the two support points of the edge over which it tips."""

    angle_deg: float
    edge: tuple[Point, Point]


def tipping(supports: Sequence[Point], at_m: float, right_m: float, above_pivots_m: float) -> Tipping:
    """α = atan(d⊥/h) over the edges of a convex support figure; negative: the centre lies outside.

    above_pivots_m: height of the centre of gravity above the plane of the suspension's pivots.
    """
    points = list(supports)
    if _turn(points) < 0:
        points.reverse()
    best: Tipping | None = None
    for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
        distance = ((x2 - x1) * (right_m - y1) - (y2 - y1) * (at_m - x1)) / hypot(x2 - x1, y2 - y1)
        angle = degrees(atan2(distance, above_pivots_m))
        if best is None or angle < best.angle_deg:
            best = Tipping(angle, ((x1, y1), (x2, y2)))
    assert best is not None, "a support figure has at least two edges"
    return best


def _turn(points: Sequence[Point]) -> float:
    """Twice the signed area."""
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)
