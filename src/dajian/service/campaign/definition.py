"""A campaign's definition as plain data: read from a province's folder or off a campaign, and shifted in time."""

from __future__ import annotations

import tomllib
from calendar import isleap
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class StageRow:
    title: str
    starts: date
    ends: date  # included
    task: str = ""


@dataclass(frozen=True, order=True)
class DutyRow:
    kind: str  # lead | cooperate | guide | approve
    function: str  # code of a FunctionKind
    level: str


@dataclass(frozen=True)
class ItemRow:
    number: int
    title: str
    unit_word: str
    subject_role: str
    way: str
    duties: tuple[DutyRow, ...]
    variant: str = ""
    questionnaire: str = ""  # key
    keys: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class QuestionnaireRow:
    key: str
    title: str
    file: str  # in the folder of the definition


@dataclass(frozen=True)
class Definition:
    title: str
    starts: date
    ends: date  # included
    reference_year: int
    plan_year: int
    owner: str  # code of a FunctionKind
    stages: tuple[StageRow, ...]
    items: tuple[ItemRow, ...]
    basis: str = ""
    theme: str = ""
    goals: str = ""
    duration: str = ""
    phones: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()  # codes of areas that take no part
    questionnaires: tuple[QuestionnaireRow, ...] = ()

    def moved(self, to: date) -> Definition:
        """The same campaign begun on another day: by whole years when month and day stay, else by days."""
        return self.shifted(
            by_years(to.year - self.starts.year) if _same_day(self.starts, to) else by_days(to - self.starts)
        )

    def shifted(self, shift: Callable[[date], date]) -> Definition:
        """All days shifted alike: first days as they are, last days as the eve of the day after."""

        def last(day: date) -> date:
            return shift(day + A_DAY) - A_DAY

        stages = tuple(replace(s, starts=shift(s.starts), ends=last(s.ends)) for s in self.stages)
        return replace(self, starts=shift(self.starts), ends=last(self.ends), stages=stages)


def _same_day(one: date, other: date) -> bool:
    return (one.month, one.day) == (other.month, other.day)


def by_days(days: timedelta) -> Callable[[date], date]:
    return lambda day: day + days


def by_years(years: int) -> Callable[[date], date]:
    """Same month and day; 29 February becomes 1 March where there is none."""

    def shift(day: date) -> date:
        leap = (day.month, day.day) == (2, 29)
        return (day + A_DAY if leap and not isleap(day.year + years) else day).replace(year=day.year + years)

    return shift


def read_definition(path: Path) -> Definition:
    """Reads a campaign's TOML file. A key that is missing or unknown is an error of the file."""
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    found["goals"] = found.get("goals", "").strip()
    for name in ("phones", "left_out"):
        found[name] = tuple(found.get(name, ()))
    stages = tuple(StageRow(**row) for row in found.pop("stage"))
    items = tuple(
        ItemRow(**row | {"duties": tuple(DutyRow(**duty) for duty in row["duties"])}) for row in found.pop("item")
    )
    questionnaires = tuple(QuestionnaireRow(**row) for row in found.pop("questionnaire", ()))
    return Definition(**found, stages=stages, items=items, questionnaires=questionnaires)
