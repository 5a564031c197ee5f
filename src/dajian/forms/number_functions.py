"""ODK functions on numbers, and XPath's arithmetic where Python's differs."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from dajian.forms.values import NAN, NodeList, Value, number, truth


def rounded(value: float, places: float = 0.0) -> float:
    """Half away from zero, on the decimal digits as written (1.005 to two places is 1.01)."""
    if value != value or math.isinf(value):
        return value
    if places != places or abs(places) > 30:
        return NAN
    if places >= 0 and value == int(value):
        return value
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


def quiet(function: Callable[..., float]) -> Callable[..., float]:
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


def largest(*values: Value | NodeList) -> float:
    return max(_numbers(values), default=NAN)


def smallest(*values: Value | NodeList) -> float:
    return min(_numbers(values), default=NAN)


def _numbers(values: tuple[Value | NodeList, ...]) -> list[float]:
    """The numbers among the values and in the node-sets; what is none is left out, as in ODK Collect."""
    flat = [item for value in values for item in (value if isinstance(value, NodeList) else (value,))]
    return [found for value in flat if (found := number(value)) == found]


def checklist(least: float, most: float, *factors: bool) -> bool:
    count = sum(factors)
    return (least < 0 or count >= least) and (most < 0 or count <= most)


def weighted_checklist(least: float, most: float, *pairs: Value) -> bool:
    weight = sum(number(pairs[place + 1]) for place in range(0, len(pairs) - 1, 2) if truth(pairs[place]))
    return least <= weight <= most
