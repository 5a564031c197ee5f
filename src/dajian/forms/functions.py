"""The ODK functions that need nothing but their arguments, as one table: name, what each argument is read as, result.

Functions that look at the form itself (position, count, instance, indexed-repeat, jr:choice-name …) or must not read
all arguments (if, coalesce) are compiled in xpath_calls.
"""

from __future__ import annotations

import base64
import hashlib
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from dajian.forms import geometry
from dajian.forms.values import (
    DAY_S,
    NAN,
    ZONE,
    Value,
    clock_seconds,
    day_text,
    days,
    instant,
    moment_text,
    number,
    string,
    truth,
)


@dataclass(frozen=True)
class Function:
    """`reads`: one letter an argument: n number, s text, b truth, v any value; a capital takes a node-set as a list.

    `least`: how many must be given; `rest`: letter of any number of further arguments, "" for none.
    """

    run: Callable[..., object]
    reads: str
    gives: str  # num str bool any
    least: int
    rest: str = ""


def substr(text: str, start: float, end: float = math.inf) -> str:
    """0-based, end excluded, negative counted from the end."""
    if start != start or end != end:
        return ""
    size = len(text)
    first, last = (int(max(-size, min(size, place))) for place in (start, end))
    return text[first % size if first < 0 else first : last + size if last < 0 else last] if size else ""


def substring(text: str, start: float, length: float = math.inf) -> str:
    """XPath 1.0: 1-based, both rounded; NaN gives ''."""
    first = rounded(start)
    last = first + rounded(length)
    if first != first or last != last:
        return ""
    low = max(first, 1) - 1
    high = min(last - 1, len(text))
    return text[int(low) : int(high)] if high > low else ""


def substring_before(text: str, mark: str) -> str:
    head, found, _ = text.partition(mark) if mark else ("", "", "")
    return head if found else ""


def substring_after(text: str, mark: str) -> str:
    if not mark:
        return text
    return text.partition(mark)[2]


@lru_cache(256)
def _translation(old: str, new: str) -> dict[int, str | None]:
    table: dict[int, str | None] = {}
    for place, char in enumerate(old):
        table.setdefault(ord(char), new[place] if place < len(new) else None)
    return table


def translate(text: str, old: str, new: str) -> str:
    return text.translate(_translation(old, new))


@lru_cache(1024)
def _pattern(pattern: str) -> re.Pattern[str] | None:
    try:
        return re.compile(pattern)
    except re.error:
        return None


def regex(text: str, pattern: str) -> bool:
    """The whole text matches (as ODK Collect does). A pattern that is none matches nothing; load refuses it."""
    compiled = _pattern(pattern)
    return bool(compiled and compiled.fullmatch(text))


def pattern_fault(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as fault:
        return str(fault)
    return ""


def rounded(value: float, places: float = 0.0) -> float:
    """Half away from zero, on the decimal digits as written (1.005 to two places is 1.01)."""
    if value != value or math.isinf(value):
        return value
    if places != places or abs(places) > 30:
        return NAN
    step = Decimal(1).scaleb(-int(places))
    try:
        return float(Decimal(repr(value)).quantize(step, ROUND_HALF_UP))
    except InvalidOperation:  # more digits than a decimal context holds: nothing there to round
        return value


def integer(value: float) -> float:
    return float(math.trunc(value)) if math.isfinite(value) else value


def floor(value: float) -> float:
    return float(math.floor(value)) if math.isfinite(value) else value


def ceiling(value: float) -> float:
    return float(math.ceil(value)) if math.isfinite(value) else value


def divide(left: float, right: float) -> float:
    if right:
        return left / right
    if not left or left != left or right != right:
        return NAN
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def modulo(left: float, right: float) -> float:
    """Of the dividend's sign, as XPath's mod (Python's % takes the divisor's)."""
    if not right or right != right or left != left or math.isinf(left):
        return NAN
    return math.fmod(left, right)


def power(base: float, exponent: float) -> float:
    try:
        result = math.pow(base, exponent)
    except (ValueError, ZeroDivisionError):
        return NAN
    except OverflowError:
        return math.inf
    return result


def _quiet(function: Callable[..., float]) -> Callable[..., float]:
    """A mathematical function that answers NaN outside its domain."""

    def run(*values: float) -> float:
        try:
            return function(*values)
        except (ValueError, OverflowError):
            return NAN

    return run


def total(values: list[Value]) -> float:
    """Sum of the numbers; empty nodes count nothing, as in ODK Collect."""
    return sum(found for value in values if (found := number(value)) == found)


def largest(*values: Value) -> float:
    return max(_numbers(values), default=NAN)


def smallest(*values: Value) -> float:
    return min(_numbers(values), default=NAN)


def _numbers(values: tuple[Value | list[Value], ...]) -> list[float]:
    flat = values[0] if len(values) == 1 and isinstance(values[0], list) else values
    return [found for value in flat if (found := number(value)) == found]  # type: ignore[arg-type]


def concat(*values: Value | list[Value]) -> str:
    return "".join(_strings(values))


def join(glue: str, *values: Value | list[Value]) -> str:
    return glue.join(_strings(values))


def _strings(values: tuple[Value | list[Value], ...]) -> list[str]:
    found: list[str] = []
    for value in values:
        if isinstance(value, NodeList):
            found.extend(map(string, value))
        else:
            found.append(string(value))  # type: ignore[arg-type]
    return found


class NodeList(list):
    """A node-set given to a function that takes single values too: told apart from a select_multiple's list."""


def selected(answer: Value, choice: str) -> bool:
    return choice.strip() in (answer if isinstance(answer, list) else string(answer).split())


def count_selected(answer: Value) -> float:
    return len(answer if isinstance(answer, list) else string(answer).split())


def selected_at(answer: Value, place: float) -> str:
    chosen = answer if isinstance(answer, list) else string(answer).split()
    return chosen[int(place)] if place == place and 0 <= place < len(chosen) else ""


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


_FORMATS: dict[str, Callable[[datetime], str]] = {
    "Y": lambda at: f"{at.year:04d}",
    "y": lambda at: f"{at.year % 100:02d}",
    "m": lambda at: f"{at.month:02d}",
    "n": lambda at: str(at.month),
    "b": lambda at: f"{at.month}月",
    "B": lambda at: f"{at.month}月",
    "d": lambda at: f"{at.day:02d}",
    "e": lambda at: str(at.day),
    "a": lambda at: "周" + "一二三四五六日"[at.weekday()],
    "A": lambda at: "星期" + "一二三四五六日"[at.weekday()],
    "w": lambda at: str(at.isoweekday() % 7),
    "W": lambda at: f"{at.isocalendar().week:02d}",
    "j": lambda at: f"{at.timetuple().tm_yday:03d}",
    "H": lambda at: f"{at.hour:02d}",
    "h": lambda at: str(at.hour),
    "M": lambda at: f"{at.minute:02d}",
    "S": lambda at: f"{at.second:02d}",
    "3": lambda at: f"{at.microsecond // 1000:03d}",
    "%": lambda at: "%",
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


def checklist(least: float, most: float, *factors: bool) -> bool:
    count = sum(factors)
    return (least < 0 or count >= least) and (most < 0 or count <= most)


def weighted_checklist(least: float, most: float, *pairs: Value) -> bool:
    weight = sum(number(pairs[place + 1]) for place in range(0, len(pairs) - 1, 2) if truth(pairs[place]))
    return least <= weight <= most


def digest(text: str, algorithm: str, encoding: str = "base64") -> str:
    name = algorithm.lower().replace("-", "")
    if name not in ("md5", "sha1", "sha256", "sha384", "sha512"):
        return ""
    raw = hashlib.new(name, text.encode(), usedforsecurity=False).digest()
    return raw.hex() if encoding == "hex" else base64.b64encode(raw).decode()


def base64_decode(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode()
    except ValueError:
        return ""


def boolean_from_string(text: str) -> bool:
    return text.lower() == "true" or text == "1"


FUNCTIONS: dict[str, Function] = {
    "true": Function(lambda: True, "", "bool", 0),
    "false": Function(lambda: False, "", "bool", 0),
    "concat": Function(concat, "", "str", 0, "V"),
    "join": Function(join, "s", "str", 1, "V"),
    "selected": Function(selected, "vs", "bool", 2),
    "is-selected": Function(selected, "vs", "bool", 2),
    "regex": Function(regex, "ss", "bool", 2),
    "not": Function(lambda value: not value, "b", "bool", 1),
    "floor": Function(floor, "n", "num", 1),
    "ceiling": Function(ceiling, "n", "num", 1),
    "decimal-date-time": Function(decimal_date_time, "v", "num", 1),
    "decimal-time": Function(decimal_time, "v", "num", 1),
    "format-date-time": Function(format_date_time, "vs", "str", 2),
    "format-date": Function(format_date_time, "vs", "str", 2),
    "string-length": Function(len, "s", "num", 1),
    "count-selected": Function(count_selected, "v", "num", 1),
    "selected-at": Function(selected_at, "vn", "str", 2),
    "date-time": Function(to_date_time, "v", "str", 1),
    "date": Function(to_date, "v", "str", 1),
    "boolean": Function(lambda value: value, "b", "bool", 1),
    "string": Function(lambda value: value, "s", "str", 1),
    "number": Function(lambda value: value, "n", "num", 1),
    "int": Function(integer, "n", "num", 1),
    "round": Function(rounded, "nn", "num", 1),
    "contains": Function(lambda text, part: part in text, "ss", "bool", 2),
    "starts-with": Function(str.startswith, "ss", "bool", 2),
    "ends-with": Function(str.endswith, "ss", "bool", 2),
    "boolean-from-string": Function(boolean_from_string, "s", "bool", 1),
    "normalize-space": Function(lambda text: " ".join(text.split()), "s", "str", 1),
    "substr": Function(substr, "snn", "str", 2),
    "substring": Function(substring, "snn", "str", 2),
    "substring-before": Function(substring_before, "ss", "str", 2),
    "substring-after": Function(substring_after, "ss", "str", 2),
    "translate": Function(translate, "sss", "str", 3),
    "sum": Function(total, "N", "num", 1),
    "max": Function(largest, "", "num", 1, "V"),
    "min": Function(smallest, "", "num", 1, "V"),
    "checklist": Function(checklist, "nn", "bool", 2, "b"),
    "weighted-checklist": Function(weighted_checklist, "nn", "bool", 2, "v"),
    "abs": Function(abs, "n", "num", 1),
    "pow": Function(power, "nn", "num", 2),
    "sqrt": Function(_quiet(math.sqrt), "n", "num", 1),
    "exp": Function(_quiet(math.exp), "n", "num", 1),
    "exp10": Function(lambda value: power(10.0, value), "n", "num", 1),
    "log": Function(_quiet(math.log), "n", "num", 1),
    "log10": Function(_quiet(math.log10), "n", "num", 1),
    "pi": Function(lambda: math.pi, "", "num", 0),
    "sin": Function(_quiet(math.sin), "n", "num", 1),
    "cos": Function(_quiet(math.cos), "n", "num", 1),
    "tan": Function(_quiet(math.tan), "n", "num", 1),
    "asin": Function(_quiet(math.asin), "n", "num", 1),
    "acos": Function(_quiet(math.acos), "n", "num", 1),
    "atan": Function(_quiet(math.atan), "n", "num", 1),
    "atan2": Function(_quiet(math.atan2), "nn", "num", 2),
    "area": Function(geometry.area_m2, "", "num", 1, "V"),
    "enclosed-area": Function(geometry.area_m2, "", "num", 1, "V"),
    "distance": Function(geometry.distance_m, "", "num", 1, "V"),
    "geofence": Function(geometry.inside, "ss", "bool", 2),
    "digest": Function(digest, "sss", "str", 2),
    "base64-decode": Function(base64_decode, "s", "str", 1),
}
