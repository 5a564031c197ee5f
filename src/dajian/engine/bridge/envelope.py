"""The heaviest train of a family that passes each bridge, so that a body can consent beforehand.

An effect is convex in the line load, so that between two line loads a straight line is never below it: what passes on
the straight line passes. That holds for each of the two proofs by itself, not for the better of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from dajian.engine.bridge.cases import Casework, lay_out, part
from dajian.engine.bridge.choice import MEASURES
from dajian.engine.bridge.deck import wheel_lines
from dajian.engine.bridge.effects import EFFECTS
from dajian.engine.bridge.inventory import Inventory
from dajian.engine.bridge.judge import Proof, judge
from dajian.engine.bridge.ratios import STRICTLY, trains_of
from dajian.engine.bridge.screen import BARRING, MANUAL_REASONS, row_findings
from dajian.engine.findings import InputFault, Unusable
from dajian.engine.policy import Policy
from dajian.engine.units import exact
from dajian.engine.vehicle import fields as f
from dajian.engine.vehicle.axle_train import AxleTrain, Vehicle
from dajian.tables.columns import Coded

FAMILY: f.Fields = {
    "name": f.Field(f.text),
    "tractor_loads_t": f.Field(f.sequence(f.number(0, 200, "t"), 0, 20, "牵引车轴荷"), required=True),
    "tractor_spacings_m": f.Field(f.sequence(f.number(0, 100, "m"), 0, 20, "轴距，末一个到第一轴线"), required=True),
    "lines": f.Field(f.sequence(f.whole(1, 60), 1, 30, "轴线数"), required=True),
    "line_spacing_m": f.Field(f.number(0, 10, "m"), required=True),
    "line_loads_t": f.Field(f.sequence(f.number(0, 60, "t"), 2, 2, "数：每轴线的最小、最大荷载"), required=True),
    "axle_files": f.Field(f.whole(2, 4)),
    "height_m": f.Field(f.number(0, 20, "m")),
    "width_m": f.Field(f.number(0, 30, "m")),
    "measures": f.Field(f.sequence(f.choice(dict.fromkeys(MEASURES.values(), "")), 0, 3, "措施")),
}  # fmt: skip
PROOFS: tuple[Proof, ...] = ("lanes", "girders")
STEP_T = 1.0
DIGITS = 100  # line loads to a hundredth of a tonne, downwards
BOUNDS = ("bridge", "family", "posted", "none")


@dataclass(frozen=True, slots=True)
class Family:
    """A tractor and n alike axle lines; n and the line load vary."""

    name: str
    tractor_loads_t: tuple[float, ...]
    tractor_spacings_m: tuple[float, ...]
    lines: tuple[int, ...]
    line_spacing_m: float
    line_loads_t: tuple[float, float]
    axle_files: int = 2
    height_m: float = 4.0
    width_m: float = 3.0
    given: int = 0  # measures that are taken

    def train(self, lines: int, line_t: float) -> Vehicle:
        """The train of so many lines at so much each."""
        loads = (*self.tractor_loads_t, *[line_t] * lines)
        gaps = (*self.tractor_spacings_m, *[self.line_spacing_m] * (lines - 1))
        train = AxleTrain(loads, gaps)
        first = len(self.tractor_loads_t) + 1
        kind: Any = "hydraulic" if self.tractor_loads_t else "self_propelled"
        tyres = (*[4] * (first - 1), *[4 * self.axle_files] * lines)
        return Vehicle(self.height_m, self.width_m, sum(gaps) + 4.0, kind, train, self.name, tyres,
                       first_trailer_axle=first, axle_files=self.axle_files)  # fmt: skip


def read_family(given: Any) -> Family:
    """A family from its file. Unusable: every fault by key."""
    faults: list[InputFault] = []
    values = f.read_fields(given, FAMILY, "", faults)
    if not faults:
        if len(values["tractor_spacings_m"]) != len(values["tractor_loads_t"]):
            found = f"{len(values['tractor_spacings_m'])} 个轴距"
            faults.append(InputFault("tractor_spacings_m", found, f"{len(values['tractor_loads_t'])} 个"))
        if values["line_loads_t"][0] >= values["line_loads_t"][1]:
            faults.append(InputFault("line_loads_t", str(list(values["line_loads_t"])), "先小后大"))
    if faults:
        raise Unusable(tuple(faults))
    bits = {name: bit for bit, name in MEASURES.items()}
    values["given"] = sum({bits[name] for name in given.get("measures") or ()})
    values.pop("measures", None)
    return Family(**{"name": "", **values})


@dataclass(frozen=True)
class Envelope:
    """By row: lines (0: none passes), line load, gross mass [t], governing effect and what bounds it.

    by_lines: (rows, choices) largest line load of every number of lines, 0 where none passes.
    """

    lines: np.ndarray
    line_t: np.ndarray
    gross_t: np.ndarray
    effect: np.ndarray
    bound: np.ndarray
    by_lines: np.ndarray

    def columns(self) -> Mapping[str, Coded | np.ndarray]:
        some = self.lines > 0
        return {
            "envelope_lines": np.where(some, self.lines.astype(float), np.nan),
            "envelope_line_t": np.where(some, self.line_t, np.nan),
            "envelope_gross_t": np.where(some, self.gross_t, np.nan),
            "envelope_effect": Coded(np.where(self.effect < 0, len(EFFECTS), self.effect), [*EFFECTS, ""]),
            "envelope_bound": Coded(self.bound, list(BOUNDS)),
            "kind_of_check": Coded(np.zeros(len(some), int), ["初筛"]),
        }


def envelope(family: Family, inventory: Inventory, reading: Policy, on: date) -> Envelope:
    """The heaviest train of the family for each bridge; none where a bridge is not for comparison at all."""
    example = family.train(family.lines[0], family.line_loads_t[0])
    work = lay_out(inventory, reading, wheel_lines(example))
    blocked = _blocked(inventory, example, work, reading, on)
    known = (work.row_case >= 0) & ~blocked
    case = work.row_case[known]
    found = np.zeros((len(inventory), len(family.lines)))
    effects = np.full((len(inventory), len(family.lines)), -1)
    for number, lines in enumerate(family.lines):
        largest, effect = _largest(family, lines, work, reading, on)
        found[known, number], effects[known, number] = largest[case], effect[case]
    return _heaviest(family, inventory, found, effects)


def _blocked(inventory: Inventory, example: Vehicle, work: Any, reading: Policy, on: date) -> np.ndarray:
    reasons, _ = row_findings(inventory, example, work, reading, on)
    blocked = reasons["bridge_condition_3"].copy()
    for name in (*MANUAL_REASONS, *BARRING):
        if name not in ("bridge_posted_mass", "bridge_posted_axle"):
            blocked |= reasons[name]
    blocked[list(inventory.faults)] = True
    return blocked


def _largest(family: Family, lines: int, work: Casework, reading: Policy, on: date) -> tuple[np.ndarray, np.ndarray]:
    """Largest line load by case, rounded down (0: none passes), and the effect that is the first to forbid more."""
    least, most = family.line_loads_t
    loads = np.linspace(least, most, int(np.ceil((most - least) / STEP_T)) + 1)
    cases = len(work.first) - 1
    largest, effect = np.full(cases, most), np.full(cases, -1)
    still = np.arange(cases)  # cases that passed so far; work shrinks with them
    before = np.zeros(0)
    for number, load in enumerate(loads):
        use = _use(work, family.train(lines, float(load)), reading, on, family.given)
        by_effect = _worst(use.min(axis=1).max(axis=0), work)
        effect[still] = by_effect.argmax(axis=1)
        passed = (by_effect < 1).all(axis=1)
        if number == 0:
            largest[still[~passed]] = 0.0
        else:
            reached = load - (1 - _crossing(before, use, work)[~passed]) * (load - loads[number - 1])
            largest[still[~passed]] = np.ceil(reached * DIGITS - 1) / DIGITS
        before = use[:, :, np.repeat(passed, np.diff(work.first))]
        still, work = still[passed], part(work, np.flatnonzero(passed))
        if not len(still):
            break
    return largest, effect


def _use(work: Casework, vehicle: Vehicle, reading: Policy, on: date, given: int) -> np.ndarray:
    """(own and today's code, two proofs, beam-cases, effects): S_b over the most that would pass."""
    trains = trains_of(vehicle, work)
    found = []
    for proof in PROOFS if work.shares.girders[work.cases.deck].any() else PROOFS[:1]:
        ratios = judge(work.cases, work.beams, trains, work.designs, work.shares, reading, on, proof)
        today = ratios.today if reading["today_code_decides"] else np.full_like(ratios.today, np.inf)
        found.append([ratios.own[:, given], today[:, given]])
    return reading["least_ratio"] * (1 + STRICTLY) / np.array(found).swapaxes(0, 1)


def _worst(values: np.ndarray, work: Casework) -> np.ndarray:
    """(cases, …) the largest over the beams of each case."""
    return np.maximum.reduceat(values, work.first[:-1]) if len(values) else values


def _crossing(before: np.ndarray, use: np.ndarray, work: Casework) -> np.ndarray:
    """(cases,) part of the step at which a straight line of the last proof to hold reaches 1, for the first effect."""
    rise = use - before
    reached = np.where(use < 1, 1.0, np.where(before < 1, (1 - before) / np.where(rise > 0, rise, 1.0), 0.0))
    return 1 - _worst((1 - reached.max(axis=1)).max(axis=(0, 2)), work)


def _heaviest(family: Family, inventory: Inventory, found: np.ndarray, effects: np.ndarray) -> Envelope:
    lines = np.array(family.lines)
    tractor = sum(family.tractor_loads_t)
    posted_axle = np.nan_to_num(inventory.numbers["posted_axle_t"], nan=np.inf)
    posted_mass = np.nan_to_num(inventory.numbers["posted_mass_t"], nan=np.inf)
    posted_axle = np.where(posted_axle < max(family.tractor_loads_t, default=0.0), 0.0, posted_axle)
    allowed = np.minimum(posted_axle[:, None], (posted_mass[:, None] - tractor) / lines)
    allowed = np.where(
        np.isfinite(allowed), np.floor(np.where(np.isfinite(allowed), allowed, 0) * DIGITS) / DIGITS, np.inf
    )
    limited = np.minimum(found, np.maximum(allowed, 0.0))
    limited = np.where(limited < family.line_loads_t[0], 0.0, limited)
    gross = np.where(limited > 0, tractor + limited * lines, 0.0)
    best = gross.argmax(axis=1)
    row = np.arange(len(found))
    line_t = limited[row, best]
    bound = np.select(
        [line_t == 0, line_t < found[row, best], line_t >= family.line_loads_t[1]],
        [BOUNDS.index("none"), BOUNDS.index("posted"), BOUNDS.index("family")],
        BOUNDS.index("bridge"),
    )
    return Envelope(
        np.where(line_t > 0, lines[best], 0),
        line_t,
        np.round(gross[row, best], 3),
        np.where(line_t > 0, effects[row, best], -1),
        bound,
        limited,
    )


def corridor(family: Family, found: Envelope) -> dict[str, Any] | None:
    """The heaviest train that passes every bridge of the list; None where some bridge passes none."""
    smallest = found.by_lines.min(axis=0) if len(found.by_lines) else np.zeros(1)
    if not len(found.by_lines) or not smallest.any():
        return None
    gross = np.where(smallest > 0, sum(family.tractor_loads_t) + smallest * np.array(family.lines), 0.0)
    best = int(gross.argmax())
    return {
        "lines": family.lines[best],
        "line_t": exact(float(smallest[best])),
        "gross_t": exact(float(gross[best])),
        "row": int(found.by_lines[:, best].argmin()),
    }
