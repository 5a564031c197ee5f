"""An answer as sent (text, or already typed) -> the value that a record keeps, by the question's type."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from dajian.forms.model import Question
from dajian.forms.values import clock_seconds, is_date, is_moment

MISSING: Any = None  # an empty answer: it has no key in a record

_INTEGER = re.compile(r"[+-]?\d{1,15}\Z", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)\Z", re.ASCII)
_CHOICE = re.compile("[^\\s\x00-\x1f\ud800-\udfff\ufffe\uffff]+\\Z")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Reader: TypeAlias = Callable[[Any], Any]


class BadAnswer(Exception):
    """Not of the question's type; `expected` says what is."""

    def __init__(self, expected: str):
        super().__init__(expected)
        self.expected = expected


def read_text(value: Any) -> Any:
    if not isinstance(value, str):
        raise BadAnswer("应为文字")
    if _CONTROL.search(value):
        raise BadAnswer("含有不可见的控制字符，请重新输入")
    return value if value.strip() else MISSING


def read_integer(value: Any) -> Any:
    if isinstance(value, str):
        text = value.strip()
        if not text:
            return MISSING
        if _INTEGER.match(text):
            return int(text)
    elif isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**15:
        return value
    elif isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return int(value)
    raise BadAnswer("应为整数")


def read_decimal(value: Any) -> Any:
    if isinstance(value, str):
        text = value.strip()
        if not text:
            return MISSING
        if len(text) < 400 and _DECIMAL.match(text):
            return float(text) + 0.0  # no -0.0: two digests for one value
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        try:
            if math.isfinite(found := float(value)):
                return found + 0.0
        except OverflowError:
            pass
    raise BadAnswer("应为数字")


def _text_that(test: Callable[[str], object], expected: str) -> Reader:
    def read(value: Any) -> Any:
        if not isinstance(value, str):
            raise BadAnswer(expected)
        text = value.strip()
        if not text:
            return MISSING
        if not test(text):
            raise BadAnswer(expected)
        return text

    return read


def _is_place(text: str) -> bool:
    parts = text.split()
    if not 2 <= len(parts) <= 4 or not all(map(_DECIMAL.match, parts)):
        return False
    return abs(float(parts[0])) <= 90 and abs(float(parts[1])) <= 180


def _is_line(text: str) -> bool:
    return all(_is_place(part) for part in text.split(";") if part.strip())


def _is_file(text: str) -> bool:
    return not _CONTROL.search(text) and not set("/\\") & set(text)


def read_choice(value: Any) -> Any:
    if not isinstance(value, str):
        raise BadAnswer("应为一个选项")
    text = value.strip()
    if not text:
        return MISSING
    if not _CHOICE.match(text):
        raise BadAnswer("应为一个选项")
    return text


def read_choices(value: Any) -> Any:
    """The chosen names without repetition, as given."""
    if isinstance(value, str):
        value = value.split()
    if not isinstance(value, (list, tuple)) or not all(isinstance(name, str) for name in value):
        raise BadAnswer("应为若干选项")
    names = list(dict.fromkeys(name.strip() for name in value if name.strip()))
    if not all(map(_CHOICE.match, names)):
        raise BadAnswer("应为若干选项")
    return names or MISSING


def choices_in_order(places: Mapping[str, int]) -> Reader:
    """read_choices, put in the order of the choices (unknown ones last)."""

    def read(value: Any) -> Any:
        names = read_choices(value)
        return sorted(names, key=lambda name: places.get(name, len(places))) if names else names

    return read


def read_any(value: Any) -> Any:
    """A calculated or hidden value: text, number or truth."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return read_decimal(value)
    return read_text(value)


_PLACE = "应为经纬度，如 26.08 119.30"
READERS: dict[str, Reader] = {
    "text": read_text,
    "integer": read_integer,
    "decimal": read_decimal,
    "date": _text_that(is_date, "应为日期，如 2026-03-01"),
    "time": _text_that(lambda text: clock_seconds(text) is not None, "应为时刻，如 08:30"),
    "datetime": _text_that(is_moment, "应为日期和时刻，如 2026-03-01T08:30:00+08:00"),
    "geopoint": _text_that(_is_place, _PLACE),
    "geotrace": _text_that(_is_line, "应为一串经纬度，用分号隔开"),
    "geoshape": _text_that(_is_line, "应为一串经纬度，用分号隔开"),
    "image": _text_that(_is_file, "应为文件名"),
    "audio": _text_that(_is_file, "应为文件名"),
    "video": _text_that(_is_file, "应为文件名"),
    "file": _text_that(_is_file, "应为文件名"),
    "select_one": read_choice,
    "select_multiple": read_choices,
    "rank": read_choices,
}


def reader(question: Question) -> Reader:
    """How a question's answers are read; a calculation by its data type."""
    if question.type in READERS:
        return READERS[question.type]
    return READERS[question.datatype] if question.datatype in ("integer", "decimal") else read_any
