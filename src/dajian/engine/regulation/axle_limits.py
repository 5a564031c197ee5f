"""The mass limit of article 3 for one vehicle, on the safe side of what is not declared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dajian.engine.policy import Policy
from dajian.engine.rules import Law
from dajian.engine.units import exact
from dajian.engine.vehicle.axle_train import RIGID, Vehicle

Rows = Sequence[Sequence[float]]  # bound, limit


class GrossLimit(NamedTuple):
    """The limit [t], the rule that gives it, and which undeclared keys it was lowered for."""

    value: float
    rule: str
    reduction_t: float
    axle_sum_t: float | None
    lowered_for: tuple[str, ...]
    gap: bool  # article 3 has no row for this vehicle


def gross_limit(vehicle: Vehicle, law: Law, reading: Policy) -> GrossLimit:
    """Limit of the gross mass [t] by order 62 article 3 with ¶2: row, sum of axle limits, single tyres.

    What is not declared counts at its worst, so that declaring it can only raise the limit.
    """
    rule, gap, lowered = _row(vehicle)
    table_t = law[rule].value
    subject, unknown = _single_tyred(vehicle, reading)
    reduction = law["single_tyre_reduction"].value * len(subject)
    axle_sum = None if vehicle.has_axle_lines else _axle_sum(vehicle, law, reading)
    value = exact((table_t if axle_sum is None else min(table_t, axle_sum)) - reduction)
    if axle_sum is not None and axle_sum < table_t:
        rule, unknown = "gross_within_axle_sum", _undeclared(vehicle)
    return GrossLimit(max(value, 0.0), rule, reduction, axle_sum, tuple(dict.fromkeys((*lowered, *unknown))), gap)


def _row(vehicle: Vehicle) -> tuple[str, bool, tuple[str, ...]]:
    """Article 3's row: its rule, whether the article lacks it, and what an undeclared key lowered."""
    axles = _counted_axles(vehicle)
    if vehicle.trailer in RIGID:
        if axles > 4:
            return "truck_mass_over_4_axles", True, ()
        return f"oversize_mass_truck_{max(axles, 2)}", axles < 2, ()
    if axles < 3:
        return "oversize_mass_truck_2", True, ()
    if axles < 6:
        return f"oversize_mass_combination_{axles}", False, ()
    if vehicle.drive_axles is None:
        return "oversize_mass_combination_6_single_drive", False, ("drive_axles",)
    single = len(vehicle.drive_axles) == 1
    return f"oversize_mass_combination_6{'_single_drive' if single else ''}", False, ()


def _counted_axles(vehicle: Vehicle) -> int:
    """Axles as the law counts them: an axle line is as many axles as it has files, two at least."""
    entries = len(vehicle.train.loads_t)
    if not vehicle.has_axle_lines or (vehicle.first_trailer_axle is None and vehicle.trailer != "self_propelled"):
        return entries
    lines = entries + 1 - (vehicle.first_trailer_axle or 1)
    return entries + lines * ((vehicle.axle_files or 2) - 1)


def _single_tyred(vehicle: Vehicle, reading: Policy) -> tuple[list[int], tuple[str, ...]]:
    """Axles (from 0) that ¶2(2) lowers by single tyres, and the keys whose absence made us say so."""
    tyres, drive, first = vehicle.tyres_per_axle, vehicle.drive_axles or (), vehicle.first_trailer_axle
    if tyres is None and reading["unknown_tyres"] == "dual":
        return [], ()
    count = len(vehicle.train.loads_t)
    if vehicle.has_axle_lines:  # a line has double tyres by definition: only the tractor's axles are looked at
        count = 0 if vehicle.trailer == "self_propelled" else min(count, (first or count + 1) - 1)
    gap = reading["axle_group_gap_m"]
    close = [spacing < gap for spacing in vehicle.train.spacings_m]
    trailer_from = (count if vehicle.trailer in RIGID else 1) if first is None else first - 1
    subject = [
        axle
        for axle in range(count)
        if axle + 1 not in drive
        and (tyres is None or tyres[axle] <= 2)
        and (axle >= trailer_from or (axle and close[axle - 1]) or (axle < len(close) and close[axle]))
    ]
    return subject, _undeclared(vehicle) if subject else ()


def _undeclared(vehicle: Vehicle) -> tuple[str, ...]:
    """The optional keys that the mass limit hangs on and that are not declared."""
    keys: tuple[str, ...] = ()
    if vehicle.tyres_per_axle is None:
        keys += ("tyres_per_axle",)
    if vehicle.drive_axles is None:
        keys += ("drive_axles",)
    if vehicle.first_trailer_axle is None and vehicle.trailer not in RIGID:
        keys += ("first_trailer_axle",)
    return keys


def _axle_sum(vehicle: Vehicle, law: Law, reading: Policy) -> float:
    """Sum of the axle and group limits of GB 1589 [t], double tyres where ¶2(2) takes them off again."""
    count = len(vehicle.train.loads_t)
    if vehicle.first_trailer_axle is not None or vehicle.trailer in RIGID:
        return _sum_from(vehicle, law, reading, (vehicle.first_trailer_axle or count + 1) - 1)
    return min([_sum_from(vehicle, law, reading, first) for first in range(count + 1)])


def _sum_from(vehicle: Vehicle, law: Law, reading: Policy, trailer_from: int) -> float:
    """The sum with the trailer beginning at an axle (from 0): groups of two or three close axles, else single ones."""
    spacings, gap, count = vehicle.train.spacings_m, reading["axle_group_gap_m"], len(vehicle.train.loads_t)
    tridem = law["tridem"].value
    widest = tridem[-1][0]
    total, axle = 0.0, 0
    while axle < count:
        on_trailer = axle >= trailer_from
        end = count if on_trailer or trailer_from > count else trailer_from
        if axle + 1 >= end or spacings[axle] >= gap:
            total += _single_axle(vehicle, law, reading, axle, on_trailer)
            axle += 1
            continue
        first = spacings[axle]
        second = spacings[axle + 1] if axle + 2 < end else gap
        if max(first, second) <= widest:
            total += _up_to(tridem, max(first, second))
            axle += 3
        else:
            total += _below(law["tandem_trailer" if on_trailer else "tandem_motor"].value, first)
            axle += 2
    return exact(total)


def _below(rows: Rows, spacing: float) -> float:
    """The limit of the first row that a spacing stays below; the last row's beyond all."""
    for bound, limit in rows:
        if spacing < bound:
            return limit
    return rows[-1][1]


def _up_to(rows: Rows, spacing: float) -> float:
    """The limit of the first row that a spacing does not exceed."""
    for bound, limit in rows:
        if spacing <= bound:
            return limit
    return rows[-1][1]


def _single_axle(vehicle: Vehicle, law: Law, reading: Policy, axle: int, on_trailer: bool) -> float:
    if on_trailer:
        return law["axle_dual_tyres"].value
    tyres = vehicle.tyres_per_axle
    driven = vehicle.drive_axles is not None and axle + 1 in vehicle.drive_axles
    if tyres is None:
        double = driven and reading["unknown_tyres"] == "dual"
    else:
        double = tyres[axle] > 2
    if not double:
        return law["axle_single_tyres"].value
    return law["axle_drive" if driven else "axle_dual_tyres"].value
