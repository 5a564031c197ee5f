"""How kernels are compiled: no Python errors inside (a division by zero gives inf), so that no runtime is needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numba

Kernel = TypeVar("Kernel", bound=Callable[..., object])


def kernel(function: Kernel) -> Kernel:
    """A function that other kernels call."""
    return numba.njit(error_model="numpy", fastmath={"contract"})(function)
