"""Lane load on one beam: q on the areas of one sign of the influence line, one Pk at its peak (1.2 Pk for shear)."""

from __future__ import annotations

from dajian.engine.bridge.kernels.extrema import cubic_root, turning_points
from dajian.engine.bridge.kernels.jit import Array, kernel
from dajian.engine.bridge.kernels.moving import M_NEG, M_POS, R_MAX, R_MIN, V_LEFT, V_RIGHT

COARSE = 16  # sections looked at in a span before the search closes in
GOLDEN = 0.6180339887498949
NEAR = 1e-5  # of the span: the moment is flat at its top, so it is known to 1e-9


@kernel
def _value(c0: float, c1: float, c2: float, c3: float, t: float) -> float:
    return c0 + t * (c1 + t * (c2 + t * c3))


@kernel
def _area(c0: float, c1: float, c2: float, c3: float, a: float, b: float) -> float:
    return (b - a) * c0 + (b * b - a * a) * c1 / 2 + (b**3 - a**3) * c2 / 3 + (b**4 - a**4) * c3 / 4


@kernel
def _both_signs(c0: float, c1: float, c2: float, c3: float, a: float, b: float) -> tuple[float, float, float, float]:
    """Positive and negative area and peak of a cubic on [a, b]; the negative ones as magnitudes."""
    plus = minus = 0.0
    one, other = turning_points(c1, c2, c3)
    left = _value(c0, c1, c2, c3, a)
    high, low = max(left, 0.0), max(-left, 0.0)
    start = a
    for stop in (one, other, b):
        if not start < stop <= b:
            continue
        right = _value(c0, c1, c2, c3, stop)
        high, low = max(high, right), max(low, -right)
        if left * right < 0:
            middle = cubic_root(c0, c1, c2, c3, start, stop)
            first, second = _area(c0, c1, c2, c3, start, middle), _area(c0, c1, c2, c3, middle, stop)
            plus += max(first, 0.0) + max(second, 0.0)
            minus += max(-first, 0.0) + max(-second, 0.0)
        else:
            whole = _area(c0, c1, c2, c3, start, stop)
            plus += max(whole, 0.0)
            minus += max(-whole, 0.0)
        start, left = stop, right
    return plus, minus, high, low


@kernel
def _moment_line(b: int, m: int, span: float, flex: Array, line: Array) -> None:
    """The influence line of the moment at support b inside span m, a cubic of ξ."""
    left, right = -span * span * flex[b, m], -span * span * flex[b, m + 1]
    line[0] = 0.0
    line[1] = 2 * left + right
    line[2] = -3 * left
    line[3] = left - right


@kernel
def moment_tables(k: int, at: Array, flex: Array, line: Array, area: Array, peak: Array) -> None:
    """area[b, m], peak[b, m]: signed area and peak of the influence line of M at support b inside span m.

    Inside one span each line keeps its sign, and beyond a span the lines of its two supports keep one ratio, so
    areas and peaks of combinations are combinations of these.
    """
    for b in range(k + 1):
        for m in range(k):
            span = at[m + 1] - at[m]
            _moment_line(b, m, span, flex, line[0])
            found = _both_signs(0.0, line[0, 1], line[0, 2], line[0, 3], 0.0, 1.0)
            area[b, m] = span * (found[0] - found[1])
            peak[b, m] = found[2] if found[2] > found[3] else -found[3]


@kernel
def _own_span(which: int, b: int, m: int, k: int, at: Array, flex: Array, line: Array) -> None:
    """line[0]: shear right (1) or left (2) of support b or its reaction (3), in a span m beside b, over ξ."""
    span = at[m + 1] - at[m]
    for q in range(4):
        line[0, q] = 0.0
    for side in (1, 2):  # shear in the span right of b, shear in the span left of b
        j = b if side == 1 else b - 1
        if not 0 <= j < k or which not in (side, 3):
            continue
        sign = -1.0 if which == 3 and side == 2 else 1.0
        length = at[j + 1] - at[j]
        _moment_line(j + 1, m, span, flex, line[1])
        _moment_line(j, m, span, flex, line[2])
        for q in range(4):
            line[0, q] += sign * (line[1, q] - line[2, q]) / length
        if m == j:
            line[0, 0] += sign if side == 1 else 0.0
            line[0, 1] -= sign


@kernel
def _beyond(which: int, b: int, m: int, k: int, at: Array, table: Array) -> float:
    """The same in a span m elsewhere, of areas or of peaks."""
    value = 0.0
    if which != 2 and b < k:
        value += (table[b + 1, m] - table[b, m]) / (at[b + 1] - at[b])
    if which != 1 and b > 0:
        left = (table[b, m] - table[b - 1, m]) / (at[b] - at[b - 1])
        value += left if which == 2 else -left
    return value


@kernel
def lanes_at_supports(
    row: int, k: int, q_load: float, pk: float, at: Array, flex: Array, line: Array, area: Array, peak: Array,
    out: Array,
) -> None:  # fmt: skip
    """-M, |V| at both sides, R max and -R min at every support."""
    for b in range(k + 1):
        for which in range(4):
            if (which == 0 and b in (0, k)) or (which == 1 and b == k) or (which == 2 and b == 0):
                continue
            plus = minus = high = low = 0.0
            for m in range(k):
                if which != 0 and (m == b or m == b - 1):
                    span = at[m + 1] - at[m]
                    _own_span(which, b, m, k, at, flex, line)
                    found = _both_signs(line[0, 0], line[0, 1], line[0, 2], line[0, 3], 0.0, 1.0)
                    plus += span * found[0]
                    minus += span * found[1]
                    high, low = max(high, found[2]), max(low, found[3])
                    continue
                whole = area[b, m] if which == 0 else _beyond(which, b, m, k, at, area)
                top = peak[b, m] if which == 0 else _beyond(which, b, m, k, at, peak)
                plus += max(whole, 0.0)
                minus += max(-whole, 0.0)
                high, low = max(high, top), max(low, -top)
            if which == 0:
                out[row, M_NEG + b] = q_load * minus + pk * low
                for j in (b - 1, b):
                    out[row, M_POS + j] = max(out[row, M_POS + j], q_load * plus + pk * high)
            elif which == 3:
                out[row, R_MAX + b] = q_load * plus + pk * high
                out[row, R_MIN + b] = q_load * minus + pk * low
            else:
                shear = max(q_load * plus + 1.2 * pk * high, q_load * minus + 1.2 * pk * low)
                out[row, V_LEFT + b if which == 1 else V_RIGHT + b - 1] = shear


@kernel
def _moment_at(
    j: int, t: float, k: int, q_load: float, pk: float, at: Array, line: Array, area: Array, peak: Array
) -> float:  # fmt: skip
    """M+ at ξ = t of span j. line[0], line[1]: moment lines of its two supports in the span itself."""
    span = at[j + 1] - at[j]
    v = 1 - t
    c1, c2, c3 = v * line[0, 1] + t * line[1, 1], v * line[0, 2] + t * line[1, 2], v * line[0, 3] + t * line[1, 3]
    left = _both_signs(0.0, c1 + span * v, c2, c3, 0.0, t)
    right = _both_signs(span * t, c1 - span * t, c2, c3, t, 1.0)
    plus = span * (left[0] + right[0])
    high = max(left[2], right[2])
    for m in range(k):
        if m != j:
            plus += max(0.0, v * area[j, m] + t * area[j + 1, m])
            high = max(high, v * peak[j, m] + t * peak[j + 1, m])
    return q_load * plus + pk * high


@kernel
def lanes_in_span(
    row: int, j: int, k: int, q_load: float, pk: float, at: Array, flex: Array, line: Array, area: Array,
    peak: Array, out: Array,
) -> None:  # fmt: skip
    """M+ of span j: a look at every sixteenth, then golden sections beside the largest."""
    _moment_line(j, j, at[j + 1] - at[j], flex, line[0])
    _moment_line(j + 1, j, at[j + 1] - at[j], flex, line[1])
    best, place = 0.0, 0
    for step in range(1, COARSE):
        value = _moment_at(j, step / COARSE, k, q_load, pk, at, line, area, peak)
        if value > best:
            best, place = value, step
    low, high = (place - 1) / COARSE, (place + 1) / COARSE
    a, b = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
    at_a = at_b = 0.0
    if k > 1:  # a single span has its largest moment in the middle, exactly
        at_a = _moment_at(j, a, k, q_load, pk, at, line, area, peak)
        at_b = _moment_at(j, b, k, q_load, pk, at, line, area, peak)
    while k > 1 and high - low > NEAR:
        best = max(best, max(at_a, at_b))
        if at_a > at_b:
            high, b, at_b = b, a, at_a
            a = high - GOLDEN * (high - low)
            at_a = _moment_at(j, a, k, q_load, pk, at, line, area, peak)
        else:
            low, a, at_a = a, b, at_b
            b = low + GOLDEN * (high - low)
            at_b = _moment_at(j, b, k, q_load, pk, at, line, area, peak)
    out[row, M_POS + j] = max(out[row, M_POS + j], best)
