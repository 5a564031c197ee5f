"""A maker's sheet read: every table and key of the catalogue, by the types and the sense of its dataclasses."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, fields
from functools import cache
from math import inf
from pathlib import Path
from typing import Any, get_type_hints

from dajian.engine.findings import InputFault, Unusable, shown
from dajian.engine.vehicle import fields as f
from dajian.engine.vehicle.axle_train import TRAILERS, Trailer

MOST = 1e6
_NEGATIVE = frozenset({"deck_from_m", "deck_end_m"})  # every other figure is 0 or more
_ABOVE_ZERO = frozenset(
    [
        "pitch_m",
        "file_pitch_m",
        "width_m",
        "track_m",
        "height_m",
        "deck_height_m",
        "max_loads_t",
        "max_axle_t",
        "max_line_t",
        "max_kingpin_t",
        "kerb_loads_t",
        "spacings_m",
        "axle_lines",
        "axle_files",
        "lines_each",
        "tyres",
        "drive",
        "steering",
    ]
)


def read_tables(file: Path) -> Mapping[str, Any]:
    """The tables of a sheet. Unusable: it is no TOML."""
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Unusable((InputFault(file.name, str(error), "可读的 TOML 车型文件"),)) from error


def read_entry(family: type, key: str, row: Any, place: str, faults: list[InputFault]) -> Any:
    """One entry of a family; None with every fault added."""
    if not isinstance(row, Mapping):
        faults.append(InputFault(place, shown(row), "一个表"))
        return None
    before = len(faults)
    values = f.read_fields(row, _fields(family), place, faults)
    if len(faults) == before:
        faults += [InputFault(place, found, wanted) for found, wanted in _at_odds(values)]
    return family(key=key, **values) if len(faults) == before else None


@cache
def _fields(family: type) -> f.Fields:
    hints = get_type_hints(family)
    return {
        spec.name: f.Field(_reader(spec.name, hints[spec.name]), spec.default is MISSING)
        for spec in fields(family)
        if spec.name != "key"
    }


def _reader(name: str, hint: Any) -> Callable[[Any], Any]:
    figure = _figure(name)
    readers: dict[Any, Callable[[Any], Any]] = {
        Trailer: f.choice(TRAILERS),
        str: f.text,
        bool: f.truth,
        int: f.whole(1 if name in _ABOVE_ZERO else 0, 1000),
        float: figure,
        float | None: figure,
        tuple[float, ...]: f.sequence(figure, 1, f.MAX_AXLES, "数"),
        tuple[int, ...]: f.sequence(f.whole(1, 1000), 1, f.MAX_AXLES, "整数"),
        tuple[str, ...]: f.sequence(f.text, 0, 100, "牵引车"),
        Mapping[int, float]: _by_files(figure),
    }
    return readers[hint]


def _figure(name: str) -> Callable[[Any], float]:
    return f.number(-inf if name in _NEGATIVE else 0.0, MOST, _unit(name), zero=name not in _ABOVE_ZERO)


def _unit(name: str) -> str:
    return {"m": "m", "t": "t", "knm": "kN·m", "kw": "kW"}.get(name.rpartition("_")[2], "—")


def _by_files(figure: Callable[[Any], float]) -> Callable[[Any], dict[int, float]]:
    """A figure for each number of files."""

    def read(value: Any) -> dict[int, float]:
        if not isinstance(value, Mapping) or not value or not all(key in ("2", "3", "4") for key in value):
            raise ValueError("按纵列数（2、3、4）的表")
        return {int(key): figure(each) for key, each in value.items()}

    return read


def _at_odds(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is read but cannot be together: found, expected."""
    axles: Sequence[float] = values.get("kerb_loads_t", ())
    if axles:
        for name, wanted in (("spacings_m", len(axles) - 1), ("max_loads_t", len(axles)), ("tyres", len(axles))):
            if len(values[name]) != wanted:
                yield f"{name} 有 {len(values[name])} 个", f"{wanted} 个（kerb_loads_t 有 {len(axles)} 根轴）"
        if max(values["drive"]) > len(axles):
            yield f"drive 第 {max(values['drive'])} 轴", f"1 到 {len(axles)}"
        if not 0 < values["steering"] < len(axles):
            yield f"steering = {values['steering']}", f"1 到 {len(axles) - 1}"
    files = values.get("axle_files", ())
    for name in ("file_pitch_m", "width_m", "bending_knm"):
        if isinstance(values.get(name), Mapping) and (lacking := set(files) - values[name].keys()):
            yield f"{name} 没有 {min(lacking)} 纵列的数", "axle_files 的每个纵列数一个"
    for name in ("axle_lines", "lines_each"):
        if files and name in values and (len(values[name]) != 2 or values[name][0] > values[name][1]):
            yield f"{name} = {values[name]}", "最少和最多两个数"
