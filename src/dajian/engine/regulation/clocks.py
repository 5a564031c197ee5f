"""Statutory clocks in working days: an acceptance, the time that does not count, and the due date that follows.

The day of acceptance is not counted: the first day is the next working day (行政许可法 82; K04). Suspended days, first
and last included, are not counted (行政许可法 45: expert review; order 62 art. 15: reinforcement).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dajian.engine.findings import InputFault, Unusable
from dajian.engine.workdays.calendar import Calendar

SuspensionKind = Literal["correction", "reinforcement", "expert_review", "other"]
SUSPENSIONS: Mapping[SuspensionKind, str] = {
    "correction": "补正",
    "reinforcement": "加固、改造（62号令第15条）",
    "expert_review": "听证、检测、专家评审（行政许可法第45条）",
    "other": "其他",
}
MAX_DAYS = 1000


@dataclass(frozen=True, slots=True)
class Suspension:
    """Days that do not count, both ends included; `until` None: still waiting."""

    first: date
    until: date | None
    kind: SuspensionKind = "other"


@dataclass(frozen=True, slots=True)
class Clock:
    """A period of working days that runs from an acceptance."""

    accepted: date
    days: int
    suspensions: tuple[Suspension, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """The due date and every day that was counted. A clock that rests has none yet, but its days so far."""

    due: date | None
    counted: tuple[date, ...]


def due(clock: Clock, calendar: Calendar) -> Due:
    """The due date of a clock. Unusable: faulty figures, or a year that nobody has published."""
    _check(clock)
    resting_from = min((pause.first for pause in clock.suspensions if pause.until is None), default=None)
    counted: list[date] = []
    for day in calendar.workdays_after(clock.accepted):
        if resting_from and day >= resting_from:
            return Due(None, tuple(counted))
        if any(pause.until and pause.first <= day <= pause.until for pause in clock.suspensions):
            continue
        counted.append(day)
        if len(counted) == clock.days:
            return Due(day, tuple(counted))
    raise AssertionError("working days never end")


def changed_dues(clocks: Iterable[Clock], old: Calendar, new: Calendar) -> list[tuple[Clock, date | None, date | None]]:
    """Open clocks whose due date another calendar moves: clock, old date, new date. None: not to be worked out."""
    rows = [(clock, _due_or_none(clock, old), _due_or_none(clock, new)) for clock in clocks]
    return [row for row in rows if row[1] != row[2]]


def _due_or_none(clock: Clock, calendar: Calendar) -> date | None:
    try:
        return due(clock, calendar).due
    except Unusable:
        return None


def _check(clock: Clock) -> None:
    faults = []
    if not 1 <= clock.days <= MAX_DAYS:
        faults.append(InputFault("--days", str(clock.days), f"1 到 {MAX_DAYS} 的整数"))
    for pause in clock.suspensions:
        if pause.until and pause.until < pause.first:
            faults.append(InputFault("--suspend", f"{pause.first}..{pause.until}", "先起后止的 FROM..TO"))
        elif pause.until and (pause.until - pause.first).days > 3660:
            faults.append(InputFault("--suspend", f"{pause.first}..{pause.until}", "不超过十年的 FROM..TO"))
    if faults:
        raise Unusable(tuple(faults))
