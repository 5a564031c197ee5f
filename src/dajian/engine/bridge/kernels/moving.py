"""Extremes of a moving train on one beam, exact over position.

Between two events (an axle crosses a support) every support moment is a cubic of the train's position and the moment
under an axle a quartic. A concave moment line makes the sections sure: M+ stands under an axle or at a support, M- at
a support, V at the ends of a span.

Columns of a row of effects: M+ by span (12), -M- by support (13), |V| at the left (12) and right (12) end of a span,
R max (13), -R min (13). Beside each: position of the train's zero and the place of the section (M+ only).
"""

from __future__ import annotations

from dajian.engine.bridge.kernels.beam import MOST_SPANS, SIDE
from dajian.engine.bridge.kernels.extrema import cubic_max, quartic_max
from dajian.engine.bridge.kernels.jit import kernel

M_POS = 0
M_NEG = MOST_SPANS
V_LEFT = M_NEG + SIDE
V_RIGHT = V_LEFT + MOST_SPANS
R_MAX = V_RIGHT + MOST_SPANS
R_MIN = R_MAX + SIDE
WIDTH = R_MIN + SIDE


@kernel
def spread_span(m: int, start: int, stop: int, p: float, at: object, sums: object, force: object) -> None:
    """Load, first moment and the two cubics L²F, L²G of the axles start..stop of span m, from position p on.

    force[m]: S0, S1, F0..F3, G0..G3; sums: prefix sums of P dⁿ over the axles, n = 0..3.
    """
    span = at[m + 1] - at[m]
    c = p - at[m]
    s0 = sums[0, stop] - sums[0, start]
    d1 = sums[1, stop] - sums[1, start]
    d2 = sums[2, stop] - sums[2, start]
    d3 = sums[3, stop] - sums[3, start]
    s1 = c * s0 - d1
    s2 = c * (c * s0 - 2 * d1) + d2
    s3 = c * (c * (c * s0 - 3 * d1) + 3 * d2) - d3
    force[m, 0] = s0
    force[m, 1] = s1
    force[m, 2] = 2 * span * s1 - 3 * s2 + s3 / span
    force[m, 3] = 2 * span * s0 - 6 * s1 + 3 * s2 / span
    force[m, 4] = -3 * s0 + 3 * s1 / span
    force[m, 5] = s0 / span
    force[m, 6] = span * s1 - s3 / span
    force[m, 7] = span * s0 - 3 * s2 / span
    force[m, 8] = -3 * s1 / span
    force[m, 9] = -s0 / span


@kernel
def support_moment(b: int, k: int, passed: object, flex: object, force: object, moment: object) -> None:
    """moment[b]: the cubic of the moment at support b from the spans that carry axles."""
    for q in range(4):
        moment[b, q] = 0.0
    if b == 0 or b == k:
        return
    for m in range(k):
        if passed[m] > passed[m + 1]:
            left, right = flex[b, m], flex[b, m + 1]
            for q in range(4):
                moment[b, q] -= left * force[m, 2 + q] + right * force[m, 6 + q]


@kernel
def _keep(
    row: int, spot: int, column: int, c: object, sign: float, h: float, p: float, out: object, place: object
) -> None:
    best, t = cubic_max(sign * c[0], sign * c[1], sign * c[2], sign * c[3], h, out[row, column])
    if t >= 0:
        out[row, column] = best
        place[spot, column] = p + t


@kernel
def _supports_on_piece(
    row: int, spot: int, k: int, p: float, h: float, at: object, passed: object, force: object, moment: object, line: object,
    out: object, place: object,
) -> None:  # fmt: skip
    for b in range(1, k):
        _keep(row, spot, M_NEG + b, moment[b], -1.0, h, p, out, place)
        for j in (b - 1, b):  # a moment line without axles in the span is highest at a support
            best, t = cubic_max(moment[b, 0], moment[b, 1], moment[b, 2], moment[b, 3], h, out[row, M_POS + j])
            if t >= 0:
                out[row, M_POS + j], place[spot, M_POS + j] = best, p + t
                place[spot, WIDTH + j] = at[b]
    for q in range(4):
        line[1, q] = 0.0  # shear left of the support at hand
    for j in range(k + 1):
        for q in range(4):
            line[2, q] = -line[1, q]  # reaction: right shear less left shear
            line[0, q] = 0.0
        if j < k:
            span = at[j + 1] - at[j]
            for q in range(4):
                line[0, q] = (moment[j + 1, q] - moment[j, q]) / span
                line[1, q] = line[0, q]
            if passed[j] > passed[j + 1]:
                s0, s1 = force[j, 0], force[j, 1]
                line[0, 0] += s0 - s1 / span
                line[0, 1] -= s0 / span
                line[1, 0] -= s1 / span
                line[1, 1] -= s0 / span
            for sign in (1.0, -1.0):
                _keep(row, spot, V_LEFT + j, line[0], sign, h, p, out, place)
                _keep(row, spot, V_RIGHT + j, line[1], sign, h, p, out, place)
            for q in range(4):
                line[2, q] += line[0, q]
        _keep(row, spot, R_MAX + j, line[2], 1.0, h, p, out, place)
        _keep(row, spot, R_MIN + j, line[2], -1.0, h, p, out, place)


@kernel
def sweep_supports(
    row: int, spot: int, k: int, at: object, flex: object, first: int, last: int, low: float, high: float, offsets: object,
    sums: object, passed: object, force: object, moment: object, line: object, out: object, place: object,
) -> None:  # fmt: skip
    """M at supports, V and R while the train's zero runs from low to high; axles first..last - 1."""
    for b in range(k + 1):
        passed[b] = first
        while passed[b] < last and offsets[passed[b]] + at[b] < low:
            passed[b] += 1
    p = low
    while True:
        event, crossed = high, -1
        for b in range(k + 1):
            if passed[b] < last and offsets[passed[b]] + at[b] < event:
                event, crossed = offsets[passed[b]] + at[b], b
        h = event - p
        if h > 0:
            for m in range(k):
                if passed[m] > passed[m + 1]:
                    spread_span(m, passed[m + 1], passed[m], p, at, sums, force)
            for b in range(k + 1):
                support_moment(b, k, passed, flex, force, moment)
            _supports_on_piece(row, spot, k, p, h, at, passed, force, moment, line, out, place)
        if crossed < 0:
            return
        passed[crossed] += 1
        p = event


@kernel
def _under_axle(
    row: int, spot: int, j: int, axle: int, k: int, p: float, h: float, reserve: float, at: object, flex: object,
    passed: object, offsets: object, sums: object, force: object, moment: object, out: object, place: object,
) -> None:  # fmt: skip
    """The moment under one axle of span j while it moves by h: (1 - x/L)(M_j + left) + x/L (M_j+1 + right).

    reserve: no support moment lifts the line by more, so that a piece whose simple-beam part stays low is passed over.
    """
    span = at[j + 1] - at[j]
    c = p - at[j]
    x = c - offsets[axle]
    left0 = sums[0, passed[j]] - sums[0, axle]
    left1 = c * left0 - (sums[1, passed[j]] - sums[1, axle])
    right0 = sums[0, axle] - sums[0, passed[j + 1]]
    right1 = span * right0 - c * right0 + (sums[1, axle] - sums[1, passed[j + 1]])
    v, u, g = 1 - x / span, x / span, 1 / span
    s0 = v * left1 + u * right1
    s1 = v * left0 - u * right0 + g * (right1 - left1)
    s2 = -g * (left0 + right0)
    if s0 + max(0.0, max(s1 * h / 2, s1 * h + s2 * h * h)) + reserve <= out[row, M_POS + j]:
        return
    for m in range(k):
        if passed[m] > passed[m + 1]:
            spread_span(m, passed[m + 1], passed[m], p, at, sums, force)
    support_moment(j, k, passed, flex, force, moment)
    support_moment(j + 1, k, passed, flex, force, moment)
    a0, a1, a2, a3 = moment[j, 0], moment[j, 1], moment[j, 2], moment[j, 3]
    b0, b1, b2, b3 = moment[j + 1, 0], moment[j + 1, 1], moment[j + 1, 2], moment[j + 1, 3]
    best, t = quartic_max(
        s0 + v * a0 + u * b0,
        s1 + v * a1 + u * b1 + g * (b0 - a0),
        s2 + v * a2 + u * b2 + g * (b1 - a1),
        v * a3 + u * b3 + g * (b2 - a2),
        g * (b3 - a3),
        h,
        out[row, M_POS + j],
    )
    if t >= 0:
        out[row, M_POS + j] = best
        place[spot, M_POS + j] = p + t
        place[spot, WIDTH + j] = at[j] + x + t


@kernel
def sweep_axles(
    row: int, spot: int, j: int, k: int, at: object, flex: object, first: int, last: int, low: float, high: float,
    offsets: object, sums: object, passed: object, entered: object, force: object, moment: object, out: object,
    place: object,
) -> None:  # fmt: skip
    """M+ of span j: each axle in turn runs through the span."""
    for b in range(k + 1):
        entered[b] = first
    reserve = out[row, M_POS + j]  # so far the largest support moment beside the span
    for axle in range(first, last):
        p = max(low, offsets[axle] + at[j])
        stop = min(high, offsets[axle] + at[j + 1])
        if p >= stop:
            continue
        for b in range(k + 1):
            while entered[b] < last and offsets[entered[b]] + at[b] < p:
                entered[b] += 1
            passed[b] = entered[b]
        passed[j] = max(passed[j], axle + 1)  # the axle itself has just entered the span
        while True:
            event, crossed = stop, -1
            for b in range(k + 1):
                if passed[b] < last and offsets[passed[b]] + at[b] < event:
                    event, crossed = offsets[passed[b]] + at[b], b
            if event > p:
                _under_axle(row, spot, j, axle, k, p, event - p, reserve, at, flex, passed, offsets, sums, force,
                            moment, out, place)  # fmt: skip
            if crossed < 0:
                break
            passed[crossed] += 1
            p = max(p, event)


@kernel
def mirror(out: object, row: int, k: int) -> None:
    """Both directions of a beam that mirrors itself, from the results of one."""
    for j in range(k):
        other = k - 1 - j
        larger = max(out[row, M_POS + j], out[row, M_POS + other])
        out[row, M_POS + j] = out[row, M_POS + other] = larger
        larger = max(out[row, V_LEFT + j], out[row, V_RIGHT + other])
        out[row, V_LEFT + j] = out[row, V_RIGHT + other] = larger
    for b in range(k + 1):
        for column in (M_NEG, R_MAX, R_MIN):
            larger = max(out[row, column + b], out[row, column + k - b])
            out[row, column + b] = out[row, column + k - b] = larger
