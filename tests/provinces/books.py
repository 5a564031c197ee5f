"""The questionnaires' workbooks as they lie in the repository, read with openpyxl and not by dajian.forms."""

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from openpyxl import load_workbook

PROVINCE = Path(str(files("dajian.provinces.fujian")))
FOLDER = PROVINCE / "questionnaires"
KEYS = ("manufacturer", "project", "vehicle_maker", "carrier", "association", "permit_office")  # items 1 to 6


class Asked(NamedTuple):
    """A question's row, the labels of the groups and repeats around it, its innermost repeat."""

    row: dict[str, str]
    labels: tuple[str, ...]
    repeat: str


def path(form: str) -> Path:
    return FOLDER / f"{form}.xlsx"


@cache
def sheet(form: str, name: str) -> list[dict[str, str]]:
    rows = load_workbook(path(form))[name].iter_rows(values_only=True)
    header = [str(cell) for cell in next(rows)]
    return [{key: str(cell) for key, cell in zip(header, row, strict=True) if cell is not None} for row in rows]


@cache
def questions(form: str) -> dict[str, Asked]:
    """Questions by name, in order; notes among them."""
    found: dict[str, Asked] = {}
    labels: list[str] = []
    repeats: list[str] = [""]
    for row in sheet(form, "survey"):
        if row["type"].startswith("begin"):
            labels.append(row["label"])
            repeats.append(row["name"] if row["type"] == "begin_repeat" else repeats[-1])
        elif row["type"].startswith("end"):
            labels.pop(), repeats.pop()
        else:
            found[row["name"]] = Asked(row, tuple(labels), repeats[-1])
    return found


def repeats(form: str) -> dict[str, dict[str, str]]:
    return {row["name"]: row for row in sheet(form, "survey") if row["type"] == "begin_repeat"}


def choices(form: str) -> dict[str, list[tuple[str, ...]]]:
    """Each list with its choices' codes, labels and cities."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in sheet(form, "choices"):
        found.setdefault(row["list_name"], []).append((row["name"], row["label"], row.get("city", "")))
    return found
