"""One cell, one answer: what a person may have typed for a question, and what is none.

Whatever has one meaning is read: full-width digits and brackets, thousands separators, a number or a date as text, a
label or its code. What has two meanings, or none, is a fault; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dajian.forms.model import Choice, Question
from dajian.forms.workbook.layout import plain
from dajian.tables.read import Value

Answer = str | int | float | list[str]


@dataclass(frozen=True)
class Bad:
    """Not an answer to the question. `shown`: what stands there, for the message and for the rules of relevance."""

    code: str  # type choice lost_digits
    shown: str


Reader = Callable[[Value], Answer | Bad | None]  # None: nothing there

EXACT = 10**15  # Excel keeps 15 digits of a number
_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?|[+-]?\.\d+", re.ASCII)
_EXPONENT = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d{2}", re.ASCII)
_DAY = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})[日号]?|(\d{2})(\d{2}))", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2})[:时点](\d{1,2})(?:分)?(?::?(\d{1,2})(?:\.0+)?秒?)?", re.ASCII)
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CHINESE_DAY = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]"
)
_TIME_OF_DAY = re.compile(r"[T ]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b]")
_CODE_NAME = re.compile(r"(?:^|_)(?:code|no|plate|vin|mobile|phone)$")
_NARROW = str.maketrans({0xFEE0 + code: code for code in range(0x21, 0x7F)} | {0x3000: " ", 0x2212: "-", 0xA0: " "})
_SEPARATOR = re.compile(r"\s*[、，,；;／/|｜]\s*|\s+")
_COORDINATES = re.compile(r"[\s,，;；、]+")
_DAY_1 = date(1899, 12, 30)  # day 0 of Excel's count, right from 1900-03-01 on
_DAYS = range(61, 73_415)  # up to 2100


def reader(question: Question, from_1904: bool = False) -> Reader:
    """How the cells of one question's column are read. Same texts are read once."""
    read = _READERS[question.type](question, 1462 if from_1904 else 0)
    known: dict[Value, Answer | Bad | None] = {}

    def cell(value: Value) -> Answer | Bad | None:
        if type(value) is not str:
            return read(value)
        if value not in known:
            known[value] = read(value) if value.strip() else None
        answer = known[value]
        return list(answer) if type(answer) is list else answer

    return cell


def shown(value: Value) -> str:
    """A cell as a message quotes it."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(value).strip()


def narrow(text: str) -> str:
    """Full-width letters, digits, marks and spaces as ASCII has them; nothing else changes."""
    return text.translate(_NARROW)


def is_code(question: Question) -> bool:
    """Whether the text is a number or code in which a space or a full-width digit means nothing."""
    return question.type == "text" and bool(_CODE_NAME.search(question.name))


def code_text(value: Value) -> str:
    """A code as one writes it: ASCII width, capital letters, no spaces nor the apostrophe that keeps it a text.

    '' for one that lost its last digits.
    """
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < EXACT else ""
    return "".join(narrow(_CONTROL.sub("", str(value))).split()).lstrip("'’‘").upper()


def _text(question: Question, _: int) -> Reader:
    code = is_code(question)

    def read(value: Value) -> Answer | Bad | None:
        if isinstance(value, str):
            if code and _EXPONENT.fullmatch(value.strip()):
                return Bad("lost_digits", value.strip())
            return code_text(value) if code else _sentence(value)
        if isinstance(value, float) and not isinstance(value, bool):
            if abs(value) >= EXACT:
                return Bad("lost_digits", f"{value:.0f}")
            return str(int(value)) if value.is_integer() else repr(value)
        return shown(value)

    return read


def _sentence(text: str) -> str | None:
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not text.isascii() and not any("\u3400" <= c <= "\u9fff" for c in text):
        text = narrow(text)  # no Chinese in it: a full-width digit is only a digit
    return text or None


def _number(question: Question, _: int) -> Reader:
    whole = question.type == "integer"
    percent = "%" in plain(question.label)

    def read(value: Value) -> Answer | Bad | None:
        if isinstance(value, bool) or not isinstance(value, float | int | str):
            return Bad("type", shown(value))
        if isinstance(value, str):
            text = narrow(value).strip()
            text = text.removesuffix("%").rstrip() if percent else text
            if not _NUMBER.fullmatch(text):
                return Bad("type", value.strip())
            value = float(text.replace(",", ""))
        if not whole:
            return float(value)
        return int(value) if float(value).is_integer() else Bad("type", shown(value))

    return read


def _date(_: Question, shift: int) -> Reader:
    def read(value: Value) -> Answer | Bad | None:
        day = _day(value, shift)
        return day.isoformat() if day else Bad("type", shown(value))

    return read


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


def _time(_: Question, __: int) -> Reader:
    def read(value: Value) -> Answer | Bad | None:
        at = _clock(value)
        return at.isoformat("milliseconds") if at else Bad("type", shown(value))

    return read


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


def _datetime(_: Question, shift: int) -> Reader:
    def read(value: Value) -> Answer | Bad | None:
        day, at = None, None
        if isinstance(value, datetime):
            day, at = value.date(), value.time()
        elif isinstance(value, str):
            first, _, second = narrow(value).strip().replace("T", " ").partition(" ")
            day, at = _day(first, shift), _clock(second)
        return f"{day}T{at.isoformat('milliseconds')}+08:00" if day and at else Bad("type", shown(value))

    return read


def _geopoint(_: Question, __: int) -> Reader:
    def read(value: Value) -> Answer | Bad | None:
        text = narrow(value).strip() if isinstance(value, str) else ""
        parts = [p for p in _COORDINATES.split(text) if p]
        if not 2 <= len(parts) <= 4 or not all(_NUMBER.fullmatch(p) for p in parts):
            return Bad("type", shown(value))
        first, second, *rest = (float(p) for p in parts)
        if abs(first) > 90 and abs(second) <= 90:  # no latitude is above 90: longitude was written first
            first, second = second, first
        if abs(first) > 90 or abs(second) > 180:
            return Bad("type", shown(value))
        return " ".join(f"{n:.10g}" for n in (first, second, *rest, 0, 0)[:4])

    return read


def spellings(choices: tuple[Choice, ...]) -> dict[str, str]:
    """Every text that means one choice, as `plain` writes it: its label, its code, or both."""
    labels: dict[str, list[str]] = {}
    for choice in choices:
        labels.setdefault(plain(choice.label), []).append(choice.name)
    known = {label: names[0] for label, names in labels.items() if label and len(names) == 1}
    known |= {plain(c.name): c.name for c in choices if plain(c.name) not in known}
    return known | {plain(f"{c.label}（{c.name}）"): c.name for c in choices}


def choice_text(choices: tuple[Choice, ...], name: str) -> str:
    """How a choice stands in a workbook: its label, with the code where two labels are alike."""
    choice = next((c for c in choices if c.name == name), None)
    if choice is None or not choice.label:
        return name
    alike = sum(plain(c.label) == plain(choice.label) for c in choices)
    return choice.label if alike == 1 else f"{choice.label}（{choice.name}）"


def _one(question: Question, _: int) -> Reader:
    known = spellings(question.choices)

    def read(value: Value) -> Answer | Bad | None:
        text = _chosen(value)
        return known.get(plain(text)) or Bad("choice", text)

    return read


def _several(question: Question, _: int) -> Reader:
    known = spellings(question.choices)
    order = {choice.name: i for i, choice in enumerate(question.choices)}

    def read(value: Value) -> Answer | Bad | None:
        text = _chosen(value)
        names = _split(text, known)
        return sorted(set(names), key=order.__getitem__) if names else Bad("choice", text)

    return read


def _split(text: str, known: dict[str, str]) -> list[str] | None:
    """The choices listed in a text; a label may itself hold a separator, so the longest run of parts is tried first."""
    parts = _SEPARATOR.split(text.strip("、，,；;／/|｜ \n"))
    marks = _SEPARATOR.findall(text.strip("、，,；;／/|｜ \n"))
    names: list[str] = []
    start = 0
    while start < len(parts):
        for end in range(len(parts), start, -1):
            run = parts[start] + "".join(
                m + p for m, p in zip(marks[start : end - 1], parts[start + 1 : end], strict=True)
            )
            if name := known.get(plain(run)):
                names.append(name)
                start = end
                break
        else:
            return None
    return names


def _chosen(value: Value) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else shown(value)


_READERS: dict[str, Callable[[Question, int], Reader]] = {
    "text": _text,
    "integer": _number,
    "decimal": _number,
    "date": _date,
    "time": _time,
    "datetime": _datetime,
    "geopoint": _geopoint,
    "select_one": _one,
    "select_multiple": _several,
}
