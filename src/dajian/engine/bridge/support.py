"""A temporary support in the middle of every simple span: what can be compared, and what has to be verified.

With it the train stands on two spans of half the length. The old sections are compared as ever; at the new support a
simple span was designed for no hogging and no reaction, and the comparison (JTG/T 2213 annex D) has nothing to hold
against them. So a temporary support never makes a bridge pass here: it goes to full verification with these figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from dajian.engine.bridge.beams import MOST_SPANS, Beams
from dajian.engine.bridge.cases import Casework
from dajian.engine.bridge.effects import COLUMNS, FORWARD, M_NEG, R_MAX, R_MIN, WIDTH, V, train_effects
from dajian.engine.bridge.influence import Section, ordinates
from dajian.engine.bridge.judge import Trains, judge
from dajian.engine.bridge.ratios import lighter
from dajian.engine.bridge.trains import Moving, moving_train
from dajian.engine.policy import Policy
from dajian.engine.vehicle.axle_train import Vehicle

STEP_M = 0.1  # of the train; axles on the section are looked at besides
SECTIONS = np.arange(0.02, 0.50, 0.02)  # of the old span, from its nearer end


@dataclass(frozen=True)
class Support:
    """by_way: (8,) S_d / S_b of M+ over the old span and of V and R at its ends, by way of crossing.

    For the institute, of the train without impact: hogging [kN·m] and reaction [kN] at the new support, uplift of an
    end of the span [kN].
    """

    by_way: np.ndarray
    hogging_knm: float
    reaction_kn: float
    uplift_kn: float


def supported(vehicle: Vehicle, work: Casework, case: int, reading: Policy, on: date) -> Support | None:
    """One case with a support in the middle of each of its spans; None on continuous beams."""
    at = np.arange(work.first[case], work.first[case + 1])
    layouts = [work.beams.layouts[beam] for beam in work.cases.beam[at]]
    if any(len(layout) > 1 for layout in layouts):
        return None
    halved = Beams(tuple((layout[0] / 2, layout[0] / 2) for layout in layouts))
    whole = moving_train(vehicle.train)
    rows = np.zeros((len(work.beams), WIDTH)), np.zeros((len(work.beams), WIDTH))
    for table, load in zip(rows, (whole, lighter(vehicle)), strict=True):
        table[work.cases.beam[at]] = _as_simple(halved, load)
    found = judge(work.cases, work.beams, Trains(*rows), work.designs, work.shares, reading, on)
    by_way = found.ruling(reading)[0][at].min(axis=(0, 2))
    effects = train_effects(halved, whole)
    return Support(
        by_way,
        float(effects[:, M_NEG.start + 1].max()),
        float(effects[:, R_MAX.start + 1].max()),
        float(effects[:, R_MIN].max()),
    )


def _as_simple(halved: Beams, load: Moving) -> np.ndarray:
    """(n, WIDTH) effects on the halved spans in the columns of the old simple spans, M+ as if at mid-span.

    The design moment at a place t of a simple span is 4 t (1 - t) of that in the middle (lane load; convoys and check
    loads hold more), so that a train's moment there counts as 1 / (4 t (1 - t)) of itself.
    """
    effects = train_effects(halved, load)
    found = np.zeros_like(effects)
    found[:, COLUMNS[0].start] = [_moment(spans[0], load) for spans in halved.layouts]
    found[:, V.start], found[:, V.start + MOST_SPANS] = effects[:, V.start], effects[:, V.start + MOST_SPANS + 1]
    found[:, R_MAX.start : R_MAX.start + 2] = effects[:, [R_MAX.start, R_MAX.start + 2]]
    return found


def _moment(half_m: float, load: Moving) -> float:
    """Largest M / (4 t (1 - t)) over both halves; the beam is its own mirror, so that one run and both halves do."""
    spans = (half_m, half_m)
    loads, offsets = load.loads[FORWARD - 1], load.offsets[FORWARD - 1]
    steps = np.arange(0.0, 2 * half_m + offsets[-1] + STEP_M, STEP_M)
    largest = 0.0
    for t in (*SECTIONS, *(1 - SECTIONS)):
        place = 2 * half_m * float(t)
        fronts = np.concatenate([steps, place + offsets])
        line = ordinates(spans, Section("m_pos", 1 if t < 0.5 else 2, place), (fronts[:, None] - offsets).ravel())
        largest = max(largest, float((line.reshape(len(fronts), -1) @ loads).max()) / (4 * t * (1 - t)))
    return largest
