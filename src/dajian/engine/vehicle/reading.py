"""Vehicles, cargoes and declarations from plain mappings (YAML or JSON once loaded)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from dajian.engine.findings import InputFault, Unusable, shown
from dajian.engine.units import exact, tonnes
from dajian.engine.vehicle import fields as f
from dajian.engine.vehicle.axle_train import RIGID, TRAILERS, WITH_LINES, AxleTrain, Vehicle
from dajian.engine.vehicle.declaration import Cargo, Carrier, Declaration, Part, Plates, Repeat, Trip

_mass = f.number(0, 200, "t")
_AXLES = "轴荷"

VEHICLE: f.Fields = {
    "name": f.Field(f.text),
    "height_m": f.Field(f.number(0, 20, "m"), required=True),
    "width_m": f.Field(f.number(0, 30, "m"), required=True),
    "length_m": f.Field(f.number(0, 300, "m"), required=True),
    "trailer": f.Field(f.choice(TRAILERS), required=True),
    "axle_loads_t": f.Field(f.sequence(_mass, 1, f.MAX_AXLES, _AXLES)),
    "axle_loads_kn": f.Field(f.sequence(f.number(0, 2000, "kN"), 1, f.MAX_AXLES, _AXLES)),
    "axle_spacings_m": f.Field(f.sequence(f.number(0, 100, "m"), 0, f.MAX_AXLES, "轴距"), required=True),
    "tyres_per_axle": f.Field(f.sequence(f.whole(1, 64), 1, f.MAX_AXLES, "每轴轮胎数")),
    "drive_axles": f.Field(f.sequence(f.whole(1, f.MAX_AXLES), 1, f.MAX_AXLES, "驱动轴序号")),
    "first_trailer_axle": f.Field(f.whole(1, f.MAX_AXLES)),
    "axle_files": f.Field(f.whole(2, 4)),
}
CARGO: f.Fields = {
    "name": f.Field(f.text),
    "length_m": f.Field(f.number(0, 300, "m")),
    "width_m": f.Field(f.number(0, 30, "m")),
    "height_m": f.Field(f.number(0, 20, "m")),
    "mass_t": f.Field(f.number(0, 20000, "t")),
    "divisible": f.Field(f.truth),
    "centre_of_gravity_m": f.Field(f.sequence(f.number(0, 300, "m", zero=True), 3, 3, "数：向后、向右、向上")),
    "held_by_ends": f.Field(f.truth),
    "supports_m": f.Field(f.sequence(f.number(0, 300, "m", zero=True), 2, 2, "数：最前、最后的支承位置")),
}
_REPEAT = {
    key: f.Field(f.truth)
    for key in ("same_vehicle", "fixed_route", "same_loading", "no_reinforcement", "transport_plan")
}


def _area(value: Any) -> str:
    code = f.text(value)
    if not re.fullmatch(r"[1-9]\d{5}", code):
        raise ValueError("六位行政区划代码（GB/T 2260）")
    return code


def _repeat(value: Any) -> Repeat:
    faults: list[InputFault] = []
    read = f.read_fields(value, _REPEAT, "", faults)
    if faults:
        raise ValueError("；".join(f"{fault.place} {fault.expected}" for fault in faults))
    return Repeat(**read)


_group_list = f.sequence(f.number(0, 5000, "t"), 1, f.MAX_AXLES, "轴组荷载")


def _groups(value: Any) -> tuple[float, ...]:
    """`10+20+5*18` as permits print it (five axles of 18), or a list of group loads."""
    if not isinstance(value, str):
        return _group_list(value)
    pieces = [re.fullmatch(r"(?:(\d{1,2})[*×])?(\d+(?:\.\d+)?)", piece.strip()) for piece in re.split("[+＋]", value)]
    if not all(pieces):
        raise ValueError("轴组荷载的列表，或 10+20+5*18 这样的写法（t）")
    return _group_list([float(piece[2]) for piece in pieces if piece for _ in range(int(piece[1] or 1))])


TRIP: f.Fields = {
    "from": f.Field(_area),
    "to": f.Field(_area),
    "via": f.Field(f.sequence(_area, 0, 100, "途经地代码")),
    "cross_province": f.Field(f.truth),
    "start": f.Field(f.day),
    "end": f.Field(f.day),
    "repeat": f.Field(_repeat),
}
CARRIER: f.Fields = {
    "name": f.Field(f.text),
    "uscc": f.Field(f.text),
    "licence_no": f.Field(f.text),
    "licence_until": f.Field(f.day),
    "licensed_oversize": f.Field(f.truth),
    "restricted_until": f.Field(f.day),
}
PLATES: f.Fields = {
    "tractor": f.Field(f.text),
    "trailer": f.Field(f.text),
    "temporary_from": f.Field(f.day),
    "temporary_until": f.Field(f.day),
    "insurance_until": f.Field(f.day),
}
PART: f.Fields = {
    "name": f.Field(f.text, required=True),
    "mass_t": f.Field(f.number(0, 20000, "t"), required=True),
    "axles": f.Field(f.whole(1, f.MAX_AXLES)),
    "vin": f.Field(f.text),
    "plate": f.Field(f.text),
}
SECTIONS = ("cargo", "trip", "carrier", "plates", "parts", "axle_groups_t")


def read_vehicle(given: Any) -> Vehicle:
    """A vehicle. Unusable: every fault by key, with what is there and what is expected."""
    faults: list[InputFault] = []
    vehicle = _vehicle(given, faults)
    if faults or vehicle is None:
        raise Unusable(tuple(faults))
    return vehicle


def read_cargo(given: Any) -> Cargo:
    """A CARGO file: `cargo:` alone, with outline and mass. Unusable as `read_vehicle`."""
    faults: list[InputFault] = []
    whole = f.read_fields(given, {"cargo": f.Field(lambda value: value, required=True)}, "", faults)
    needed = {key: f.Field(field.read, key.endswith(("_m", "_t"))) for key, field in CARGO.items()}
    needed |= {key: CARGO[key] for key in ("centre_of_gravity_m", "supports_m")}  # these may be left out
    cargo = _cargo(whole["cargo"], needed, faults) if "cargo" in whole else None
    if cargo and cargo.divisible:
        faults.append(InputFault("cargo.divisible", "true", "不可解体物品；可分载的货物应当分开装运（62号令第11条）"))
    if faults or cargo is None:
        raise Unusable(tuple(faults))
    return cargo


def read_declaration(given: Any) -> Declaration:
    """A declaration. Unusable as `read_vehicle`."""
    faults: list[InputFault] = []
    sections = {key: given[key] for key in SECTIONS if key in given} if isinstance(given, Mapping) else {}
    rest = {key: value for key, value in given.items() if key not in SECTIONS} if sections else given
    vehicle = _vehicle(rest, faults)
    given_of = {key: {} if sections.get(key) is None else sections[key] for key in SECTIONS}
    parts = () if sections.get("parts") is None else sections["parts"]
    if not isinstance(parts, list | tuple):
        faults.append(InputFault("parts", shown(parts), "各组成部分的列表：name、mass_t、axles、vin、plate"))
        parts = ()
    rows = [f.read_fields(row, PART, f"parts[{index}]", faults) for index, row in enumerate(parts, start=1)]
    trip = f.read_fields(given_of["trip"], TRIP, "trip", faults)
    cargo = _cargo(given_of["cargo"], CARGO, faults)
    carrier = f.read_fields(given_of["carrier"], CARRIER, "carrier", faults)
    plates = f.read_fields(given_of["plates"], PLATES, "plates", faults)
    groups: dict[str, Any] = {}
    if sections.get("axle_groups_t") is not None:
        group_field = {"axle_groups_t": f.Field(_groups)}
        groups = f.read_fields({"axle_groups_t": sections["axle_groups_t"]}, group_field, "", faults)
    if faults or vehicle is None:
        raise Unusable(tuple(faults))
    renamed = {{"from": "origin", "to": "destination"}.get(key, key): value for key, value in trip.items()}
    return Declaration(
        vehicle,
        cargo or Cargo(),
        Trip(**renamed),
        Carrier(**carrier),
        Plates(**plates),
        tuple(Part(**row) for row in rows),
        groups.get("axle_groups_t", ()),
    )


def _vehicle(given: Any, faults: list[InputFault]) -> Vehicle | None:
    before = len(faults)
    values = f.read_fields(given, VEHICLE, "", faults)
    if isinstance(given, Mapping):
        _one_kind_of_loads(given, faults)
    if len(faults) > before:
        return None
    in_kn = values.pop("axle_loads_kn", None)
    loads = tuple(map(tonnes, in_kn)) if in_kn else values.pop("axle_loads_t")
    count = len(loads)
    spacings = values.pop("axle_spacings_m")
    if len(spacings) != count - 1:
        found = f"{len(spacings)} 个轴距"
        faults.append(InputFault("axle_spacings_m", found, f"{count - 1} 个（{count} 根轴，轴距数为轴数减一）"))
    if len(values.get("tyres_per_axle", loads)) != count:
        found = f"{len(values['tyres_per_axle'])} 个数"
        faults.append(InputFault("tyres_per_axle", found, f"{count} 个数（每轴一个）"))
    for key in ("drive_axles", "first_trailer_axle"):
        numbers = values.get(key, ())
        beyond = [n for n in (numbers if isinstance(numbers, tuple) else (numbers,)) if n > count]
        if beyond:
            faults.append(InputFault(key, f"第 {beyond[0]} 轴", f"1 到 {count}（共 {count} 根轴）"))
    faults += [*_lines_at_odds(values), *_drives_at_odds(values)]
    return None if len(faults) > before else Vehicle(train=AxleTrain(loads, spacings), **values)


def _drives_at_odds(values: Mapping[str, Any]) -> Iterator[InputFault]:
    drives, first = values.get("drive_axles", ()), values.get("first_trailer_axle")
    if len(set(drives)) < len(drives):
        yield InputFault("drive_axles", "、".join(map(str, drives)), "每根驱动轴写一次")
    if first and values["trailer"] not in RIGID and (beyond := [axle for axle in drives if axle >= first]):
        yield InputFault("drive_axles", f"第 {beyond[0]} 轴", f"牵引车的轴，在挂车第一轴（第 {first} 轴）之前")


def _lines_at_odds(values: Mapping[str, Any]) -> Iterator[InputFault]:
    """Files are of axle lines, and a line of order 62 has two axles and eight tyres at least."""
    if "axle_files" not in values:
        return
    if values["trailer"] not in WITH_LINES:
        kinds = "、".join(WITH_LINES)
        yield InputFault("axle_files", f"trailer = {values['trailer']}", f"只用于有液压轴线的车：{kinds}")
    first = values.get("first_trailer_axle") or (1 if values["trailer"] == "self_propelled" else None)
    lines = values.get("tyres_per_axle", ())[first - 1 :] if first else ()
    if lines and min(lines) < 8:
        place = f"tyres_per_axle 第 {first + lines.index(min(lines))} 个"
        yield InputFault(place, str(min(lines)), "轴线每线至少 8 只轮胎（62号令第17条）")


def _one_kind_of_loads(given: Mapping[str, Any], faults: list[InputFault]) -> None:
    present = [key for key in ("axle_loads_t", "axle_loads_kn") if key in given]
    if len(present) != 1:
        found = "两个都填了" if present else "缺少"
        faults.append(InputFault("axle_loads_t / axle_loads_kn", found, "恰好填其中一个"))


def _cargo(given: Any, fields: f.Fields, faults: list[InputFault]) -> Cargo | None:
    before = len(faults)
    values = f.read_fields(given, fields, "cargo", faults)
    if len(faults) > before:
        return None
    cargo = Cargo(**values)
    box = (cargo.length_m, cargo.width_m, cargo.height_m)
    for side, extent, at in zip("后右上", box, cargo.centre_of_gravity_m or (), strict=False):
        if extent is not None and at > extent:
            place = "cargo.centre_of_gravity_m"
            faults.append(InputFault(place, f"向{side} {shown(at)} m", f"货物之内：0 到 {shown(extent)} m"))
    if cargo.supports_m:
        front, rear = cargo.supports_m
        if front >= rear or rear > exact(cargo.length_m or rear):
            expected = "先前后、都在货物长度之内"
            faults.append(InputFault("cargo.supports_m", f"{shown(front)}, {shown(rear)}", expected))
    return cargo
