"""Load effects of trains and lane loads on beams: control sections in columns, and the five extremes of a bridge."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dajian.engine.bridge.beams import MOST_SPANS, Beams, Spans, beams_of
from dajian.engine.bridge.compiled import doors, pointer, spread
from dajian.engine.bridge.trains import Moving, moving_train
from dajian.engine.vehicle.axle_train import AxleTrain

SIDE = MOST_SPANS + 1
EFFECTS = ("m_pos", "m_neg", "v", "r_max", "r_min")
# columns of a row: M+ by span, -M- by support, |V| left and right end by span, R max, -R min by support
M_POS = slice(0, MOST_SPANS)
M_NEG = slice(M_POS.stop, M_POS.stop + SIDE)
V = slice(M_NEG.stop, M_NEG.stop + 2 * MOST_SPANS)
R_MAX = slice(V.stop, V.stop + SIDE)
R_MIN = slice(R_MAX.stop, R_MAX.stop + SIDE)
COLUMNS = (M_POS, M_NEG, V, R_MAX, R_MIN)
WIDTH = R_MIN.stop
FORWARD, BACKWARD, BOTH = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Extremes:
    """Largest effects: moments [kN·m], forces [kN]; M- and R min are <= 0."""

    m_pos_knm: float
    m_neg_knm: float
    v_kn: float
    r_max_kn: float
    r_min_kn: float


def span_extremes(train: AxleTrain, spans_m: Spans) -> Extremes:
    """Largest static effects of a moving axle train on one continuous beam of constant EI (one span: a simple one).

    train: n loads, n - 1 spacings, front to rear. spans_m: (k,), 1 <= k <= 12, each > 0. Both directions, no impact.
    Exact over position and section. Same bits for any number of threads. Source: three-moment influence lines,
    docs/engine-bridges.md. Outside: varying EI, skew, arches (the caller answers "manual").
    """
    return extremes(train_effects(beams_of([spans_m]), moving_train(train))[0])


def train_effects(beams: Beams, load: Moving, runs: int = BOTH) -> np.ndarray:
    """(n, WIDTH) static effects of a moving load at the control sections of each beam [kN·m, kN], all >= 0."""
    return _train(beams, load, runs, kept=False)[0]


def train_places(beams: Beams, load: Moving, runs: int) -> tuple[np.ndarray, np.ndarray]:
    """Effects of one direction, and where: (n, WIDTH) the first axle's place [m], then M+'s section by span [m]."""
    return _train(beams, load, runs, kept=True)


def lane_effects(beams: Beams, q_knm: np.ndarray, pk_kn: np.ndarray) -> np.ndarray:
    """(n, WIDTH) effects of q on the areas of one sign and one Pk at the peak, 1.2 Pk for V. q, Pk: (n,)."""
    rows = len(beams)
    out = np.zeros((rows, WIDTH))
    q_load, pk = np.ascontiguousarray(q_knm, float), np.ascontiguousarray(pk_kn, float)

    def deed(start: int, stop: int) -> None:
        room = np.zeros((4 * SIDE + 2, SIDE))
        doors()["lanes"](start, stop, rows, *map(pointer, (beams.spans, beams.counts, q_load, pk, out, room)))

    spread(rows, deed)
    return out


def extremes(row: np.ndarray) -> Extremes:
    """The five extremes of a row of effects."""
    m_pos, m_neg, v, r_max, r_min = (float(row[columns].max()) for columns in COLUMNS)
    return Extremes(m_pos, 0.0 - m_neg, v, r_max, 0.0 - r_min)


def _train(beams: Beams, load: Moving, runs: int, *, kept: bool) -> tuple[np.ndarray, np.ndarray]:
    rows = len(beams)
    if load.symmetric and runs == BOTH:
        runs = FORWARD
    out = np.zeros((rows, WIDTH))
    places = np.zeros((rows if kept else 0, WIDTH + MOST_SPANS))

    def deed(start: int, stop: int) -> None:
        room, steps = np.zeros((4 * SIDE + 2, SIDE)), np.zeros(SIDE, np.int64)
        place = places if kept else np.zeros((1, WIDTH + MOST_SPANS))
        doors()["trains"](
            *(start, stop, rows, *map(pointer, (beams.spans, beams.counts, beams.mirrors)), load.axles),
            *(pointer(load.offsets), pointer(load.sums), load.parts.shape[1], pointer(load.parts), runs, int(kept)),
            *map(pointer, (out, place, room, steps)),
        )

    spread(rows, deed)
    return out, places
