"""A train of axles and the vehicle around it, as contract.md declares them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from dajian.engine.units import exact, kilonewtons

Trailer = Literal[
    "truck",
    "flatbed",
    "lowbed",
    "drop_deck",
    "extendable",
    "hydraulic",
    "self_propelled",
    "girder",
    "long_load",
    "blade_lifter",
]
TRAILERS: dict[str, str] = {
    "truck": "单车（载货汽车）",
    "flatbed": "平板半挂车",
    "lowbed": "低平板半挂车",
    "drop_deck": "凹板车",
    "extendable": "抽拉板（伸缩板）",
    "hydraulic": "液压轴线车",
    "self_propelled": "自行式液压平板车",
    "girder": "桥式车组",
    "long_load": "长货转向台车",
    "blade_lifter": "叶片举升车",
}
RIGID = frozenset({"truck", "self_propelled"})  # one vehicle, not a combination
LINED = frozenset({"hydraulic", "self_propelled", "girder"})  # their entries behind the tractor are axle lines

WITH_LINES = (*sorted(LINED), "drop_deck", "long_load", "blade_lifter")  # may be built with hydraulic lines


@dataclass(frozen=True, slots=True)
class AxleTrain:
    """Axles front to rear: n loads [t] and n - 1 spacings [m], all > 0. A hydraulic axle line is one axle here."""

    loads_t: tuple[float, ...]
    spacings_m: tuple[float, ...]

    @property
    def loads_kn(self) -> tuple[float, ...]:
        return tuple(map(kilonewtons, self.loads_t))

    @property
    def mass_t(self) -> float:
        return exact(sum(self.loads_t))

    @property
    def positions_m(self) -> tuple[float, ...]:
        """Distance of each axle behind the first."""
        return tuple(accumulate(self.spacings_m, initial=0.0))


@dataclass(frozen=True, slots=True)
class Vehicle:
    """An axle train and its loaded outline. None: not declared. Axle numbers count from 1."""

    height_m: float
    width_m: float
    length_m: float
    trailer: Trailer
    train: AxleTrain
    name: str = ""
    tyres_per_axle: tuple[int, ...] | None = None
    drive_axles: tuple[int, ...] | None = None
    first_trailer_axle: int | None = None
    axle_files: int | None = None

    @property
    def has_axle_lines(self) -> bool:
        """Hydraulic suspension: by its kind, or because files are declared (a hydraulic drop-deck)."""
        return self.trailer in LINED or self.axle_files is not None
