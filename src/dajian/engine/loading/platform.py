"""Hydraulic platforms: equal loads within each hydraulic group, cargo over the middle, spreader beams where needed."""

from __future__ import annotations

from dajian.engine.findings import Finding
from dajian.engine.loading.arrangement import (
    Arrangement,
    Load,
    Option,
    Place,
    Suspension,
    made_vehicle,
    over,
    squeeze,
    tractor_axles,
)
from dajian.engine.loading.hydraulic_deck import (
    MIDDLE_M,
    Deck,
    line_loads,
    side_arm,
    spreader_beams,
    standing,
    support_figures,
)
from dajian.engine.loading.statics import Weight, centre
from dajian.engine.policy import Policy
from dajian.engine.units import STANDARD_GRAVITY, exact
from dajian.engine.vehicle.axle_train import Vehicle
from dajian.engine.vehicle.catalogue import Lifter, Pair, Platform

TANDEM_M = 6.5  # last axle of a tractor to the first of the next, by a drawbar


def arrange_platform(option: Option, load: Load, place: Place, policy: Policy) -> Arrangement:
    """Cargo on a continuous hydraulic deck; drawbar tractors in front, or the deck's own drive."""
    platform = option.entry
    assert isinstance(platform, Platform)
    assert option.files is not None
    files, lines = option.files, option.lines
    deck = Deck(
        platform,
        lines,
        files,
        platform.width_m[files],
        side_arm(files, platform.file_pitch_m[files]),
        (lines - 1) * platform.pitch_m,
    )
    end = platform.pitch_m / 2
    tare = [Weight("trailer", lines * files * platform.tare_per_axle_t + platform.drawbar_t, deck.last_m / 2, 0.0, 0.8)]
    if platform.power_pack_t:
        reach = end + platform.power_pack_m / 2
        ends = (-reach, deck.last_m + reach)  # one pack at each
        tare += [Weight("power_pack", platform.power_pack_t / 2, place_m, 0.0, 1.3) for place_m in ends]
    # the cargo's centre goes where the whole stands over the middle of the lines
    turning = sum(weight.mass_t * (weight.at_m - deck.last_m / 2) for weight in tare)
    wanted = deck.last_m / 2 - turning / load.mass_t - load.centre_m[0]
    low = -end - platform.overhang_front_m
    high = deck.last_m + end + platform.overhang_rear_m - load.length_m
    reasons = [] if low <= high else [over("deck_length", load.length_m, load.length_m + high - low, "m")]
    return _on_lines(deck, option, load, place, policy, tare, wanted, (low, max(low, high)), reasons)


def arrange_lifter(option: Option, load: Load, place: Place, policy: Policy) -> Arrangement:
    """A blade held by its root in a clamp over the lines, with a counterweight at the front."""
    lifter = option.entry
    assert isinstance(lifter, Lifter)
    deck = Deck(
        lifter,
        option.lines,
        lifter.axle_files,
        lifter.width_m,
        side_arm(lifter.axle_files, lifter.file_pitch_m),
        (option.lines - 1) * lifter.pitch_m,
    )
    clamp = lifter.clamp_share * deck.last_m
    axles = option.lines * lifter.axle_files
    tare = [
        Weight("trailer", axles * lifter.tare_per_axle_t + lifter.drawbar_t, deck.last_m / 2, 0.0, 0.8),
        Weight("adapter", lifter.adapter_t, clamp, 0.0, 2.0),
        Weight("counterweight", lifter.counterweight_t, 0.0, 0.0, 1.6),
    ]
    reasons = []
    moment = load.mass_t * load.centre_m[0] * STANDARD_GRAVITY
    if moment > lifter.max_moment_knm:
        reasons.append(over("clamp_moment", moment, lifter.max_moment_knm, "kN·m"))
    if load.mass_t > lifter.max_cargo_t:
        reasons.append(over("clamp_mass", load.mass_t, lifter.max_cargo_t, "t"))
    return _on_lines(deck, option, load, place, policy, tare, clamp, (clamp, clamp), reasons)


def _on_lines(
    deck: Deck,
    option: Option,
    load: Load,
    place: Place,
    policy: Policy,
    tare: list[Weight],
    wanted: float,
    bounds: tuple[float, float],
    reasons: list[Finding],
) -> Arrangement:
    """Loads, bending and outline of a deck on hydraulic lines. Inside: distances behind the first line."""
    entry, tractor = deck.entry, option.tractor
    towing = _towing(option)
    first_line = exact(sum(towing[1]))
    kept = place.cargo_front_m
    cargo_front = round(first_line + squeeze(wanted, *bounds), 3) if kept is None else kept
    front = cargo_front - first_line
    spreader, bending, limit = spreader_beams(deck, load, front, tare, place, policy)
    if bending > limit * (1 + 1e-9):
        reasons.append(over("bending", bending, limit, "kN·m"))
    body = standing(deck, load, front, tare, spreader, policy)
    mass, at, _, _ = centre(body)
    split, loads = line_loads(mass, at, deck.lines, entry.pitch_m, place.front_lines, policy)
    reasons += _line_reasons(loads, deck.files, entry.max_axle_t)
    up = exact(entry.deck_height_m + (policy["spreader"]["height_m"] if spreader else 0.0))
    nose = max(tractor.nose_m if tractor else _own_end_m(deck), -cargo_front)
    body_there = tuple(Weight(w.name, w.mass_t, w.at_m + first_line, w.right_m, w.up_m) for w in body)
    end = entry.pitch_m / 2
    return Arrangement(
        option=option,
        load=load,
        vehicle=_vehicle(option, deck, load, towing, loads, (front, up, nose)),
        nose_m=nose,
        cargo_front_m=cargo_front,
        deck_height_m=up,
        deck=(first_line - end, first_line + deck.last_m + end),
        span_m=deck.last_m,
        spreader_m=round(spreader, 3),
        tractors_t=exact(option.tractors * tractor.kerb_t) if tractor else 0.0,
        trailer_t=exact(mass - load.mass_t),
        weights=(*tractor_weights(option), *body_there),
        suspension=Suspension(
            support_figures(first_line, deck.lines, split, entry.pitch_m, deck.half_m),
            entry.pivot_height_m,
            body_there,
            split,
            deck.lines - split,
            abs(at - deck.last_m / 2) < MIDDLE_M,
        ),
        bending_knm=bending,
        bending_limit_knm=limit,
        underside_m=entry.deck_height_m - 0.5,
        cost=_cost(deck, option, spreader, policy),
        reasons=tuple(reasons),
    )


def _own_end_m(deck: Deck) -> float:
    """How far the deck with its power pack reaches beyond its first and its last line."""
    return deck.entry.pitch_m / 2 + (deck.entry.power_pack_m if isinstance(deck.entry, Platform) else 0.0)


def _cost(deck: Deck, option: Option, spreader: float, policy: Policy) -> float:
    own = deck.entry.cost + deck.lines * deck.files * deck.entry.cost_per_axle
    beams = policy["spreader"]["cost"] if spreader else 0.0
    return own + beams + (option.tractor.cost * option.tractors if option.tractor else 0.0)


def _vehicle(
    option: Option,
    deck: Deck,
    load: Load,
    towing: tuple[list[float], list[float], list[int]],
    lines: list[float],
    places: tuple[float, float, float],
) -> Vehicle:
    """The axle train: tractors, then lines. places: cargo's front behind the first line, its underside, nose [m]."""
    (loads, spacings, drive), (front, up, nose) = towing, places
    entry, tractor = deck.entry, option.tractor
    end = exact(sum(spacings)) + max(deck.last_m + _own_end_m(deck), front + load.length_m)
    outline = (
        max(up + load.height_m, tractor.height_m if tractor else 0.0),
        max(deck.width_m, load.width_m),
        nose + end,
    )
    if isinstance(entry, Platform) and entry.power_kw:
        driven = max(1, round(deck.lines * entry.drive_share))
        first = (deck.lines - driven) // 2 + 1
        drive = list(range(first, first + driven))
    return made_vehicle(
        f"{entry.name} {deck.files}纵列{deck.lines}轴线",
        option,
        outline,
        [*loads, *lines],
        [*spacings, *[entry.pitch_m] * (deck.lines - 1)],
        [*(tractor.tyres if tractor else ()) * option.tractors, *[deck.files * 4] * deck.lines],
        drive,
        len(loads) + 1,
    )


def _towing(option: Option) -> tuple[list[float], list[float], list[int]]:
    if option.tractor is None:
        return [], [], []
    entry = option.entry
    assert isinstance(entry, Platform | Lifter | Pair)
    loads, spacings, drive = tractor_axles(option.tractor, option.tractors, TANDEM_M)
    spacings[-1] = entry.drawbar_m
    return loads, spacings, drive


def tractor_weights(option: Option) -> tuple[Weight, ...]:
    """Each drawbar tractor with its own centre."""
    if option.tractor is None:
        return ()
    tractor, rows = option.tractor, []
    at = [0.0]
    for gap in tractor.spacings_m:
        at.append(at[-1] + gap)
    own = sum(load * place for load, place in zip(tractor.kerb_loads_t, at, strict=True)) / tractor.kerb_t
    for number in range(option.tractors):
        start = number * (tractor.wheelbase_m + TANDEM_M)
        rows.append(Weight("tractor", tractor.kerb_t, start + own, 0.0, 1.2))
    return tuple(rows)


def _line_reasons(loads: list[float], files: int, max_axle: float) -> list[Finding]:
    front, rear = loads[0], loads[-1]
    worst = max(front, rear) / files
    if min(front, rear) <= 0:
        return [over("group_lifts", min(front, rear), 0.0, "t")]
    return [over("line_capacity", worst * files, max_axle * files, "t")] if worst > max_axle + 1e-9 else []
