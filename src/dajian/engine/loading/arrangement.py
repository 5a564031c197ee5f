"""One cargo on one combination at one place: what every family of vehicles fills in, and what all share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dajian.engine.findings import Finding
from dajian.engine.loading.stability import Point
from dajian.engine.loading.statics import Weight
from dajian.engine.units import exact
from dajian.engine.vehicle.axle_train import AxleTrain, Vehicle
from dajian.engine.vehicle.catalogue import Entry, Tractor
from dajian.engine.vehicle.declaration import Cargo


@dataclass(frozen=True, slots=True)
class Load:
    """A cargo with everything known: what the declaration left open is filled in and named in `assumed`."""

    name: str
    length_m: float
    width_m: float
    height_m: float
    mass_t: float
    centre_m: tuple[float, float, float]  # back from its front, right of its centre line, above its underside
    supports_m: tuple[float, float]  # first and last place, from its front, where it may rest
    held_by_ends: bool
    assumed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One candidate of the catalogue: an entry with its lines, files and tractors."""

    entry: Entry
    lines: int
    files: int | None = None
    tractor: Tractor | None = None
    tractors: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Settings that `--like` keeps: where the cargo's front lies behind the first axle, and how far things extend."""

    cargo_front_m: float | None = None
    span_m: float | None = None  # kingpin to axles, or between the two groups
    front_lines: int | None = None


@dataclass(frozen=True, slots=True)
class Suspension:
    """What the trailer and its load stand on: hydraulic groups, or springs with a fifth wheel."""

    figures: Mapping[str, tuple[Point, ...]]  # kind -> support points; the first is the stiffest
    pivot_height_m: float
    body: tuple[Weight, ...]  # what rests on it
    front_lines: int | None = None
    rear_lines: int | None = None
    even: bool = False  # every line carries the same, so that no split of the groups changes a load


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A loaded combination. Distances behind the first axle; `reasons` tell why it cannot run, empty when it can."""

    option: Option
    load: Load
    vehicle: Vehicle
    nose_m: float  # front end ahead of the first axle
    cargo_front_m: float
    deck_height_m: float  # underside of the cargo
    deck: tuple[float, float]  # from, to
    span_m: float
    spreader_m: float
    tractors_t: float
    trailer_t: float
    weights: tuple[Weight, ...]
    suspension: Suspension
    bending_knm: float
    bending_limit_knm: float
    underside_m: float
    cost: float
    reasons: tuple[Finding, ...]


def known_load(cargo: Cargo) -> Load:
    """The cargo with its centre in the middle and supports along its whole length where nothing is declared."""
    if not (cargo.length_m and cargo.width_m and cargo.height_m and cargo.mass_t):
        raise ValueError("a cargo to be loaded has length, width, height and mass (read_cargo asks for them)")
    assumed = [key for key in ("centre_of_gravity_m", "supports_m") if getattr(cargo, key) is None]
    back, right, up = cargo.centre_of_gravity_m or (cargo.length_m / 2, cargo.width_m / 2, cargo.height_m / 2)
    return Load(
        cargo.name,
        cargo.length_m,
        cargo.width_m,
        cargo.height_m,
        cargo.mass_t,
        (back, right - cargo.width_m / 2, up),
        cargo.supports_m or (0.0, cargo.length_m),
        bool(cargo.held_by_ends),
        tuple(assumed),
    )


def over(code: str, value: float, limit: float, unit: str, **params: Any) -> Finding:
    """A reason why an arrangement cannot run."""
    return Finding(code, "reject", code, value=round(value, 3), limit=round(limit, 3), unit=unit, params=params)


def tractor_axles(tractor: Tractor, count: int, coupling_m: float) -> tuple[list[float], list[float], list[int]]:
    """Loads, spacings (the last one: to what is towed) and drive axles of drawbar tractors one behind another."""
    loads: list[float] = []
    spacings: list[float] = []
    drive: list[int] = []
    for _ in range(count):
        drive += [len(loads) + axle for axle in tractor.drive]
        loads += tractor.kerb_loads_t
        spacings += [*tractor.spacings_m, coupling_m]
    return loads, spacings, drive


def made_vehicle(
    name: str,
    option: Option,
    outline: tuple[float, float, float],
    loads: Sequence[float],
    spacings: Sequence[float],
    tyres: Sequence[int],
    drive: Sequence[int],
    first_trailer_axle: int | None,
) -> Vehicle:
    """The vehicle of a declaration: kilograms and millimetres. outline: height, width, length [m]."""
    height, width, length = (round(side, 3) for side in outline)
    rounded = {value: round(value, 3) for value in {*loads, *spacings}}  # lines repeat: each figure once
    train = AxleTrain(tuple([rounded[load] for load in loads]), tuple([rounded[gap] for gap in spacings]))
    return Vehicle(
        height,
        width,
        length,
        option.entry.trailer,
        train,
        name,
        tuple(tyres),
        tuple(drive) or None,
        first_trailer_axle,
        option.files,
    )


def squeeze(wanted: float, low: float, high: float) -> float:
    """The wanted place, or the nearest end of what is possible."""
    return exact(min(max(wanted, low), high))
