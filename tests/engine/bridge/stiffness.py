"""A reference of its own: continuous beams by the direct stiffness method (rotations at supports), in plain numpy.

Imports nothing of the engine. Positions are looked at on a grid with both sides of every support, then closer.
"""

from __future__ import annotations

from itertools import accumulate

import numpy as np

INSIDE = 1e-9  # m beside a support


class Beam:
    """Constant EI, knife-edge supports."""

    def __init__(self, spans: list[float]):
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


def effects_at(beam: Beam, loads: np.ndarray, places: np.ndarray) -> dict[str, np.ndarray]:
    """Effects of axles at `places` (positions, axles): one value per position."""
    moments, left, right = (np.einsum("pns,n->ps", v, loads) for v in beam.unit(places))
    reaction = np.concatenate([left, np.zeros_like(left[:, :1])], axis=1)
    reaction[:, 1:] -= right
    under = np.full(places.shape, 0.0)  # moment under each axle
    for axle in range(places.shape[1]):
        x = places[:, axle]
        j = np.clip(np.searchsorted(beam.at, x, side="right") - 1, 0, len(beam.spans) - 1)
        row = np.arange(len(x))
        start = beam.at[j]
        ahead = np.where((places >= start[:, None]) & (places < x[:, None]), (x[:, None] - places) * loads, 0.0)
        value = moments[row, j] + left[row, j] * (x - start) - ahead.sum(axis=1)
        under[:, axle] = np.where((x > 0) & (x < beam.at[-1]), value, 0.0)
    return {
        "m_pos": np.maximum(under.max(axis=1), moments.max(axis=1)),
        "m_neg": -moments.min(axis=1),
        "v": np.maximum(np.abs(left), np.abs(right)).max(axis=1),
        "r_max": reaction.max(axis=1),
        "r_min": -reaction.min(axis=1),
    }


def extremes(spans: list[float], loads: list[float], spacings: list[float], step: float = 0.1) -> dict[str, float]:
    """Largest effects over position, both directions."""
    beam = Beam(spans)
    found = dict.fromkeys(("m_pos", "m_neg", "v", "r_max", "r_min"), 0.0)
    for one, gaps in ((loads, spacings), (loads[::-1], spacings[::-1])):
        offsets = np.array([0.0, *accumulate(gaps)])
        weight = np.array(one)
        whole = np.arange(0.0, beam.at[-1] + offsets[-1] + step, step)
        crossing = (offsets[:, None] + beam.at[None, :]).ravel()
        front = np.unique(np.concatenate([whole, crossing - INSIDE, crossing + INSIDE]))
        first = effects_at(beam, weight, front[:, None] - offsets)
        for name, values in first.items():
            best = front[np.argsort(values)[-3:]]
            close = np.unique(np.concatenate([np.linspace(p - step, p + step, 401) for p in best]))
            close = np.concatenate([close, best])
            refined = effects_at(beam, weight, close[:, None] - offsets)[name]
            found[name] = max(found[name], float(values.max()), float(refined.max()))
    return found
