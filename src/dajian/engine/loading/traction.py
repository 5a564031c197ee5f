"""Traction: what a grade asks for, what tractors give, and how many of them it takes."""

from __future__ import annotations

from collections.abc import Mapping
from math import atan, cos, sin, sqrt
from typing import Any

from dajian.engine.units import STANDARD_GRAVITY
from dajian.engine.vehicle.catalogue import Tractor


def resistance_kn(mass_t: float, grade: float, rolling: float) -> float:
    """W(sin θ + f cos θ) [kN] on a grade given as its tangent."""
    angle = atan(grade)
    return mass_t * STANDARD_GRAVITY * (sin(angle) + rolling * cos(angle))


def altitude_factor(altitude_m: float) -> float:
    """Share of the engine's power that is left at an altitude: (1 − 2.26e-5 H)^5.3 (JTG/T 2213, annex B)."""
    return float((1 - 2.26e-5 * altitude_m) ** 5.3)


def pull_kn(power_kw: float, driven_t: float, road: Mapping[str, Any]) -> float:
    """Tractive force at crawling speed [kN]: what the engine gives or the driven axles can put down, the smaller."""
    speed_ms = road["crawl_kmh"] / 3.6
    engine = power_kw * road["efficiency"] * road["engine_use"] * altitude_factor(road["altitude_m"]) / speed_ms
    return min(engine, road["adhesion"] * driven_t * STANDARD_GRAVITY)


def gradeability(mass_t: float, pull: float, rolling: float) -> float:
    """Steepest grade (tangent) on which `pull` [kN] keeps a mass [t] moving; below 0: not even on the level."""
    force = pull / (mass_t * STANDARD_GRAVITY)
    # sin θ + f cos θ = force, solved for tan θ; f = 0 gives the plain arcsine
    spread = 1 + rolling**2 - force**2
    if spread <= 0:
        return float("inf")
    sine = (force - rolling * sqrt(spread)) / (1 + rolling**2)
    return sine / sqrt(1 - sine**2) if sine < 1 else float("inf")


def d_value_kn(tractor_t: float, trailer_t: float) -> float:
    """D = g·T·R/(T + R): the drawbar coupling's rating that the pair asks for [kN]."""
    return STANDARD_GRAVITY * tractor_t * trailer_t / (tractor_t + trailer_t)


def tractors_needed(tractor: Tractor, towed_t: float, road: Mapping[str, Any]) -> int | None:
    """Fewest drawbar tractors that take a trailer up the grade of the policy; None: not even the most allowed."""
    driven = sum(tractor.kerb_loads_t[axle - 1] for axle in tractor.drive)
    each = pull_kn(tractor.power_kw, driven, road)
    for count in range(1, road["max_tractors"] + 1):
        if count * each >= resistance_kn(towed_t + count * tractor.kerb_t, road["grade"], road["rolling"]):
            return count
    return None
