"""Two groups of hydraulic lines with the cargo between them: girder frame, hydraulic drop-deck, long-load dollies."""

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
    tractor_axles,
)
from dajian.engine.loading.hydraulic_deck import figures_between, side_arm
from dajian.engine.loading.platform import TANDEM_M, tractor_weights
from dajian.engine.loading.statics import Spread, Weight, front_support, largest_moment
from dajian.engine.units import exact
from dajian.engine.vehicle.axle_train import Vehicle
from dajian.engine.vehicle.catalogue import Pair


def arrange_pair(option: Option, load: Load, place: Place) -> Arrangement:
    """Frame and cargo rest on a turntable over the middle of each group; a group shares its load over its lines."""
    pair, files, each = option.entry, option.files, option.lines // 2
    assert isinstance(pair, Pair)
    assert files is not None
    assert option.tractor is not None
    group = (each - 1) * pair.pitch_m
    span, to_cargo, reasons = _geometry(pair, load, group, each, place)
    towing = tractor_axles(option.tractor, option.tractors, TANDEM_M)
    towing[1][-1] = pair.drawbar_m
    front_table = exact(sum(towing[1])) + group / 2
    if place.cargo_front_m is not None:
        to_cargo = place.cargo_front_m - front_table
    # drawbar in front, power pack behind: half of their mass on each group
    frame_t, bogie_t = frame_mass_t(pair, load, span), each * files * pair.tare_per_axle_t + pair.drawbar_t / 2
    on_front = front_support(((frame_t, span / 2), (load.mass_t, to_cargo + load.centre_m[0])), span)
    on_rear = frame_t + load.mass_t - on_front
    lines = (on_front + bogie_t) / each, (on_rear + bogie_t) / each
    reasons += [*_capacity(pair, files, *lines), *_suited(pair, load)]
    bending = _frame_moment(pair, load, frame_t, span, to_cargo, on_front, on_rear)
    if bending > pair.bending_knm and pair.carries == "between":
        reasons.append(over("bending", bending, pair.bending_knm, "kN·m"))
    body = _body(pair, load, (frame_t, bogie_t), front_table, span, to_cargo)
    figures = figures_between(front_table, front_table + span, side_arm(files, pair.file_pitch_m[files]))
    group_end = group / 2 + pair.pitch_m / 2
    tractors = option.tractors
    return Arrangement(
        option=option,
        load=load,
        vehicle=_vehicle(option, pair, load, towing, lines, (span, group, to_cargo)),
        nose_m=option.tractor.nose_m,
        cargo_front_m=exact(round(front_table + to_cargo, 3)),
        deck_height_m=pair.deck_height_m,
        deck=(front_table + group_end, front_table + span - group_end),
        span_m=span,
        spreader_m=0.0,
        tractors_t=exact(tractors * option.tractor.kerb_t),
        trailer_t=exact(frame_t + 2 * bogie_t),
        weights=(*tractor_weights(option), *body),
        suspension=Suspension(figures, pair.pivot_height_m, body, each, each),
        bending_knm=bending,
        bending_limit_knm=pair.bending_knm,
        underside_m=(1.0 if pair.carries == "cargo" else pair.deck_height_m - 0.1) + pair.stroke_m / 2,
        cost=pair.cost + 2 * each * files * pair.cost_per_axle + option.tractor.cost * tractors,
        reasons=tuple(reasons),
    )


def _vehicle(
    option: Option,
    pair: Pair,
    load: Load,
    towing: tuple[list[float], list[float], list[int]],
    lines: tuple[float, float],
    places: tuple[float, float, float],
) -> Vehicle:
    """The axle train: tractors, front group, rear group. places: span, length of a group, front table to cargo [m]."""
    tractor, files, each = option.tractor, option.files or 2, option.lines // 2
    assert tractor is not None
    (loads, spacings, drive), (span, group, to_cargo) = towing, places
    first_line = exact(sum(spacings))
    loads = [*loads, *[lines[0]] * each, *[lines[1]] * each]
    inner = [pair.pitch_m] * (each - 1)
    end = first_line + max(span + group + pair.pitch_m / 2, group / 2 + to_cargo + load.length_m)
    outline = (
        max(pair.deck_height_m + load.height_m, tractor.height_m),
        max(pair.width_m[files], load.width_m + 2 * pair.side_m),
        tractor.nose_m + end,
    )
    return made_vehicle(
        f"{pair.name} {files}纵列{each}＋{each}轴线",
        option,
        outline,
        [max(value, 0.001) for value in loads],
        [*spacings, *inner, exact(span - group), *inner],
        [*tractor.tyres * option.tractors, *[files * 4] * (2 * each)],
        drive,
        option.tractors * len(tractor.tyres) + 1,
    )


def _body(
    pair: Pair, load: Load, masses: tuple[float, float], front_table: float, span: float, to_cargo: float
) -> tuple[Weight, ...]:
    """What stands on the lines. masses: of the frame and of one group [t]."""
    frame_t, bogie_t = masses
    back, right, up = load.centre_m
    return (
        Weight("front_group", bogie_t, front_table, 0.0, 0.8),
        Weight("rear_group", bogie_t, front_table + span, 0.0, 0.8),
        Weight("frame", frame_t, front_table + span / 2, 0.0, max(1.2, pair.deck_height_m)),
        Weight("cargo", load.mass_t, front_table + to_cargo + back, right, pair.deck_height_m + up),
    )


def frame_mass_t(pair: Pair, load: Load, span: float) -> float:
    """Mass of the frame [t]: it grows with what it carries and with its length."""
    return pair.frame_t + pair.frame_per_cargo * load.mass_t + pair.frame_per_m_t * span


def towed_t(pair: Pair, files: int, lines: int, load: Load) -> float:
    """Mass behind the tractors [t]."""
    each = lines // 2
    span, _, _ = _geometry(pair, load, (each - 1) * pair.pitch_m, each, Place())
    own = lines * files * pair.tare_per_axle_t + pair.drawbar_t
    return load.mass_t + own + frame_mass_t(pair, load, span)


def _geometry(pair: Pair, load: Load, group: float, each: int, place: Place) -> tuple[float, float, list[Finding]]:
    """Distance between the turntables, and from the front one back to the cargo's front."""
    half_length = each * pair.pitch_m / 2
    reasons: list[Finding] = []
    if pair.carries != "cargo":
        span = place.span_m or exact(2 * half_length + 2 * pair.gap_m + load.length_m)
        return span, half_length + pair.gap_m, reasons
    first, last = load.supports_m
    if first > 0 or last < load.length_m:
        span = place.span_m or last - first
    else:
        span = place.span_m or exact(load.length_m * pair.bolster_share)
        first = min(max(load.centre_m[0] - span / 2, 0.0), load.length_m - span)
    if span < 2 * half_length + 1.0:
        reasons.append(over("groups_meet", span, 2 * half_length + 1.0, "m"))
    ahead = first - group / 2 - pair.pitch_m / 2
    if ahead > pair.overhang_front_m + pair.drawbar_m - 4.0:
        reasons.append(over("cab_reach", ahead, pair.overhang_front_m + pair.drawbar_m - 4.0, "m"))
    return span, -first, reasons


def _suited(pair: Pair, load: Load) -> list[Finding]:
    """Whether this kind of cargo can be carried so at all."""
    reasons = []
    if load.length_m > pair.max_cargo_length_m:
        reasons.append(over("deck_length", load.length_m, pair.max_cargo_length_m, "m"))
    if load.mass_t < pair.min_cargo_t:
        reasons.append(over("too_light", load.mass_t, pair.min_cargo_t, "t"))
    if pair.carries == "ends" and not load.held_by_ends:
        reasons.append(Finding("not_held_by_ends", "reject", "not_held_by_ends"))
    return reasons


def _capacity(pair: Pair, files: int, front_line: float, rear_line: float) -> list[Finding]:
    if min(front_line, rear_line) <= 0:
        return [over("group_lifts", min(front_line, rear_line), 0.0, "t")]
    worst, limit = max(front_line, rear_line), pair.max_axle_t * files
    return [over("line_capacity", worst, limit, "t")] if worst > limit + 1e-9 else []


def _frame_moment(
    pair: Pair, load: Load, frame_t: float, span: float, to_cargo: float, on_front: float, on_rear: float
) -> float:
    """Largest moment [kN·m] of the frame between the turntables, cargo spread over its length about its centre."""
    if pair.carries != "between":
        return 0.0
    middle = to_cargo + load.centre_m[0]
    half = max(min(load.centre_m[0], load.length_m - load.centre_m[0]), 0.05)
    up = [Spread(on_front, 0.0, 0.0), Spread(on_rear, span, span)]
    return largest_moment(up, [Spread(load.mass_t, middle - half, middle + half), Spread(frame_t, 0.0, span)])
