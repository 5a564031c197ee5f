"""Largest values of polynomials on an interval, exact to rounding."""

from __future__ import annotations

from math import sqrt

from dajian.engine.bridge.kernels.jit import kernel


@kernel
def cubic_max(c0: float, c1: float, c2: float, c3: float, h: float, best: float) -> tuple[float, float]:
    """Larger of `best` and the maximum of c0 + c1 t + c2 t² + c3 t³ on [0, h]; its t, or -1 where `best` stays."""
    end = c0 + h * (c1 + h * (c2 + h * c3))
    bound = max(max(c0, end), max(c0 + c1 * h / 3, c0 + h * (2 * c1 + c2 * h) / 3))  # Bernstein: no value is above
    if bound <= best:
        return best, -1.0
    at = -1.0
    if c0 > best:
        best, at = c0, 0.0
    if end > best:
        best, at = end, h
    inside = c2 * c2 - 3 * c1 * c3
    if inside > 0:
        q = -(c2 + sqrt(inside)) if c2 > 0 else sqrt(inside) - c2
        for root in (q / (3 * c3) if c3 != 0 else -1.0, c1 / q if q != 0 else -1.0):
            if 0 < root < h:
                value = c0 + root * (c1 + root * (c2 + root * c3))
                if value > best:
                    best, at = value, root
    return best, at


@kernel
def _cubic(c0: float, c1: float, c2: float, c3: float, t: float) -> float:
    return c0 + t * (c1 + t * (c2 + t * c3))


@kernel
def cubic_root(c0: float, c1: float, c2: float, c3: float, low: float, high: float) -> float:
    """The root of a cubic between two places of different sign: Newton, bisecting where Newton leaves the bracket."""
    falling = _cubic(c0, c1, c2, c3, low) > 0
    t = 0.5 * (low + high)
    for _ in range(80):
        value = _cubic(c0, c1, c2, c3, t)
        if (value > 0) == falling:
            low = t
        else:
            high = t
        slope = c1 + t * (2 * c2 + 3 * c3 * t)
        following = t - value / slope if slope != 0 else low
        if not low < following < high:
            following = 0.5 * (low + high)
        if abs(following - t) <= 1e-13 * (1 + abs(t)):
            return following
        t = following
    return t


@kernel
def turning_points(c1: float, c2: float, c3: float) -> tuple[float, float]:
    """Places where c1 + 2 c2 t + 3 c3 t² vanishes, the lower one first; -1 for a missing one."""
    inside = c2 * c2 - 3 * c1 * c3
    if inside <= 0:
        return -1.0, -1.0
    q = -(c2 + sqrt(inside)) if c2 > 0 else sqrt(inside) - c2
    one = q / (3 * c3) if c3 != 0 else -1.0
    other = c1 / q if q != 0 else -1.0
    return min(one, other), max(one, other)


@kernel
def quartic_max(c0: float, c1: float, c2: float, c3: float, c4: float, h: float, best: float) -> tuple[float, float]:
    """As `cubic_max`, for a quartic."""
    c1, c2, c3, c4 = c1 * h, c2 * h * h, c3 * h * h * h, c4 * h * h * h * h  # to [0, 1]
    end = c0 + c1 + c2 + c3 + c4
    bound = max(max(c0, end), max(c0 + c1 / 4, max(c0 + c1 / 2 + c2 / 6, c0 + 0.75 * c1 + c2 / 2 + c3 / 4)))
    if bound <= best:
        return best, -1.0
    at = -1.0
    if c0 > best:
        best, at = c0, 0.0
    if end > best:
        best, at = end, h
    one, other = turning_points(2 * c2, 3 * c3, 4 * c4)  # the slope's own turning points: monotone between them
    low, left = 0.0, c1
    for high in (one, other, 1.0):
        if not low < high <= 1.0:
            continue
        right = _cubic(c1, 2 * c2, 3 * c3, 4 * c4, high)
        if left > 0 > right:
            t = cubic_root(c1, 2 * c2, 3 * c3, 4 * c4, low, high)
            value = c0 + t * (c1 + t * (c2 + t * (c3 + t * c4)))
            if value > best:
                best, at = value, t * h
        low, left = high, right
    return best, at
