"""The whole answer of `dajian check`: law and grades of one declaration on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dajian.engine.passability.grades import Grades, grades
from dajian.engine.policy import Policy
from dajian.engine.regulation import readings
from dajian.engine.regulation.assess import assess
from dajian.engine.regulation.assessment import Assessment
from dajian.engine.rules import Law
from dajian.engine.vehicle.declaration import Declaration


@dataclass(frozen=True, slots=True)
class Judgement:
    assessment: Assessment
    grades: Grades


def judge(declaration: Declaration, law: Law, reading: Policy | None = None, *, on: date | None = None) -> Judgement:
    """`assess` and `grades` together. Raises Unusable where the law of that day lacks a rule."""
    reading = readings() if reading is None else reading
    return Judgement(assess(declaration, law, reading, on=on), grades(declaration.vehicle, law, reading))
