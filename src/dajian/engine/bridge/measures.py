"""The ladder of measures for one bridge: ways of crossing and changes of the train, one by one and together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import numpy as np

from dajian.engine.bridge.cases import Casework, lay_out, part
from dajian.engine.bridge.changes import changes
from dajian.engine.bridge.choice import MEASURES, ORDER
from dajian.engine.bridge.deck import wheel_lines
from dajian.engine.bridge.inventory import Inventory
from dajian.engine.bridge.judge import WAYS
from dajian.engine.bridge.ratios import case_ratios, passes
from dajian.engine.bridge.support import Support, supported
from dajian.engine.policy import Policy
from dajian.engine.vehicle.axle_train import Vehicle


@dataclass(frozen=True, slots=True)
class Step:
    """A set of measures: names of the ways of crossing and of the train's changes, and the ratio that they give."""

    measures: tuple[str, ...]
    ratio: float
    effect: int
    passes: bool


@dataclass(frozen=True)
class Ladder:
    """base: as driven. each: one measure alone. best: the smallest set that passes, None where none does.

    support: a temporary support in the middle of simple spans; it never makes a bridge pass. support_way: the smallest
    set of ways of crossing with which the old sections pass beside it, with the given ones.
    """

    base: Step
    each: tuple[Step, ...]
    best: Step | None
    every: tuple[Step, ...]
    support: Support | None
    support_way: int | None
    given: int


def ladder(
    vehicle: Vehicle, inventory: Inventory, row: int, reading: Policy, on: date, *, given: int = 0
) -> Ladder | None:
    """Every set of measures for one bridge; None where its strength is unknown."""
    work = lay_out(inventory, reading, wheel_lines(vehicle))
    case = int(work.row_case[row])
    if case < 0:
        return None
    work = part(work, np.array([case]))
    steps = list(_steps(vehicle, work, reading, on, given))
    base = steps[0]
    alone = tuple(step for step in steps[1:] if len(step.measures) == 1)
    passing = [step for step in steps if step.passes]
    best = min(passing, key=lambda step: len(step.measures)) if passing else None
    support = supported(vehicle, work, 0, reading, on)
    ways = [way for way in ORDER if support and way & given == given and passes(support.by_way[way], reading)]
    return Ladder(base, alone, best, tuple(steps), support, ways[0] if ways else None, given)


def _steps(
    vehicle: Vehicle, work: Casework, reading: Policy, on: date, given: int
) -> Iterator[Step]:  # fmt: skip
    trains = {"": vehicle, **changes(vehicle, reading)}
    for name, one in trains.items():
        ratios = case_ratios(work, one, reading, on)[0][0]
        for count in range(len(MEASURES) + 1):
            for bits in combinations(MEASURES, count):
                way = given | sum(bits)
                if any(bit & given for bit in bits) or way >= WAYS:
                    continue
                low = float(ratios[way].min())
                names = (*(MEASURES[bit] for bit in bits), *filter(None, name.split("+")))
                yield Step(names, low, int(ratios[way].argmin()), bool(passes(ratios[way].min(), reading)))
