"""The ODK functions that need nothing but their arguments, as one table: name, what each argument is read as, result.

Functions that look at the form itself (position, count, instance, indexed-repeat, jr:choice-name …) or must not read
all arguments (if, coalesce) are compiled in xpath_calls.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from dajian.forms import date_functions as dates
from dajian.forms import geometry
from dajian.forms import number_functions as numbers
from dajian.forms import text_functions as texts


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


FUNCTIONS: dict[str, Function] = {
    "true": Function(lambda: True, "", "bool", 0),
    "false": Function(lambda: False, "", "bool", 0),
    "concat": Function(texts.concat, "", "str", 0, "V"),
    "join": Function(texts.join, "s", "str", 1, "V"),
    "selected": Function(texts.selected, "vs", "bool", 2),
    "is-selected": Function(texts.selected, "vs", "bool", 2),
    "regex": Function(texts.regex, "ss", "bool", 2),
    "not": Function(lambda value: not value, "b", "bool", 1),
    "floor": Function(numbers.floor, "n", "num", 1),
    "ceiling": Function(numbers.ceiling, "n", "num", 1),
    "decimal-date-time": Function(dates.decimal_date_time, "v", "num", 1),
    "decimal-time": Function(dates.decimal_time, "v", "num", 1),
    "format-date-time": Function(dates.format_date_time, "vs", "str", 2),
    "format-date": Function(dates.format_date_time, "vs", "str", 2),
    "string-length": Function(len, "s", "num", 1),
    "count-selected": Function(texts.count_selected, "v", "num", 1),
    "selected-at": Function(texts.selected_at, "vn", "str", 2),
    "date-time": Function(dates.to_date_time, "v", "str", 1),
    "date": Function(dates.to_date, "v", "str", 1),
    "boolean": Function(lambda value: value, "b", "bool", 1),
    "string": Function(lambda value: value, "s", "str", 1),
    "number": Function(lambda value: value, "n", "num", 1),
    "int": Function(numbers.integer, "n", "num", 1),
    "round": Function(numbers.rounded, "nn", "num", 1),
    "contains": Function(lambda text, part: part in text, "ss", "bool", 2),
    "starts-with": Function(str.startswith, "ss", "bool", 2),
    "ends-with": Function(str.endswith, "ss", "bool", 2),
    "boolean-from-string": Function(texts.boolean_from_string, "s", "bool", 1),
    "normalize-space": Function(lambda text: " ".join(text.split()), "s", "str", 1),
    "substr": Function(texts.substr, "snn", "str", 2),
    "substring": Function(texts.substring, "snn", "str", 2),
    "substring-before": Function(texts.substring_before, "ss", "str", 2),
    "substring-after": Function(texts.substring_after, "ss", "str", 2),
    "translate": Function(texts.translate, "sss", "str", 3),
    "sum": Function(numbers.total, "N", "num", 1),
    "max": Function(numbers.largest, "", "num", 1, "V"),
    "min": Function(numbers.smallest, "", "num", 1, "V"),
    "checklist": Function(numbers.checklist, "nn", "bool", 2, "b"),
    "weighted-checklist": Function(numbers.weighted_checklist, "nn", "bool", 2, "v"),
    "abs": Function(abs, "n", "num", 1),
    "pow": Function(numbers.power, "nn", "num", 2),
    "sqrt": Function(numbers.quiet(math.sqrt), "n", "num", 1),
    "exp": Function(numbers.quiet(math.exp), "n", "num", 1),
    "exp10": Function(lambda value: numbers.power(10.0, value), "n", "num", 1),
    "log": Function(numbers.quiet(math.log), "n", "num", 1),
    "log10": Function(numbers.quiet(math.log10), "n", "num", 1),
    "pi": Function(lambda: math.pi, "", "num", 0),
    "sin": Function(numbers.quiet(math.sin), "n", "num", 1),
    "cos": Function(numbers.quiet(math.cos), "n", "num", 1),
    "tan": Function(numbers.quiet(math.tan), "n", "num", 1),
    "asin": Function(numbers.quiet(math.asin), "n", "num", 1),
    "acos": Function(numbers.quiet(math.acos), "n", "num", 1),
    "atan": Function(numbers.quiet(math.atan), "n", "num", 1),
    "atan2": Function(numbers.quiet(math.atan2), "nn", "num", 2),
    "area": Function(geometry.area_m2, "", "num", 1, "V"),
    "enclosed-area": Function(geometry.area_m2, "", "num", 1, "V"),
    "distance": Function(geometry.distance_m, "", "num", 1, "V"),
    "geofence": Function(geometry.inside, "ss", "bool", 2),
    "digest": Function(texts.digest, "sss", "str", 2),
    "base64-decode": Function(texts.base64_decode, "s", "str", 1),
}
