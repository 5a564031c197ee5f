"""A declaration: the vehicle with what is known of cargo, trip, carrier, plates and parts. None: not declared."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from dajian.engine.vehicle.axle_train import Vehicle


@dataclass(frozen=True, slots=True)
class Cargo:
    """Centre of gravity from the front left lower corner: back, right, up. Supports: from the front, back."""

    name: str = ""
    length_m: float | None = None
    width_m: float | None = None
    height_m: float | None = None
    mass_t: float | None = None
    divisible: bool | None = None
    centre_of_gravity_m: tuple[float, float, float] | None = None
    supports_m: tuple[float, float] | None = None  # first and last place where the cargo may rest
    held_by_ends: bool | None = None  # a tube that adapters can hold by its flanges, such as a tower section


@dataclass(frozen=True, slots=True)
class Repeat:
    """What order 62 article 19 asks for a permit of up to six months."""

    same_vehicle: bool | None = None
    fixed_route: bool | None = None
    same_loading: bool | None = None
    no_reinforcement: bool | None = None
    transport_plan: bool | None = None


@dataclass(frozen=True, slots=True)
class Trip:
    """Area codes by GB/T 2260."""

    origin: str | None = None
    destination: str | None = None
    via: tuple[str, ...] = ()
    cross_province: bool | None = None
    start: date | None = None
    end: date | None = None
    repeat: Repeat | None = None


@dataclass(frozen=True, slots=True)
class Carrier:
    name: str = ""
    uscc: str = ""
    licence_no: str = ""
    licence_until: date | None = None
    licensed_oversize: bool | None = None  # 经营范围含大件运输
    restricted_until: date | None = None  # 限制申请期


@dataclass(frozen=True, slots=True)
class Plates:
    tractor: str | None = None
    trailer: str | None = None
    temporary_from: date | None = None
    temporary_until: date | None = None
    insurance_until: date | None = None

    @property
    def temporary(self) -> bool:
        """A plate for vehicles over GB 1589 ends in 超 and holds for 90 days at most (机动车登记规定 第47条)."""
        return any(plate and plate[-1] in "超临" for plate in (self.tractor, self.trailer))


@dataclass(frozen=True, slots=True)
class Part:
    """A vehicle of the train, or its cargo, as the application form lists it."""

    name: str
    mass_t: float
    axles: int | None = None
    vin: str | None = None
    plate: str | None = None


@dataclass(frozen=True, slots=True)
class Declaration:
    vehicle: Vehicle
    cargo: Cargo = field(default_factory=Cargo)
    trip: Trip = field(default_factory=Trip)
    carrier: Carrier = field(default_factory=Carrier)
    plates: Plates = field(default_factory=Plates)
    parts: tuple[Part, ...] = ()
    axle_groups_t: tuple[float, ...] = ()  # as permits print them: 10+20+30
