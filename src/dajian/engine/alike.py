"""Whether a value of a user's file may stand where the project's own file has another: same kind, same shape."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any


def alike(value: Any, own: Any) -> bool:
    """A number stands for a number (finite; above 0 where ours is), a list for a list, a table for one of its keys."""
    if isinstance(own, bool) or isinstance(value, bool):
        return type(value) is type(own)
    if isinstance(own, int | float):
        kinds = (int,) if isinstance(own, int) else (int, float)
        return isinstance(value, kinds) and _is_finite(value) and (value > 0 if own > 0 else value >= 0 or own < 0)
    if isinstance(own, list):
        return isinstance(value, list) and _rows_alike(value, own)
    if isinstance(own, Mapping):
        return isinstance(value, Mapping) and value.keys() == own.keys() and all(alike(value[k], own[k]) for k in own)
    return type(value) is type(own)


def _is_finite(value: float) -> bool:
    try:
        return isfinite(value)
    except OverflowError:  # a whole number beyond every float
        return False


def _rows_alike(value: list[Any], own: list[Any]) -> bool:
    if not own:
        return True
    sizes = {len(row) for row in own if isinstance(row, list)}
    one_size = len(sizes) == 1 and {len(row) for row in value if isinstance(row, list)} <= sizes
    return bool(value) and (one_size or len(sizes) != 1) and all(alike(row, own[0]) for row in value)
