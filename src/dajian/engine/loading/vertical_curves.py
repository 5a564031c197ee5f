"""Crests and sags: smallest radius of a vertical curve that a train passes (JTG/T 2213, annex B)."""

from __future__ import annotations


def lowbed_crest_radius_m(span_m: float, underside_m: float, clearance_m: float) -> float:
    """R = L²/(8(b₀ − q)) + (b₀ − q)/2: span L between kingpin and axles, underside b₀ on the level, clearance q."""
    spare = underside_m - clearance_m
    return span_m**2 / (8 * spare) + spare / 2 if spare > 0 else float("inf")


def modular_radius_m(length_m: float, stroke_m: float) -> float:
    """R = (L² + 4h²)/(8h): crest with L from first to last line, sag with L the main beam; h usable stroke."""
    return (length_m**2 + 4 * stroke_m**2) / (8 * stroke_m)


def crest_clearance_m(radius_m: float, span_m: float, underside_m: float) -> float:
    """q = b₀ + √(R² − (L/2)²) − R: what is left under the middle on a crest."""
    return float(underside_m + (radius_m**2 - (span_m / 2) ** 2) ** 0.5 - radius_m)


def headroom_lost_m(radius_m: float, span_m: float) -> float:
    """R − √(R² − L²/4): what a sag takes from the headroom under a bridge."""
    return float(radius_m - (radius_m**2 - span_m**2 / 4) ** 0.5)
