"""Hydraulic platforms: equal loads within each hydraulic group, cargo over the middle, spreader beams where needed."""

from __future__ import annotations

from dataclasses import replace

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
from dajian.engine.loading.hydraulic_deck import Deck, Standing, side_arm, stand, support_figures
from dajian.engine.loading.statics import Weight
from dajian.engine.policy import Policy
from dajian.engine.units import STANDARD_GRAVITY, exact
from dajian.engine.vehicle.axle_train import Vehicle
from dajian.engine.vehicle.catalogue import Lifter, Pair, Platform

TANDEM_M = 6.5  # last axle of a tractor to the first of the next, by a drawbar


def arrange_on_lines(option: Option, load: Load, place: Place, policy: Policy) -> Arrangement:
    """Cargo on a hydraulic platform or blade lifter, where it stands best or where it is kept."""
    first_line = exact(sum(_towing(option)[1]))
    kept = None if place.cargo_front_m is None else place.cargo_front_m - first_line
    return towed(option, standing(option, load, policy, kept, place.front_lines))


def standing(
    option: Option, load: Load, policy: Policy, kept_front: float | None = None, kept_split: int | None = None
) -> Standing:
    """The cargo on the deck of an option, whatever tows it."""
    deck = _deck(option)
    if isinstance(deck.entry, Lifter):
        tare, wanted, reasons = _clamped(deck, deck.entry, load)
    else:
        tare, wanted, reasons = _on_platform(deck, deck.entry, load)
    found = stand(deck, load, round(wanted, 3) if kept_front is None else kept_front, tare, kept_split, policy)
    return replace(found, reasons=(*reasons, *found.reasons)) if reasons else found


def towed(option: Option, found: Standing) -> Arrangement:
    """What stands on the lines with its tractors, or on its own drive."""
    deck, load, tractor = found.deck, found.load, option.tractor
    entry, end = deck.entry, deck.entry.pitch_m / 2
    towing = _towing(option)
    first_line = exact(sum(towing[1]))
    cargo_front = exact(first_line + found.front_m)
    nose = max(tractor.nose_m if tractor else _own_end_m(deck), -cargo_front)
    body = tuple([Weight(w.name, w.mass_t, w.at_m + first_line, w.right_m, w.up_m) for w in found.body])
    own_cost = entry.cost + deck.lines * deck.files * entry.cost_per_axle
    return Arrangement(
        option=option,
        load=load,
        vehicle=_vehicle(option, found, towing, nose),
        nose_m=nose,
        cargo_front_m=cargo_front,
        deck_height_m=found.up_m,
        deck=(first_line - end, first_line + deck.last_m + end),
        span_m=deck.last_m,
        spreader_m=round(found.spreader_m, 3),
        tractors_t=exact(option.tractors * tractor.kerb_t) if tractor else 0.0,
        trailer_t=exact(found.mass_t - load.mass_t),
        weights=(*tractor_weights(option), *body),
        suspension=Suspension(
            support_figures(first_line, deck.lines, found.front_lines, entry.pitch_m, deck.half_m),
            entry.pivot_height_m,
            body,
            found.front_lines,
            deck.lines - found.front_lines,
            found.even,
        ),
        bending_knm=found.bending_knm,
        bending_limit_knm=found.bending_limit_knm,
        underside_m=entry.deck_height_m - 0.5,
        cost=own_cost + (tractor.cost * option.tractors if tractor else 0.0),
        reasons=found.reasons,
    )


def _deck(option: Option) -> Deck:
    entry, lines = option.entry, option.lines
    assert isinstance(entry, Platform | Lifter)
    length = (lines - 1) * entry.pitch_m
    if isinstance(entry, Lifter):
        arm = side_arm(entry.axle_files, entry.file_pitch_m)
        return Deck(entry, lines, entry.axle_files, entry.width_m, arm, length)
    assert option.files is not None
    files = option.files
    return Deck(entry, lines, files, entry.width_m[files], side_arm(files, entry.file_pitch_m[files]), length)


def _on_platform(deck: Deck, platform: Platform, load: Load) -> tuple[list[Weight], float, list[Finding]]:
    """Tare, where the cargo's front is wanted: its centre over the middle of the lines, and what stops it."""
    end = platform.pitch_m / 2
    own = deck.lines * deck.files * platform.tare_per_axle_t + platform.drawbar_t
    tare = [Weight("trailer", own, deck.last_m / 2, 0.0, 0.8)]
    if platform.power_pack_t:
        reach = end + platform.power_pack_m / 2
        ends = (-reach, deck.last_m + reach)  # one pack at each
        tare += [Weight("power_pack", platform.power_pack_t / 2, at, 0.0, 1.3) for at in ends]
    low = -end - platform.overhang_front_m
    high = deck.last_m + end + platform.overhang_rear_m - load.length_m
    reasons = [] if low <= high else [over("deck_length", load.length_m, load.length_m + high - low, "m")]
    return tare, squeeze(deck.last_m / 2 - load.centre_m[0], low, max(low, high)), reasons


def _clamped(deck: Deck, lifter: Lifter, load: Load) -> tuple[list[Weight], float, list[Finding]]:
    """Tare with clamp and counterweight, the clamp's place, and what stops a blade from being held there."""
    clamp = lifter.clamp_share * deck.last_m
    own = deck.lines * lifter.axle_files * lifter.tare_per_axle_t + lifter.drawbar_t
    tare = [
        Weight("trailer", own, deck.last_m / 2, 0.0, 0.8),
        Weight("adapter", lifter.adapter_t, clamp, 0.0, 2.0),
        Weight("counterweight", lifter.counterweight_t, 0.0, 0.0, 1.6),
    ]
    reasons = []
    moment = load.mass_t * load.centre_m[0] * STANDARD_GRAVITY
    if moment > lifter.max_moment_knm:
        reasons.append(over("clamp_moment", moment, lifter.max_moment_knm, "kN·m"))
    if load.mass_t > lifter.max_cargo_t:
        reasons.append(over("clamp_mass", load.mass_t, lifter.max_cargo_t, "t"))
    return tare, clamp, reasons


def _own_end_m(deck: Deck) -> float:
    """How far the deck with its power pack reaches beyond its first and its last line."""
    return deck.entry.pitch_m / 2 + (deck.entry.power_pack_m if isinstance(deck.entry, Platform) else 0.0)


def _vehicle(
    option: Option, found: Standing, towing: tuple[list[float], list[float], list[int]], nose: float
) -> Vehicle:
    """The axle train: tractors, then lines."""
    loads, spacings, drive = towing
    deck, load, tractor = found.deck, found.load, option.tractor
    entry = deck.entry
    end = exact(sum(spacings)) + max(deck.last_m + _own_end_m(deck), found.front_m + load.length_m)
    outline = (
        max(found.up_m + load.height_m, tractor.height_m if tractor else 0.0),
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
        [*loads, *found.line_loads_t],
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
