"""Lashing by EN 12195-1: how many top-over pairs, or direct chains, a load needs."""

from __future__ import annotations

from math import ceil, cos, radians, sin

from dajian.engine.units import STANDARD_GRAVITY

SAFETY_FORWARD, SAFETY_ELSE = 1.25, 1.1


def top_over_lashings(
    mass_t: float,
    acceleration: float,
    friction: float,
    angle_deg: float,
    tension_kn: float,
    *,
    forward: bool,
    vertical: float = 1.0,
) -> float:
    """n ≥ (c − μ c_z) m g f_s/(2 μ sin α F_T): top-over lashings, not rounded; 0 where friction is enough."""
    safety = SAFETY_FORWARD if forward else SAFETY_ELSE
    force = (acceleration - friction * vertical) * mass_t * STANDARD_GRAVITY * safety
    return max(0.0, force / (2 * friction * sin(radians(angle_deg)) * tension_kn))


def direct_lashings(
    mass_t: float,
    acceleration: float,
    friction: float,
    vertical_angle_deg: float,
    horizontal_angle_deg: float,
    capacity_kn: float,
    *,
    friction_factor: float = 0.75,
    vertical: float = 1.0,
) -> int:
    """Chains that pull against one direction: LC·n (μ f_μ sin α + cos α cos β) ≥ m g (c − μ f_μ c_z)."""
    held = friction * friction_factor
    alpha, beta = radians(vertical_angle_deg), radians(horizontal_angle_deg)
    each = capacity_kn * (held * sin(alpha) + cos(alpha) * cos(beta))
    return max(0, ceil(mass_t * STANDARD_GRAVITY * (acceleration - held * vertical) / each - 1e-9))
