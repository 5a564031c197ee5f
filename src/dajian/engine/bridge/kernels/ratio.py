"""Smallest ratio of design effect to train effect over the control sections of each effect."""

from __future__ import annotations

from dajian.engine.bridge.kernels.jit import Array, kernel
from dajian.engine.bridge.kernels.moving import M_NEG, R_MAX, R_MIN, V_LEFT, WIDTH

STARTS = (0, M_NEG, V_LEFT, R_MAX, R_MIN, WIDTH)
NOTHING = 1e-6  # kN or kN·m: rounding of an effect that is none


@kernel
def smallest(
    row: int, train: Array, first: Array, second: Array, use: int, share: Array, low: Array, where: Array
) -> None:  # fmt: skip
    """low[row, effect]: min over sections of max(share₀ first, share₁ second) / train; inf where the train has none.

    share[row]: factor of the first and the second design load, for moments and for forces. use: rows of `second` count.
    """
    for effect in range(5):
        base = 0 if effect < 2 else 2
        best, at = float("inf"), -1
        for column in range(STARTS[effect], STARTS[effect + 1]):
            load = train[column]
            if load > NOTHING:
                held = share[row, base] * first[column]
                if use:
                    held = max(held, share[row, base + 1] * second[column])
                if held < best * load:
                    best, at = held / load, column
        low[row, effect] = best
        where[row, effect] = at
