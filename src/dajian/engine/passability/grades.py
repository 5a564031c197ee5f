"""Grades by outline and by axle load of JTG/T 2213—2023, clause 3.2. Independent of each other and of classes I–III."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import Literal

from dajian.engine.findings import Finding
from dajian.engine.policy import Policy
from dajian.engine.regulation.article17 import line_loads
from dajian.engine.rules import Law
from dajian.engine.vehicle.axle_train import Vehicle

Grade = Literal["A", "B", "C", "D", "E", ">E"]
GRADES: tuple[Grade, ...] = ("A", "B", "C", "D", "E", ">E")
_MODULAR = frozenset({"hydraulic", "self_propelled"})
_SPECIAL = frozenset({"girder", "long_load", "blade_lifter"})  # clause 3.2: not graded by outline


@dataclass(frozen=True, slots=True)
class Grades:
    """None: inside the ordinary outline, a special train, or before the standard was in force."""

    outline: Grade | None
    axle: Grade | None
    notes: tuple[Finding, ...]
    special: bool = False  # a train that clause 3.2 does not grade by outline


def grades(vehicle: Vehicle, law: Law, reading: Policy) -> Grades:
    """Outline: the highest of width, length and height. Axle: the largest load, a line as article 17 counts it."""
    axle_bounds = law.get("grade_axle")
    if axle_bounds is None:
        return Grades(None, None, (Finding("no_grades", "note", "grade_axle", "3.2"),))
    notes = []
    first = vehicle.first_trailer_axle
    largest = max(vehicle.train.loads_t)
    if vehicle.has_axle_lines:
        lines = line_loads(vehicle, reading)
        tractor = vehicle.train.loads_t[: first - 1] if first else ()
        largest = max((*tractor, *lines))
        notes.append(Finding("axle_grade_readings", "note", "grade_axle", axle_bounds.article, max(lines),
                             params={"shaft": round(max(lines) / 2, 3)}))  # fmt: skip
    axle = GRADES[bisect_left(axle_bounds.value, largest)]
    if axle == ">E":
        notes.append(Finding("beyond_axle_grades", "note", "grade_axle", axle_bounds.article, largest,
                             axle_bounds.value[-1], "t"))  # fmt: skip
    if vehicle.trailer in _SPECIAL:
        notes.append(Finding("no_outline_grade", "note", "grade_width", "3.2"))
        return Grades(None, axle, tuple(notes), special=True)
    return Grades(_outline(vehicle, law), axle, tuple(notes))


def _outline(vehicle: Vehicle, law: Law) -> Grade | None:
    extents = {"width": vehicle.width_m, "height": vehicle.height_m, "length": vehicle.length_m}
    if all(extent <= law[f"oversize_{what}"].value for what, extent in extents.items()):
        return None
    column = "modular" if vehicle.has_axle_lines or vehicle.trailer in _MODULAR else "lowbed"
    tables = {"width": "grade_width", "height": "grade_height", "length": f"grade_length_{column}"}
    return GRADES[max(bisect_left(law[tables[what]].value, extent) for what, extent in extents.items())]
