"""A province's folder as plain rows: areas, functions, bodies."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class AreaRow:
    code: str
    level: str
    parent: str  # code of the area above, "" for the province
    name: str


@dataclass(frozen=True)
class KindRow:
    """A kind of function; see models.FunctionKind."""

    code: str
    name: str
    accounts: str = ""
    watches: bool = False
    surveyed_as: str = ""


@dataclass(frozen=True)
class BodyRow:
    name: str
    area: tuple[str, str]  # code, level
    functions: tuple[str, ...] = ()
    assumed: bool = False


@dataclass(frozen=True)
class Province:
    since: date  # from when areas, bodies and functions count
    areas: tuple[AreaRow, ...]
    kinds: tuple[KindRow, ...]
    bodies: tuple[BodyRow, ...]


def read_province(folder: Path) -> Province:
    """Reads areas.csv, functions.toml and bodies.toml. A key that is missing or unknown is an error of the folder."""
    with (folder / "areas.csv").open(encoding="utf-8", newline="") as rows:
        areas = tuple(AreaRow(**row) for row in csv.DictReader(rows))
    kinds = tuple(KindRow(**row) for row in _toml(folder / "functions.toml")["function"])
    bodies = _toml(folder / "bodies.toml")
    return Province(bodies["since"], areas, kinds, _bodies(bodies, areas))


def _toml(path: Path) -> dict:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _bodies(found: dict, areas: tuple[AreaRow, ...]) -> tuple[BodyRow, ...]:
    """The bodies named, then one by pattern wherever a function of the level has no holder yet."""
    level_of = {area.code: area.level for area in areas}
    named = [
        BodyRow(
            row["name"],
            (row["area"], row.get("level", level_of[row["area"]])),
            tuple(row.get("functions", ())),
            row.get("assumed", False),
        )
        for row in found["body"]
    ]
    held = {(function, row.area) for row in named for function in row.functions}
    made = [
        BodyRow(pattern["name"].format(area=area.name), (area.code, area.level), (pattern["function"],), assumed=True)
        for area in areas
        for pattern in found["pattern"]
        if pattern["level"] == area.level
        and area.code not in found["without"]
        and (pattern["function"], (area.code, area.level)) not in held
    ]
    return (*named, *made)
