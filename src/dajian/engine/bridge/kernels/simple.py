"""A simple span under a moving train: V and R at a support with an axle just inside, M+ under each axle in turn."""

from __future__ import annotations

from dajian.engine.bridge.kernels.jit import Array, kernel
from dajian.engine.bridge.kernels.moving import M_POS, R_MAX, V_LEFT, V_RIGHT, WIDTH


@kernel
def sweep_simple(
    row: int, spot: int, span: float, first: int, last: int, low: float, high: float, offsets: Array, sums: Array,
    out: Array, place: Array,
) -> None:  # fmt: skip
    """M+, V and R of one span while the train's zero runs from low to high; axles first..last - 1."""
    ahead = behind = first
    for axle in range(first, last):
        p = offsets[axle]  # the axle just inside the left end: V there, with all that is ahead of it on the span
        while offsets[ahead] + span <= p and ahead < axle:
            ahead += 1
        if low <= p <= high:
            load = sums[0, axle + 1] - sums[0, ahead]
            v = load - (p * load - (sums[1, axle + 1] - sums[1, ahead])) / span
            _take(row, spot, v, p, V_LEFT, R_MAX, out, place)
        p = offsets[axle] + span  # just inside the right end, with all behind it
        while behind < last and offsets[behind] < p:
            behind += 1
        if low <= p <= high:
            load = sums[0, behind] - sums[0, axle]
            v = (p * load - (sums[1, behind] - sums[1, axle])) / span
            _take(row, spot, v, p, V_RIGHT, R_MAX + 1, out, place)
        _under(row, spot, axle, span, first, last, low, high, offsets, sums, out, place)


@kernel
def _take(row: int, spot: int, v: float, p: float, shear: int, reaction: int, out: Array, place: Array) -> None:
    for column in (shear, reaction):
        if v > out[row, column]:
            out[row, column] = v
            place[spot, column] = p


@kernel
def _under(
    row: int, spot: int, axle: int, span: float, first: int, last: int, low: float, high: float, offsets: Array,
    sums: Array, out: Array, place: Array,
) -> None:  # fmt: skip
    """Moment under one axle: on a piece (1 - x/L) left(x) + x/L right(x), a parabola with its vertex."""
    p, stop = max(low, offsets[axle]), min(high, offsets[axle] + span)
    front, rear = first, axle + 1  # axles front..rear - 1 stand on the span
    while front < axle and offsets[front] + span <= p:
        front += 1
    while rear < last and offsets[rear] <= p:
        rear += 1
    own = offsets[axle]
    while p < stop:
        event = stop
        if front < axle:
            event = min(event, offsets[front] + span)
        if rear < last:
            event = min(event, offsets[rear])
        left0 = sums[0, rear] - sums[0, axle]
        left1 = sums[1, rear] - sums[1, axle] - own * left0  # >= 0: load by distance behind the axle
        right0 = sums[0, axle] - sums[0, front]
        right1 = own * right0 - (sums[1, axle] - sums[1, front])
        # (1 - x/L)(x left0 - left1) + x/L ((L - x) right0 - right1), x = place of the axle
        whole = left0 + right0
        x = 0.5 * span + 0.5 * (left1 - right1) / whole
        x = min(max(x, p - own), event - own)
        value = (1 - x / span) * (x * left0 - left1) + x / span * ((span - x) * right0 - right1)
        if value > out[row, M_POS]:
            out[row, M_POS] = value
            place[spot, M_POS] = own + x
            place[spot, WIDTH] = x
        if front < axle and offsets[front] + span <= event:
            front += 1
        elif rear < last and offsets[rear] <= event:
            rear += 1
        p = event
