"""Moving loads as arrays for the kernels: an axle train, or a convoy whose outer trucks may be missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from dajian.engine.vehicle.axle_train import AxleTrain


@dataclass(frozen=True)
class Moving:
    """Both directions of a moving load, forward first.

    loads: (2, n) [kN]; offsets: (2, n) distance behind the first axle [m]; sums: (2, 4, n + 1) prefix sums of P dⁿ;
    parts: (2, parts, 4) sub-trains: first axle, last + 1, the axle that must not have left, the axle that must be on.
    """

    loads: np.ndarray
    offsets: np.ndarray
    sums: np.ndarray
    parts: np.ndarray
    turned: bool = False  # the forward run is the given train's backward one

    @property
    def symmetric(self) -> bool:
        """Alike in both directions."""
        return bool((self.loads[0] == self.loads[1]).all() and (self.offsets[0] == self.offsets[1]).all())

    @property
    def axles(self) -> int:
        return self.loads.shape[1]


@dataclass(frozen=True, slots=True)
class Truck:
    """Axle loads [kN] front to rear and their spacings [m]."""

    loads_kn: tuple[float, ...]
    spacings_m: tuple[float, ...]


def moving(loads_kn: Sequence[float], spacings_m: Sequence[float], *, whole: bool = False) -> Moving:
    """One train; whole: only positions with all of it on the bridge."""
    loads, spacings = tuple(loads_kn), tuple(spacings_m)
    turned = (loads[::-1], spacings[::-1]) < (loads, spacings)
    if turned:  # a train and its reverse are the same bits
        loads, spacings = loads[::-1], spacings[::-1]
    count = len(loads)
    parts = ((0, count, 0, count - 1) if whole else (0, count, count - 1, 0),)
    return _moving((loads, loads[::-1]), (spacings, spacings[::-1]), (parts, parts), turned)


def moving_train(train: AxleTrain) -> Moving:
    return moving(train.loads_kn, train.spacings_m)


def convoy(heavy: Truck, main: Truck, gap_m: float, heavy_gap_m: float, *, ahead: bool, most: int) -> Moving:
    """One heavy truck and up to `most` main trucks on either side, `gap_m` apart.

    heavy_gap_m stands ahead of the heavy truck, or behind it. Every run of trucks with the heavy one is a sub-train.
    """
    trucks = [main] * most + [heavy] + [main] * most
    gaps = [gap_m] * (2 * most)
    if most:
        gaps[most - 1 if ahead else most] = heavy_gap_m
    loads = tuple(load for truck in trucks for load in truck.loads_kn)
    spacings: list[float] = []
    for number, truck in enumerate(trucks):
        spacings += [*truck.spacings_m, *gaps[number : number + 1]]
    sizes = [len(truck.loads_kn) for truck in trucks]
    ends = [*accumulate(sizes, initial=0)]
    both = (loads, loads[::-1]), (tuple(spacings), tuple(spacings[::-1]))
    parts = [_runs(ends, most), _runs([0, *accumulate(sizes[::-1])], most)]
    return _moving(*both, (tuple(parts[0]), tuple(parts[1])))


def _runs(ends: Sequence[int], most: int) -> list[tuple[int, int, int, int]]:
    """A run counts only while its first and last truck both stand on the bridge, or it is a shorter run."""
    found = []
    for before in range(most + 1):
        for behind in range(most + 1):
            first, last = most - before, most + 1 + behind
            found.append((ends[first], ends[last], ends[first + 1] - 1, ends[last - 1]))
    return sorted(found, key=lambda run: run[0] - run[1])  # the longest first: most of the others stay below


def _moving(loads: tuple, spacings: tuple, parts: tuple, turned: bool = False) -> Moving:
    at = np.array([[0.0, *accumulate(row)] if row else [0.0] for row in spacings])
    weight = np.array(loads, float)
    sums = np.zeros((2, 4, weight.shape[1] + 1))
    for power in range(4):
        np.cumsum(weight * at**power, axis=1, out=sums[:, power, 1:])
    return Moving(weight, at, sums, np.array(parts, np.int64), turned)
