"""The ladder of measures for one bridge: ways of crossing and changes of the train, one by one and together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import numpy as np

from dajian.engine.bridge.beams import MOST_SPANS, Beams, Spans
from dajian.engine.bridge.cases import Casework, lay_out
from dajian.engine.bridge.changes import changes
from dajian.engine.bridge.choice import MEASURES
from dajian.engine.bridge.deck import wheel_lines
from dajian.engine.bridge.effects import COLUMNS, M_NEG, R_MAX, R_MIN, WIDTH, V, train_effects
from dajian.engine.bridge.inventory import Inventory
from dajian.engine.bridge.judge import WAYS
from dajian.engine.bridge.ratios import case_ratios, passes
from dajian.engine.bridge.trains import moving_train
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

    support: ratio of M+, V and R with a support in the middle of every span, at any speed; its own hogging moment is
    for an institute to verify, so it never makes a bridge pass.
    """

    base: Step
    each: tuple[Step, ...]
    best: Step | None
    every: tuple[Step, ...]
    support: float | None


def ladder(
    vehicle: Vehicle, inventory: Inventory, row: int, reading: Policy, on: date, *, given: int = 0
) -> Ladder | None:
    """Every set of measures for one bridge; None where its strength is unknown."""
    work = lay_out(inventory, reading, wheel_lines(vehicle))
    case = int(work.row_case[row])
    if case < 0:
        return None
    steps = list(_steps(vehicle, work, case, reading, on, given))
    base = steps[0]
    alone = tuple(step for step in steps[1:] if len(step.measures) == 1)
    passing = [step for step in steps if step.passes]
    best = min(passing, key=lambda step: len(step.measures)) if passing else None
    return Ladder(base, alone, best, tuple(steps), _supported(vehicle, work, case, reading, on, given))


def _steps(
    vehicle: Vehicle, work: Casework, case: int, reading: Policy, on: date, given: int
) -> Iterator[Step]:  # fmt: skip
    trains = {"": vehicle, **changes(vehicle, reading)}
    for name, one in trains.items():
        ratios = case_ratios(work, one, reading, on)[0][case]
        for count in range(len(MEASURES) + 1):
            for bits in combinations(MEASURES, count):
                way = given | sum(bits)
                if any(bit & given for bit in bits) or way >= WAYS:
                    continue
                low = float(ratios[way].min())
                names = (*(MEASURES[bit] for bit in bits), *filter(None, name.split("+")))
                yield Step(names, low, int(ratios[way].argmin()), bool(passes(ratios[way].min(), reading)))


def _supported(vehicle: Vehicle, work: Casework, case: int, reading: Policy, on: date, given: int) -> float | None:
    """The ratio with each span halved: the train on the supported beam against the design on the old one."""
    ratios = case_ratios(work, vehicle, reading, on)[0][case, given]
    changed = np.inf
    for at in range(work.first[case], work.first[case + 1]):
        spans = work.beams.layouts[work.cases.beam[at]]
        if len(spans) > 6:
            return None
        halves: Spans = tuple(half for span in spans for half in (span / 2, span / 2))
        load = moving_train(vehicle.train)
        before = train_effects(Beams((spans,)), load)[0]
        after = train_effects(Beams((halves,)), load)[0]
        kept = np.ones(WIDTH, bool)  # not the new supports: they have no design value
        kept[M_NEG] = kept[R_MIN] = False
        kept[R_MAX.start + 1 : R_MAX.stop : 2] = False
        kept[V.start + 1 : V.start + MOST_SPANS : 2] = kept[V.start + MOST_SPANS : V.stop : 2] = False
        after = np.where(kept, after, 0.0)
        for effect, columns in enumerate(COLUMNS):
            if effect in (1, 4) or not before[columns].max() > 0 or not after[columns].max() > 0:
                continue
            changed = min(changed, float(ratios[effect] * before[columns].max() / after[columns].max()))
    return changed if np.isfinite(changed) else None
