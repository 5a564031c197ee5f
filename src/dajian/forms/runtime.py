"""What compiled expressions call besides the ODK functions: the names in their global namespace."""

from __future__ import annotations

import random
import uuid as uuids
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from dajian.forms.functions import FUNCTIONS
from dajian.forms.number_functions import divide, modulo
from dajian.forms.values import NAN, NodeList, Value, day_text, midnight, moment_text, number, string, truth


@dataclass(frozen=True)
class Environment:
    """What an evaluation is given instead of the machine's clock."""

    today: str
    now: str
    version: str = ""


def environment(on: date, version: str = "", at: datetime | None = None) -> Environment:
    moment = at or midnight(on)
    return Environment(on.isoformat() if at is None else day_text(moment), moment_text(moment), version)


def first(values: Sequence[Any]) -> Any:
    return values[0] if values else None


def nth(rows: Iterable[Any], place: float) -> list[Any]:
    """The row of that 1-based position as a list, [] if there is none."""
    if not 1 <= place < 1e9 or place != int(place):
        return []
    return list(islice(rows, int(place) - 1, int(place)))


def place_of(found: Sequence[Any], rows: Sequence[Any] | None) -> float:
    """1-based position of the first found row among its sisters, NaN if there is none."""
    row = first(found)
    return next((float(place) for place, other in enumerate(rows or (), 1) if other is row), NAN)


def coalesce(value: Value, other: Callable[[], Value]) -> Value:
    return other() if value is None or value == "" or value == [] or value != value else value


def coalesce_number(value: float | None, other: Callable[[], float]) -> float:
    return other() if value is None else float(value)


def equal(left: Value, right: Value) -> bool:
    """XPath = of two single values whose types show only now."""
    if isinstance(left, bool) or isinstance(right, bool):
        return truth(left) == truth(right)
    if isinstance(left, (int, float)) or isinstance(right, (int, float)):
        return number(left) == number(right)
    return string(left) == string(right)


def differ(left: Value, right: Value) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return truth(left) != truth(right)
    if isinstance(left, (int, float)) or isinstance(right, (int, float)):
        return number(left) != number(right)
    return string(left) != string(right)


def some(test: Callable[[Any, Any], bool], left: Iterable[Any], right: Iterable[Any]) -> bool:
    """XPath's comparison of node-sets: true when it holds for any pair."""
    others = list(right)
    return any(test(one, other) for one in left for other in others)


def numbers(values: Iterable[Value]) -> list[float]:
    return [number(value) for value in values]


def strings(values: Iterable[Value]) -> list[str]:
    return [string(value) for value in values]


def fits(value: Value, place: int) -> bool:
    """A predicate whose type shows only now: a number is a position, all else a condition."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value == place
    return truth(value)


def count_non_empty(values: Iterable[Value]) -> int:
    return sum(1 for value in values if value not in (None, "", []))


def choice_name(items: Iterable[tuple[str, str]], value: str) -> str:
    return next((label for name, label in items if name == value), "")


def pull(index: Mapping[str, Sequence[Mapping[str, str]]], column: str, value: str) -> str:
    rows = index.get(value, ())
    return rows[0].get(column, "") if rows else ""


def uuid(length: float = 36) -> str:
    text = str(uuids.uuid4())
    while len(text) < length < 1000:
        text += str(uuids.uuid4())
    return text[: int(length)] if 0 <= length < 1000 else text


def function_name(name: str) -> str:
    """The Python name of an ODK function in the namespace."""
    return "f_" + name.replace("-", "_")


NAMESPACE: dict[str, Any] = {
    **{function_name(name): function.run for name, function in FUNCTIONS.items()},
    "number": number,
    "string": string,
    "truth": truth,
    "NAN": NAN,
    "NodeList": NodeList,
    "divide": divide,
    "modulo": modulo,
    "first": first,
    "nth": nth,
    "fits": fits,
    "place_of": place_of,
    "coalesce": coalesce,
    "coalesce_number": coalesce_number,
    "equal": equal,
    "differ": differ,
    "some": some,
    "numbers": numbers,
    "strings": strings,
    "count_non_empty": count_non_empty,
    "choice_name": choice_name,
    "pull": pull,
    "uuid": uuid,
    "random": random.random,
    "normalize_space": FUNCTIONS["normalize-space"].run,
}
