"""Statics of loaded vehicles: two supports, hydraulic groups, bending of a frame.

Sources: docs/engine.md, section 静力. Distances in m, masses in t (forces divided by g), moments in kN·m.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dajian.engine.units import STANDARD_GRAVITY


@dataclass(frozen=True, slots=True)
class Weight:
    """A mass and its centre: behind the train's first axle, right of the centre line, above the ground."""

    name: str
    mass_t: float
    at_m: float
    right_m: float = 0.0
    up_m: float = 0.0


@dataclass(frozen=True, slots=True)
class Spread:
    """A mass spread evenly from `start_m` to `end_m`; a point where both are equal."""

    mass_t: float
    start_m: float
    end_m: float


def front_support(weights: Iterable[tuple[float, float]], span_m: float) -> float:
    """Load [t] on the front one of two supports: ΣW(span − x)/span, x [m] behind the front support."""
    return sum(mass * (span_m - at) for mass, at in weights) / span_m


def centre(weights: Sequence[Weight]) -> tuple[float, float, float, float]:
    """Mass [t] and centre (at, right, up) [m] of several weights."""
    mass = at = right = up = 0.0
    for weight in weights:
        mass += weight.mass_t
        at += weight.mass_t * weight.at_m
        right += weight.mass_t * weight.right_m
        up += weight.mass_t * weight.up_m
    return mass, at / mass, right / mass, up / mass


def front_group_share(lines: int, front_lines: int, pitch_m: float, centre_m: float) -> float:
    """Share of the mass on the front hydraulic group of `front_lines` out of `lines` equal lines.

    centre_m: of all mass, behind the first line. The group centres lie lines·pitch/2 apart for any split.
    """
    rear_centre = (front_lines + lines - 1) * pitch_m / 2
    return (rear_centre - centre_m) / (lines * pitch_m / 2)


def four_point(mass_t: float, front_share: float, right_m: float, half_m: float) -> tuple[float, float, float, float]:
    """Front left, front right, rear left, rear right [t] by the product rule; half_m: centre line to group centre."""
    right_share = 0.5 + right_m / (2 * half_m)
    front, rear = mass_t * front_share, mass_t * (1 - front_share)
    return front * (1 - right_share), front * right_share, rear * (1 - right_share), rear * right_share


def three_point(mass_t: float, linked_share: float, right_m: float, half_m: float) -> tuple[float, float, float]:
    """Linked group, other end's left and right [t]: statically determinate, the side moment rests on one end."""
    linked = mass_t * linked_share
    other = mass_t - linked
    side = mass_t * right_m / (2 * half_m)
    return linked, other / 2 - side, other / 2 + side


def largest_moment(up: Sequence[Spread], down: Sequence[Spread]) -> float:
    """Largest bending moment [kN·m], by amount, of a beam in balance under reactions `up` and loads `down`.

    Exact: moments are quadratic between the ends of the spreads; ends and points of zero shear are looked at.
    """
    steps: dict[float, tuple[float, float]] = {}  # place -> change of shear, change of its slope
    for sign, spreads in ((1.0, up), (-1.0, down)):
        for spread in spreads:
            mass, start, end = sign * spread.mass_t, spread.start_m, spread.end_m
            shear, slope = steps.get(start, (0.0, 0.0))
            if end <= start:
                steps[start] = (shear + mass, slope)
                continue
            steps[start] = (shear, slope + mass / (end - start))
            shear, slope = steps.get(end, (0.0, 0.0))
            steps[end] = (shear, slope - mass / (end - start))
    worst = moment = shear = slope = 0.0
    last = min(steps)
    for place in sorted(steps):
        length = place - last
        if slope and 0.0 < -shear / slope < length:  # shear passes zero: a local extreme
            worst = max(worst, abs(moment - shear * shear / (2 * slope)))
        moment += shear * length + slope * length * length / 2
        worst = max(worst, abs(moment))
        shear += slope * length + steps[place][0]
        slope += steps[place][1]
        last = place
    return worst * STANDARD_GRAVITY
