"""May train B stand in for train A on a bridge: is no effect of B larger, at any control section of any span?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dajian.engine.bridge.cases import lay_out
from dajian.engine.bridge.deck import wheel_lines
from dajian.engine.bridge.effects import COLUMNS, EFFECTS, train_effects
from dajian.engine.bridge.inventory import Inventory
from dajian.engine.bridge.ratios import lighter
from dajian.engine.bridge.trains import moving_train
from dajian.engine.policy import Policy
from dajian.engine.vehicle.axle_train import Vehicle

ROUNDING = 1e-9


@dataclass(frozen=True)
class NoWorse:
    """By row: proved; the largest ratio of B's effect to A's and which effect (NaN, -1: spans or structure unknown).

    fewer_lines: B stands on fewer wheel lines across than A, so that no share between girders is comparable.
    """

    proved: np.ndarray
    ratio: np.ndarray
    effect: np.ndarray
    fewer_lines: bool


def no_worse(a: Vehicle, b: Vehicle, inventory: Inventory, reading: Policy) -> NoWorse:
    """A whole inventory in one run. The design load plays no part, so that a row without one is compared as well."""
    work = lay_out(inventory, reading, beams_only=True)
    by_effect = np.zeros((len(work.beams), len(COLUMNS)))
    for load in (lambda one: moving_train(one.train), lighter):  # as a beam feels the train, and as a girder may
        old, new = (train_effects(work.beams, load(one)) for one in (a, b))
        share = np.where(new > ROUNDING, new / np.maximum(old, 1e-12), 0.0)
        worst_of = np.column_stack([share[:, columns].max(axis=1, initial=0.0) for columns in COLUMNS])
        by_effect = np.maximum(by_effect, worst_of)
    known = work.row_case >= 0
    ratio, effect = np.full(len(inventory), np.nan), np.full(len(inventory), -1)
    if known.any():
        by_case = np.maximum.reduceat(by_effect[work.cases.beam], work.first[:-1])
        ratio[known] = by_case.max(axis=1)[work.row_case[known]]
        effect[known] = by_case.argmax(axis=1)[work.row_case[known]]
    fewer = wheel_lines(b) < wheel_lines(a)
    return NoWorse(known & (ratio <= 1 + ROUNDING) & (not fewer), ratio, effect, fewer)


def worst(found: NoWorse, inventory: Inventory) -> tuple[int, str] | None:
    """The row where B is worst, and the effect; None where all is proved or nothing was compared."""
    open_rows = np.flatnonzero(~found.proved)
    if not len(open_rows):
        return None
    row = int(open_rows[np.nan_to_num(found.ratio[open_rows], nan=-1.0).argmax()])
    return row, EFFECTS[found.effect[row]] if found.effect[row] >= 0 else ""
