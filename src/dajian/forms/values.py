"""XPath's conversions between text, number and truth, with ODK's dates.

A value is str, float, int, bool, list of str (a select_multiple, in the choices' order) or None (an empty or absent
node). A date is text; as a number it is days since 1970-01-01T00:00Z, so a day that begins in Shanghai ends in 2/3.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias
from zoneinfo import ZoneInfo

Value: TypeAlias = "str | float | int | bool | list[str] | None"

NAN = math.nan
ZONE = ZoneInfo("Asia/Shanghai")  # statutory days are dates of Shanghai, whatever the machine's clock says
DAY_S = 86_400

_LONGEST = 400  # characters of a number or an instant; more is no number, and not worth keeping in a cache
_YEARS = range(1000, 9990)  # what Python's calendar holds in any zone

_NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)\Z", re.ASCII)
_MOMENT = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s?(Z|[+-]\d{2}(?::?\d{2})?)?)?\Z",
    re.ASCII,
)
_CLOCK = re.compile(r"(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?\Z", re.ASCII)


class NodeList(list):
    """A node-set given to a function that takes single values too: told apart from a select_multiple's list."""


def number(value: Value) -> float:
    """XPath number(): NaN for what is none; ISO dates and instants as days since 1970."""
    kind = type(value)
    if kind is float or kind is int:
        return value  # type: ignore[return-value]
    if value is None:
        return NAN
    if kind is bool:
        return 1.0 if value else 0.0
    text = string(value)
    return _text_number(text) if len(text) <= _LONGEST else NAN


def string(value: Value) -> str:
    """XPath string(): whole numbers without a point, never an exponent; '' for an empty node."""
    kind = type(value)
    if kind is str:
        return value  # type: ignore[return-value]
    if value is None or kind is dict:
        return ""
    if kind is list:
        return " ".join(value)  # type: ignore[arg-type]
    if kind is bool:
        return "true" if value else "false"
    return _number_text(value)  # type: ignore[arg-type]


def truth(value: Value) -> bool:
    """XPath boolean() of a computed value (a node's truth is its existence: see xpath_compile)."""
    if type(value) is float or type(value) is int:
        return value == value and value != 0
    return bool(value)


@lru_cache(8192)
def _text_number(text: str) -> float:
    text = text.strip()
    if _NUMBER.match(text):
        return float(text)
    at = moment(text)
    return days(at) if at else NAN


def _number_text(value: float) -> str:
    if value != value:
        return "NaN"
    if value in (math.inf, -math.inf):
        return "Infinity" if value > 0 else "-Infinity"
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return format(Decimal(repr(value)), "f")


def moment(text: str) -> datetime | None:
    """An ISO date (its first instant in Shanghai) or date-time; None for any other text."""
    return _moment(text) if len(text) <= _LONGEST else None


@lru_cache(8192)
def _moment(text: str) -> datetime | None:
    match = _MOMENT.match(text)
    if not match or int(match[1]) not in _YEARS:
        return None
    year, month, day, hour, minute, second, fraction, offset = match.groups()
    microsecond = int((fraction or "0").ljust(6, "0")[:6])
    clock = (int(hour or 0), int(minute or 0), int(second or 0), microsecond)
    try:
        return datetime(int(year), int(month), int(day), *clock, tzinfo=_zone(offset) if offset else ZONE)
    except ValueError:
        return None


def _zone(offset: str) -> tzinfo | None:
    if offset == "Z":
        return UTC
    return datetime.strptime(offset if len(offset) > 3 else offset + "00", "%z").tzinfo


def days(at: datetime) -> float:
    """Days since 1970-01-01T00:00Z."""
    return at.timestamp() / DAY_S


def from_days(value: float) -> datetime | None:
    """The instant, in Shanghai; None for NaN and what no calendar holds."""
    try:
        at = datetime.fromtimestamp(value * DAY_S, ZONE)
    except (ValueError, OverflowError, OSError):
        return None
    return at if at.year in _YEARS else None


def instant(value: Value) -> datetime | None:
    """What date(), date-time() and the formats read: a number of days, or ISO text."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return from_days(value)
    return moment(string(value).strip())


def day_text(at: datetime) -> str:
    return at.astimezone(ZONE).date().isoformat()


def moment_text(at: datetime) -> str:
    return at.astimezone(ZONE).isoformat(timespec="milliseconds")


def midnight(on: date) -> datetime:
    return datetime.combine(on, time(), ZONE)


def is_date(text: str) -> bool:
    return len(text) == 10 and moment(text) is not None


def is_moment(text: str) -> bool:
    return "T" in text and moment(text) is not None


def clock_seconds(text: str) -> float | None:
    """Seconds of the day of HH:MM[:SS[.fff]][zone]; None for any other text. An offset is taken to Shanghai."""
    match = _CLOCK.match(text)
    if not match:
        return None
    hour, minute, second = (int(part or 0) for part in match.groups()[:3])
    if hour > 23 or minute > 59 or second > 59:
        return None
    seconds = hour * 3600 + minute * 60 + second + float(f"0.{match[4] or 0}")
    if match[5]:
        at = moment(f"1970-01-01T{text}")
        local = at.astimezone(ZONE) if at else None
        seconds = (local.hour * 3600 + local.minute * 60 + local.second + local.microsecond / 1e6) if local else seconds
    return seconds
