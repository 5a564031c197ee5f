"""The train with its trailer's axle lines changed: regrouped, more of them, wider apart."""

from __future__ import annotations

from dataclasses import replace
from statistics import median_low

from dajian.engine.policy import Policy
from dajian.engine.units import exact
from dajian.engine.vehicle.axle_train import AxleTrain, Vehicle


def changes(vehicle: Vehicle, reading: Policy) -> dict[str, Vehicle]:
    """The vehicle with its trailer's axle lines changed, by name of the change; empty where no trailer is declared."""
    first = vehicle.first_trailer_axle
    train = vehicle.train
    if not first or len(train.loads_t) - first < 1:
        return {}
    values = reading["measures"]
    made: dict[str, Vehicle] = {}
    lines = train.loads_t[first - 1 :]
    if max(lines) - min(lines) > 1e-9:
        made["regroup"] = _with_lines(vehicle, first, len(lines), sum(lines), 1.0)
    for more in values["more_lines"]:
        made[f"more_lines_{more}"] = _with_lines(
            vehicle, first, len(lines) + more, sum(lines) + more * values["line_tare_t"], 1.0
        )
    if vehicle.has_axle_lines or vehicle.trailer == "extendable":
        made["wider_spacing"] = _with_gaps(vehicle, first, values["wider"])
        for more in values["more_lines"]:
            made[f"more_lines_{more}+wider_spacing"] = _with_gaps(made[f"more_lines_{more}"], first, values["wider"])
    return made


def _with_lines(vehicle: Vehicle, first: int, count: int, mass_t: float, factor: float) -> Vehicle:
    train = vehicle.train
    old = len(train.loads_t) - first + 1
    pitch = median_low(train.spacings_m[first - 1 :])
    loads = (*train.loads_t[: first - 1], *[exact(mass_t / count)] * count)
    gaps = (*train.spacings_m, *[pitch * factor] * (count - old))
    tyres = vehicle.tyres_per_axle
    if tyres:
        tyres = (*tyres, *[tyres[-1]] * (count - old))
    length = vehicle.length_m + pitch * (count - old)
    return replace(vehicle, train=AxleTrain(loads, gaps), tyres_per_axle=tyres, length_m=length)


def _with_gaps(vehicle: Vehicle, first: int, factor: float) -> Vehicle:
    gaps = vehicle.train.spacings_m
    wider = (*gaps[: first - 1], *(exact(gap * factor) for gap in gaps[first - 1 :]))
    length = vehicle.length_m + sum(wider) - sum(gaps)
    return replace(vehicle, train=AxleTrain(vehicle.train.loads_t, wider), length_m=length)
