"""One bridge in full: effects section by section, governing position, ladder of measures; what a report prints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from dajian.engine.bridge.beams import Spans
from dajian.engine.bridge.cases import Casework, lay_out, part
from dajian.engine.bridge.deck import wheel_lines
from dajian.engine.bridge.design_load import comparisons, impact_1989, load_effects, long_span_factor
from dajian.engine.bridge.effects import EFFECTS
from dajian.engine.bridge.influence import Position, governing, section_of
from dajian.engine.bridge.inventory import Inventory
from dajian.engine.bridge.judge import judge
from dajian.engine.bridge.measures import Ladder, ladder
from dajian.engine.bridge.ratios import trains_of
from dajian.engine.bridge.screen import Screening, screen
from dajian.engine.bridge.trains import moving_train
from dajian.engine.policy import Policy
from dajian.engine.vehicle.axle_train import Vehicle


@dataclass(frozen=True, slots=True)
class EffectRow:
    """One effect at its governing section: static values of one lane [kN·m, kN] and ratios (None: not compared).

    design: the first design load (JTJ 021-89 with its impact); check: the trailer or track beside it.
    """

    effect: str
    section: str
    train: float
    design: float
    check: float | None
    ratio: float
    plain: float
    own: float
    today: float | None


@dataclass(frozen=True)
class Detail:
    """spans: the beam that governs. position: of the governing effect. design: name of the design load."""

    screening: Screening
    rows: tuple[EffectRow, ...]
    design: str
    spans: Spans
    position: Position | None
    ladder: Ladder | None


def detail(vehicle: Vehicle, inventory: Inventory, row: int, reading: Policy, on: date, *, given: int = 0) -> Detail:
    """Everything about one row of the inventory, which is screened whole."""
    screening = screen(vehicle, inventory, reading, on, given=given)
    work = lay_out(inventory, reading, wheel_lines(vehicle))
    case = int(work.row_case[row])
    if case < 0:
        return Detail(screening, (), "", (), None, None)
    work, case = part(work, np.array([case])), 0
    found = judge(work.cases, work.beams, trains_of(vehicle, work), work.designs, work.shares, reading, on)
    ruling, plain = found.ruling(reading)
    at = range(work.first[case], work.first[case + 1])
    rows, columns = [], {}
    for effect, name in enumerate(EFFECTS):
        one = min(at, key=lambda number: float(ruling[number, given, effect]))
        if np.isinf(ruling[one, given, effect]):
            continue
        spans, column = work.beams.layouts[work.cases.beam[one]], int(found.where[one, effect])
        columns[name] = (spans, column)
        static = _static(vehicle, work, one, column, reading, on)
        today = float(found.today[one, given, effect])
        rows.append(
            EffectRow(
                name,
                f"{section_of(spans, column)}" + (f"（{spans[0]:g} m 跨）" if len(at) > 1 else ""),
                *static,
                round(float(ruling[one, given, effect]), 6),
                round(float(plain[one, given, effect]), 6),
                round(float(found.own[one, given, effect]), 6),
                None if np.isinf(today) else round(today, 6),
            )
        )
    spans, column = columns[EFFECTS[int(screening.effect[row])]]
    position = governing(spans, moving_train(vehicle.train), column)
    steps = ladder(vehicle, inventory, row, reading, on, given=given)
    design = work.designs[int(work.cases.design[work.first[case]])]
    return Detail(screening, tuple(rows), design, spans, position, steps)


def _static(
    vehicle: Vehicle, work: Casework, one: int, column: int, reading: Policy, on: date
) -> tuple[float, float, float | None]:
    """Train, first and second design load at one control section."""
    beam = work.beams.__class__((work.beams.layouts[work.cases.beam[one]],))
    own = comparisons(work.designs[int(work.cases.design[one])], reading, on)[0]
    first = load_effects(own.first, beam, reading)
    if own.code == "1989":
        first = first * impact_1989(beam)
    else:
        first = first * long_span_factor(beam.longest_m)[:, None]
    second = float(load_effects(own.second, beam, reading)[0, column]) if own.second else None
    train = governing(beam.layouts[0], moving_train(vehicle.train), column).value
    return round(train, 3), round(float(first[0, column]), 3), None if second is None else round(second, 3)
