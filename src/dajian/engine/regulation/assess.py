"""Class, excesses, refusals and papers of one declaration by order 62.

Undeclared facts count at their worst and stand in `missing`: leaving a key out never lowers the class.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import NamedTuple

from dajian.engine.findings import Finding, Origin
from dajian.engine.policy import Policy
from dajian.engine.regulation import readings
from dajian.engine.regulation.agreement import disagreements
from dajian.engine.regulation.article17 import Article17, article_17
from dajian.engine.regulation.assessment import Assessment, PermitClass
from dajian.engine.regulation.axle_limits import GrossLimit, gross_limit
from dajian.engine.regulation.trip import authority, validity
from dajian.engine.rules import Law, Limit
from dajian.engine.vehicle.axle_train import Vehicle
from dajian.engine.vehicle.declaration import Declaration

_Bound = tuple[str, str, str, float, str]  # dimension, rule (its sentence has the same name), article, limit, unit
_Bounds = tuple[_Bound, ...]


class Verdict(NamedTuple):
    """The class of a vehicle, and what it was taken from."""

    permit_class: PermitClass | None
    extents: dict[str, float]  # height, width, length [m], mass [t]
    limit: GrossLimit
    article17: Article17


def classify(vehicle: Vehicle, law: Law, reading: Policy) -> Verdict:
    """Class by articles 3 and 15, and the refusals of article 17. Boundaries are exact: a limit itself is inside."""
    gross_t = vehicle.train.mass_t
    extents = {"height": vehicle.height_m, "width": vehicle.width_m, "length": vehicle.length_m, "mass": gross_t}
    limit = gross_limit(vehicle, law, reading)
    seventeen = article_17(vehicle, law, reading)
    bounds = _bounds(law)
    permit_class: PermitClass | None = None
    if gross_t > limit.value or _exceeds(bounds["oversize"], extents):
        refused = bool(seventeen.refusals) or "first_trailer_axle" in seventeen.open_for
        over_one = gross_t > limit.value or refused or _exceeds(bounds["class1"], extents)
        permit_class = "III" if _exceeds(bounds["class2"], extents) else "II" if over_one else "I"
    return Verdict(permit_class, extents, limit, seventeen)


def assess(declaration: Declaration, law: Law, reading: Policy | None = None, *, on: date | None = None) -> Assessment:
    """What the law of one day says of a declaration that is handed in `on` a day; unknown: counted at its worst.

    Raises Unusable where the law of that day lacks a rule that is needed.
    """
    reading = readings() if reading is None else reading
    vehicle = declaration.vehicle
    verdict = classify(vehicle, law, reading)
    permit_class, extents, limit = verdict.permit_class, verdict.extents, verdict.limit
    seventeen, bounds = verdict.article17, _bounds(law)
    oversize = permit_class is not None
    excesses = _over(bounds["oversize"], extents)
    if extents["mass"] > limit.value:
        excesses += (_mass_excess(extents["mass"], limit, law),)
    grounds = _over(bounds["escort"], extents) if oversize else ()
    documents: tuple[str, ...] = ()
    if oversize:
        documents = (*law["materials"].value, *(law["materials_heavy"].value if grounds else ()))
    return Assessment(
        permit_class,
        oversize,
        excesses,
        (_over(bounds["class1"], extents) + _over(bounds["class2"], extents)) if oversize else (),
        grounds,
        (_declines(declaration, law, on) if oversize else ()) + seventeen.refusals,
        documents,
        bool(grounds),
        law[f"decision_days_{permit_class}"].value if permit_class else None,
        authority(declaration.trip, law, reading) if oversize else None,
        validity(declaration, law) if oversize else None,
        disagreements(declaration, law, reading),
        _missing(declaration, oversize, limit, seventeen),
        _notes(vehicle, oversize, bool(grounds), limit, seventeen),
    )


def _bounds(law: Law) -> dict[str, _Bounds]:
    """The outline's limits of each article, looked up once for each law."""
    if "bounds" not in law.prepared:
        names = {
            "oversize": ("height", "width", "length"),
            "class1": ("height", "width", "length"),
            "class2": ("height", "width", "length", "mass"),
            "escort": ("height", "width", "length", "mass"),
        }
        law.prepared["bounds"] = {
            group: tuple(_bound(what, law[f"{group}_{what}"]) for what in whats) for group, whats in names.items()
        }
    return law.prepared["bounds"]


def _bound(what: str, limit: Limit) -> _Bound:
    return what, limit.name, limit.article, limit.value, limit.unit


def _exceeds(bounds: _Bounds, extents: dict[str, float]) -> bool:
    for bound in bounds:  # noqa: SIM110 - a plain loop: this runs for every candidate of a search
        if extents[bound[0]] > bound[3]:
            return True
    return False


def _over(bounds: _Bounds, extents: dict[str, float]) -> tuple[Finding, ...]:
    return tuple(
        [
            Finding(rule, "exceed", rule, article, extents[what], limit, unit)
            for what, rule, article, limit, unit in bounds
            if extents[what] > limit
        ]
    )


def _mass_excess(gross_t: float, limit: GrossLimit, law: Law) -> Finding:
    code = "oversize_mass_assumed" if limit.lowered_for else "oversize_mass"
    params = {
        "row": law[limit.rule].rule.title,
        "reduction": limit.reduction_t,
        "keys": "、".join(limit.lowered_for),
    }
    origin: Origin = "assumed" if limit.lowered_for else "given"
    return Finding(code, "exceed", limit.rule, law["oversize_mass_truck_2"].article, gross_t, limit.value, "t",
                   origin, params)  # fmt: skip


def _declines(declaration: Declaration, law: Law, on: date | None) -> tuple[Finding, ...]:
    """Grounds of article 11 for not accepting the application; a restriction counts on the day it is handed in."""
    carrier = declaration.carrier
    restricted = carrier.restricted_until is not None and (on is None or on <= carrier.restricted_until)
    grounds = (
        ("decline_divisible", declaration.cargo.divisible is True, True),
        ("decline_licence", carrier.licensed_oversize is False, False),
        ("decline_restricted", restricted, carrier.restricted_until),
    )
    return tuple([Finding(name, "decline", name, law[name].article, value) for name, holds, value in grounds if holds])


def _missing(declaration: Declaration, oversize: bool, limit: GrossLimit, seventeen: Article17) -> tuple[Finding, ...]:
    """What is not declared and could change the answer, each with what hangs on it."""
    vehicle, trip, carrier = declaration.vehicle, declaration.trip, declaration.carrier
    keys = dict.fromkeys(limit.lowered_for, "gross") | dict.fromkeys(seventeen.open_for, "article17")
    if oversize:
        cargo, plates = declaration.cargo, declaration.plates
        wanted = (
            ("cargo.divisible", cargo.divisible, "decline"),
            ("cargo.mass_t", cargo.mass_t, "agreement"),
            ("carrier.licensed_oversize", carrier.licensed_oversize, "decline"),
            ("carrier.restricted_until", carrier.restricted_until, "decline"),
            ("trip.from", trip.origin, "authority"),
            ("trip.to", trip.destination, "authority"),
            ("trip.start", trip.start, "validity"),
            ("trip.end", trip.end, "validity"),
            ("plates.tractor", plates.tractor, "validity"),
            ("plates.insurance_until", plates.insurance_until, "validity"),
        )
        if plates.temporary and not (plates.temporary_from or plates.temporary_until):
            keys["plates.temporary_until"] = "validity"
        keys |= {key: hangs for key, value, hangs in wanted if value is None and key not in keys}
        if vehicle.first_trailer_axle is None and vehicle.trailer not in ("truck", "self_propelled"):
            keys.setdefault("first_trailer_axle", "article17")
    return tuple([_unknown(key, hangs) for key, hangs in keys.items()])


@cache
def _unknown(key: str, hangs: str) -> Finding:
    return Finding(f"missing_{hangs}", "missing", key, origin="unknown", params={"key": key})


def _notes(
    vehicle: Vehicle, oversize: bool, escort: bool, limit: GrossLimit, seventeen: Article17
) -> tuple[Finding, ...]:
    notes = list(seventeen.notes)
    if limit.gap:
        notes.append(Finding("gap_rigid", "note", limit.rule, "3", len(vehicle.train.loads_t), limit.value, "t"))
    if oversize and not escort:
        notes.append(Finding("escort_open", "note", "materials_heavy", "10"))
    if not oversize:
        notes.append(Finding("not_oversize", "note", "oversize_height", "3"))
    return tuple(notes)
