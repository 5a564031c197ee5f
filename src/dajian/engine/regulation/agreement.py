"""Places of a declaration that contradict each other, each finding with both places and both values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from dajian.engine.findings import Finding
from dajian.engine.policy import Policy
from dajian.engine.rules import Law
from dajian.engine.units import exact
from dajian.engine.vehicle.declaration import Declaration

_PLATE = re.compile(r"[\u4e00-\u9fff][A-Z][A-Z0-9]{4,6}[\u4e00-\u9fff]?|[\u4e00-\u9fff][A-Z][A-Z0-9]{3,5}[挂超]")
_VIN = re.compile(r"[0-9A-HJ-NPR-Z]{17}")


def disagreements(declaration: Declaration, law: Law, reading: Policy) -> tuple[Finding, ...]:
    """Every contradiction of a declaration. What is not declared contradicts nothing."""
    return (
        *_masses(declaration, reading["mass_agreement_t"]),
        *_extents(declaration),
        *(_vins(declaration) if declaration.parts else ()),
        *_plates(declaration),
        *_dates(declaration, law),
        *_provinces(declaration),
    )


def _differ(code: str, place_a: str, a: Any, place_b: str, b: Any, unit: str = "") -> Finding:
    params = {"place_a": place_a, "a": a, "place_b": place_b, "b": b}
    return Finding(code, "disagree", code, value=a, limit=b, unit=unit, params=params)


def _masses(declaration: Declaration, tolerance: float) -> Iterator[Finding]:
    train, cargo = declaration.vehicle.train, declaration.cargo
    if declaration.parts:
        has_cargo = any(part.name in ("cargo", "货物") or part.name == cargo.name for part in declaration.parts)
        total = exact(sum(part.mass_t for part in declaration.parts) + (0 if has_cargo else cargo.mass_t or 0))
        if (has_cargo or cargo.mass_t is not None) and abs(total - train.mass_t) > tolerance:
            place = "parts（各部分之和）" if has_cargo else "parts + cargo.mass_t（各部分与货物之和）"
            yield _differ("parts_to_gross", place, total, "axle_loads（轴荷之和）", train.mass_t, "t")
    if declaration.axle_groups_t:
        total = exact(sum(declaration.axle_groups_t))
        if abs(total - train.mass_t) > tolerance:
            yield _differ("groups_to_gross", "axle_groups_t（轴组之和）", total, "axle_loads（轴荷之和）",
                          train.mass_t, "t")  # fmt: skip
    if cargo.mass_t is not None and cargo.mass_t >= train.mass_t:
        yield _differ("cargo_to_gross", "cargo.mass_t", cargo.mass_t, "axle_loads（轴荷之和）", train.mass_t, "t")
    axles = [part.axles for part in declaration.parts if part.axles]
    if axles and sum(axles) != len(train.loads_t):
        yield _differ("parts_to_axles", "parts（轴数之和）", sum(axles), "axle_loads（轴数）", len(train.loads_t))


def _extents(declaration: Declaration) -> Iterator[Finding]:
    vehicle, cargo = declaration.vehicle, declaration.cargo
    sides = (
        ("length_m", cargo.length_m, vehicle.length_m),
        ("width_m", cargo.width_m, vehicle.width_m),
        ("height_m", cargo.height_m, vehicle.height_m),
    )
    for side, inner, outer in sides:
        if inner is not None and inner > outer:
            yield _differ("cargo_in_outline", f"cargo.{side}", inner, side, outer, "m")
    wheelbase = exact(sum(vehicle.train.spacings_m))
    if wheelbase > vehicle.length_m:
        yield _differ("axles_in_length", "axle_spacings_m（之和）", wheelbase, "length_m", vehicle.length_m, "m")


def _vins(declaration: Declaration) -> Iterator[Finding]:
    for index, part in enumerate(declaration.parts, start=1):
        if part.vin is not None and not _VIN.fullmatch(part.vin):
            yield _differ("vin_form", f"parts[{index}].vin", part.vin, "GB 16735", "17 位数字和大写字母，无 I、O、Q")


def _plates(declaration: Declaration) -> Iterator[Finding]:
    plates, vehicle = declaration.plates, declaration.vehicle
    for side, plate in (("tractor", plates.tractor), ("trailer", plates.trailer)):
        if plate is not None and not _PLATE.fullmatch(plate):
            yield _differ("plate_form", f"plates.{side}", plate, "号牌格式", "如 闽A12345、闽A1234挂、闽A1234超")
    if plates.trailer and plates.trailer[-1] not in "挂超":
        yield _differ("plate_trailer", "plates.trailer", plates.trailer, "挂车号牌末字", "挂（临时号牌为超）")
    if plates.tractor and plates.tractor.endswith("挂"):
        yield _differ("plate_tractor", "plates.tractor", plates.tractor, "牵引车号牌末字", "不是“挂”")
    if plates.trailer and vehicle.trailer == "truck":
        yield _differ("plate_rigid", "plates.trailer", plates.trailer, "trailer", "truck（单车没有挂车）")
    declared = {plate for plate in (plates.tractor, plates.trailer) if plate}
    for index, part in enumerate(declaration.parts, start=1):
        if part.plate and declared and part.plate not in declared:
            yield _differ("plate_parts", f"parts[{index}].plate", part.plate, "plates", "、".join(sorted(declared)))


def _dates(declaration: Declaration, law: Law) -> Iterator[Finding]:
    trip, plates, carrier = declaration.trip, declaration.plates, declaration.carrier
    ordered: tuple[tuple[str, date | None, str, date | None], ...] = (
        ("trip.end", trip.end, "trip.start", trip.start),
        ("plates.temporary_until", plates.temporary_until, "trip.end", trip.end),
        ("plates.insurance_until", plates.insurance_until, "trip.end", trip.end),
        ("plates.temporary_until", plates.temporary_until, "trip.start", trip.start),
        ("plates.insurance_until", plates.insurance_until, "trip.start", trip.start),
        ("plates.insurance_until", plates.insurance_until, "plates.temporary_until", plates.temporary_until),
        ("plates.temporary_until", plates.temporary_until, "plates.temporary_from", plates.temporary_from),
        ("carrier.licence_until", carrier.licence_until, "trip.end", trip.end),
    )
    for late_place, late, early_place, early in ordered:
        if late and early and late < early:
            yield _differ("dates_in_order", late_place, late, early_place, early)
    longest = law.get("temporary_plate_days")
    if longest and plates.temporary_from and plates.temporary_until:
        days = (plates.temporary_until - plates.temporary_from).days + 1
        if days > longest.value:
            yield _differ("plate_days", "plates.temporary_from–temporary_until", days, "登记规定第47条", longest.value,
                          "日")  # fmt: skip


def _provinces(declaration: Declaration) -> Iterator[Finding]:
    trip = declaration.trip
    codes = [code for code in (trip.origin, *trip.via, trip.destination) if code]
    crossing = len({code[:2] for code in codes}) > 1
    ends_known = trip.origin is not None and trip.destination is not None
    if trip.cross_province is not None and (crossing or ends_known) and trip.cross_province != crossing:
        # a way through a neighbouring province shows only where `via` is declared: then cross_province may be true
        if trip.cross_province and not trip.via:
            return
        yield _differ(
            "cross_province", "trip.cross_province", trip.cross_province, "trip.from、via、to", "、".join(codes)
        )
