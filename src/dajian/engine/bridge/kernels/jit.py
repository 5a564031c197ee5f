"""How kernels are compiled: no Python errors inside (a division by zero gives inf), so that no runtime is needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numba

Array = Any  # a numpy array, or a row of one; numba infers the rest
Kernel = TypeVar("Kernel", bound=Callable[..., object])


def kernel(function: Kernel) -> Kernel:
    """A function that other kernels call."""
    compiled: Any = numba.njit(error_model="numpy", fastmath={"contract"})(function)
    return compiled
