"""A reference of its own: continuous beams by the direct stiffness method (rotations at supports), in plain numpy.

Imports nothing of the engine. Loads are looked at on a grid of positions with both sides of every support, then closer
around the best ones. Effects by section: M+ by span, -M- by support, |V| at the left ends of the spans and then at
their right ends, R max and -R min by support.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

import numpy as np

INSIDE = 1e-9  # m beside a support
NAMES = ("m_pos", "m_neg", "v", "r_max", "r_min")
Columns = dict[str, np.ndarray]


class Beam:
    """Constant EI, knife-edge supports."""

    def __init__(self, spans: Sequence[float]):
        self.spans = np.array(spans, float)
        self.at = np.concatenate([[0.0], np.cumsum(self.spans)])
        count = len(spans) + 1
        stiffness = np.zeros((count, count))
        for j, span in enumerate(self.spans):
            stiffness[j : j + 2, j : j + 2] += np.array([[4.0, 2.0], [2.0, 4.0]]) / span
        self.flexibility = np.linalg.inv(stiffness)

    def unit(self, places: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Unit loads at `places` (any shape, off the beam counts nothing).

        Returns support moments (sagging > 0), shear at the left and at the right end of each span; last axis: support
        or span.
        """
        shape = places.shape
        s = places.ravel()
        on = (s > 0) & (s < self.at[-1])
        j = np.clip(np.searchsorted(self.at, s, side="right") - 1, 0, len(self.spans) - 1)
        span = self.spans[j]
        a = np.clip(s - self.at[j], 0.0, span)
        b = span - a
        row = np.arange(len(s))
        load = np.where(on, 1.0, 0.0)
        fixed_left, fixed_right = load * a * b**2 / span**2, -load * a**2 * b / span**2  # counter-clockwise > 0
        joint = np.zeros((len(s), len(self.at)))
        joint[row, j] -= fixed_left
        joint[row, j + 1] -= fixed_right
        rotation = joint @ self.flexibility
        left = (4 * rotation[:, :-1] + 2 * rotation[:, 1:]) / self.spans
        right = (2 * rotation[:, :-1] + 4 * rotation[:, 1:]) / self.spans
        left[row, j] += fixed_left
        right[row, j] += fixed_right
        simple = np.zeros_like(left)
        simple[row, j] = load * b / span
        shear_left = simple + (left + right) / self.spans
        weight = np.zeros_like(left)
        weight[row, j] = load
        shear_right = shear_left - weight
        moments = np.concatenate([-left, right[:, -1:]], axis=1)
        return tuple(v.reshape(*shape, -1) for v in (moments, shear_left, shear_right))  # type: ignore[return-value]


def effects_at(beam: Beam, loads: np.ndarray, places: np.ndarray) -> Columns:
    """Effects of axles at `places` (positions, axles): (positions, sections) of each effect.

    M+ of a span under its axles and over its inner supports (between these the moment line is straight).
    """
    moments, left, right = (np.einsum("pns,n->ps", v, loads) for v in beam.unit(places))
    reaction = np.concatenate([left, np.zeros_like(left[:, :1])], axis=1)
    reaction[:, 1:] -= right
    highest = np.maximum(moments[:, :-1], moments[:, 1:])
    row = np.arange(len(places))
    for axle in range(places.shape[1]):
        x = places[:, axle]
        j = np.clip(np.searchsorted(beam.at, x, side="right") - 1, 0, len(beam.spans) - 1)
        start = beam.at[j]
        ahead = np.where((places >= start[:, None]) & (places < x[:, None]), (x[:, None] - places) * loads, 0.0)
        value = moments[row, j] + left[row, j] * (x - start) - ahead.sum(axis=1)
        on = (x > 0) & (x < beam.at[-1])
        highest[row[on], j[on]] = np.maximum(highest[row[on], j[on]], value[on])
    shear = np.abs(np.concatenate([left, right], axis=1))
    return {"m_pos": highest, "m_neg": -moments, "v": shear, "r_max": reaction, "r_min": -reaction}


def nothing(beam: Beam) -> Columns:
    k = len(beam.spans)
    return {name: np.zeros(size) for name, size in zip(NAMES, (k, k + 1, 2 * k, k + 1, k + 1), strict=True)}


def larger(one: Columns, other: Columns) -> Columns:
    return {name: np.maximum(one[name], other[name]) for name in NAMES}


def one_way(
    beam: Beam, loads: np.ndarray, offsets: np.ndarray, low: float, high: float, step: float, rounds: int = 2
) -> Columns:
    """Largest effects while the first axle runs from low to high; closer around the best of each section."""
    crossing = (offsets[:, None] + beam.at[None, :]).ravel()
    front = np.concatenate([np.arange(low, high, step), [low, high], crossing - INSIDE, crossing + INSIDE])
    found = nothing(beam)
    width = step
    for turn in range(rounds + 1):
        front = np.unique(front[(front >= low - INSIDE) & (front <= high + INSIDE)])
        values = effects_at(beam, loads, front[:, None] - offsets)
        best = {name: front[np.argmax(values[name], axis=0)] for name in NAMES}
        found = larger(found, {name: values[name].max(axis=0) for name in NAMES})
        if turn < rounds:
            middles = np.unique(np.round(np.concatenate(list(best.values())), 9))
            front = (middles[:, None] + np.linspace(-width, width, 21)).ravel()
            width /= 10
    return found


def columns(spans: Sequence[float], loads: Sequence[float], spacings: Sequence[float], step: float = 0.2) -> Columns:
    """Largest effects of a train over position, both directions, section by section."""
    beam = Beam(spans)
    found = nothing(beam)
    for one, gaps in ((loads, spacings), (loads[::-1], spacings[::-1])):
        offsets = np.array([0.0, *accumulate(gaps)])
        found = larger(found, one_way(beam, np.array(one), offsets, 0.0, float(beam.at[-1] + offsets[-1]), step))
    return found


Truck = tuple[list[float], list[float]]


def convoys(heavy: Truck, main: Truck, gap: float, ahead: float, most: int) -> Iterator[tuple[Truck, list[int]]]:
    """Every run of trucks with the one heavy truck: its axles, and the first axle of each truck."""
    for before in range(most + 1):
        for behind in range(most + 1):
            loads: list[float] = []
            gaps: list[float] = []
            starts: list[int] = []
            for number, (truck, spacings) in enumerate([main] * before + [heavy] + [main] * behind):
                if number:
                    gaps.append(ahead if number == before else gap)
                starts.append(len(loads))
                loads += truck
                gaps += spacings
            yield (loads, gaps), starts


def convoy_columns(spans: Sequence[float], heavy: Truck, main: Truck, gap: float, ahead: float, step: float) -> Columns:
    """Largest effects of a convoy of any length: every truck wholly or partly on the beam, both directions.

    Only runs whose trucks all stand within two neighbouring spans: beyond these the influence lines change their sign.
    """
    beam = Beam(spans)
    found = nothing(beam)
    longest = float(np.max(beam.spans[1:] + beam.spans[:-1])) if len(spans) > 1 else float(beam.spans[0])
    most = int(longest / (gap + sum(main[1]))) + 1
    for (loads, gaps), starts in convoys(heavy, main, gap, ahead, most):
        for turned in (False, True):
            offsets = np.array([0.0, *accumulate(gaps)])
            ends = [*(one - 1 for one in starts[1:]), len(loads) - 1]
            weight, first_gone, last_come = np.array(loads), float(offsets[ends[0]]), float(offsets[starts[-1]])
            if turned:
                offsets, weight = offsets[-1] - offsets[::-1], weight[::-1]
                first_gone, last_come = offsets[len(loads) - 1 - starts[-1]], offsets[len(loads) - 1 - ends[0]]
            windows = (
                [(0.0, float(beam.at[-1]))]
                if last_come - first_gone < 40.0
                else [
                    (float(beam.at[j]), float(beam.at[min(j + 2, len(spans))])) for j in range(max(1, len(spans) - 1))
                ]
            )
            for start, stop in windows:
                low, high = start + last_come, stop + first_gone
                if low < high:
                    found = larger(found, one_way(beam, weight, offsets, low, high, step))
    return found


def load_columns(spans: Sequence[float], per_metre: float, length: float, step: float = 0.02) -> Columns:
    """Largest effects of a uniform load of some length, wholly on the beam: influence lines integrated numerically.

    One direction does. M+ at sections three steps apart.
    """
    beam = Beam(spans)
    pieces = [
        np.linspace(a, b, int(np.ceil((b - a) / step)) + 1) for a, b in zip(beam.at[:-1], beam.at[1:], strict=True)
    ]
    places = np.concatenate([np.clip(one, one[0] + INSIDE, one[-1] - INSIDE) for one in pieces])
    moments, left, right = beam.unit(places)
    reactions = np.concatenate([left, np.zeros_like(left[:, :1])], axis=1)
    reactions[:, 1:] -= right

    def most(line: np.ndarray) -> float:
        area = np.concatenate([[0.0], np.cumsum(0.5 * (line[1:] + line[:-1]) * np.diff(places))])
        ends = np.arange(length, beam.at[-1] + step / 4, step / 2)
        return per_metre * float((np.interp(ends, places, area) - np.interp(ends - length, places, area)).max())

    found = nothing(beam)
    for j, span in enumerate(beam.spans):
        sections = [max(most(moments[:, b]), 0.0) for b in (j, j + 1)]
        for x in beam.at[j] + np.arange(step, span, 3 * step):
            inside = (places >= beam.at[j]) & (places < x)
            sections.append(most(moments[:, j] + left[:, j] * (x - beam.at[j]) - np.where(inside, x - places, 0.0)))
        found["m_pos"][j] = max(sections)
        for at, line in ((j, left[:, j]), (len(spans) + j, right[:, j])):
            found["v"][at] = max(most(line), most(-line))
    for b in range(len(spans) + 1):
        found["m_neg"][b], found["r_max"][b] = most(-moments[:, b]), most(reactions[:, b])
        found["r_min"][b] = max(most(-reactions[:, b]), 0.0)
    return found
