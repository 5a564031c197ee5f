"""May train B stand in for train A: is it no worse in every limit? A partial order: reflexive and transitive.

Axles, groups and spacings are compared as one: for every length, the heaviest run of axles that fits into it must not
be heavier in B than in A. Length zero is the single axle, the train's own length the gross mass. A wider spacing, a
lighter axle or a further axle therefore never makes a train worse, a shorter group does.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dajian.engine.passability.grades import GRADES, Grades
from dajian.engine.passability.judge import Judgement, judge
from dajian.engine.regulation.assessment import CLASS_ORDER
from dajian.engine.rules import Law
from dajian.engine.units import exact
from dajian.engine.vehicle.axle_train import AxleTrain, Vehicle
from dajian.engine.vehicle.declaration import Declaration


@dataclass(frozen=True, slots=True)
class Worse:
    """One limit in which B is worse, and where."""

    limit: str
    a: Any
    b: Any
    unit: str
    where: str


@dataclass(frozen=True, slots=True)
class Run:
    """A run of axles from `first` to `last` (from 1), its length [m] and load [t]."""

    length_m: float
    load_t: float
    first: int
    last: int


def compare(a: Vehicle, b: Vehicle, law: Law) -> tuple[Worse, ...]:
    """Every limit in which B is worse than A, gravest axle group first; empty: B may stand in for A."""
    judged = judge(Declaration(a), law), judge(Declaration(b), law)
    return (*_outline(a, b), *_runs(a.train, b.train), *_tyres(a, b), *_verdicts(*judged))


def heaviest_runs(train: AxleTrain) -> list[Run]:
    """The heaviest run for every length: lengths and loads both rise, n axles give at most n(n + 1)/2 runs."""
    at = train.positions_m
    loads = train.loads_t
    runs = [
        Run(exact(at[last] - at[first]), exact(sum(loads[first : last + 1])), first + 1, last + 1)
        for first in range(len(loads))
        for last in range(first, len(loads))
    ]
    front: list[Run] = []
    for run in sorted(runs, key=lambda run: (run.length_m, -run.load_t)):
        if not front or run.load_t > front[-1].load_t:
            front.append(run)
    return front


def _outline(a: Vehicle, b: Vehicle) -> Iterator[Worse]:
    for side in ("height_m", "width_m", "length_m"):
        if getattr(b, side) > getattr(a, side):
            yield Worse(side.removesuffix("_m"), getattr(a, side), getattr(b, side), "m", "车货外廓")


def _runs(a: AxleTrain, b: AxleTrain) -> Iterator[Worse]:
    bound = heaviest_runs(a)
    lengths = [run.length_m for run in bound]
    for run in heaviest_runs(b):
        allowed = bound[bisect_right(lengths, run.length_m) - 1].load_t
        if run.load_t > allowed:
            whole = run.last - run.first + 1 == len(b.loads_t)
            limit = "axle" if run.first == run.last else "gross_mass" if whole and allowed == a.mass_t else "axle_group"
            place = f"第 {run.first} 轴" if limit == "axle" else f"第 {run.first}–{run.last} 轴，{run.length_m} m 之内"
            yield Worse(limit, allowed, run.load_t, "t", place)


def _tyres(a: Vehicle, b: Vehicle) -> Iterator[Worse]:
    worst_a, worst_b = _largest_tyre_load(a), _largest_tyre_load(b)
    if (worst_a is None) != (worst_b is None) or (worst_a is not None and worst_b is not None and worst_b > worst_a):
        yield Worse("tyre_load", worst_a, worst_b, "t", "每只轮胎；只有一方填了轮胎数的，不能证明")


def _largest_tyre_load(vehicle: Vehicle) -> float | None:
    tyres = vehicle.tyres_per_axle
    if tyres is None:
        return None
    return exact(max(load / count for load, count in zip(vehicle.train.loads_t, tyres, strict=True)))


def _verdicts(a: Judgement, b: Judgement) -> Iterator[Worse]:
    class_a, class_b = a.assessment.permit_class, b.assessment.permit_class
    if CLASS_ORDER[class_b] > CLASS_ORDER[class_a]:
        yield Worse("class", class_a, class_b, "", "62号令第15条")
    refused = {finding.rule: finding for finding in a.assessment.refusals}
    for finding in b.assessment.refusals:
        if finding.rule not in refused:
            yield Worse(finding.rule, None, finding.value, finding.unit, f"62号令第{finding.article}条")
    for kind in ("outline", "axle"):
        grade_a, grade_b = getattr(a.grades, kind), getattr(b.grades, kind)
        if _rank(b.grades, kind) > _rank(a.grades, kind):
            yield Worse(f"grade_{kind}", grade_a, grade_b, "", "JTG/T 2213 第3.2条")


def _rank(grades: Grades, kind: str) -> int:
    """The place of a grade; what the standard does not grade counts as beyond all grades."""
    grade = getattr(grades, kind)
    if grade is None:
        return len(GRADES) if kind == "outline" and grades.special else -1
    return GRADES.index(grade)
