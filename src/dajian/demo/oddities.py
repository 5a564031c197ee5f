"""What people do to a workbook that changes nothing in its meaning: none of it may raise a fault."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

from dajian.demo.grid import Formula, Sheet, Spot, Value

FULL_WIDTH = {ord(half): chr(ord(half) + 0xFEE0) for half in "0123456789.-"}
BRACKETS = str.maketrans("（）", "()")
Odd = Callable[[Random, Value], Value]


def _number(draw: Random, value: Value) -> Value:
    assert isinstance(value, int | float)
    text = repr(value)
    grouped = f"{value:,}"
    return draw.choice((text, f" {text}", grouped, text.translate(FULL_WIDTH), Formula(f"={text}+0", float(text))))


def _day(draw: Random, value: Value) -> Value:
    assert isinstance(value, date)
    padded = value.isoformat()
    short = f"{value.year}/{value.month}/{value.day}"
    return draw.choice(
        (padded, short, padded.translate(FULL_WIDTH), f"{value.year}年{value.month}月{value.day}日", f" {short} ")
    )


def _text(draw: Random, value: Value) -> Value:
    text = str(value)
    return draw.choice((f" {text}", f"{text} ", f"\u3000{text}"))


def _code(draw: Random, value: Value) -> Value:
    text = str(value)
    return draw.choice((f" {text} ", f"{text}\u3000", text.translate(FULL_WIDTH)))


def _choice(draw: Random, value: Value) -> Value:
    text = str(value)
    return draw.choice((f" {text} ", text.translate(BRACKETS), f"{text}\u3000"))


ODD: dict[str, Odd] = {
    "integer": _number,
    "decimal": _number,
    "date": _day,
    "text": _text,
    "code": _code,
    "select_one": _choice,
    "select_multiple": _choice,
}
CODES = ("unit_credit_code", "client_credit_code", "contact_mobile", "contact2_mobile", "vin")


def disguise(sheet: Sheet, draw: Random, share: float, but: set[Spot]) -> None:
    """Writes this share of a sheet's right answers in another way that means the same."""
    kinds = {i: "code" if f.name in CODES else f.type for i, f in enumerate(sheet.columns) if f.type in ODD}
    for spot in [s for s in sheet.cells if s.row > sheet.header_row and s.column in kinds and s not in but]:
        value = sheet.cells[spot]
        if draw.random() < share and not isinstance(value, Formula):
            sheet.put(spot, ODD[kinds[spot.column]](draw, value))


def header(draw: Random, text: str) -> str:
    """A column's header as people retype it."""
    return draw.choice((text, text, text, f" {text} ", text.translate(BRACKETS)))
