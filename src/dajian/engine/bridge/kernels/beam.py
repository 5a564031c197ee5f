"""One continuous beam of constant EI by the three-moment equation.

With a load P at u = ξL of span m, the support moments are M_b = -(C[b, m] P L² f(ξ) + C[b, m+1] P L² g(ξ)) where
f = ξ(1-ξ)(2-ξ), g = ξ(1-ξ)(1+ξ) and C is the inverse of the three-moment matrix; rows and columns 0 and k are zero.
"""

from __future__ import annotations

from dajian.engine.bridge.kernels.jit import Array, kernel

MOST_SPANS = 12
SIDE = MOST_SPANS + 1  # supports


@kernel
def lay_out(k: int, spans: Array, row: int, at: Array, flex: Array, work: Array) -> None:
    """Fill `at` (k + 1 support places [m]) and `flex` (SIDE x SIDE, the matrix C) for the k spans of one row."""
    at[0] = 0.0
    for j in range(k):
        at[j + 1] = at[j] + spans[row, j]
    for b in range(SIDE):
        for m in range(SIDE):
            flex[b, m] = 0.0
    for column in range(1, k):  # Thomas: diagonal 2 (L[b-1] + L[b]), beside it L[b]
        for b in range(1, k):
            before = spans[row, b - 1] if b > 1 else 0.0
            pivot = 2 * (spans[row, b - 1] + spans[row, b]) - before * (work[0, b - 1] if b > 1 else 0.0)
            right = 1.0 if b == column else 0.0
            work[0, b] = spans[row, b] / pivot
            work[1, b] = (right - before * (work[1, b - 1] if b > 1 else 0.0)) / pivot
        for b in range(k - 1, 0, -1):
            flex[b, column] = work[1, b] - (work[0, b] * flex[b + 1, column] if b + 1 < k else 0.0)
