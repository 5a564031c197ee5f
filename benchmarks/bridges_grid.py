"""A step grid in plain numpy against the kernels, on the same 20 layouts at equal accuracy.

The grid has influence lines of its own (rotations at the supports), moves the train by whole steps and looks at all
five effects. Its steps are made finer until every effect of every layout is within 0.02 % of the kernels' exact one;
the time of that run is the one compared.
"""

from __future__ import annotations

import time

import numpy as np

from benchmarks.rows import Row
from dajian.engine.bridge.beams import beams_of
from dajian.engine.bridge.effects import COLUMNS, train_effects
from dajian.engine.bridge.trains import moving

LOADS = np.array([8.0, 8.0, 12.0, 12.0, *[17.0] * 12]) * 9.80665
GAPS = np.array([3.2, 1.4, 1.4, 5.0, *[1.5] * 11])
NEAR = 2e-4
STEPS = ((0.1, 1.0), (0.1, 0.5), (0.1, 0.2), (0.1, 0.1), (0.05, 0.1), (0.05, 0.05), (0.02, 0.04))  # train, sections [m]
EFFECTS = ("M+", "M-", "V", "R max", "R min")


def layouts() -> list[tuple[float, ...]]:
    """2 to 5 spans of 15 to 45 m, to a tenth, so that supports and axles stand on the grid."""
    rng = np.random.default_rng(3)
    return [tuple(np.round(rng.uniform(15, 45, rng.integers(2, 6)), 1).tolist()) for _ in range(20)]


def lines(spans: tuple[float, ...], step: float, apart: float) -> list[np.ndarray]:
    """Influence lines over the grid by effect: M at sections, M at supports, V at both ends of spans, R."""
    at = np.concatenate([[0.0], np.cumsum(spans)])
    x = np.arange(round(at[-1] / step) + 1) * step
    k = len(spans)
    stiffness = np.zeros((k + 1, k + 1))
    for j, span in enumerate(spans):
        stiffness[j : j + 2, j : j + 2] += np.array([[4.0, 2.0], [2.0, 4.0]]) / span
    joint = np.zeros((k + 1, len(x)))
    fixed = np.zeros((2, k, len(x)))
    simple = np.zeros((k, len(x)))
    inside = np.array([(x >= at[j] - step / 4) & (x <= at[j + 1] + step / 4) for j in range(k)])
    for j, span in enumerate(spans):
        a = np.where(inside[j], x - at[j], 0.0)
        b = np.where(inside[j], span - a, 0.0)
        fixed[0, j], fixed[1, j] = a * b**2 / span**2, -(a**2) * b / span**2
        simple[j] = b / span
        joint[j] -= fixed[0, j]
        joint[j + 1] -= fixed[1, j]
    turn = np.linalg.solve(stiffness, joint)
    length = np.array(spans)[:, None]
    left = (4 * turn[:-1] + 2 * turn[1:]) / length + fixed[0]
    right = (2 * turn[:-1] + 4 * turn[1:]) / length + fixed[1]
    shear = simple + (left + right) / length  # a load on a support stands just inside the span to its right
    far = shear - inside  # and here just inside the span to its left
    moment = np.concatenate([-left, right[-1:]])
    sections = [moment[1:-1]]
    for j, span in enumerate(spans):
        for place in at[j] + np.arange(apart, span - step / 2, apart):
            before = np.where(inside[j] & (x < place), place - x, 0.0)
            sections.append((moment[j] + shear[j] * (place - at[j]) - before)[None])
    return [np.concatenate(sections), -moment[1:-1], np.concatenate([shear, far]), *_reactions(shear, far, at, step)]


def _reactions(shear: np.ndarray, far: np.ndarray, at: np.ndarray, step: float) -> tuple[np.ndarray, np.ndarray]:
    found = np.zeros((len(at), shear.shape[1]))
    found[:-1] += shear
    found[1:] -= far
    found[np.arange(len(at)), np.round(at / step).astype(int)] = 1.0  # a load on the support goes into it
    return found, -found


def grid(spans: tuple[float, ...], step: float, apart: float) -> np.ndarray:
    """The five largest effects, both directions."""
    found = np.zeros(5)
    for loads, gaps in ((LOADS, GAPS), (LOADS[::-1], GAPS[::-1])):
        shifts = np.round(np.concatenate([[0.0], np.cumsum(gaps)]) / step).astype(int)
        for number, table in enumerate(lines(spans, step, apart)):
            count = table.shape[1] + shifts[-1]
            room = np.pad(table, ((0, 0), (shifts[-1], shifts[-1])))
            response = sum(
                load * room[:, shifts[-1] - s : shifts[-1] - s + count] for load, s in zip(loads, shifts, strict=True)
            )
            found[number] = max(found[number], np.abs(response).max() if number == 2 else response.max())
    return found


def measure() -> list[Row]:
    """Ratio of the two times, and how fine the grid had to be."""
    some = layouts()
    beams, load = beams_of(some), moving(LOADS.tolist(), GAPS.tolist())
    table = train_effects(beams, load)
    exact = np.array([[row[columns].max() for columns in COLUMNS] for row in table])
    rows = []
    for step, apart in STEPS:
        start = time.process_time()
        off = np.abs(np.array([grid(spans, step, apart) for spans in some]) / exact - 1).max(axis=0)
        took = time.process_time() - start
        told = ", ".join(f"{name} {value:.4%}" for name, value in zip(EFFECTS, off, strict=True))
        rows.append(
            Row(f"step grid {step:g} m, sections {apart:g} m apart", took, "s", None, f"off by at most: {told}")
        )
        if off.max() <= NEAR:
            break
    else:
        raise RuntimeError("the grid never came within 0.02 %")
    start = time.process_time()
    for _ in range(100):
        train_effects(beams, load)
    mine = (time.process_time() - start) / 100
    note = f"processor time; kernels {mine * 1000:.2f} ms; both within 0.02 % for M+, M-, V, R max and R min"
    return [*rows, Row("step grid in plain numpy against the kernels, 20 layouts", took / mine, "times", None, note)]


if __name__ == "__main__":
    for row in measure():
        print(f"{row.name:<64}{row.value:10.3f} {row.unit:<6}{row.note}")
