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
from dajian.engine.bridge.distribution import guyon_massonnet, hinged_slabs, lever, rigid
from dajian.engine.vehicle.axle_train import Vehicle

OPEN, CLOSED, CENTRED = range(3)  # others beside; closed to others; closed and on the centre line
COLUMNS = {"2015": 0, "2004": 1, "car": 2, "check": 3}
SEVERAL = ((COLUMNS["2015"], "2015"), (COLUMNS["2004"], "2004"), (COLUMNS["car"], "1989"))
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
    torsion: tuple[float, ...]
    wide: float
    stiffness: tuple[float, ...]
    twist: tuple[float, ...]
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
    if deck.section == "box" and deck.lanes:
        lanes = min(deck.lanes, 8)
        for column, code in SEVERAL:
            found[CLOSED:, column] = np.maximum(found[CLOSED:, column], lanes * lane_factors(code)[lanes - 1])
    girders = np.zeros((3, len(COLUMNS)))
    weight = 1.0
    if deck.girders > 1:
        places = (np.arange(deck.girders) - (deck.girders - 1) / 2) * deck.spacing_m
        points, tables = _distributions(deck, places, rules)
        if len(tables):
            at_support = lever(places, points)[None]
            weight = _weight(points, at_support, deck, lines, rules)
            girders = _of_girders(points, at_support, deck, 2, rules)
            moments = _of_girders(points, np.array(tables), deck, lines, rules)
            found[CLOSED:, :, MOMENT] = np.maximum(found[CLOSED:, :, MOMENT], moments[CLOSED:])
    return Shares(found, girders, weight)


def _distributions(deck: Deck, girders: np.ndarray, rules: Rules) -> tuple[np.ndarray, list[np.ndarray]]:
    """Places across the deck, and tables over them that apply at mid-span; none where the deck is outside them."""
    edge = max(_edges(deck, rules), float(girders[-1]) + rules.kerb_m)
    points = np.concatenate([[-edge], girders, [edge]])
    if not deck.span_m:
        return points, []
    if deck.section == "t_girder":
        width = deck.girders * deck.spacing_m
        if width <= rules.wide * deck.span_m:
            return points, [rigid(girders, points)]
        points = np.unique(np.concatenate([points, np.linspace(girders[0], girders[-1], 4 * deck.girders - 3)]))
        thetas = [0.5 * width / deck.span_m * root for root in rules.stiffness]
        return points, [guyon_massonnet(girders, t, a, points) for t in thetas for a in rules.twist]
    bounds = [5.8 * ratio * (deck.spacing_m / deck.span_m) ** 2 for ratio in rules.torsion]
    slabs = [hinged_slabs(girders, min(gamma, 1.0), points) for gamma in bounds]
    if deck.section == "hollow_slab":
        return points, slabs
    return points, [*slabs, rigid(girders, points)] if deck.section == "small_box" else []


def _edges(deck: Deck, rules: Rules) -> float:
    """Half the width between the barriers."""
    return 0.5 * deck.width_m - rules.barrier_m


def _worst(points: np.ndarray, tables: np.ndarray, wheels: np.ndarray, low: float, high: float) -> np.ndarray:
    """(tables, girders) largest share while the wheels' middle runs from low to high; each wheel carries alike."""
    at = np.linspace(low, high, max(1, int(np.ceil((high - low) / STEP_M))) + 1) if high > low else np.zeros(1)
    y = np.clip(at[:, None] + wheels, points[0], points[-1])
    piece = np.clip(np.searchsorted(points, y, side="right") - 1, 0, len(points) - 2)
    part = (y - points[piece]) / (points[piece + 1] - points[piece])
    weight = np.zeros((len(at), len(points)))
    row = np.repeat(np.arange(len(at)), len(wheels))
    np.add.at(weight, (row, piece.ravel()), (1 - part).ravel())
    np.add.at(weight, (row, piece.ravel() + 1), part.ravel())
    found: np.ndarray = (tables @ weight.T).max(axis=-1) / len(wheels)
    return found


def _lines(lines: int, rules: Rules) -> np.ndarray:
    if lines <= 2:
        return np.array([-TWO_LINES, TWO_LINES])
    return (np.arange(lines) - (lines - 1) / 2) * rules.line_pitch_m


def _train(
    points: np.ndarray, tables: np.ndarray, deck: Deck, lines: int, rules: Rules, *, centred: bool
) -> np.ndarray:
    wheels = _lines(lines, rules)
    play = max(0.0, _edges(deck, rules) - rules.train_edge_m - wheels[-1])
    if centred:
        play = min(play, rules.centre_play_m)
    return _worst(points, tables, wheels, -play, play)


def _weight(points: np.ndarray, tables: np.ndarray, deck: Deck, lines: int, rules: Rules) -> float:
    if lines <= 2:
        return 1.0
    many = _train(points, tables, deck, lines, rules, centred=False).max()
    return float(min(1.0, max(0.5, many / _train(points, tables, deck, 2, rules, centred=False).max())))


def _of_girders(points: np.ndarray, tables: np.ndarray, deck: Deck, lines: int, rules: Rules) -> np.ndarray:
    """(3, 4) design over train, the worst girder by the worst of the tables (tables, girders, points)."""
    half = _edges(deck, rules)
    pitch = rules.gauge_m + rules.between_m
    by_count = []
    for count in range(1, max(1, deck.lanes) + 1):
        middles = np.repeat(np.arange(count) - (count - 1) / 2, 2) * pitch
        wheels = middles + np.tile([-0.5, 0.5], count) * rules.gauge_m
        play = half - rules.kerb_m - wheels[-1]
        if play >= 0 or count == 1:
            by_count.append(count * _worst(points, tables, wheels, -max(play, 0.0), max(play, 0.0)))
    found = np.zeros((3, len(COLUMNS)))
    trailer_play = max(0.0, half - rules.train_edge_m - TRAILER_LINES[-1])
    trailer = _worst(points, tables, TRAILER_LINES, -trailer_play, trailer_play)
    for way in (CLOSED, CENTRED):
        by_kind = [_train(points, tables, deck, kind, rules, centred=way == CENTRED) for kind in {2, lines}]
        train = np.maximum(np.maximum.reduce(by_kind), 1e-9)
        for column, code in SEVERAL:
            factors = lane_factors(code)
            design = np.maximum.reduce([factors[min(n, 7)] * one for n, one in enumerate(by_count)])
            found[way, column] = (design / train).min()
        found[way, COLUMNS["check"]] = (trailer / train).min()
    return found
