"""Semi-trailers: tractor and trailer joined at the kingpin, the cargo moved until the axles are used evenly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dajian.engine.findings import Finding
from dajian.engine.loading.arrangement import Arrangement, Load, Option, Place, Suspension, made_vehicle, over, squeeze
from dajian.engine.loading.statics import Spread, Weight, front_support, largest_moment
from dajian.engine.units import exact
from dajian.engine.vehicle.axle_train import Vehicle
from dajian.engine.vehicle.catalogue import Semi, Tractor

PIVOT_M = 0.5  # height of axles and springs above the ground, generic
_LEAST_KINGPIN_T = 0.5
_TAIL_M = 0.5  # behind the last axle


@dataclass(frozen=True, slots=True)
class Shape:
    """A semi-trailer as it is drawn out for a cargo; lengths behind the kingpin."""

    semi: Semi
    tractor: Tractor
    lines: int
    deck_end_m: float
    extension_m: float
    span_m: float  # kingpin to the middle of the axles
    half_group_m: float
    tare_t: float
    rear_over_m: float  # how far cargo may reach behind the deck


def arrange_semi(option: Option, load: Load, place: Place) -> Arrangement:
    """A tractor with a semi-trailer and its cargo. Distances from the kingpin, in the result from the first axle."""
    shape = _shape(option, load, place)
    semi, tractor, kingpin = shape.semi, shape.tractor, shape.tractor.kingpin_m
    reasons: list[Finding] = []
    low, high = _bounds(shape, load)
    if low > high + 1e-9:
        reasons.append(over("deck_length", load.length_m, load.length_m + high - low, "m"))
    if place.cargo_front_m is not None:
        front = place.cargo_front_m - kingpin
    else:
        inside = shape.deck_end_m - load.length_m if not semi.bolsters else high
        front = placed(lambda at: _shares(shape, load, at), low, max(low, high), inside)
    on_kingpin, on_axles = _supports(shape, load, front)
    loads = _axle_loads(shape, on_kingpin, on_axles)
    reasons += _overloads(shape, on_kingpin, loads)
    bending = 0.0 if semi.bolsters else _bending(shape, load, front, on_kingpin, on_axles)
    if bending > semi.bending_knm and not semi.bolsters:
        reasons.append(over("bending", bending, semi.bending_knm, "kN·m"))
    trailer = Weight("trailer", shape.tare_t, kingpin + semi.tare_at * shape.span_m, 0.0, semi.deck_height_m * 0.7)
    cargo = cargo_weight(load, kingpin + front, semi.deck_height_m)
    axles, half = kingpin + shape.span_m, semi.track_m / 2
    return Arrangement(
        option=option,
        load=load,
        vehicle=_vehicle(option, shape, load, front, loads),
        nose_m=tractor.nose_m,
        cargo_front_m=exact(round(kingpin + front, 3)),
        deck_height_m=semi.deck_height_m,
        deck=(kingpin + semi.deck_from_m, kingpin + shape.deck_end_m),
        span_m=shape.span_m,
        spreader_m=0.0,
        tractors_t=tractor.kerb_t,
        trailer_t=exact(shape.tare_t),
        weights=(_tractor_weight(tractor), trailer, cargo),
        suspension=Suspension(
            {"fifth_wheel": ((kingpin, 0.0), (axles, half), (axles, -half))}, PIVOT_M, (trailer, cargo)
        ),
        bending_knm=bending,
        bending_limit_knm=semi.bending_knm,
        underside_m=semi.clearance_m,
        cost=semi.cost + shape.lines * semi.cost_per_line + shape.extension_m * semi.cost_per_extension + tractor.cost,
        reasons=tuple(reasons),
    )


def plain_deck_m(semi: Semi, lines: int) -> float:
    """Length of the deck before it is drawn out: it grows evenly with the lines."""
    least, most = semi.deck_length_m
    few, many = semi.axle_lines[0], semi.axle_lines[-1]
    return least + (most - least) * (lines - few) / max(many - few, 1)


Shares = Callable[[float], Sequence[float]]  # place of the cargo's front -> share used of each axle, of the kingpin


def placed(shares: Shares, low: float, high: float, inside: float) -> float:
    """The place where axles are used most evenly; without overhang behind the deck (front at `inside` at most) where
    that carries the cargo."""
    if low <= inside < high:
        front = best_place(shares, low, inside)
        if max(shares(front)) <= 1:
            return front
    return best_place(shares, low, high)


def best_place(shares: Shares, low: float, high: float) -> float:
    """The place of the smallest largest share [m, to the millimetre]; every share is a straight line of the place.

    Exact: the least of the largest of straight lines lies at an end or where two of them cross.
    """
    at_low, at_high, length = shares(low), shares(high), high - low
    lines = [(a, b - a) for a, b in zip(at_low, at_high, strict=True)]  # from 0 at low to 1 at high
    places = [0.0, 1.0]
    for index, (a, rise) in enumerate(lines):
        for other, its_rise in lines[index + 1 :]:
            if rise != its_rise and 0 < (crossing := (other - a) / (rise - its_rise)) < 1:
                places.append(crossing)
    best = min(places, key=lambda place: max([a + rise * place for a, rise in lines]))
    return round(low + best * length, 3)


def axle_overloads(loads: Sequence[float], limits: Sequence[float]) -> list[Finding]:
    """The axle that is furthest over what it is built for, and one that lifts."""
    reasons = []
    worst = max(range(len(loads)), key=lambda axle: loads[axle] / limits[axle])
    if loads[worst] > limits[worst] + 1e-9:
        reasons.append(over("axle_capacity", loads[worst], limits[worst], "t", axle=worst + 1))
    if min(loads) <= 0:
        reasons.append(over("axle_lifts", min(loads), 0.0, "t", axle=loads.index(min(loads)) + 1))
    return reasons


def cargo_weight(load: Load, front: float, deck: float) -> Weight:
    """The cargo as a mass, its front at a place behind the first axle and its underside at a height."""
    back, right, up = load.centre_m
    return Weight("cargo", load.mass_t, front + back, right, deck + up)


def _shape(option: Option, load: Load, place: Place) -> Shape:
    semi, tractor, lines = option.entry, option.tractor, option.lines
    assert isinstance(semi, Semi)
    assert tractor is not None
    half_group = (lines - 1) * semi.pitch_m / 2
    rear_over = max(semi.overhang_rear_m, semi.overhang_rear_share * load.length_m)
    plain = plain_deck_m(semi, lines)
    extension = _extension(semi, load, place, plain, half_group, rear_over)
    deck_end = semi.deck_from_m + plain + extension
    tare = semi.tare_t + lines * semi.tare_per_line_t + extension * semi.tare_per_extension_t
    span = exact(_span(semi, deck_end, half_group))
    return Shape(semi, tractor, lines, deck_end, extension, span, half_group, tare, rear_over)


def _extension(semi: Semi, load: Load, place: Place, plain: float, half_group: float, rear_over: float) -> float:
    """How far the trailer is drawn out [m]: as little as the cargo allows, or as kept."""
    shortest = _span(semi, semi.deck_from_m + plain, half_group)
    if place.span_m is not None and semi.extension_m:
        wanted = place.span_m - shortest
    elif semi.bolsters:
        reach = load.supports_m[1] - load.supports_m[0]
        free = load.length_m - rear_over - semi.overhang_front_m
        wanted = (reach if reach < load.length_m else free) - shortest
    else:
        wanted = load.length_m - plain - rear_over - semi.overhang_front_m
    return squeeze(wanted, 0.0, semi.extension_m)


def _span(semi: Semi, deck_end: float, half_group: float) -> float:
    """Kingpin to the middle of the axles."""
    if semi.well_gap_m is not None:
        return deck_end + semi.well_gap_m + half_group
    return deck_end - semi.deck_end_m - half_group


def _bounds(shape: Shape, load: Load) -> tuple[float, float]:
    """Where the cargo's front may lie."""
    semi = shape.semi
    if semi.bolsters:  # both bolsters under the cargo
        first, last = load.supports_m
        furthest = shape.span_m + shape.rear_over_m - load.length_m + semi.deck_end_m
        return max(shape.span_m - last, -semi.overhang_front_m), min(-first, furthest)
    return semi.deck_from_m - semi.overhang_front_m, shape.deck_end_m + shape.rear_over_m - load.length_m


def _supports(shape: Shape, load: Load, front: float) -> tuple[float, float]:
    """Load on the kingpin and on the axles [t]."""
    masses = ((shape.tare_t, shape.semi.tare_at * shape.span_m), (load.mass_t, front + load.centre_m[0]))
    on_kingpin = front_support(masses, shape.span_m)
    return on_kingpin, shape.tare_t + load.mass_t - on_kingpin


def _axle_loads(shape: Shape, on_kingpin: float, on_axles: float) -> list[float]:
    tractor = shape.tractor
    steer, drive = _tractor_loads(tractor, on_kingpin)
    trailer = [on_axles / shape.lines] * shape.lines
    return [*[steer] * tractor.steering, *[drive] * (len(tractor.tyres) - tractor.steering), *trailer]


def _shares(shape: Shape, load: Load, front: float) -> tuple[float, ...]:
    """How much is used of what steering and driven axles, kingpin and trailer axles are built for."""
    tractor, semi = shape.tractor, shape.semi
    on_kingpin, on_axles = _supports(shape, load, front)
    steer, drive = _tractor_loads(tractor, on_kingpin)
    return (
        steer / tractor.max_loads_t[0],
        drive / tractor.max_loads_t[-1],
        on_kingpin / semi.max_kingpin_t,
        on_axles / shape.lines / semi.max_line_t,
    )


def _tractor_loads(tractor: Tractor, on_kingpin: float) -> tuple[float, float]:
    """Load [t] of each steering and of each driven axle with a load on the fifth wheel."""
    at = tractor.axles_at_m
    drives = len(at) - tractor.steering
    steer_at = sum(at[: tractor.steering]) / tractor.steering
    drive_at = sum(at[tractor.steering :]) / drives
    front = on_kingpin * (drive_at - tractor.kingpin_m) / (drive_at - steer_at)
    return (
        tractor.kerb_loads_t[0] + front / tractor.steering,
        tractor.kerb_loads_t[-1] + (on_kingpin - front) / drives,
    )


def _overloads(shape: Shape, on_kingpin: float, loads: Sequence[float]) -> list[Finding]:
    reasons = []
    if on_kingpin > shape.semi.max_kingpin_t + 1e-9:
        reasons.append(over("kingpin", on_kingpin, shape.semi.max_kingpin_t, "t"))
    if on_kingpin < _LEAST_KINGPIN_T:
        reasons.append(over("kingpin_lifts", on_kingpin, _LEAST_KINGPIN_T, "t"))
    limits = [*shape.tractor.max_loads_t, *[shape.semi.max_line_t] * shape.lines]
    return reasons + axle_overloads(loads, limits)


def _bending(shape: Shape, load: Load, front: float, on_kingpin: float, on_axles: float) -> float:
    """Moment of the frame [kN·m] between kingpin and axles; masses spread evenly about their own centres."""
    centre, (first, last) = load.centre_m[0], load.supports_m
    half = min(centre - first, last - centre) if first < centre < last else 0.0
    tare_at = shape.semi.tare_at * shape.span_m
    reach = min(tare_at, shape.span_m - tare_at)
    up = [
        Spread(on_kingpin, 0.0, 0.0),
        Spread(on_axles, shape.span_m - shape.half_group_m, shape.span_m + shape.half_group_m),
    ]
    down = [
        Spread(load.mass_t, front + centre - half, front + centre + half),
        Spread(shape.tare_t, tare_at - reach, tare_at + reach),
    ]
    return largest_moment(up, down)


def _vehicle(option: Option, shape: Shape, load: Load, front: float, loads: Sequence[float]) -> Vehicle:
    semi, tractor, lines = shape.semi, shape.tractor, shape.lines
    trailer_end = max(shape.deck_end_m, shape.span_m + shape.half_group_m + _TAIL_M)
    end = tractor.kingpin_m + max(trailer_end, front + load.length_m)
    outline = (
        max(semi.deck_height_m + load.height_m, tractor.height_m),
        max(semi.width_m, load.width_m),
        tractor.nose_m + end,
    )
    to_trailer = tractor.kingpin_m + shape.span_m - shape.half_group_m - tractor.wheelbase_m
    return made_vehicle(
        f"{semi.name} {lines}轴线",
        option,
        outline,
        [max(value, 0.001) for value in loads],
        [*tractor.spacings_m, to_trailer, *[semi.pitch_m] * (lines - 1)],
        [*tractor.tyres, *[semi.tyres] * lines],
        tractor.drive,
        len(tractor.tyres) + 1,
    )


def _tractor_weight(tractor: Tractor) -> Weight:
    turning = sum(load * at for load, at in zip(tractor.kerb_loads_t, tractor.axles_at_m, strict=True))
    return Weight("tractor", tractor.kerb_t, turning / tractor.kerb_t, 0.0, 1.0)
