"""The returned workbook: the faulty cells are marked and no others, links resolve, a second round starts clean."""

from __future__ import annotations

import re
from io import BytesIO

import openpyxl
import pytest
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from dajian.forms.workbook import mark, read
from dajian.forms.workbook.marks import AUTHOR, COLOUR, NAMES
from dajian.tables.faults import Fault
from dajian.tables.read import read_workbook
from tests.forms.small_form import FORM, MAIN, ON, VEHICLE, Filled, faults, make_form, record


@pytest.fixture
def filled(tmp_path):
    return Filled(tmp_path / "填报.xlsx", record(0), record(1), record(2))


def marked(filled):
    """The reading, and the workbook returned for it."""
    reading = filled.read()
    out = filled.path.with_name("退回.xlsx")
    mark(filled.path, reading.problems, out)
    return reading, openpyxl.load_workbook(out)


def coloured(book):
    return {
        (sheet.title, cell.coordinate)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb == COLOUR
    }


def commented(book):
    return {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if not isinstance(cell, MergedCell) and cell.comment
    }


def spoil(filled):
    filled.set(MAIN, "人数（人）", "约50", 1)
    filled.set(MAIN, "单位全称", None, 2)
    filled.set(VEHICLE, "数量", 500, 1)
    filled[MAIN]["A9"] = "注：初稿"
    filled[MAIN].merge_cells("A9:D9")
    filled[MAIN]["Z3"] = "备注"


def test_exactly_the_faulty_cells_are_coloured_and_commented_with_their_message(filled):
    spoil(filled)
    reading, book = marked(filled)
    assert len(reading.problems) == 5
    assert coloured(book) == {(p.sheet, p.cell) for p in reading.problems}
    assert commented(book) == {(p.sheet, p.cell): p.message for p in reading.problems}


def test_the_list_leads_to_every_cell(filled):
    spoil(filled)
    reading, book = marked(filled)
    listed = book.worksheets[0]
    assert listed.title == "错误清单"
    assert book.active is listed
    rows = list(listed.iter_rows(min_row=3))
    assert [(r[1].value, r[2].value, r[3].value) for r in rows] == [
        (p.sheet, p.cell, NAMES[p.code]) for p in reading.problems
    ]
    for row, problem in zip(rows, reading.problems, strict=True):
        sheet, cell = re.fullmatch(r"'(.+)'!([A-Z]+\d+)", row[2].hyperlink.location).groups()
        assert (sheet.replace("''", "'"), cell) == (problem.sheet, problem.cell)
        assert sheet.replace("''", "'") in book.sheetnames


def test_links_resolve_for_sheets_whose_names_hold_quotes_and_spaces(tmp_path):
    filled = Filled(tmp_path / "填报.xlsx", record(0))
    filled[MAIN].title = "Bob's 企业 表"
    filled.book["Bob's 企业 表"]["H4"] = "x"
    reading, book = marked(filled)
    assert [p.sheet for p in reading.problems] == ["Bob's 企业 表"]
    assert book.worksheets[0]["C3"].hyperlink.location == "'Bob''s 企业 表'!H4"


def test_a_text_that_looks_like_a_formula_is_not_one_in_the_list(filled):
    filled[MAIN]["Z3"] = "@备注"
    filled[MAIN].title = "+表"
    _, book = marked(filled)
    assert book.worksheets[0]["B3"].data_type == "s"


def test_everything_else_stays_as_it_was(filled):
    sheet = filled[MAIN]
    sheet["A5"].font = Font(bold=True, color="FF00AA00")
    sheet["A5"].fill = PatternFill("solid", fgColor="FFFFFF00")
    sheet["B6"].comment = Comment("已电话核实", "林某")
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[6].height = 40
    filled.book.create_sheet("草稿")["B2"] = "自己的笔记"
    filled.set(MAIN, "人数（人）", "约50", 1)
    _, book = marked(filled)
    before = openpyxl.load_workbook(filled.path)
    for old in before.worksheets:
        new = book[old.title]
        for row in old.iter_rows():
            for cell in row:
                twin = new[cell.coordinate]
                assert twin.value == cell.value
                assert twin.font.b == cell.font.b
                if (old.title, cell.coordinate) not in coloured(book):
                    assert twin.fill.fgColor.rgb == cell.fill.fgColor.rgb
    assert book[MAIN]["B6"].comment.text == "已电话核实"
    assert book[MAIN].column_dimensions["C"].hidden
    assert book[MAIN].row_dimensions[6].height == 40
    old_rules, new_rules = (b[MAIN].data_validations.dataValidation for b in (before, book))
    assert [str(r.sqref) for r in new_rules] == [str(r.sqref) for r in old_rules]
    assert book["_选项"].sheet_state == "hidden"


def test_results_of_formulas_stay_in_the_returned_workbook(tmp_path):
    import xlsxwriter

    path, out = tmp_path / "公式.xlsx", tmp_path / "退回.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("表")
        page.write_formula("A1", "=1+1", value=2)
        page.write_formula("B1", '="a"&"b"', value="ab")
        page.write_formula("C1", "=1/0", value="#DIV/0!")
        page.write_formula("D1", "=1<2", value=True)
    mark(path, [Fault("表", "E1", "required", "没有填写")], out)
    before, after = (read_workbook(p).sheets[-1] for p in (path, out))
    assert after.rows[0][:4] == before.rows[0][:4] == [2.0, "ab", "", True]
    assert after.unusable == before.unusable == {(0, 2): "#DIV/0!"}
    assert openpyxl.load_workbook(out)["表"]["A1"].value == "=1+1"


def test_a_persons_own_comment_stays_above_ours_and_is_left_when_the_fault_is_mended(filled):
    cell = filled.set(MAIN, "人数（人）", "约50", 1)
    filled[MAIN][cell].comment = Comment("我估计的", "林某")
    reading, book = marked(filled)
    assert book[MAIN][cell].comment.text.startswith("我估计的\n")
    assert reading.problems[0].message in book[MAIN][cell].comment.text
    book[MAIN][cell].value = 50
    book.save(filled.path)
    mark(filled.path, read(FORM, filled.path, on=ON).problems, filled.path.with_name("再退.xlsx"))
    again = openpyxl.load_workbook(filled.path.with_name("再退.xlsx"))[MAIN][cell]
    assert (again.comment.text, again.comment.author) == ("我估计的", "林某")


def test_a_returned_workbook_uploaded_again_is_read_as_if_it_had_no_marks(filled):
    spoil(filled)
    reading, book = marked(filled)
    out = filled.path.with_name("退回.xlsx")
    again = read(FORM, out, on=ON)
    assert faults(again) == faults(reading)
    assert again.ignored == ()


def test_marking_again_takes_the_earlier_marks_away_and_gives_back_the_colour(filled):
    mended = filled.set(MAIN, "人数（人）", "约50", 1)
    filled[MAIN][mended].fill = PatternFill("solid", fgColor="FFFFFF00")
    filled.set(MAIN, "单位全称", None, 2)
    _, book = marked(filled)
    book[MAIN][mended].value = 50
    book.save(filled.path)
    reading = read(FORM, filled.path, on=ON)
    mark(filled.path, reading.problems, filled.path.with_name("再退.xlsx"))
    again = openpyxl.load_workbook(filled.path.with_name("再退.xlsx"))
    assert coloured(again) == {(MAIN, "A6")} == {(p.sheet, p.cell) for p in reading.problems}
    assert set(commented(again)) == {(MAIN, "A6")}
    assert again[MAIN][mended].fill.fgColor.rgb == "FFFFFF00"
    assert [s for s in again.sheetnames if s.startswith("错误清单")] == ["错误清单"]


def test_a_sheet_of_the_persons_own_with_that_name_is_kept(filled):
    filled.book.create_sheet("错误清单")["A1"] = "我的清单"
    filled.set(MAIN, "人数（人）", "约50", 1)
    _, book = marked(filled)
    assert book["错误清单"]["A1"].value == "我的清单"
    assert book["错误清单 2"]["C3"].value == "H5"


def test_marking_reads_a_stream_and_writes_one(filled):
    filled.set(MAIN, "人数（人）", "约50", 1)
    problems = filled.read().problems
    out = BytesIO()
    mark(BytesIO(filled.path.read_bytes()), problems, out, name="填报.xlsx")
    assert coloured(openpyxl.load_workbook(BytesIO(out.getvalue()))) == {(MAIN, "H5")}


def test_comments_are_known_by_their_author(filled):
    filled.set(MAIN, "人数（人）", "约50", 1)
    _, book = marked(filled)
    assert book[MAIN]["H5"].comment.author == AUTHOR


def test_a_form_with_a_quote_in_its_label_gets_a_sheet_that_excel_allows(tmp_path):
    form = make_form((("text", "unit_credit_code", "代码", "yes"),), {}, title="'问卷'：[甲]/乙?")
    assert Filled(tmp_path / "a.xlsx", form=form).book.sheetnames[1] == "问卷 甲 乙"
