"""ODK functions on dates and times, all of Shanghai."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from dajian.forms.values import DAY_S, NAN, ZONE, Value, clock_seconds, day_text, days, instant, moment_text, string


def to_date(value: Value) -> str:
    at = instant(value)
    return day_text(at) if at else ""


def to_date_time(value: Value) -> str:
    at = instant(value)
    return moment_text(at) if at else ""


def decimal_date_time(value: Value) -> float:
    at = instant(value)
    return days(at) if at else NAN


def decimal_time(value: Value) -> float:
    text = string(value).strip()
    seconds = clock_seconds(text)
    if seconds is None and (at := instant(value)):
        local = at.astimezone(ZONE)
        seconds = local.hour * 3600 + local.minute * 60 + local.second + local.microsecond / 1e6
    return NAN if seconds is None else seconds / DAY_S


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_FORMATS: dict[str, Callable[[datetime], str]] = {
    "Y": lambda at: f"{at.year:04d}",
    "y": lambda at: f"{at.year % 100:02d}",
    "m": lambda at: f"{at.month:02d}",
    "n": lambda at: str(at.month),
    "b": lambda at: _MONTHS[at.month - 1],
    "d": lambda at: f"{at.day:02d}",
    "e": lambda at: str(at.day),
    "a": lambda at: _DAYS[at.weekday()],
    "W": lambda at: f"{at.isocalendar().week:02d}",
    "H": lambda at: f"{at.hour:02d}",
    "h": lambda at: str(at.hour),
    "M": lambda at: f"{at.minute:02d}",
    "S": lambda at: f"{at.second:02d}",
    "3": lambda at: f"{at.microsecond // 1000:03d}",
}


def format_date_time(value: Value, pattern: str) -> str:
    at = instant(value)
    if at is None and (seconds := clock_seconds(string(value).strip())) is not None:
        at = datetime(1970, 1, 1, tzinfo=ZONE).replace(
            hour=int(seconds // 3600), minute=int(seconds % 3600 // 60), second=int(seconds % 60)
        )
    if at is None:
        return ""
    local = at.astimezone(ZONE)
    return re.sub(r"%(.)", lambda found: _FORMATS.get(found[1], lambda _: found[0])(local), pattern)
