"""Hydraulic platforms: equal loads within each hydraulic group, cargo over the middle, spreader beams where needed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

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
from dajian.engine.loading.stability import Point
from dajian.engine.loading.statics import Spread, Weight, centre, front_group_share, largest_moment
from dajian.engine.policy import Policy
from dajian.engine.units import STANDARD_GRAVITY, exact
from dajian.engine.vehicle.catalogue import Lifter, Pair, Platform


@dataclass(frozen=True, slots=True)
class Deck:
    """What platform and blade lifter have in common, with the figures of the chosen number of files."""

    entry: Platform | Lifter
    lines: int
    files: int
    width_m: float
    half_m: float  # centre line to the middle of one side's bogies
    last_m: float  # first line to last


def side_arm(files: int, file_pitch_m: float) -> float:
    """Centre line to the centre of the bogies of one side; a middle file belongs half to each side."""
    places = [(file - (files - 1) / 2) * file_pitch_m for file in range(files)]
    side = [(place, 1.0) for place in places if place > 1e-9] + [(0.0, 0.5)] * (files % 2)
    return sum(place * share for place, share in side) / sum(share for _, share in side)


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
        _arm(files, platform.file_pitch_m[files]),
        (lines - 1) * platform.pitch_m,
    )
    end = platform.pitch_m / 2
    length = lines * platform.pitch_m
    tare = [Weight("trailer", lines * files * platform.tare_per_axle_t + platform.drawbar_t, deck.last_m / 2, 0.0, 0.8)]
    if platform.power_pack_t:
        tare.append(Weight("power_pack", platform.power_pack_t, -end - platform.power_pack_m / 2, 0.0, 1.3))
    # the cargo's centre goes where the whole stands over the middle of the lines
    turning = sum(weight.mass_t * (weight.at_m - deck.last_m / 2) for weight in tare)
    wanted = deck.last_m / 2 - turning / load.mass_t - load.centre_m[0]
    low = -end - platform.overhang_front_m
    high = deck.last_m + end + platform.overhang_rear_m - load.length_m
    reasons = [] if low <= high else [over("deck_length", load.length_m, load.length_m + high - low, "m")]
    return _on_lines(deck, option, load, place, policy, tare, wanted, (low, max(low, high)), reasons, length)


def arrange_lifter(option: Option, load: Load, place: Place, policy: Policy) -> Arrangement:
    """A blade held by its root in a clamp over the lines, with a counterweight at the front."""
    lifter = option.entry
    assert isinstance(lifter, Lifter)
    deck = Deck(
        lifter,
        option.lines,
        lifter.axle_files,
        lifter.width_m,
        _arm(lifter.axle_files, lifter.file_pitch_m),
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
    length = option.lines * lifter.pitch_m
    return _on_lines(deck, option, load, place, policy, tare, clamp, (clamp, clamp), reasons, length)


@cache
def _arm(files: int, file_pitch_m: float) -> float:
    return side_arm(files, file_pitch_m)


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
    length: float,
) -> Arrangement:
    """Loads, bending and outline of a deck on hydraulic lines. Inside: distances behind the first line."""
    entry, lines, pitch = deck.entry, deck.lines, deck.entry.pitch_m
    loads, spacings, drive = _towing(option)
    first_line = exact(sum(spacings))
    kept = place.cargo_front_m
    cargo_front = round(first_line + squeeze(wanted, *bounds), 3) if kept is None else kept
    front = cargo_front - first_line
    spreader, bending, limit = _spread(deck, load, front, tare, place, policy)
    if bending > limit * (1 + 1e-9):
        reasons.append(over("bending", bending, limit, "kN·m"))
    up = entry.deck_height_m + (policy["spreader"]["height_m"] if spreader else 0.0)
    body = _body(deck, load, front, tare, spreader, policy)
    mass, at, _, _ = centre(body)
    split, line_loads = _lines(mass, at, lines, pitch, place.front_lines, policy)
    reasons += _line_reasons(line_loads, split, deck.files, entry.max_axle_t)

    loads += line_loads
    spacings += [pitch] * (lines - 1)
    tractor = option.tractor
    nose = tractor.nose_m if tractor else pitch / 2 + getattr(entry, "power_pack_m", 0.0)
    end = first_line + max(deck.last_m + pitch / 2, front + load.length_m)
    outline = (
        max(up + load.height_m, tractor.height_m if tractor else 0.0),
        max(deck.width_m, load.width_m),
        max(nose, -(first_line + front)) + end,
    )
    tyres = [*(tractor.tyres if tractor else ()) * option.tractors, *[deck.files * 4] * lines]
    if isinstance(entry, Platform) and entry.power_kw:
        driven = max(1, round(lines * entry.drive_share))
        drive = list(range((lines - driven) // 2 + 1, (lines - driven) // 2 + 1 + driven))
    first_trailer = len(loads) - lines + 1
    name = f"{entry.name} {deck.files}纵列{lines}轴线"
    vehicle = made_vehicle(name, option, outline, loads, spacings, tyres, drive, first_trailer)
    shifted = tuple(Weight(w.name, w.mass_t, w.at_m + first_line, w.right_m, w.up_m) for w in body)
    figures = support_figures(first_line, lines, split, pitch, deck.half_m)
    tractors_t = option.tractors * tractor.kerb_t if tractor else 0.0
    cost = entry.cost + lines * deck.files * entry.cost_per_axle + (policy["spreader"]["cost"] if spreader else 0.0)
    return Arrangement(
        option,
        load,
        vehicle,
        max(nose, -(first_line + front)),
        cargo_front,
        exact(up),
        (first_line - pitch / 2, first_line - pitch / 2 + length),
        deck.last_m,
        round(spreader, 3),
        exact(tractors_t),
        exact(sum(w.mass_t for w in body) - load.mass_t),
        (*tractor_weights(option), *shifted),
        Suspension(figures, entry.pivot_height_m, shifted, split, lines - split, abs(at - deck.last_m / 2) < _MIDDLE_M),
        bending,
        limit,
        entry.deck_height_m - 0.5,
        cost + (tractor.cost * option.tractors if tractor else 0.0),
        tuple(reasons),
    )


def _towing(option: Option) -> tuple[list[float], list[float], list[int]]:
    if option.tractor is None:
        return [], [], []
    entry = option.entry
    assert isinstance(entry, Platform | Lifter | Pair)
    loads, spacings, drive = tractor_axles(option.tractor, option.tractors, TANDEM_M)
    spacings[-1] = entry.drawbar_m
    return loads, spacings, drive


_MIDDLE_M = 0.002
TANDEM_M = 6.5  # last axle of a tractor to the first of the next, by a drawbar


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


def _body(deck: Deck, load: Load, front: float, tare: list[Weight], spreader: float, policy: Policy) -> list[Weight]:
    """Everything that stands on the lines."""
    rules = policy["spreader"]
    back, right, high = load.centre_m
    middle, deck_m = front + back, deck.entry.deck_height_m
    up = deck_m + (rules["height_m"] if spreader else 0.0)
    beams = [Weight("spreader", spreader * rules["mass_t_per_m"], middle, 0.0, deck_m + 0.2)] if spreader else []
    return [*tare, *beams, Weight("cargo", load.mass_t, middle, right, up + high)]


def _spread(
    deck: Deck, load: Load, front: float, tare: list[Weight], place: Place, policy: Policy
) -> tuple[float, float, float]:
    """Length of spreader beams (0: none), the main beam's moment with them, and its limit [kN·m].

    A mass spread over a length about its centre bends by mass/8 less for every metre: so the beams are made longer
    until the moment is inside the limit, or the deck or the policy gives no more room.
    """
    entry = deck.entry
    if not isinstance(entry, Platform):
        return 0.0, 0.0, 0.0
    limit, end = entry.bending_knm[deck.files], entry.pitch_m / 2
    rest_from, rest_to = load.supports_m
    middle = front + load.centre_m[0]
    room = 2 * min(middle + end, deck.last_m + end - middle)
    own = 2 * min(load.centre_m[0] - rest_from, rest_to - load.centre_m[0])
    own = max(min(own, room), 0.1)
    moment = _deck_moment(deck, load, front, tare, 0.0, own, place, policy)
    if moment <= limit:
        return 0.0, moment, limit
    longest = min(room, policy["spreader"]["longest_m"])
    length = own
    while moment > limit and length < longest:
        step = (moment - limit) / (load.mass_t * STANDARD_GRAVITY / 8)
        length = min(longest, round(length + step + 0.05, 2))
        moment = _deck_moment(deck, load, front, tare, length, length, place, policy)
    return (length if length > own else 0.0), moment, limit


def _deck_moment(
    deck: Deck,
    load: Load,
    front: float,
    tare: list[Weight],
    spreader: float,
    rest_m: float,
    place: Place,
    policy: Policy,
) -> float:
    """Moment [kN·m] of the main beam: groups push evenly over their lines, cargo and own mass press down."""
    pitch, end = deck.entry.pitch_m, deck.entry.pitch_m / 2
    body = _body(deck, load, front, tare, spreader, policy)
    mass, at, _, _ = centre(body)
    split, line_loads = _lines(mass, at, deck.lines, pitch, place.front_lines, policy)
    border, tail = split * pitch - end, deck.last_m + end
    up = [Spread(line_loads[0] * split, -end, border), Spread(line_loads[-1] * (deck.lines - split), border, tail)]
    middle = front + load.centre_m[0]
    resting = load.mass_t + spreader * policy["spreader"]["mass_t_per_m"]
    down = [Spread(resting, middle - rest_m / 2, middle + rest_m / 2), Spread(tare[0].mass_t, -end, tail)]
    down += [Spread(weight.mass_t, weight.at_m, weight.at_m) for weight in tare[1:]]
    return largest_moment(up, down)


def _lines(
    mass: float, at: float, lines: int, pitch: float, kept: int | None, policy: Policy
) -> tuple[int, list[float]]:
    """How many lines form the front group, and every line's load [t]: the split with the smallest largest line."""
    least = max(1, -(-lines * policy["stability"]["least_group_share"] // 1))
    middle = (lines - 1) * pitch / 2
    own = kept if kept is not None and 1 <= kept < lines else None
    if abs(at - middle) < _MIDDLE_M:  # placed to the millimetre: however they are split, the lines carry the same
        return own or max(1, lines // 2), [mass / lines] * lines
    if own is not None:
        splits = [own]
    else:
        splits = [split for split in range(1, lines) if least <= split <= lines - least] or [max(1, lines // 2)]

    def pair(split: int) -> tuple[float, float]:
        share = front_group_share(lines, split, pitch, at)
        return mass * share / split, mass * (1 - share) / (lines - split)

    best = min(splits, key=lambda split: max(pair(split)))
    front, rear = pair(best)
    return best, [*[front] * best, *[rear] * (lines - best)]


def _line_reasons(line_loads: list[float], split: int, files: int, max_axle: float) -> list[Finding]:
    front, rear = line_loads[0], line_loads[-1]
    worst = max(front, rear) / files
    if min(front, rear) <= 0:
        return [over("group_lifts", min(front, rear), 0.0, "t")]
    return [over("line_capacity", worst * files, max_axle * files, "t")] if worst > max_axle + 1e-9 else []


def support_figures(
    first_line: float, lines: int, split: int, pitch: float, half: float
) -> dict[str, tuple[Point, ...]]:
    """Support points of a split: rectangle, and the two triangles with one end linked."""
    front = first_line + (split - 1) * pitch / 2
    rear = first_line + (split + lines - 1) * pitch / 2
    return figures_between(front, rear, half)


def figures_between(front: float, rear: float, half: float) -> dict[str, tuple[Point, ...]]:
    """Rectangle and triangles between two places along the train."""
    return {
        "four_point": ((front, -half), (front, half), (rear, half), (rear, -half)),
        "three_point_front": ((front, 0.0), (rear, half), (rear, -half)),
        "three_point_rear": ((rear, 0.0), (front, half), (front, -half)),
    }
