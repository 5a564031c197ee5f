"""One cell, one answer: what a person may have typed for a question, and what is none.

Whatever has one meaning is read: full-width digits and brackets, thousands separators, a number or a date as text, a
label or its code. What has two meanings, or none, is a fault; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from dajian.forms.model import Question
from dajian.forms.workbook.answer import CONTROL, EXACT, NUMBER, Answer, Bad, Reader, code_text, narrow, shown
from dajian.forms.workbook.choices import read_one, read_several
from dajian.forms.workbook.layout import plain
from dajian.forms.workbook.moments import read_date, read_datetime, read_time
from dajian.tables.read import Value

_EXPONENT = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d{2}", re.ASCII)
_CODE_NAME = re.compile(r"(?:^|_)(?:code|no|plate|vin|mobile|phone)$")
_COORDINATES = re.compile(r"[\s,，;；、]+")


def reader(question: Question, from_1904: bool = False) -> Reader:
    """How the cells of one question's column are read. Same texts are read once."""
    read = _READERS[question.type](question, 1462 if from_1904 else 0)
    known: dict[Value, Answer | Bad | None] = {}

    def _cell(value: Value) -> Answer | Bad | None:
        if type(value) is not str:
            return read(value)
        if value not in known:
            known[value] = read(value) if value.strip() else None
        answer = known[value]
        return list(answer) if type(answer) is list else answer

    return _cell


def is_code(question: Question) -> bool:
    """Whether the text is a number or code in which a space or a full-width digit means nothing."""
    return question.type == "text" and bool(_CODE_NAME.search(question.name))


def _text(question: Question, _: int) -> Reader:
    code = is_code(question)

    def _cell(value: Value) -> Answer | Bad | None:
        if isinstance(value, str):
            if code and _EXPONENT.fullmatch(value.strip()):
                return Bad("lost_digits", value.strip())
            return code_text(value) if code else _sentence(value)
        if isinstance(value, float) and not isinstance(value, bool):
            if abs(value) >= EXACT:
                return Bad("lost_digits", f"{value:.0f}")
            return str(int(value)) if value.is_integer() else repr(value)
        return shown(value)

    return _cell


def _sentence(text: str) -> str | None:
    text = CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not text.isascii() and not any("\u3400" <= c <= "\u9fff" for c in text):
        text = narrow(text)  # no Chinese in it: a full-width digit is only a digit
    return text or None


def _number(question: Question, _: int) -> Reader:
    whole = question.type == "integer"
    percent = "%" in plain(question.label)

    def _cell(value: Value) -> Answer | Bad | None:
        if isinstance(value, bool) or not isinstance(value, float | int | str):
            return Bad("type", shown(value))
        if isinstance(value, str):
            text = narrow(value).strip()
            text = text.removesuffix("%").rstrip() if percent else text
            if not NUMBER.fullmatch(text):
                return Bad("type", value.strip())
            value = float(text.replace(",", ""))
        if not whole:
            return float(value)
        return int(value) if float(value).is_integer() else Bad("type", shown(value))

    return _cell


def _geopoint(_: Question, __: int) -> Reader:
    def _cell(value: Value) -> Answer | Bad | None:
        text = narrow(value).strip() if isinstance(value, str) else ""
        parts = [p for p in _COORDINATES.split(text) if p]
        if not 2 <= len(parts) <= 4 or not all(NUMBER.fullmatch(p) for p in parts):
            return Bad("type", shown(value))
        first, second, *rest = (float(p) for p in parts)
        if abs(first) > 90 and abs(second) <= 90:  # no latitude is above 90: longitude was written first
            first, second = second, first
        if abs(first) > 90 or abs(second) > 180:
            return Bad("type", shown(value))
        return " ".join(f"{n:.10g}" for n in (first, second, *rest, 0, 0)[:4])

    return _cell


_READERS: dict[str, Callable[[Question, int], Reader]] = {
    "text": _text,
    "integer": _number,
    "decimal": _number,
    "date": read_date,
    "time": read_time,
    "datetime": read_datetime,
    "geopoint": _geopoint,
    "select_one": read_one,
    "select_multiple": read_several,
}
