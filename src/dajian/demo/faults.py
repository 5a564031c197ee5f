"""Faults to plant, each with the code that it has by construction.

A way of going wrong takes a book and a unit whose rows are all right, spoils them, and returns the cells at fault; it
returns () and changes nothing where the unit does not suit it. No way touches an answer on which another rule rests.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from dajian.demo.carriers import COST_PARTS, HYDRAULIC
from dajian.demo.grid import KEY, Book, Formula, Spot, Value
from dajian.demo.numbers import CODE_SIGNS, digits_only_code

Plant = Callable[[Book, Random, int], tuple[Spot, ...]]


@dataclass(frozen=True)
class Way:
    code: str
    plant: Plant


def typed(question: str, *wrong: Value | None) -> Plant:
    """One of the wrong values in place of an answer that is there."""

    def plant(book: Book, draw: Random, unit: int) -> tuple[Spot, ...]:
        rows = [row for row in range(_rows(book, unit, question)) if book.value(unit, question, row) is not None]
        if not rows or book.value(unit, "eligible") != "是":
            return ()
        return (book.put(unit, question, draw.choice(wrong), draw.choice(rows)),)

    return plant


def when(question: str, label: str | None, wrong: Plant) -> Plant:
    """Only for units whose answer is this one; None: that leave it empty."""
    return lambda book, draw, unit: wrong(book, draw, unit) if book.value(unit, question) == label else ()


def filled(question: str, *wrong: Value) -> Plant:
    """A value in a cell that is empty."""

    def plant(book: Book, draw: Random, unit: int) -> tuple[Spot, ...]:
        if book.spot(unit, question) is None or book.value(unit, question) is not None:
            return ()
        return (book.put(unit, question, draw.choice(wrong)),)

    return plant


def beyond(question: str, other: str, by: int) -> Plant:
    """A number so much off one that bounds it, up to nine times as much."""

    def plant(book: Book, draw: Random, unit: int) -> tuple[Spot, ...]:
        bound = book.value(unit, other)
        if not isinstance(bound, int | float) or book.value(unit, question) is None:
            return ()
        return (book.put(unit, question, bound + by * draw.randint(1, 9)),)

    return plant


def _rows(book: Book, unit: int, question: str) -> int:
    repeat = next(f.repeat for f in book.questionnaire.fields if f.name == question)
    return book.rows(unit, repeat) if repeat else 1


def _slip(book: Book, draw: Random, unit: int) -> tuple[Spot, ...]:
    """One wrong sign in the unit's code, the same in all sheets."""
    code = book.value(unit, KEY)
    place = draw.randrange(8, 17)
    assert isinstance(code, str)
    sign = draw.choice([sign for sign in CODE_SIGNS if sign != code[place]])
    book.rename(unit, code[:place] + sign + code[place + 1 :])
    spot = book.spot(unit, KEY)
    return (spot,) if spot else ()


def _expense_below_its_parts(book: Book, draw: Random, unit: int) -> tuple[Spot, ...]:
    parts = [book.value(unit, f"exp_{part}_10k") for part in COST_PARTS]
    total = sum(part for part in parts if isinstance(part, int | float))
    if total < 20:
        return ()
    return (book.put(unit, "expense_10k", round(total - draw.uniform(1, 9), 2)),)


def _shares_over_100(book: Book, draw: Random, unit: int) -> tuple[Spot, ...]:
    rows = range(book.rows(unit, "route"))
    if len(rows) < 2 or any(book.value(unit, "share_pct", row) is None for row in rows):
        return ()
    return tuple(book.put(unit, "share_pct", float(draw.randint(60, 99)), row) for row in rows)


def _plate_for_several(book: Book, draw: Random, unit: int) -> tuple[Spot, ...]:
    for row in range(book.rows(unit, "vehicle")):
        if book.value(unit, "plate", row) is not None:
            return (book.put(unit, "quantity", draw.randint(2, 9), row),)
    return ()


def _filled_in_advance(book: Book, draw: Random, unit: int) -> tuple[Spot, ...]:
    day = book.value(unit, "filled_on")
    if day is None or isinstance(day, str | int | float | Formula):
        return ()
    return (book.put(unit, "filled_on", day + timedelta(days=draw.randint(400, 800))),)


def _no_trouble_but_some(book: Book, draw: Random, unit: int) -> tuple[Spot, ...]:
    none, kinds = book.questionnaire.choices["problem"]["none"], book.value(unit, "problem_kinds")
    if not isinstance(kinds, str) or kinds == none or book.rows(unit, "problem"):
        return ()
    return (book.put(unit, "problem_kinds", f"{none}、{kinds}"),)


def _lines_without_hydraulics(book: Book, draw: Random, unit: int) -> tuple[Spot, ...]:
    for row in range(book.rows(unit, "vehicle")):
        if book.value(unit, "is_hydraulic", row) == "否":
            return (book.put(unit, "axle_lines", draw.randint(2, 12), row),)
    return ()


def _temporary_plate_of_a_registered_one(book: Book, draw: Random, unit: int) -> tuple[Spot, ...]:
    for row in range(book.rows(unit, "vehicle")):
        if book.value(unit, "registration", row) == "已正式登记":
            return (book.put(unit, "temp_plate_until", book.value(unit, "filled_on"), row),)
    return ()


def _hydraulic_without_lines(book: Book, draw: Random, unit: int) -> tuple[Spot, ...]:
    labels = [book.questionnaire.choices["vehicle_kind"][kind] for kind in HYDRAULIC]
    for row in range(book.rows(unit, "vehicle")):
        if book.value(unit, "vehicle_kind", row) in labels:
            return (book.put(unit, draw.choice(("axle_lines", "axle_files")), None, row),)
    return ()


def _code_as_number(book: Book, draw: Random, unit: int) -> tuple[Spot, ...]:
    code = book.value(unit, "client_credit_code")
    return (book.put(unit, "client_credit_code", float(code)),) if isinstance(code, str) and code.isdigit() else ()


def _own_code_as_number(book: Book, draw: Random, unit: int) -> tuple[Spot, ...]:
    """The unit's code is one of digits, right in the repeats' sheets and typed as a number in its own."""
    area = str(book.value(unit, KEY))[2:8]
    code = digits_only_code(area, draw)
    book.rename(unit, code)
    return (book.put(unit, KEY, float(code)),)


def _last_row(book: Book, unit: int, repeat: str) -> Spot | None:
    """The cell of the unit's code in the last of several rows."""
    n = book.rows(unit, repeat)
    return book.sheets[repeat].answers[unit][n - 1, KEY] if n > 1 else None


def _row_without_code(book: Book, draw: Random, unit: int) -> tuple[Spot, ...]:
    if not (spot := _last_row(book, unit, "vehicle")):
        return ()
    book.sheets["vehicle"].put(spot, None)
    return (spot,)


def _row_with_another_code(book: Book, draw: Random, unit: int) -> tuple[Spot, ...]:
    code = str(book.value(unit, KEY))
    if not (spot := _last_row(book, unit, "vehicle")):
        return ()
    book.sheets["vehicle"].put(spot, code[:16] + code[17] + code[16] if code[16] != code[17] else code[:17])
    return (spot,)


def _one_code_for_several_rows(book: Book, draw: Random, unit: int) -> tuple[Spot, ...]:
    """The unit's code written once, merged downwards over its vehicles."""
    sheet, n = book.sheets["vehicle"], book.rows(unit, "vehicle")
    spots = [sheet.answers[unit][row, KEY] for row in range(n)]
    if n < 2 or spots[-1].row - spots[0].row != n - 1:
        return ()
    for spot in spots[1:]:
        sheet.put(spot, None)
    sheet.merged.append((spots[0], spots[-1]))
    return (spots[0],)


def _two_in_one(book: Book, draw: Random, unit: int) -> tuple[Spot, ...]:
    """The addresses of a unit and of the one below it merged; the second keeps none, and is not needed for others."""
    sheet = book.sheets[""]
    first, second = book.spot(unit, "unit_address"), book.spot(unit + 1, "unit_address")
    if not first or not second or second.row != first.row + 1 or not book.value(unit, "unit_address"):
        return ()
    book.put(unit + 1, "unit_address", None)
    sheet.merged.append((first, second))
    return (first,)


BROKEN = (
    Formula("=1/0", "#DIV/0!"),
    Formula("=VLOOKUP(A1,B1:B2,2,FALSE)", "#N/A"),
    Formula("=#REF!*1.05", "#REF!"),
    Formula("=SUM(X1:X3)", ""),
)

WAYS = (
    Way("formula", typed("capital_10k", *BROKEN)),
    Way("formula", typed("cargo_t", *BROKEN)),
    Way("formula", typed("kerb_t", *BROKEN)),
    Way("irrelevant", _lines_without_hydraulics),
    Way("irrelevant", _temporary_plate_of_a_registered_one),
    Way("irrelevant", when("eligible", "是", filled("ineligible_reason", "正常经营", "无"))),
    Way("irrelevant", when("eligible", "否", filled("suggestions", "希望多宣传政策"))),
    Way("irrelevant", when("in_association", "否", filled("association_name", "无", "未加入"))),
    Way("irrelevant", when("uses_filing_agency", "否", filled("filing_fee_yuan", 500, 800))),
    Way(
        "irrelevant",
        when("revenue_unknown", None, when("eligible", "是", filled("revenue_unknown_reason", "保密", "见附件"))),
    ),
    Way("lost_digits", _code_as_number),
    Way("lost_digits", _own_code_as_number),
    Way("merged", _two_in_one),
    Way("merged", _one_code_for_several_rows),
    Way("orphan", _row_without_code),
    Way("orphan", _row_with_another_code),
    Way("type", typed("trips", "约三百趟", "12.5", "不详", Formula('="约"&30', "约30"))),
    Way("type", typed("cargo_t", "3万吨左右", "1..5", "见附件")),
    Way("type", typed("quantity", "两辆", "3台", "若干")),
    Way("type", typed("tyres", 12.5, "12个")),
    Way("type", typed("licence_until", "长期", "2027年", "2027-02-30", "13月1日")),
    Way("type", typed("filled_on", "上周五", "2026-13-01", "月底")),
    Way("choice", typed("dest_province", "大湾区", "华东", "出口")),
    Way("choice", typed("vehicle_kind", "挂车", "半挂", "牵引车头")),
    Way("choice", typed("satisfaction", "很好", "优秀")),
    Way("choice", typed("unit_area", "省直", "福建")),
    Way("choice", typed("policy_known", "免费网办、减免通行费", "全部了解")),
    Way("choice", typed("training_wish", "驾驶", "都需要")),
    Way("required", typed("unit_name", None)),
    Way("required", typed("via_text", None)),
    Way("required", typed("dest_text", None)),
    Way("required", typed("suggestions", None)),
    Way("required", typed("policy_known", None)),
    Way("required", typed("survey_mode", None)),
    Way("required", when("revenue_unknown", None, typed("revenue_10k", None))),
    Way("required", when("in_association", "是", typed("association_name", None))),
    Way("required", _hydraulic_without_lines),
    Way("constraint", typed("unit_name", "厂", "示例" * 41)),
    Way("constraint", _slip),
    Way("constraint", _expense_below_its_parts),
    Way("constraint", _shares_over_100),
    Way("constraint", _plate_for_several),
    Way("constraint", _filled_in_advance),
    Way("constraint", _no_trouble_but_some),
    Way("constraint", beyond("drivers", "employees", 1)),
    Way("constraint", beyond("oversize_revenue_10k", "revenue_10k", 1)),
    Way("constraint", beyond("max_gross_t", "max_piece_t", -1)),
    Way("constraint", typed("contact_mobile", "1380013800", "8707637", "12345678901")),
    Way("constraint", typed("client_credit_code", "91440300M000100Y4", "91440300000000000I")),
    Way("constraint", typed("filers_full", 201, -1, 5000)),
    Way("constraint", typed("max_width_m", 0, 31, 3200)),
    Way("constraint", typed("trips_per_year", -3, 1_000_000)),
    Way("constraint", typed("vin", "LZZ5CLSB8NA12345", "LZZ5CLSB8NA12345O")),
    Way("constraint", typed("plate", "福州12345", "闽I12345")),
    Way("constraint", typed("truth_confirmed", "否")),
)
