"""A proposal: an arrangement with class, refusals, grouping, checks and score; and what `dajian load` answers."""

from __future__ import annotations

from dataclasses import dataclass

from dajian.engine.findings import Finding
from dajian.engine.loading.arrangement import Arrangement
from dajian.engine.loading.candidates import Rejected
from dajian.engine.loading.stability import Point, Tipping
from dajian.engine.regulation.assessment import PermitClass
from dajian.engine.vehicle.axle_train import Vehicle


@dataclass(frozen=True, slots=True)
class Grouping:
    """How the hydraulic points are set (编点): the support figure, the lines of each group, and its tipping angle."""

    kind: str  # four_point | three_point_front | three_point_rear | fifth_wheel | springs
    front_lines: int | None
    rear_lines: int | None
    tipping: Tipping
    points: tuple[Point, ...]  # of the support figure


@dataclass(frozen=True, slots=True)
class Ranked:
    """What ranks an arrangement: known for every candidate that can run."""

    arrangement: Arrangement
    permit_class: PermitClass | None
    refusals: tuple[Finding, ...]
    notes: tuple[Finding, ...]  # of article 17: the other reading
    cost_index: float

    @property
    def refused(self) -> bool:
        return bool(self.refusals)


@dataclass(frozen=True, slots=True)
class Proposal:
    ranked: Ranked
    grouping: Grouping
    checks: tuple[Finding, ...]
    empty: Vehicle
    empty_class: PermitClass | None
    score: float
    score_parts: dict[str, float]


@dataclass(frozen=True, slots=True)
class Answer:
    """Ranked proposals, and every combination that cannot run with its reasons."""

    proposals: tuple[Proposal, ...]
    rejected: tuple[Rejected, ...]
    weights: dict[str, float]
