"""Units whose code may be empty: in the workbook their rows in other sheets name them by a number instead."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dajian.forms.workbook import Reading, read, template
from tests.provinces.answers import REQUIRED_ALONE, form_of

ON = date(2019, 5, 20)
CODE = "2019-350102-44-02-000123"


def project(name: str, pieces: int, **more: Any) -> dict[str, Any]:
    record = REQUIRED_ALONE["project"]
    return record | {"project_name": name, "demand": [record["demand"][0] | {"pieces": pieces}]} | more


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Two projects without a code and one with, each with its own demand."""
    rows = [project("示例甲电站", 1), project("示例乙电站", 2), project("示例丙电站", 3, project_code=CODE)]
    template(form_of("project"), path := tmp_path / "项目.xlsx", years=(2018, 2019), rows=rows)
    return path


def told(path: Path) -> Reading:
    return read(form_of("project"), path, on=ON, years=(2018, 2019))


def pieces(reading: Reading) -> dict[str, int]:
    return {r["project_name"]: r["demand"][0]["pieces"] for r in reading.records}


def column(sheet, header: str) -> int:
    return next(cell.column for cell in sheet[3] if str(cell.value).startswith(header))


def changed(path: Path, sheet: int, header: str, row: int, value: Any) -> Path:
    book = openpyxl.load_workbook(path)
    page = book.worksheets[sheet]
    page.cell(row, column(page, header)).value = value
    book.save(path)
    return path


def test_a_project_without_a_code_keeps_its_rows_by_its_number(book: Path) -> None:
    page = openpyxl.load_workbook(book).worksheets[2]
    assert [page.cell(row, 1).value for row in (4, 5, 6)] == ["1", "2", CODE]
    reading = told(book)
    assert reading.problems == ()
    assert pieces(reading) == {"示例甲电站": 1, "示例乙电站": 2, "示例丙电站": 3}
    assert "project_code" not in reading.records[0]


def test_a_number_stored_as_a_number_and_one_beside_a_code_are_understood_too(book: Path) -> None:
    for row, value in ((4, 1), (6, 3)):
        changed(book, 2, "投资项目统一代码", row, value)
    assert pieces(told(book)) == {"示例甲电站": 1, "示例乙电站": 2, "示例丙电站": 3}


def test_the_column_may_bear_the_codes_own_header_and_the_numbers_may_be_left_out(book: Path) -> None:
    for sheet in (2, 3):
        changed(book, sheet, "投资项目统一代码", 3, "投资项目统一代码")
    page = openpyxl.load_workbook(book)
    page.worksheets[1].delete_cols(column(page.worksheets[1], "序号"))
    page.save(book)
    reading = told(book)
    assert list(pieces(reading)) == ["示例丙电站"]
    assert {fault.code for fault in reading.problems} == {"orphan", "count"}


def test_of_two_with_one_number_neither_takes_the_others_rows(book: Path) -> None:
    reading = told(changed(book, 1, "序号", 5, "1"))
    [fault] = [fault for fault in reading.problems if fault.code == "twin"]
    assert "与第 4 行是同一个单位（序号 1）" in fault.message
    assert list(pieces(reading)) == ["示例丙电站"]


def test_a_row_that_names_nobody_says_where_the_number_stands(book: Path) -> None:
    reading = told(changed(book, 2, "投资项目统一代码", 4, None))
    [fault] = [fault for fault in reading.problems if fault.code == "orphan"]
    assert "没有填写投资项目统一代码（没有的填序号）" in fault.message


def test_the_code_of_a_project_is_not_marked_as_required(book: Path) -> None:
    header = [str(cell.value) for cell in openpyxl.load_workbook(book).worksheets[1][3]]
    assert "投资项目统一代码" in header
    assert "序号" in header
