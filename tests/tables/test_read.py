"""Workbooks as rows: every value where it stands, with what merging and formulas did to it."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from dajian.tables.faults import Unreadable
from dajian.tables.read import Area, address, read_workbook
from dajian.tables.sheet_xml import column_number
from tests.tables.archives import changed, with_cells, workbook


def read(content: bytes):
    return read_workbook(BytesIO(content), "填报.xlsx")


def written(fill):
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        fill(book, book.add_worksheet("表"))
    return read(content.getvalue()).sheets[0]


@given(st.integers(0, 10**6), st.integers(0, 18_000))
def test_addresses_are_those_of_excel(row, column):
    letters = address(row, column).rstrip("0123456789")
    assert address(row, column) == f"{letters}{row + 1}"
    assert column_number(letters.encode()) == column + 1
    assert address(row, column) == xlsxwriter.utility.xl_rowcol_to_cell(row, column)


def test_rows_count_from_a1_wherever_the_data_begins():
    sheet = written(lambda book, page: page.write("C4", "x"))
    assert sheet.rows[3][2] == "x"
    assert sum(v != "" for row in sheet.rows for v in row) == 1


def test_values_keep_their_kind():
    def fill(book, page):
        page.write_row(0, 0, ["字", 1.5, True])
        page.write_datetime(0, 3, datetime(2019, 5, 1), book.add_format({"num_format": "yyyy-mm-dd"}))  # noqa: DTZ001
        page.write_datetime(0, 4, time(8, 30), book.add_format({"num_format": "hh:mm"}))

    assert written(fill).rows[0] == ["字", 1.5, True, date(2019, 5, 1), time(8, 30)]


def test_merged_ranges_are_named_by_their_corners():
    sheet = written(lambda book, page: page.merge_range("B2:D3", "合并"))
    assert sheet.merged == (Area(1, 1, 2, 3),)
    assert str(sheet.merged[0]) == "B2:D3"


def test_error_cells_and_formulas_without_result_are_told_and_others_are_not():
    def fill(book, page):
        page.write_formula("A1", "=1/0", value="#DIV/0!")
        page.write_formula("B1", "=C1", value=7)
        page.write_formula("C1", '=""', value="")
        page.write("D1", 't="e" <f>')

    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        fill(book, book.add_worksheet())
    stored = changed(content.getvalue(), lambda n, b: b.replace(b'<c r="C1">', b'<c r="C1" t="str">'))
    sheet = read(stored).sheets[0]
    assert sheet.unusable == {(0, 0): "#DIV/0!"}
    assert sheet.rows[0][1:3] == [7.0, ""]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ('<c r="B9"><f>A1</f></c>', {(8, 1): ""}),
        ('<c r="B9"><f>A1</f><v></v></c>', {(8, 1): ""}),
        ('<c r="B9"><f>A1</f><v/></c>', {(8, 1): ""}),
        ("<c t='e' s='0' r='B9'><v>#REF!</v></c>", {(8, 1): "#REF!"}),
        ('<c r="B9" t="str"><f>A1</f><v></v></c>', {}),
        ('<c r="B9"><f>A1</f><v>3</v></c>', {}),
        ('<c r="B9"/><c r="C9" t="e"><v>#N/A</v></c>', {(8, 2): "#N/A"}),
    ],
)
def test_whoever_wrote_the_cell_its_formula_is_judged_alike(cell, found):
    assert read(with_cells(f'<row r="9">{cell}</row>')).sheets[0].unusable == found


def test_cells_without_address_are_counted_from_the_left():
    sheet = read(with_cells('<row r="9"><c><v>1</v></c><c t="e"><v>#REF!</v></c></row>')).sheets[0]
    assert sheet.unusable == {(8, 1): "#REF!"}
    assert sheet.rows[8] == [1.0, ""]


def test_formulas_are_found_under_a_prefix_of_the_namespace():
    def change(name: str, body: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return body
        cell = b'<x:row r="9"><x:c r="B9" t="e"><x:v>#REF!</x:v></x:c></x:row>'
        head = b'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
        return b'<?xml version="1.0"?>' + head + cell + b"</x:sheetData></x:worksheet>"

    assert read(changed(workbook(), change)).sheets[0].unusable == {(8, 1): "#REF!"}


def test_percent_cells_are_known_by_their_format():
    def fill(book, page):
        page.write("A1", 0.35, book.add_format({"num_format": "0%"}))
        page.write("B1", 0.35, book.add_format({"num_format": "0.0 %"}))
        page.write("C1", 0.35, book.add_format({"num_format": "0.00"}))

    assert written(fill).percent == {(0, 0), (0, 1)}


def test_hidden_sheets_are_read_and_charts_are_not():
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        book.add_worksheet("一").write("A1", 1)
        book.add_worksheet("二").hide()
        book.add_chartsheet("图").set_chart(chart := book.add_chart({"type": "bar"}))
        chart.add_series({"values": "=一!$A$1:$A$1"})
    assert [s.name for s in read(content.getvalue()).sheets] == ["一", "二"]


def test_a_workbook_that_counts_days_from_1904_says_so():
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"date_1904": True}) as book:
        book.add_worksheet().write("A1", 1)
    assert read(content.getvalue()).from_1904


def test_what_openpyxl_writes_is_read_alike():
    book = openpyxl.Workbook()
    book.active["B2"], book.active["C3"] = "字", "=1+1"
    content = BytesIO()
    book.save(content)
    sheet = read(content.getvalue()).sheets[0]
    assert (sheet.rows[1][1], sheet.unusable) == ("字", {(2, 2): ""})


@pytest.mark.parametrize(
    ("member", "body"),
    [
        ("xl/_rels/workbook.xml.rels", None),
        ("xl/_rels/workbook.xml.rels", b"<a><b></a>"),
        ("xl/workbook.xml", b"<a><b></a>"),
        ("xl/worksheets/sheet1.xml", None),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>"),
        ("xl/sharedStrings.xml", b"<sst>"),
    ],
)
def test_a_workbook_without_a_part_or_with_a_broken_one_is_damaged(member, body):
    with pytest.raises(Unreadable, match="损坏"):
        read(changed(workbook(), lambda n, b: body if n == member else b))
