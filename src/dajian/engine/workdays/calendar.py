"""Which days are working days, by the published calendars only.

A year that nobody has published is an error, never a guess. The last days of December hang on the next year's
notice: by the notices for 2008 and 2019 Monday 31 December became a day off, by those for 2007, 2012 and 2019 a
weekend from the 29th on was worked.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from dajian.engine.findings import InputFault, Unusable

TABLE = Path(__file__).parent / "overrides.toml"
_MAY_BECOME_OFF = (12, 31)  # a weekday from here on
_MAY_BECOME_WORKED = (12, 29)  # a weekend day from here on


@dataclass(frozen=True)
class Year:
    """One year of the override table."""

    notice: str
    off: frozenset[date]
    worked: frozenset[date]


@dataclass(frozen=True)
class Calendar:
    """The published calendar with the overrides of a table; `table` names where a missing year is to be filled in."""

    overrides: Mapping[int, Year] = field(default_factory=dict)
    table: str = TABLE.name

    def is_workday(self, day: date) -> bool:
        """Unusable: the year is not published, or the day hangs on the next year's notice."""
        if (own := self._own(day)) is not None:
            return own
        following = self.overrides.get(day.year + 1)
        if following and day in following.off | following.worked:  # the notice of a year may move late December
            return day in following.worked
        threshold = _MAY_BECOME_OFF if day.weekday() < 5 else _MAY_BECOME_WORKED
        if (day.month, day.day) >= threshold and not self._is_published(day.year + 1):
            raise self._unpublished(day, day.year + 1)
        if not self._is_published(day.year):
            raise self._unpublished(day, day.year)
        if day.year in self.overrides and not _library_holds(day.year):
            return day.weekday() < 5
        return _library_workday(day)

    def workdays_after(self, day: date) -> Iterator[date]:
        """Every working day after a day, in order."""
        while True:
            day += timedelta(days=1)
            if self.is_workday(day):
                yield day

    def _own(self, day: date) -> bool | None:
        year = self.overrides.get(day.year)
        if year is None or day not in year.off | year.worked:
            return None
        return day in year.worked

    def _is_published(self, year: int) -> bool:
        return year in self.overrides or _library_holds(year)

    def _unpublished(self, day: date, year: int) -> Unusable:
        found = f"{year} 年的节假日安排没有公布，{day} 是否工作日不能确定"
        expected = f"在工作日补充表 {self.table} 中填写 [{year}]（notice、off、worked）后重试"
        return Unusable((InputFault(f"工作日 {year}", found, expected),))


def read_calendar(table: Path = TABLE) -> Calendar:
    """The calendar with the overrides of a TOML table. Unusable: names the year and key at fault."""
    try:
        years = tomllib.loads(table.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Unusable((InputFault(table.name, str(error), "可读的 TOML 工作日补充表"),)) from error
    faults: list[InputFault] = []
    overrides = {int(key): _year(key, entry, faults) for key, entry in years.items() if _is_year(key, entry, faults)}
    if faults:
        raise Unusable(tuple(faults))
    return Calendar(overrides, table.name)


def _is_year(key: str, entry: Any, faults: list[InputFault]) -> bool:
    if key.isdigit() and len(key) == 4 and isinstance(entry, dict):
        return True
    faults.append(InputFault(key, "不是年份", "年份一段，如 [2027]"))
    return False


def _year(key: str, entry: Mapping[str, Any], faults: list[InputFault]) -> Year:
    unknown = sorted(entry.keys() - {"notice", "off", "worked"})
    faults.extend(InputFault(f"[{key}] {name}", "未知的键", "notice、off、worked") for name in unknown)
    if not entry.get("notice"):
        faults.append(InputFault(f"[{key}] notice", "缺少", "通知的名称、文号和日期"))
    days: dict[str, frozenset[date]] = {}
    for kind in ("off", "worked"):
        try:
            days[kind] = frozenset(day for item in entry.get(kind, ()) for day in _days(item))
        except (TypeError, ValueError):
            days[kind] = frozenset()
            faults.append(InputFault(f"[{key}] {kind}", str(entry[kind]), '日期或 "起..止" 的列表'))
    if both := days["off"] & days["worked"]:
        faults.append(InputFault(f"[{key}]", f"{min(both)} 既放假又上班", "一天只列一处"))
    return Year(str(entry.get("notice", "")), days["off"], days["worked"])


def _days(item: date | str) -> list[date]:
    if isinstance(item, date):
        return [item]
    first, last = (date.fromisoformat(end.strip()) for end in item.split(".."))
    return [first + timedelta(days=count) for count in range((last - first).days + 1)]


@cache
def _library_holds(year: int) -> bool:
    import chinese_calendar  # slow to import: only where a clock is asked for

    try:
        chinese_calendar.is_workday(date(year, 6, 1))
    except NotImplementedError:
        return False
    return True


def _library_workday(day: date) -> bool:
    import chinese_calendar  # slow to import: only where a clock is asked for

    return bool(chinese_calendar.is_workday(day))
