"""Transverse share: how much of the design lanes a member was built for, against its part of the train.

A share is relative: design lanes (with their reduction) over the train, so that the effect ratio of one lane against
the train is multiplied by it. Never below lane against lane, which always holds: a design lane may stand where the
train drives. Moments by the deck's distribution at mid-span, forces by the lever rule at the support; the worst girder
and the worse end of an estimated stiffness govern.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dajian.engine.bridge.design_load import lane_factors
from dajian.engine.vehicle.axle_train import Vehicle

OPEN, CLOSED, CENTRED = range(3)  # others beside; closed to others; closed and on the centre line
COLUMNS = {"2015": 0, "2004": 1, "car": 2, "check": 3}
MOMENT, FORCE = 0, 1
STEP_M = 0.05
TRAILER_LINES = np.array([-1.35, -0.45, 0.45, 1.35])  # 挂车: four wheel sets, 0.9 m apart
TWO_LINES = 0.9  # half the gauge of tractors and ordinary trailers


@dataclass(frozen=True, slots=True)
class Deck:
    """What is known of a cross-section; 0 or "": unknown. span_m: longest span, where the share depends on it."""

    section: str = ""
    lanes: int = 0
    girders: int = 0
    spacing_m: float = 0.0
    width_m: float = 0.0
    span_m: float = 0.0


@dataclass(frozen=True, slots=True)
class Rules:
    """The policy's entry `deck`."""

    kerb_m: float
    between_m: float
    gauge_m: float
    train_edge_m: float
    barrier_m: float
    centre_play_m: float
    torsion: tuple[float, float]
    wide: float
    line_pitch_m: float


@dataclass(frozen=True)
class Shares:
    """Design over train.

    whole: (3 ways of driving, 4 loads, moment and force), for the train as it is. girders: (3, 4) of forces by the
    lever rule, for a train whose axles of many wheel lines count with `weight` (what such an axle gives the worst
    girder at a support, against two wheel lines of the same load, 0.5–1); 0 where no girder is known.
    """

    whole: np.ndarray
    girders: np.ndarray
    weight: float


def wheel_lines(vehicle: Vehicle) -> int:
    """Wheel lines across the axles of many tyres, the fewest of them; 2 where the train has none of these."""
    many = light_axles(vehicle)
    if not many.any():
        return 2
    if vehicle.tyres_per_axle is not None:
        return int(np.array(vehicle.tyres_per_axle)[many].min()) // 2
    return 2 * (vehicle.axle_files or 2)


def light_axles(vehicle: Vehicle) -> np.ndarray:
    """Axles of four and more wheel lines: each line presses with half or less of what two lines would."""
    loads = vehicle.train.loads_t
    if vehicle.tyres_per_axle is not None:
        return np.array(vehicle.tyres_per_axle) >= 8
    first = vehicle.first_trailer_axle
    if vehicle.has_axle_lines and (first or vehicle.trailer == "self_propelled"):
        return np.arange(1, len(loads) + 1) >= (first or 1)
    return np.zeros(len(loads), bool)


@lru_cache(maxsize=50_000)
def shares(deck: Deck, lines: int, rules: Rules) -> Shares:
    """Shares of one deck for a train whose axles of many tyres stand on so many wheel lines."""
    found = np.ones((3, len(COLUMNS), 2))
    for code in ("2015", "2004"):
        found[CLOSED:, COLUMNS[code]] = lane_factors(code)[0]
    several = [(COLUMNS[name], code) for name, code in (("2015", "2015"), ("2004", "2004"), ("car", "1989"))]
    if deck.section == "box" and deck.lanes:
        lanes = min(deck.lanes, 8)
        for column, code in several:
            found[CLOSED:, column] = np.maximum(found[CLOSED:, column], lanes * lane_factors(code)[lanes - 1])
    girders = np.zeros((3, len(COLUMNS)))
    weight = 1.0
    if deck.girders > 1:
        places = (np.arange(deck.girders) - (deck.girders - 1) / 2) * deck.spacing_m
        tables = _distributions(deck, places, rules)
        if tables:
            lever = np.eye(deck.girders)
            weight = _weight(places, lever, deck, lines, rules)
            girders = _of_girders(places, lever, deck, 2, rules, several)
            moments = np.minimum.reduce([_of_girders(places, one, deck, lines, rules, several) for one in tables])
            found[CLOSED:, :, MOMENT] = np.maximum(found[CLOSED:, :, MOMENT], moments[CLOSED:])
    return Shares(found, girders, weight)


def hinged(girders: int, gamma: float) -> np.ndarray:
    """(girder, loaded girder) shares of hinged slabs: the hinges' forces make the joints' deflections agree.

    gamma: 5.8 (I/I_T)(b/L)², deflection of an edge by twist against that by bending.
    """
    joints = girders - 1
    equations = np.zeros((joints, joints))
    for joint in range(joints):
        equations[joint, joint] = 2 * (1 + gamma)
        if joint:
            equations[joint, joint - 1] = equations[joint - 1, joint] = -(1 - gamma)
    step = np.zeros((joints, girders))
    step[np.arange(joints), np.arange(joints)] = 1.0
    step[np.arange(joints), np.arange(joints) + 1] = -1.0
    forces = np.linalg.solve(equations, step)  # from the left slab to the right one
    table = np.eye(girders)
    table[:-1] -= forces
    table[1:] += forces
    return table


def rigid(places: np.ndarray) -> np.ndarray:
    """(girder, loaded girder) shares under a rigid cross-beam (偏心压力法)."""
    return 1 / len(places) + np.outer(places, places) / (places**2).sum()


def _distributions(deck: Deck, places: np.ndarray, rules: Rules) -> list[np.ndarray]:
    """Distribution tables that apply at mid-span, none where the deck is outside them."""
    narrow = deck.girders * deck.spacing_m <= rules.wide * deck.span_m
    bounds = [5.8 * ratio * (deck.spacing_m / deck.span_m) ** 2 for ratio in rules.torsion] if deck.span_m else []
    slabs = [hinged(deck.girders, min(gamma, 1.0)) for gamma in bounds]
    if deck.section == "hollow_slab":
        return slabs
    if deck.section == "small_box":
        return [*slabs, rigid(places)] if slabs else []
    return [rigid(places)] if deck.section == "t_girder" and narrow else []


def _edges(deck: Deck, rules: Rules) -> float:
    """Half the width between the barriers."""
    return 0.5 * deck.width_m - rules.barrier_m


def _worst(places: np.ndarray, table: np.ndarray, wheels: np.ndarray, low: float, high: float) -> np.ndarray:
    """(girders,) largest share while the middle of the wheels runs from low to high; each wheel carries alike."""
    at = np.linspace(low, high, max(1, int(np.ceil((high - low) / STEP_M))) + 1) if high > low else np.zeros(1)
    y = at[:, None] + wheels
    return np.array([np.interp(y, places, row).mean(axis=1).max() for row in table])


def _lines(lines: int, rules: Rules) -> np.ndarray:
    if lines <= 2:
        return np.array([-TWO_LINES, TWO_LINES])
    return (np.arange(lines) - (lines - 1) / 2) * rules.line_pitch_m


def _train(places: np.ndarray, table: np.ndarray, deck: Deck, lines: int, rules: Rules, *, centred: bool) -> np.ndarray:
    wheels = _lines(lines, rules)
    play = max(0.0, _edges(deck, rules) - rules.train_edge_m - wheels[-1])
    if centred:
        play = min(play, rules.centre_play_m)
    return _worst(places, table, wheels, -play, play)


def _weight(places: np.ndarray, lever: np.ndarray, deck: Deck, lines: int, rules: Rules) -> float:
    if lines <= 2:
        return 1.0
    many = _train(places, lever, deck, lines, rules, centred=False).max()
    return float(min(1.0, max(0.5, many / _train(places, lever, deck, 2, rules, centred=False).max())))


def _of_girders(
    places: np.ndarray, table: np.ndarray, deck: Deck, lines: int, rules: Rules, several: list[tuple[int, str]]
) -> np.ndarray:
    """(3, 4) design over train, the worst girder."""
    half = _edges(deck, rules)
    pitch = rules.gauge_m + rules.between_m
    by_count = []
    for count in range(1, max(1, deck.lanes) + 1):
        wheels = (np.repeat(np.arange(count) - (count - 1) / 2, 2) * pitch) + np.tile(
            [-0.5, 0.5], count
        ) * rules.gauge_m
        play = half - rules.kerb_m - wheels[-1]
        if play >= 0 or count == 1:
            by_count.append(count * _worst(places, table, wheels, -max(play, 0.0), max(play, 0.0)))
    found = np.zeros((3, len(COLUMNS)))
    kinds = {2, lines}
    trailer_play = max(0.0, half - rules.train_edge_m - TRAILER_LINES[-1])
    trailer = _worst(places, table, TRAILER_LINES, -trailer_play, trailer_play)
    for way in (CLOSED, CENTRED):
        by_kind = [_train(places, table, deck, kind, rules, centred=way == CENTRED) for kind in kinds]
        train = np.maximum(np.maximum.reduce(by_kind), 1e-9)
        for column, code in several:
            factors = lane_factors(code)
            design = np.maximum.reduce([factors[min(n, 7)] * one for n, one in enumerate(by_count)])
            found[way, column] = (design / train).min()
        found[way, COLUMNS["check"]] = (trailer / train).min()
    return found
