"""Reading a mapping key by key: a table of fields, every fault at once, nothing guessed and nothing passed over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dajian.engine.findings import InputFault, figure, shown

MAX_AXLES = 200
YEARS = range(1900, 2200)  # of every date: beyond them no calendar counts
_DAY = f"日期 YYYY-MM-DD，{YEARS[0]} 到 {YEARS[-1]} 年"


@dataclass(frozen=True, slots=True)
class Field:
    """One key: how its value is read, and whether it must be there."""

    read: Callable[[Any], Any]  # raises ValueError(what is expected)
    required: bool = False


Fields = Mapping[str, Field]


def read_fields(given: Any, fields: Fields, place: str, faults: list[InputFault]) -> dict[str, Any]:
    """The values of a mapping by key. Faults are added to `faults`; a faulty key is left out."""
    if not isinstance(given, Mapping):
        faults.append(InputFault(place or "（整个文件）", shown(given), "键和值的表（mapping）"))
        return {}
    prefix = f"{place}." if place else ""
    known = "下列之一：" + "、".join(fields)
    faults.extend(InputFault(f"{prefix}{key}", "未知的键", known) for key in given if key not in fields)
    values: dict[str, Any] = {}
    for key, spec in fields.items():
        if given.get(key) is None:
            if spec.required or key in given:
                found = "没有填写" if key in given else "缺少"
                faults.append(InputFault(f"{prefix}{key}", found, expected(spec)))
            continue
        try:
            values[key] = spec.read(given[key])
        except ValueError as error:
            faults.append(InputFault(f"{prefix}{key}", shown(given[key]), str(error)))
    return values


def expected(spec: Field) -> str:
    """What a field expects, from the message of its own reader."""
    try:
        spec.read(object())
    except ValueError as error:
        return str(error)
    return "一个值"


def number(low: float, high: float, unit: str, *, zero: bool = False) -> Callable[[Any], float]:
    """A finite number, greater than `low` (or equal, with zero) and at most `high`."""
    bounds = f"{'不小于' if zero else '大于'} {figure(low)}、不大于 {figure(high)} 的数（{unit}）"

    def read(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(bounds)
        if not low <= value <= high or (value == low and not zero):  # NaN is not between
            raise ValueError(bounds)
        return float(value)

    return read


def whole(low: int, high: int) -> Callable[[Any], int]:
    """A whole number from `low` to `high`."""

    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError(f"{low} 到 {high} 的整数")
        return value

    return read


def sequence(item: Callable[[Any], Any], least: int, most: int, of: str) -> Callable[[Any], tuple[Any, ...]]:
    """A list of `least` to `most` items."""

    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise ValueError(f"{of}的列表")
        if not least <= len(value) <= most:
            raise ValueError(f"{least} 到 {most} 个{of}，现有 {len(value)} 个")
        read_items = []
        for index, each in enumerate(value, start=1):
            try:
                read_items.append(item(each))
            except ValueError as error:
                raise ValueError(f"第 {index} 个应为{error}") from None
        return tuple(read_items)

    return read


def text(value: Any) -> str:
    """A text; a number is taken as it is written."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError("文字")
    return str(value).strip()


def choice(options: Mapping[str, str]) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in options:
            raise ValueError("下列之一：" + "、".join(options))
        return value

    return read


def truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true 或 false")
    return value


def day(value: Any) -> date:
    """A date, or its ISO text."""
    try:
        found = value if isinstance(value, date) and not isinstance(value, datetime) else date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(_DAY) from None
    if found.year not in YEARS or (isinstance(value, str) and value != found.isoformat()):
        raise ValueError(_DAY)
    return found
