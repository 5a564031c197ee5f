"""What a unit is compared by: as it was entered, and as it is looked at."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

from dajian.twins.codes import is_genuine, keys, meant
from dajian.twins.names import Places, brand, core, plain, sound

DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Unit:
    """A unit as it was entered. key: the caller's number of it. area: codes from the province down, `/35/3501/`.

    kind: units of different kinds are never compared. old_names: names that it had or is also known by.
    """

    key: int
    kind: str
    name: str
    code: str = ""
    area: str = ""
    address: str = ""
    phones: tuple[str, ...] = ()
    old_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    whole: str  # plain
    core: str  # without legal form and places
    places: frozenset[str]
    brand: str
    sound: str  # of the core


@dataclass(frozen=True, slots=True)
class Look:
    """A unit ready to be compared."""

    unit: Unit
    name: Name
    old: tuple[Name, ...]
    code: str  # as meant
    genuine: bool
    phones: frozenset[str]
    address: str  # plain, without places
    numbers: tuple[str, ...]  # of the address

    @property
    def county(self) -> str:
        return self.unit.area

    @property
    def city(self) -> str:
        return "/".join(self.unit.area.split("/")[:3])


def phone(text: str) -> str:
    """Its digits without the country; "" when too few to be one."""
    digits = "".join(DIGITS.findall(unicodedata.normalize("NFKC", text)))
    digits = digits.removeprefix("0086") if len(digits) > 13 else digits
    digits = digits.removeprefix("86") if len(digits) == 13 else digits
    return digits if len(digits) >= 7 else ""


def named(name: str, places: Places) -> Name:
    whole = plain(name)
    stood, rest = places.split(core(whole))
    return Name(whole, rest, stood, brand(rest), sound(rest))


def look(unit: Unit, places: Places) -> Look:
    code = meant(unit.code)
    _, address = places.split(plain(unit.address))
    return Look(
        unit,
        named(unit.name, places),
        tuple(named(old, places) for old in dict.fromkeys(unit.old_names) if old != unit.name),
        code,
        is_genuine(plain(unit.code)),
        frozenset(filter(None, map(phone, unit.phones))),
        address,
        tuple(DIGITS.findall(address)),
    )


def block_keys(of: Look) -> frozenset[int]:
    """Numbers of 64 bits by which units that may be twins meet: by code, by how a name sounds, by phone, by address."""
    return frozenset(
        int.from_bytes(blake2b(f"{of.unit.kind} {key}".encode(), digest_size=8).digest(), "big", signed=True)
        for key in _keys(of)
    )


def _keys(of: Look) -> Iterator[str]:
    yield from keys(of.code)
    for name in (of.name, *of.old):
        yield f"sound {name.sound}"
    for number in of.phones:
        yield f"phone {number}"
    if len(of.address) >= 4 and of.numbers:
        yield f"address {of.city} {of.address}"
