"""The hydraulic deck: which load every line takes, how far spreader beams must reach, what the main beam bears."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dajian.engine.findings import Finding
from dajian.engine.loading.arrangement import Load, over
from dajian.engine.loading.stability import Point
from dajian.engine.loading.statics import Spread, Weight, centre, front_group_share, largest_moment
from dajian.engine.policy import Policy
from dajian.engine.units import STANDARD_GRAVITY, exact
from dajian.engine.vehicle.catalogue import Lifter, Platform

MIDDLE_M = 0.0006  # a centre this near to the middle of the lines loads them all alike


@dataclass(frozen=True, slots=True)
class Deck:
    """What platform and blade lifter have in common, with the figures of the chosen number of files."""

    entry: Platform | Lifter
    lines: int
    files: int
    width_m: float
    half_m: float  # centre line to the middle of one side's bogies
    last_m: float  # first line to last


@cache
def side_arm(files: int, file_pitch_m: float) -> float:
    """Centre line to the centre of the bogies of one side; a middle file belongs half to each side."""
    places = [(file - (files - 1) / 2) * file_pitch_m for file in range(files)]
    side = [(place, 1.0) for place in places if place > 1e-9] + [(0.0, 0.5)] * (files % 2)
    return sum(place * share for place, share in side) / sum(share for _, share in side)


@dataclass(frozen=True, slots=True)
class Standing:
    """A cargo on a deck, whatever tows it. Distances behind the first line."""

    deck: Deck
    load: Load
    front_m: float  # the cargo's front
    up_m: float  # its underside above the ground
    spreader_m: float
    bending_knm: float
    bending_limit_knm: float
    body: tuple[Weight, ...]
    mass_t: float
    front_lines: int
    line_loads_t: tuple[float, ...]
    even: bool
    reasons: tuple[Finding, ...]


def stand(deck: Deck, load: Load, front: float, tare: list[Weight], kept_split: int | None, policy: Policy) -> Standing:
    """Line loads, spreader beams and main beam of a cargo whose front lies at a place behind the first line."""
    entry = deck.entry
    spreader, bending, limit = _spreader_beams(deck, load, front, tare, kept_split, policy)
    body = _body(deck, load, front, tare, spreader, policy)
    mass, at, _, _ = centre(body)
    split, loads = _line_loads(mass, at, deck.lines, entry.pitch_m, kept_split, policy)
    reasons = [over("bending", bending, limit, "kN·m")] if bending > limit * (1 + 1e-9) else []
    least, worst, built = min(loads), max(loads), entry.max_axle_t * deck.files
    if least <= 0:
        reasons.append(over("group_lifts", least, 0.0, "t"))
    elif worst > built + 1e-9:
        reasons.append(over("line_capacity", worst, built, "t"))
    up = exact(entry.deck_height_m + (policy["spreader"]["height_m"] if spreader else 0.0))
    even = abs(at - deck.last_m / 2) < MIDDLE_M
    return Standing(
        deck, load, front, up, spreader, bending, limit, tuple(body), mass, split, tuple(loads), even, tuple(reasons)
    )


def _spreader_beams(
    deck: Deck, load: Load, front: float, tare: list[Weight], kept_split: int | None, policy: Policy
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
    moment = _deck_moment(deck, load, front, tare, 0.0, own, kept_split, policy)
    if moment <= limit:
        return 0.0, moment, limit
    longest = min(room, policy["spreader"]["longest_m"])
    length = own
    while moment > limit and length < longest:
        step = (moment - limit) / (load.mass_t * STANDARD_GRAVITY / 8)
        length = min(longest, round(length + step + 0.05, 2))
        moment = _deck_moment(deck, load, front, tare, length, length, kept_split, policy)
    return (length if length > own else 0.0), moment, limit


def _body(deck: Deck, load: Load, front: float, tare: list[Weight], spreader: float, policy: Policy) -> list[Weight]:
    """Everything that stands on the lines."""
    rules = policy["spreader"]
    back, right, high = load.centre_m
    middle, deck_m = front + back, deck.entry.deck_height_m
    up = deck_m + (rules["height_m"] if spreader else 0.0)
    beams = [Weight("spreader", spreader * rules["mass_t_per_m"], middle, 0.0, deck_m + 0.2)] if spreader else []
    return [*tare, *beams, Weight("cargo", load.mass_t, middle, right, up + high)]


def _line_loads(
    mass: float, at: float, lines: int, pitch: float, kept: int | None, policy: Policy
) -> tuple[int, list[float]]:
    """How many lines form the front group, and every line's load [t]: the split with the smallest largest line."""
    least = max(1, -(-lines * policy["stability"]["least_group_share"] // 1))
    middle = (lines - 1) * pitch / 2
    own = kept if kept is not None and 1 <= kept < lines else None
    if abs(at - middle) < MIDDLE_M:  # placed to the millimetre: however they are split, the lines carry the same
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


def _deck_moment(
    deck: Deck,
    load: Load,
    front: float,
    tare: list[Weight],
    spreader: float,
    rest_m: float,
    kept_split: int | None,
    policy: Policy,
) -> float:
    """Moment [kN·m] of the main beam: groups push evenly over their lines, cargo and own mass press down."""
    pitch, end = deck.entry.pitch_m, deck.entry.pitch_m / 2
    body = _body(deck, load, front, tare, spreader, policy)
    mass, at, _, _ = centre(body)
    split, loads = _line_loads(mass, at, deck.lines, pitch, kept_split, policy)
    border, tail = split * pitch - end, deck.last_m + end
    up = [Spread(loads[0] * split, -end, border), Spread(loads[-1] * (deck.lines - split), border, tail)]
    middle = front + load.centre_m[0]
    resting = load.mass_t + spreader * policy["spreader"]["mass_t_per_m"]
    down = [Spread(resting, middle - rest_m / 2, middle + rest_m / 2), Spread(tare[0].mass_t, -end, tail)]
    down += [Spread(weight.mass_t, weight.at_m, weight.at_m) for weight in tare[1:]]
    return largest_moment(up, down)


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
