"""Sheets being laid out by hand: every answer knows its cell, so that what is planted there can be named."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from dajian.demo.questionnaire import Field, Questionnaire

KEY = "unit_credit_code"


@dataclass(frozen=True)
class Formula:
    """stored: the result that Excel kept; "" for none, "#N/A" and the like for an error."""

    text: str
    stored: str | float


Value: TypeAlias = str | int | float | date | Formula


@dataclass(frozen=True)
class Spot:
    """A cell, row and column from 0."""

    sheet: str
    row: int
    column: int

    @property
    def a1(self) -> str:
        letters, n = "", self.column + 1
        while n:
            n, rest = divmod(n - 1, 26)
            letters = chr(65 + rest) + letters
        return f"{letters}{self.row + 1}"


@dataclass
class Sheet:
    """columns: the fields from left to right; answers: {unit: {(row of its repeat, question): cell}}."""

    name: str
    columns: tuple[Field, ...]
    header_row: int = 0
    next_row: int = 1
    cells: dict[Spot, Value] = field(default_factory=dict)
    answers: dict[int, dict[tuple[int, str], Spot]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    merged: list[tuple[Spot, Spot]] = field(default_factory=list)

    def spot(self, row: int, column: int) -> Spot:
        return Spot(self.name, row, column)

    def put(self, spot: Spot, value: Value | None) -> None:
        """Writes, or empties with None."""
        if value is None:
            self.cells.pop(spot, None)
        else:
            self.cells[spot] = value

    def add(self, unit: int, answers: dict[str, Value]) -> None:
        """One more row of a unit."""
        own = self.answers.setdefault(unit, {})
        n = len({row for row, _ in own})
        for column, question in enumerate(self.columns):
            own[n, question.name] = spot = self.spot(self.next_row, column)
            self.put(spot, answers.get(question.name))
        self.next_row += 1


@dataclass
class Book:
    """The units' own sheet under "", the repeats' sheets under their names."""

    questionnaire: Questionnaire
    sheets: dict[str, Sheet]

    def sheet_of(self, question: str) -> Sheet:
        return self.sheets[next(f.repeat for f in self.questionnaire.fields if f.name == question)]

    def spot(self, unit: int, question: str, row: int = 0) -> Spot | None:
        """The cell of an answer, also where it is empty; None where there is no such row or column."""
        return self.sheet_of(question).answers.get(unit, {}).get((row, question))

    def value(self, unit: int, question: str, row: int = 0) -> Value | None:
        spot = self.spot(unit, question, row)
        return self.sheet_of(question).cells.get(spot) if spot else None

    def put(self, unit: int, question: str, value: Value | None, row: int = 0) -> Spot:
        """Another value in a cell that is there."""
        spot = self.spot(unit, question, row)
        assert spot is not None
        self.sheet_of(question).put(spot, value)
        return spot

    def rows(self, unit: int, repeat: str) -> int:
        """How many rows a unit has in a repeat's sheet."""
        return sum(question == KEY for _, question in self.sheets[repeat].answers.get(unit, {}))

    def rename(self, unit: int, code: str) -> None:
        """Another code for a unit, in all sheets."""
        for sheet in self.sheets.values():
            for (_, question), spot in sheet.answers.get(unit, {}).items():
                if question == KEY:
                    sheet.put(spot, code)
