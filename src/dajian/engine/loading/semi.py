"""Semi-trailers and rigid trucks: two supports, the cargo moved until the axles are used evenly."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dajian.engine.findings import Finding
from dajian.engine.loading.arrangement import Arrangement, Load, Option, Place, Suspension, made_vehicle, over, squeeze
from dajian.engine.loading.statics import Spread, Weight, front_support, largest_moment
from dajian.engine.units import exact
from dajian.engine.vehicle.catalogue import Rigid, Semi, Tractor

_PIVOT_M = 0.5  # height of axle and suspension above the ground, generic
_LEAST_FRONT_T = 0.5


def arrange_semi(option: Option, load: Load, place: Place) -> Arrangement:
    """A tractor with a semi-trailer. Everything is measured from the kingpin, then from the first axle."""
    semi, tractor, lines = option.entry, option.tractor, option.lines
    assert isinstance(semi, Semi)
    assert tractor is not None
    half_group = (lines - 1) * semi.pitch_m / 2
    rear_over = max(semi.overhang_rear_m, semi.overhang_rear_share * load.length_m)
    deck_length, extension = _deck(semi, lines, load, rear_over, place, half_group)
    deck_end = semi.deck_from_m + deck_length
    span = exact(_span(semi, deck_end, half_group))
    tare = semi.tare_t + lines * semi.tare_per_line_t + extension * semi.tare_per_extension_t
    low, high = _bounds(semi, load, deck_end, span, rear_over)
    kingpin = tractor.kingpin_m

    def supports(front: float) -> tuple[float, float]:
        on_kingpin = front_support(((tare, semi.tare_at * span), (load.mass_t, front + load.centre_m[0])), span)
        return on_kingpin, tare + load.mass_t - on_kingpin

    def use(front: float) -> float:
        on_kingpin, on_axles = supports(front)
        steer, drive = _tractor_loads(tractor, on_kingpin)
        return max(
            steer / tractor.max_loads_t[0],
            drive / tractor.max_loads_t[-1],
            on_kingpin / semi.max_kingpin_t,
            on_axles / lines / semi.max_line_t,
        )

    reasons: list[Finding] = []
    if low > high + 1e-9:
        reasons.append(over("deck_length", load.length_m, _longest(semi, lines, load, rear_over), "m"))
    if place.cargo_front_m is not None:
        front = place.cargo_front_m - kingpin
    else:
        front = _best(use, low, max(low, high))
    on_kingpin, on_axles = supports(front)
    steer, drive = _tractor_loads(tractor, on_kingpin)
    loads = [*[steer] * tractor.steering, *[drive] * len(tractor.drive), *[on_axles / lines] * lines]
    reasons += _overloads(semi, tractor, on_kingpin, loads)

    bending = 0.0 if semi.bolsters else _bending(semi, load, tare, span, half_group, front, on_kingpin, on_axles)
    if bending > semi.bending_knm and not semi.bolsters:
        reasons.append(over("bending", bending, semi.bending_knm, "kN·m"))
    trailer_end = max(deck_end, span + half_group + 0.5)
    end = kingpin + max(trailer_end, front + load.length_m)
    outline = (
        max(semi.deck_height_m + load.height_m, tractor.height_m),
        max(semi.width_m, load.width_m),
        tractor.nose_m + end,
    )
    first = len(tractor.tyres) + 1
    to_first = kingpin + span - half_group - tractor.wheelbase_m
    vehicle = made_vehicle(
        f"{semi.name} {lines}轴线",
        option,
        outline,
        [max(value, 0.001) for value in loads],
        [*tractor.spacings_m, to_first, *[semi.pitch_m] * (lines - 1)],
        [*tractor.tyres, *[semi.tyres] * lines],
        tractor.drive,
        first,
    )
    trailer_weight = Weight("trailer", tare, kingpin + semi.tare_at * span, 0.0, semi.deck_height_m * 0.7)
    cargo_weight = _cargo_weight(load, kingpin + front, semi.deck_height_m)
    triangle = ((kingpin, 0.0), (kingpin + span, semi.track_m / 2), (kingpin + span, -semi.track_m / 2))
    return Arrangement(
        option,
        load,
        vehicle,
        tractor.nose_m,
        exact(round(kingpin + front, 3)),
        semi.deck_height_m,
        (kingpin + semi.deck_from_m, kingpin + deck_end),
        span,
        0.0,
        tractor.kerb_t,
        exact(tare),
        (*_tractor_weights(tractor), trailer_weight, cargo_weight),
        Suspension({"fifth_wheel": triangle}, _PIVOT_M, (trailer_weight, cargo_weight)),
        bending,
        semi.bending_knm,
        semi.clearance_m,
        semi.cost + lines * semi.cost_per_line + extension * semi.cost_per_extension + tractor.cost,
        tuple(reasons),
    )


def arrange_rigid(option: Option, load: Load, place: Place) -> Arrangement:
    """A truck that carries the cargo itself: supports at the middle of the steering and of the driven axles."""
    truck = option.entry
    assert isinstance(truck, Rigid)
    at = [exact(sum(truck.spacings_m[:axle])) for axle in range(len(truck.tyres))]
    steers, drives = at[: truck.steering], at[truck.steering :]
    steer_at, drive_at = sum(steers) / len(steers), sum(drives) / len(drives)
    kerb_steer = sum(truck.kerb_loads_t[: truck.steering])
    kerb_drive = sum(truck.kerb_loads_t[truck.steering :])
    low = truck.deck_from_m
    high = truck.deck_from_m + truck.deck_length_m + truck.overhang_rear_m - load.length_m

    def axles(front: float) -> list[float]:
        cargo_at = front + load.centre_m[0] - steer_at
        on_steer = front_support(((load.mass_t, cargo_at),), drive_at - steer_at)
        steer = (kerb_steer + on_steer) / len(steers)
        drive = (kerb_drive + load.mass_t - on_steer) / len(drives)
        return [*[steer] * len(steers), *[drive] * len(drives)]

    def use(front: float) -> float:
        return max(value / limit for value, limit in zip(axles(front), truck.max_loads_t, strict=True))

    reasons = [] if low <= high else [over("deck_length", load.length_m, load.length_m + high - low, "m")]
    front = place.cargo_front_m if place.cargo_front_m is not None else _best(use, low, max(low, high))
    loads = axles(front)
    reasons += _axle_overloads(loads, truck.max_loads_t)
    kerb = sum(truck.kerb_loads_t)
    end = max(truck.deck_from_m + truck.deck_length_m, front + load.length_m)
    outline = (
        max(truck.deck_height_m + load.height_m, truck.height_m),
        max(truck.width_m, load.width_m),
        truck.nose_m + end,
    )
    vehicle = made_vehicle(
        truck.name,
        option,
        outline,
        [max(value, 0.001) for value in loads],
        truck.spacings_m,
        truck.tyres,
        truck.drive,
        None,
    )
    body = Weight("truck", kerb, (kerb_steer * steer_at + kerb_drive * drive_at) / kerb, 0.0, 1.0)
    cargo_weight = _cargo_weight(load, front, truck.deck_height_m)
    half = truck.track_m / 2
    rectangle = ((steer_at, -half), (steer_at, half), (drive_at, half), (drive_at, -half))
    return Arrangement(
        option,
        load,
        vehicle,
        truck.nose_m,
        exact(round(front, 3)),
        truck.deck_height_m,
        (truck.deck_from_m, truck.deck_from_m + truck.deck_length_m),
        drive_at - steer_at,
        0.0,
        0.0,
        exact(kerb),
        (body, cargo_weight),
        Suspension({"springs": rectangle}, _PIVOT_M, (body, cargo_weight)),
        0.0,
        0.0,
        0.9,
        truck.cost,
        tuple(reasons),
    )


def _deck(semi: Semi, lines: int, load: Load, rear_over: float, place: Place, half_group: float) -> tuple[float, float]:
    """Length of the deck with its extension [m], and the extension: as short as the cargo allows, or as kept."""
    least, most = semi.deck_length_m
    few, many = semi.axle_lines[0], semi.axle_lines[-1]
    plain = least + (most - least) * (lines - few) / max(many - few, 1)
    if place.span_m is not None and semi.extension_m:
        extension = place.span_m - _span(semi, semi.deck_from_m + plain, half_group)
    elif semi.bolsters:
        reach = load.supports_m[1] - load.supports_m[0]
        declared = reach < load.length_m
        wanted = reach if declared else load.length_m - rear_over - semi.overhang_front_m
        extension = wanted - _span(semi, semi.deck_from_m + plain, half_group)
    else:
        extension = load.length_m - plain - rear_over - semi.overhang_front_m
    extension = squeeze(extension, 0.0, semi.extension_m)
    return plain + extension, extension


def _span(semi: Semi, deck_end: float, half_group: float) -> float:
    """Kingpin to the middle of the axles."""
    if semi.well_gap_m is not None:
        return deck_end + semi.well_gap_m + half_group
    return deck_end - semi.deck_end_m - half_group


def _bounds(semi: Semi, load: Load, deck_end: float, span: float, rear_over: float) -> tuple[float, float]:
    """Where the cargo's front may lie, behind the kingpin."""
    if semi.bolsters:  # both bolsters under the cargo
        first, last = load.supports_m
        return max(span - last, -semi.overhang_front_m), min(-first, span + rear_over - load.length_m + semi.deck_end_m)
    return semi.deck_from_m - semi.overhang_front_m, deck_end + rear_over - load.length_m


def _longest(semi: Semi, lines: int, load: Load, rear_over: float) -> float:
    plain = semi.deck_length_m[0 if lines == semi.axle_lines[0] else -1]
    return plain + semi.extension_m + rear_over + semi.overhang_front_m


def _best(use: Callable[[float], float], low: float, high: float) -> float:
    """The place of least use: `use` is the larger of falling and rising lines, so its least is found by thirds."""
    for _ in range(24):
        if high - low < 0.002:
            break
        third = (high - low) / 3
        if use(low + third) <= use(high - third):
            high -= third
        else:
            low += third
    return round((low + high) / 2, 3)


def _tractor_loads(tractor: Tractor, on_kingpin: float) -> tuple[float, float]:
    """Load [t] of each steering and of each driven axle with a load on the fifth wheel."""
    at = [0.0]
    for gap in tractor.spacings_m:
        at.append(at[-1] + gap)
    steer_at = sum(at[: tractor.steering]) / tractor.steering
    drives = len(at) - tractor.steering
    drive_at = sum(at[tractor.steering :]) / drives
    front = on_kingpin * (drive_at - tractor.kingpin_m) / (drive_at - steer_at)
    return (
        tractor.kerb_loads_t[0] + front / tractor.steering,
        tractor.kerb_loads_t[-1] + (on_kingpin - front) / drives,
    )


def _overloads(semi: Semi, tractor: Tractor, on_kingpin: float, loads: Sequence[float]) -> list[Finding]:
    reasons = []
    if on_kingpin > semi.max_kingpin_t + 1e-9:
        reasons.append(over("kingpin", on_kingpin, semi.max_kingpin_t, "t"))
    if on_kingpin < _LEAST_FRONT_T:
        reasons.append(over("kingpin_lifts", on_kingpin, _LEAST_FRONT_T, "t"))
    limits = [*tractor.max_loads_t, *[semi.max_line_t] * (len(loads) - len(tractor.max_loads_t))]
    return reasons + _axle_overloads(loads, limits)


def _axle_overloads(loads: Sequence[float], limits: Sequence[float]) -> list[Finding]:
    reasons = []
    worst = max(range(len(loads)), key=lambda axle: loads[axle] / limits[axle])
    if loads[worst] > limits[worst] + 1e-9:
        reasons.append(over("axle_capacity", loads[worst], limits[worst], "t", axle=worst + 1))
    if min(loads) <= 0:
        reasons.append(over("axle_lifts", min(loads), 0.0, "t", axle=loads.index(min(loads)) + 1))
    return reasons


def _bending(
    semi: Semi,
    load: Load,
    tare: float,
    span: float,
    half_group: float,
    front: float,
    on_kingpin: float,
    on_axles: float,
) -> float:
    """Frame between kingpin and axles; own mass spread so that its centre is where the catalogue says."""
    reach = min(semi.tare_at, 1 - semi.tare_at) * span
    down = [
        Spread(load.mass_t, front + load.supports_m[0], front + load.supports_m[1]),
        Spread(tare, semi.tare_at * span - reach, semi.tare_at * span + reach),
    ]
    centre = load.centre_m[0]
    middle = sum(load.supports_m) / 2
    if abs(centre - middle) > 1e-9:  # the cargo rests unevenly: spread about its own centre
        half = min(centre - load.supports_m[0], load.supports_m[1] - centre)
        down[0] = Spread(load.mass_t, front + centre - half, front + centre + half)
    return largest_moment([Spread(on_kingpin, 0.0, 0.0), Spread(on_axles, span - half_group, span + half_group)], down)


def _cargo_weight(load: Load, front: float, deck: float) -> Weight:
    back, right, up = load.centre_m
    return Weight("cargo", load.mass_t, front + back, right, deck + up)


def _tractor_weights(tractor: Tractor) -> tuple[Weight, ...]:
    at, total = 0.0, 0.0
    for load, gap in zip(tractor.kerb_loads_t, (*tractor.spacings_m, 0.0), strict=True):
        total += load * at
        at += gap
    return (Weight("tractor", tractor.kerb_t, total / tractor.kerb_t, 0.0, 1.0),)
