"""A reference of its own for Guyon–Massonnet: the plate's equation across the deck, solved as a boundary problem.

Imports nothing of the engine. w⁽⁴⁾ − 2α μ² w⁽²⁾ + μ⁴ w = δ(y − e) on −1 … 1, free edges, μ = πθ; K = 2 μ⁴ w.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

TURNED = np.array([1.0, -1.0, 1.0, -1.0])  # derivatives of a function of the distance to the right


def dying(mu: float, alpha: int) -> Callable[[float], np.ndarray]:
    """(2, 4): two solutions that die away with distance, and their derivatives."""

    def twisting(d: float) -> np.ndarray:
        order = np.arange(4.0)
        power = (-mu) ** order
        lower = np.concatenate([[0.0], power[:-1] * order[1:]])
        return np.exp(-mu * d) * np.array([power, power * d + lower])

    def bending(d: float) -> np.ndarray:
        root = mu / np.sqrt(2) * (-1 + 1j)
        both = root ** np.arange(4) * np.exp(root * d)
        return np.array([both.real, both.imag])

    return twisting if alpha else bending


def coefficient(theta: float, alpha: int, y: float, e: float) -> float:
    """K0 (alpha 0) or K1 (alpha 1)."""
    mu = np.pi * theta
    die = dying(mu, alpha)
    at_load = die(0.0)
    of_load = np.linalg.solve(at_load[:, [1, 3]].T, [0.0, 0.5])  # no kink, a jump of shear of one

    def free(w: np.ndarray) -> np.ndarray:
        return np.array([w[2], w[3] - 2 * alpha * mu**2 * w[1]])

    edges = []
    for side in (-1.0, 1.0):
        columns = [free(one) for one in die(1 + side)] + [free(one * TURNED) for one in die(1 - side)]
        edges.append(np.array(columns).T)
    load = [free(of_load @ die(1 + e) * TURNED), free(of_load @ die(1 - e))]
    held = np.linalg.solve(np.concatenate(edges), -np.concatenate(load))
    here = np.concatenate([die(1 + y)[:, 0], die(1 - y)[:, 0]])
    return float(2 * mu**4 * (of_load @ die(abs(y - e))[:, 0] + held @ here))
