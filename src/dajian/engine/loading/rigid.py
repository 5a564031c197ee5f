"""Trucks that carry the cargo themselves: supports at the middle of the steering and of the driven axles."""

from __future__ import annotations

from dataclasses import dataclass

from dajian.engine.findings import Finding
from dajian.engine.loading.arrangement import Arrangement, Load, Option, Place, Suspension, made_vehicle, over
from dajian.engine.loading.semi import PIVOT_M, axle_overloads, cargo_weight, placed
from dajian.engine.loading.statics import Weight, front_support
from dajian.engine.units import exact
from dajian.engine.vehicle.axle_train import Vehicle
from dajian.engine.vehicle.catalogue import Rigid


@dataclass(frozen=True, slots=True)
class Axles:
    """The two axle groups of a truck: how many axles, where their middle lies, what they carry at kerb."""

    steering: int
    driven: int
    steer_at_m: float
    drive_at_m: float
    kerb_steer_t: float
    kerb_drive_t: float

    def loads(self, load: Load, front_m: float) -> list[float]:
        """Load [t] of every axle with the cargo's front at a place behind the first axle."""
        span = self.drive_at_m - self.steer_at_m
        on_steer = front_support(((load.mass_t, front_m + load.centre_m[0] - self.steer_at_m),), span)
        steer = (self.kerb_steer_t + on_steer) / self.steering
        drive = (self.kerb_drive_t + load.mass_t - on_steer) / self.driven
        return [*[steer] * self.steering, *[drive] * self.driven]


def arrange_rigid(option: Option, load: Load, place: Place) -> Arrangement:
    """The cargo on a truck, where its axles are used evenly or where it is kept."""
    truck = option.entry
    assert isinstance(truck, Rigid)
    axles = _axles(truck)
    low = truck.deck_from_m
    high = truck.deck_from_m + truck.deck_length_m + truck.overhang_rear_m - load.length_m
    reasons: list[Finding] = []
    if low > high:
        reasons.append(over("deck_length", load.length_m, load.length_m + high - low, "m"))

    def shares(front: float) -> list[float]:
        return [value / limit for value, limit in zip(axles.loads(load, front), truck.max_loads_t, strict=True)]

    if place.cargo_front_m is not None:
        front = place.cargo_front_m
    else:
        front = placed(shares, low, max(low, high), high - truck.overhang_rear_m)
    loads = axles.loads(load, front)
    reasons += axle_overloads(loads, truck.max_loads_t)
    kerb = axles.kerb_steer_t + axles.kerb_drive_t
    middle = (axles.kerb_steer_t * axles.steer_at_m + axles.kerb_drive_t * axles.drive_at_m) / kerb
    body = Weight("truck", kerb, middle, 0.0, 1.0)
    cargo = cargo_weight(load, front, truck.deck_height_m)
    half = truck.track_m / 2
    figure = ((axles.steer_at_m, -half), (axles.steer_at_m, half), (axles.drive_at_m, half), (axles.drive_at_m, -half))
    return Arrangement(
        option=option,
        load=load,
        vehicle=_vehicle(option, truck, load, front, loads),
        nose_m=truck.nose_m,
        cargo_front_m=exact(round(front, 3)),
        deck_height_m=truck.deck_height_m,
        deck=(truck.deck_from_m, truck.deck_from_m + truck.deck_length_m),
        span_m=axles.drive_at_m - axles.steer_at_m,
        spreader_m=0.0,
        tractors_t=0.0,
        trailer_t=exact(kerb),
        weights=(body, cargo),
        suspension=Suspension({"springs": figure}, PIVOT_M, (body, cargo)),
        bending_knm=0.0,
        bending_limit_knm=0.0,
        underside_m=0.9,
        cost=truck.cost,
        reasons=tuple(reasons),
    )


def _axles(truck: Rigid) -> Axles:
    at = [exact(sum(truck.spacings_m[:axle])) for axle in range(len(truck.tyres))]
    steers, drives = at[: truck.steering], at[truck.steering :]
    return Axles(
        len(steers),
        len(drives),
        sum(steers) / len(steers),
        sum(drives) / len(drives),
        sum(truck.kerb_loads_t[: truck.steering]),
        sum(truck.kerb_loads_t[truck.steering :]),
    )


def _vehicle(option: Option, truck: Rigid, load: Load, front: float, loads: list[float]) -> Vehicle:
    end = max(truck.deck_from_m + truck.deck_length_m, front + load.length_m)
    outline = (
        max(truck.deck_height_m + load.height_m, truck.height_m),
        max(truck.width_m, load.width_m),
        truck.nose_m + end,
    )
    real = [max(value, 0.001) for value in loads]
    return made_vehicle(truck.name, option, outline, real, truck.spacings_m, truck.tyres, truck.drive, None)
