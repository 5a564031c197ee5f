"""A laid out book as an .xlsx file."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dajian.demo.grid import Book, Formula, Sheet, Spot, Value

GUIDE = ("填写说明", "一家企业占一行；车辆、线路等另有工作表，用统一社会信用代码对应。")


def write(book: Book, on: date, path: Path) -> None:
    """The instruction sheet first, then the book's sheets. Same book and date, same bytes."""
    with Workbook(str(path)) as file:
        file.set_properties({"author": "大件运输许可服务", "created": datetime(on.year, on.month, on.day)})  # noqa: DTZ001
        guide = file.add_worksheet(GUIDE[0])
        for row, line in enumerate(GUIDE):
            guide.write_string(row, 0, line)
        head = file.add_format(
            {"bold": True, "bg_color": "#DCEAF2", "text_wrap": True, "valign": "vcenter", "border": 1}
        )
        day = file.add_format({"num_format": "yyyy-mm-dd"})
        for sheet in book.sheets.values():
            _sheet(file.add_worksheet(sheet.name), sheet, head, day)


def _sheet(target: Worksheet, sheet: Sheet, head: Format, day: Format) -> None:
    target.set_column(0, len(sheet.columns), 16)
    target.freeze_panes(sheet.header_row + 1, 0)
    for first, last in sheet.merged:
        target.merge_range(first.row, first.column, last.row, last.column, "")
    for spot, value in sorted(sheet.cells.items(), key=lambda cell: (cell[0].row, cell[0].column)):
        _cell(target, spot, value, head if spot.row == sheet.header_row else None, day)
    for row in sheet.hidden:
        target.set_row(row, None, None, {"hidden": True})


def _cell(target: Worksheet, spot: Spot, value: Value, style: Format | None, day: Format) -> None:
    if isinstance(value, Formula):
        target.write_formula(spot.row, spot.column, value.text, style, value.stored)
    elif isinstance(value, str):
        target.write_string(spot.row, spot.column, value, style)
    elif isinstance(value, int | float):
        target.write_number(spot.row, spot.column, value, style)
    else:
        target.write_datetime(spot.row, spot.column, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
