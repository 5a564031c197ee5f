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
from dajian.engine.bridge.kernels.jit import Array, kernel

M_POS = 0
M_NEG = MOST_SPANS
V_LEFT = M_NEG + SIDE
V_RIGHT = V_LEFT + MOST_SPANS
R_MAX = V_RIGHT + MOST_SPANS
R_MIN = R_MAX + SIDE
WIDTH = R_MIN + SIDE


@kernel
def spread_span(m: int, start: int, stop: int, p: float, at: Array, sums: Array, force: Array) -> None:
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
def support_moment(b: int, k: int, passed: Array, flex: Array, force: Array, moment: Array) -> None:
    """moment[b]: the cubic of the moment at an inner support b from the spans that carry axles."""
    for q in range(4):
        moment[b, q] = 0.0
    for m in range(k):
        if passed[m] > passed[m + 1]:
            left, right = flex[b, m], flex[b, m + 1]
            for q in range(4):
                moment[b, q] -= left * force[m, 2 + q] + right * force[m, 6 + q]


@kernel
def _keep(
    row: int, spot: int, up: int, down: int, c0: float, c1: float, c2: float, c3: float, h: float, p: float,
    out: Array, place: Array,
) -> None:  # fmt: skip
    """Largest value of a cubic into column `up`, largest of its negative into column `down`."""
    end = c0 + h * (c1 + h * (c2 + h * c3))
    one, other = c0 + c1 * h / 3, c0 + h * (2 * c1 + c2 * h) / 3  # Bernstein: the cubic lies between these four
    if max(max(c0, end), max(one, other)) > out[row, up]:
        best, t = cubic_max(c0, c1, c2, c3, h, out[row, up])
        if t >= 0:
            out[row, up], place[spot, up] = best, p + t
    if -min(min(c0, end), min(one, other)) > out[row, down]:
        best, t = cubic_max(-c0, -c1, -c2, -c3, h, out[row, down])
        if t >= 0:
            out[row, down], place[spot, down] = best, p + t


@kernel
def _supports_on_piece(
    row: int, spot: int, k: int, p: float, h: float, at: Array, passed: Array, force: Array, moment: Array,
    out: Array, place: Array,
) -> None:  # fmt: skip
    l0 = l1 = l2 = l3 = 0.0  # shear left of the support at hand
    for b in range(k + 1):
        r0 = r1 = r2 = r3 = 0.0  # shear right of it
        e0 = e1 = e2 = e3 = 0.0  # shear at the far end of the span to the right
        m0, m1, m2, m3 = moment[b, 0], moment[b, 1], moment[b, 2], moment[b, 3]
        if 0 < b < k:
            for j in (b - 1, b):  # a moment line without axles in the span is highest at a support
                lifted = out[row, M_POS + j]
                _keep(row, spot, M_POS + j, M_NEG + b, m0, m1, m2, m3, h, p, out, place)
                if out[row, M_POS + j] > lifted:
                    place[spot, WIDTH + j] = at[b]
        if b < k:
            g = 1 / (at[b + 1] - at[b])
            e0, e1 = g * (moment[b + 1, 0] - m0), g * (moment[b + 1, 1] - m1)
            e2, e3 = g * (moment[b + 1, 2] - m2), g * (moment[b + 1, 3] - m3)
            r0, r1, r2, r3 = e0, e1, e2, e3
            if passed[b] > passed[b + 1]:
                s0, s1 = force[b, 0], g * force[b, 1]
                r0 += s0 - s1
                e0 -= s1
                r1 -= g * s0
                e1 -= g * s0
            _keep(row, spot, V_LEFT + b, V_LEFT + b, r0, r1, r2, r3, h, p, out, place)
            _keep(row, spot, V_RIGHT + b, V_RIGHT + b, e0, e1, e2, e3, h, p, out, place)
        _keep(row, spot, R_MAX + b, R_MIN + b, r0 - l0, r1 - l1, r2 - l2, r3 - l3, h, p, out, place)
        l0, l1, l2, l3 = e0, e1, e2, e3


@kernel
def _under_axles(
    row: int, spot: int, j: int, p: float, h: float, at: Array, passed: Array, offsets: Array, sums: Array,
    moment: Array, out: Array, place: Array,
) -> None:  # fmt: skip
    """M+ under each axle of span j while the train moves by h: (1 - x/L)(M_j + left) + x/L (M_j+1 + right)."""
    span = at[j + 1] - at[j]
    g = 1 / span
    c = p - at[j]
    a0, a1, a2, a3 = moment[j, 0], moment[j, 1], moment[j, 2], moment[j, 3]
    b0, b1, b2, b3 = moment[j + 1, 0], moment[j + 1, 1], moment[j + 1, 2], moment[j + 1, 3]
    front, rear = passed[j + 1], passed[j]
    for axle in range(front, rear):
        x = c - offsets[axle]
        left0 = sums[0, rear] - sums[0, axle]
        left1 = a0 + c * left0 - (sums[1, rear] - sums[1, axle])
        right0 = sums[0, axle] - sums[0, front]
        right1 = b0 + (span - c) * right0 + (sums[1, axle] - sums[1, front])
        u = x * g
        v = 1 - u
        best, t = quartic_max(
            v * left1 + u * right1,
            v * (a1 + left0) + u * (b1 - right0) + g * (right1 - left1),
            v * a2 + u * b2 + g * (b1 - right0 - a1 - left0),
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
def sweep(
    row: int, spot: int, k: int, at: Array, flex: Array, first: int, last: int, low: float, high: float,
    offsets: Array, sums: Array, passed: Array, force: Array, moment: Array, out: Array, place: Array,
) -> None:  # fmt: skip
    """All effects while the train's zero runs from low to high; axles first..last - 1.

    passed[b]: axles that have crossed support b, so that span m carries the axles passed[m + 1]..passed[m] - 1.
    """
    for b in range(k + 1):
        passed[b] = first
        while passed[b] < last and offsets[passed[b]] + at[b] < low:
            passed[b] += 1
        for q in range(4):
            moment[b, q] = 0.0
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
            for b in range(1, k):
                support_moment(b, k, passed, flex, force, moment)
            _supports_on_piece(row, spot, k, p, h, at, passed, force, moment, out, place)
            for j in range(k):
                if passed[j] > passed[j + 1]:
                    _under_axles(row, spot, j, p, h, at, passed, offsets, sums, moment, out, place)
        if crossed < 0:
            return
        passed[crossed] += 1
        p = event


@kernel
def mirror(out: Array, row: int, k: int) -> None:
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
