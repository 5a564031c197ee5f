"""Influence lines and the forces acting with a governing position: one beam, plain numpy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dajian.engine.bridge.beams import Beams, Spans
from dajian.engine.bridge.effects import BACKWARD, COLUMNS, EFFECTS, FORWARD, SIDE, WIDTH, V, train_places
from dajian.engine.bridge.trains import Moving

_SIDE = 1e-7  # m: an axle at a support stands just inside


@dataclass(frozen=True, slots=True)
class Section:
    """A control section: the effect, the number of its span or support (from 1), and its place [m]."""

    effect: str
    number: int
    place_m: float
    left_of_support: bool = False  # of a shear: just left of the right support

    def __str__(self) -> str:
        place = {"m_pos": "跨 M+", "m_neg": "支点 M-", "r_max": "支点 Rmax", "r_min": "支点 Rmin"}.get(self.effect)
        return f"第{self.number}{place or ('跨右端 V' if self.left_of_support else '跨左端 V')}"


@dataclass(frozen=True)
class Position:
    """Where the train governs: axle places from the left end [m] with their loads [kN], front axle first."""

    section: Section
    value: float
    axles_m: tuple[float, ...]
    loads_kn: tuple[float, ...]
    direction: str  # "→" or "←"
    with_it: dict[str, float]  # moment and shears at the section, reactions of all supports


def section_of(spans: Spans, column: int, place_m: float | None = None) -> Section:
    """The section of a column of effects; of M+ at its place (default the middle)."""
    effect = next(
        name for name, columns in zip(EFFECTS, COLUMNS, strict=True) if columns.start <= column < columns.stop
    )
    at = np.concatenate([[0.0], np.cumsum(spans)])
    index = column - COLUMNS[EFFECTS.index(effect)].start
    if effect == "m_pos":
        return Section(effect, index + 1, float(at[index] + spans[index] / 2 if place_m is None else place_m))
    if effect == "v":
        half = (V.stop - V.start) // 2
        return Section(effect, index % half + 1, float(at[index % half + index // half]), index >= half)
    return Section(effect, index + 1, float(at[index]))


def ordinates(spans: Spans, section: Section, places_m: np.ndarray) -> np.ndarray:
    """The influence line of a section at places on the beam (0 beyond it)."""
    moments, left, right = _unit(spans, np.asarray(places_m, float))
    at = np.concatenate([[0.0], np.cumsum(spans)])
    index = section.number - 1
    if section.effect == "m_neg":
        return moments[:, index]
    if section.effect in ("r_max", "r_min"):
        nothing = np.zeros(len(left))
        return (left[:, index] if index < len(spans) else nothing) - (right[:, index - 1] if index else nothing)
    if section.effect == "v":
        return right[:, index] if section.left_of_support else left[:, index]
    x, start = section.place_m, at[index]
    inside = (places_m >= start) & (places_m < x)
    return moments[:, index] + left[:, index] * (x - start) - np.where(inside, x - places_m, 0.0)


def governing(spans: Spans, load: Moving, column: int) -> Position:
    """The train's worst place for one control section, either direction, and what acts with it."""
    beam = Beams((spans,))
    found = [train_places(beam, load, run) for run in (FORWARD, BACKWARD)]
    run = int(found[1][0][0, column] > found[0][0][0, column])
    effects, places = found[run]
    first = float(places[0, column])
    section = section_of(spans, column, float(places[0, WIDTH + column]) if column < COLUMNS[0].stop else None)
    axles = first - load.offsets[run]
    loads = load.loads[run]
    with_it = _acting(spans, section, axles, loads)
    arrow = "←" if bool(run) != load.turned else "→"  # the kernels run to the right; backward is the train turned round
    return Position(section, float(effects[0, column]), tuple(axles.tolist()), tuple(loads.tolist()), arrow, with_it)


def _acting(spans: Spans, section: Section, axles: np.ndarray, loads: np.ndarray) -> dict[str, float]:
    at = np.concatenate([[0.0], np.cumsum(spans)])
    beside = np.abs(axles[:, None] - at).min(axis=1) < _SIDE
    nudge = -_SIDE if section.left_of_support or section.place_m == at[-1] else _SIDE
    moments, left, right = _unit(spans, np.where(beside, axles + nudge, axles))
    support = np.concatenate([left, np.zeros_like(left[:, :1])], axis=1)
    support[:, 1:] -= right
    index = min(section.number - 1, len(spans) - 1)
    found = {f"R{n + 1}": float(value) for n, value in enumerate(loads @ support)}
    for name, line in (
        ("M", Section("m_pos", index + 1, section.place_m)),
        ("V左" if section.left_of_support else "V", Section("v", index + 1, section.place_m, section.left_of_support)),
    ):
        if name != "M" or section.effect != "m_neg":
            found[name] = float(loads @ ordinates(spans, line, np.where(beside, axles + nudge, axles)))
    return found


def _unit(spans: Spans, places: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Support moments, left-end and right-end shears of a unit load at each place; rows: places."""
    length = np.array(spans)
    at = np.concatenate([[0.0], np.cumsum(length)])
    k = len(length)
    on = (places >= 0) & (places <= at[-1])
    m = np.clip(np.searchsorted(at, places, side="right") - 1, 0, k - 1)
    row = np.arange(len(places))
    ratio = np.where(on, (places - at[m]) / length[m], 0.0)
    square = length[m] ** 2
    right_hand = np.zeros((len(places), SIDE))
    right_hand[row, m] = square * ratio * (1 - ratio) * (2 - ratio)
    right_hand[row, m + 1] = square * ratio * (1 - ratio) * (1 + ratio)
    moments = np.zeros((len(places), k + 1))
    if k > 1:
        matrix = np.diag(2 * (length[:-1] + length[1:])) + np.diag(length[1:-1], 1) + np.diag(length[1:-1], -1)
        moments[:, 1:k] = -np.linalg.solve(matrix, right_hand[:, 1:k].T).T
    left = (moments[:, 1:] - moments[:, :-1]) / length
    right = left.copy()
    left[row, m] += np.where(on, 1 - ratio, 0.0)
    right[row, m] -= np.where(on, ratio, 0.0)
    return moments, left, right
