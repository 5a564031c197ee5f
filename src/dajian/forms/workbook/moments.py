"""Days and times of day in a cell: dates of Excel, day counts, and the usual ways of writing them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from dajian.forms.model import Question
from dajian.forms.workbook.answer import Answer, Bad, Reader, narrow, shown
from dajian.tables.read import Value

_DAY = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})[日号]?|(\d{2})(\d{2}))", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2})[:时点](\d{1,2})(?:分)?(?::?(\d{1,2})(?:\.0+)?秒?)?", re.ASCII)
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CHINESE_DAY = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]"
)
_TIME_OF_DAY = re.compile(r"[T ]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_DAY_1 = date(1899, 12, 30)  # day 0 of Excel's count, right from 1900-03-01 on
_DAYS = range(61, 73_415)  # up to 2100


def read_date(_: Question, shift: int) -> Reader:
    """A day, as YYYY-MM-DD. shift: days between the count of the workbook and that of 1900."""

    def _cell(value: Value) -> Answer | Bad | None:
        day = _day(value, shift)
        return day.isoformat() if day else Bad("type", shown(value))

    return _cell


def _day(value: Value, shift: int) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float) and value.is_integer():
        if int(value) + shift in _DAYS:
            return _DAY_1 + timedelta(days=int(value) + shift)
        return _day(str(int(value)), shift)
    if not isinstance(value, str):
        return None
    text = "".join(_TIME_OF_DAY.sub("", narrow(value).strip()).split())
    if chinese := _CHINESE_DAY.fullmatch(text):
        text = "-".join((chinese[1].translate(_CHINESE_DIGITS), _tens(chinese[2]), _tens(chinese[3])))
    match = _DAY.fullmatch(text)
    if not match:
        return None
    year, _, *parts = match.groups()
    month, day = [int(p) for p in parts if p]
    try:
        return date(int(year), month, day) if 1900 <= int(year) <= 2200 else None
    except ValueError:
        return None


def _tens(text: str) -> str:
    """一 to 三十一 as digits."""
    before, ten, after = text.partition("十")
    digits = [part.translate(_CHINESE_DIGITS) for part in (before, after)]
    return f"{digits[0] or '1'}{digits[1] or '0'}" if ten else digits[0]


def read_time(_: Question, __: int) -> Reader:
    """A time of day, as HH:MM:SS.fff."""

    def _cell(value: Value) -> Answer | Bad | None:
        at = _clock(value)
        return at.isoformat("milliseconds") if at else Bad("type", shown(value))

    return _cell


def _clock(value: Value) -> time | None:
    if isinstance(value, datetime):
        return value.time()
    if isinstance(value, time):
        return value
    if isinstance(value, float) and 0 <= value < 1:
        return (datetime(1900, 1, 1) + timedelta(seconds=round(value * 86_400))).time()  # noqa: DTZ001 - a clock has no zone
    if isinstance(value, str) and (match := _CLOCK.fullmatch("".join(narrow(value).split()))):
        hour, minute, second = (int(part or 0) for part in match.groups())
        return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None
    return None


def read_datetime(_: Question, shift: int) -> Reader:
    """A day with a time of Shanghai."""

    def _cell(value: Value) -> Answer | Bad | None:
        day, at = None, None
        if isinstance(value, datetime):
            day, at = value.date(), value.time()
        elif isinstance(value, str):
            first, _, second = narrow(value).strip().replace("T", " ").partition(" ")
            day, at = _day(first, shift), _clock(second)
        return f"{day}T{at.isoformat('milliseconds')}+08:00" if day and at else Bad("type", shown(value))

    return _cell
