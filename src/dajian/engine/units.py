"""Units of the engine: SI with the unit in the name; masses in tonnes, forces in kilonewtons."""

from __future__ import annotations

STANDARD_GRAVITY = 9.80665  # kN per tonne: 1 t = 9.80665 kN (contract)


def tonnes(force_kn: float) -> float:
    """Mass [t] whose weight is `force_kn` [kN]: 127.48645 kN is exactly 13 t.

    Finer than `exact`, so that the sum of converted loads is as sharp as a single one.
    """
    return round(force_kn / STANDARD_GRAVITY, 12)


def kilonewtons(mass_t: float) -> float:
    """Weight [kN] of a mass [t]."""
    return mass_t * STANDARD_GRAVITY


def exact(value: float) -> float:
    """A derived figure (sum, mean, conversion) without the dust of binary fractions, so that limits stay sharp."""
    return round(value, 9)
