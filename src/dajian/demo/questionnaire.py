"""What the demo must know of a questionnaire, read from the workbook itself and not through dajian.forms.

The demo plants faults that dajian.forms is to find: what both share would hide the same mistake in both.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

PROVINCE = Path(__file__).resolve().parent.parent / "provinces" / "fujian"
FILLED_IN = ("text", "integer", "decimal", "date", "select_one", "select_multiple", "geopoint")


@dataclass(frozen=True)
class Field:
    """A question that has a column in a workbook."""

    name: str
    type: str
    choices: str  # name of its list, "" if none
    label: str  # with {Y}
    repeat: str  # "" outside of repeats


@dataclass(frozen=True)
class Questionnaire:
    title: str
    fields: tuple[Field, ...]
    repeats: dict[str, str]  # name: label
    choices: dict[str, dict[str, str]]  # list: {code: label}
    counties: dict[str, tuple[str, ...]]  # city's label: codes of its counties

    def columns(self, repeat: str) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.repeat == repeat)


@cache
def words(topic: str) -> dict:
    """The province's invented words on a topic: `province` for those that all kinds of units share."""
    return tomllib.loads((PROVINCE / "demo" / f"{topic}.toml").read_text(encoding="utf-8"))


@cache
def questionnaire(key: str) -> Questionnaire:
    return read(PROVINCE / "questionnaires" / f"{key}.xlsx")


def read(path: Path) -> Questionnaire:
    """An XLSForm workbook whose names are used once."""
    book = load_workbook(path)
    fields, around = [], [""]
    repeats: dict[str, str] = {}
    for row in _rows(book, "survey"):
        kind, _, choices = row["type"].partition(" ")
        if kind.startswith("begin"):
            around.append(row["name"] if kind == "begin_repeat" else around[-1])
            repeats |= {row["name"]: row["label"]} if kind == "begin_repeat" else {}
        elif kind.startswith("end"):
            around.pop()
        elif kind in FILLED_IN and "calculation" not in row:
            fields.append(Field(row["name"], kind, choices, row["label"], around[-1]))
    choices_of: dict[str, dict[str, str]] = {}
    counties: dict[str, tuple[str, ...]] = {}
    for row in _rows(book, "choices"):
        choices_of.setdefault(row["list_name"], {})[row["name"]] = row["label"]
        if row["list_name"] == "area":
            counties[row["city"]] = (*counties.get(row["city"], ()), row["name"])
    return Questionnaire(next(_rows(book, "settings"))["form_title"], tuple(fields), repeats, choices_of, counties)


def _rows(book: Workbook, sheet: str) -> Iterator[dict[str, str]]:
    lines = book[sheet].iter_rows(values_only=True)
    header = next(lines)
    for line in lines:
        yield {str(key): str(cell) for key, cell in zip(header, line, strict=True) if cell is not None}
