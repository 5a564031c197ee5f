"""The compiled doors: plain pointers in, results written in place. Row by row, so any split over threads is alike."""

from __future__ import annotations

from numba import carray, cfunc, types

from dajian.engine.bridge.kernels.beam import MOST_SPANS, SIDE, lay_out
from dajian.engine.bridge.kernels.jit import Array
from dajian.engine.bridge.kernels.lane import lanes_at_supports, lanes_in_span, moment_tables
from dajian.engine.bridge.kernels.moving import WIDTH, mirror, sweep
from dajian.engine.bridge.kernels.ratio import smallest
from dajian.engine.bridge.kernels.simple import sweep_simple

LEAST_REACH = 40.0  # m between the outer trucks, so that trucks may leap over a short span
WHOLE = types.intp
FLOATS = types.CPointer(types.float64)
WHOLES = types.CPointer(types.intp)


@cfunc(types.void(WHOLE, WHOLE, WHOLE, FLOATS, WHOLES, WHOLES, WHOLE, FLOATS, FLOATS, WHOLE, WHOLES, WHOLE, WHOLE,
                  FLOATS, FLOATS, FLOATS, WHOLES), error_model="numpy")  # fmt: skip
def trains(
    start: int,
    stop: int,
    rows: int,
    spans_at: Array,
    counts_at: Array,
    mirrors_at: Array,
    axles: int,
    offsets_at: Array,
    sums_at: Array,
    convoys: int,
    convoys_at: Array,
    runs: int,
    kept: int,
    out_at: Array,
    place_at: Array,
    room_at: Array,
    steps_at: Array,
) -> None:
    """Effects of a train, in one or both directions, on the beams start..stop - 1.

    runs: 1 forward, 2 backward, 3 both; a beam that mirrors itself is run forward and the result mirrored.
    convoys: sub-trains (first axle, last axle + 1, the axle that must not have left, the axle that must be on).
    """
    spans = carray(spans_at, (rows, MOST_SPANS))
    counts, mirrors = carray(counts_at, rows), carray(mirrors_at, rows)
    offsets, sums = carray(offsets_at, (2, axles)), carray(sums_at, (2, 4, axles + 1))
    parts = carray(convoys_at, (2, convoys, 4))
    out = carray(out_at, (rows, WIDTH))
    place = carray(place_at, (rows if kept > 0 else 1, WIDTH + MOST_SPANS))
    room = carray(room_at, (4 * SIDE + 2, SIDE))
    at, work, flex = room[0], room[1:3], room[3 : 3 + SIDE]
    moment = room[3 + SIDE : 3 + 2 * SIDE, :4]
    force = room[6 + 2 * SIDE : 6 + 2 * SIDE + MOST_SPANS, :10]
    passed = carray(steps_at, SIDE)
    for row in range(start, stop):
        k = counts[row]
        spot = row if kept > 0 else 0
        lay_out(k, spans, row, at, flex, work)
        both = runs if not mirrors[row] or runs != 3 else 1
        for run in range(2):
            if not both & (1 << run):
                continue
            for part in range(convoys):
                first, last = parts[run, part, 0], parts[run, part, 1]
                front, rear = offsets[run, parts[run, part, 2]], offsets[run, parts[run, part, 3]]
                if k == 1:
                    if rear < front + at[1]:
                        sweep_simple(row, spot, at[1], first, last, rear, front + at[1], offsets[run], sums[run], out,
                                     place)  # fmt: skip
                    continue
                done = rear
                whole = convoys == 1 or rear - front < LEAST_REACH
                for pair in range(1 if whole else k - 1):  # trucks beyond two spans stand where they take away
                    low = max(done, at[pair] + rear)
                    high = front + (at[k] if whole else at[pair + 2])
                    if low >= high:
                        continue
                    sweep(row, spot, k, at, flex, first, last, low, high, offsets[run], sums[run], passed, force,
                          moment, out, place)  # fmt: skip
                    done = high
        if both != runs:
            mirror(out, row, k)


@cfunc(types.void(WHOLE, WHOLE, WHOLE, FLOATS, WHOLES, FLOATS, FLOATS, FLOATS, FLOATS), error_model="numpy")
def lanes(
    start: int,
    stop: int,
    rows: int,
    spans_at: Array,
    counts_at: Array,
    q_at: Array,
    pk_at: Array,
    out_at: Array,
    room_at: Array,
) -> None:
    """Effects of a lane load q [kN/m] and Pk [kN] on the beams start..stop - 1."""
    spans = carray(spans_at, (rows, MOST_SPANS))
    counts, q_loads, pks = carray(counts_at, rows), carray(q_at, rows), carray(pk_at, rows)
    out = carray(out_at, (rows, WIDTH))
    room = carray(room_at, (4 * SIDE + 2, SIDE))
    at, work, flex = room[0], room[1:3], room[3 : 3 + SIDE]
    area, peak = room[3 + SIDE : 3 + 2 * SIDE], room[3 + 2 * SIDE : 3 + 3 * SIDE]
    line = room[3 + 3 * SIDE : 6 + 3 * SIDE, :4]
    for row in range(start, stop):
        k = counts[row]
        lay_out(k, spans, row, at, flex, work)
        moment_tables(k, at, flex, line, area, peak)
        lanes_at_supports(row, k, q_loads[row], pks[row], at, flex, line, area, peak, out)
        for j in range(k):
            lanes_in_span(row, j, k, q_loads[row], pks[row], at, flex, line, area, peak, out)


@cfunc(types.void(WHOLE, WHOLE, WHOLE, WHOLES, FLOATS, FLOATS, FLOATS, WHOLES, FLOATS, FLOATS, WHOLES),
       error_model="numpy")  # fmt: skip
def ratios(
    start: int,
    stop: int,
    cases: int,
    beam_at: Array,
    train_at: Array,
    first_at: Array,
    second_at: Array,
    pair_at: Array,
    share_at: Array,
    low_at: Array,
    where_at: Array,
) -> None:
    """Cases start..stop - 1: beam_at says the row of the train's, of the first and of the second load's effects."""
    beams = carray(beam_at, (cases, 3))
    pairs, shares = carray(pair_at, cases), carray(share_at, (cases, 4))
    low, where = carray(low_at, (cases, 5)), carray(where_at, (cases, 5))
    for case in range(start, stop):
        train = carray(train_at, (beams[case, 0] + 1, WIDTH))[beams[case, 0]]
        first = carray(first_at, (beams[case, 1] + 1, WIDTH))[beams[case, 1]]
        second = carray(second_at, (beams[case, 2] + 1, WIDTH))[beams[case, 2]]
        smallest(case, train, first, second, pairs[case], shares, low, where)
