"""Tables are found wherever they were moved, and a workbook that is not this form's is refused."""

from __future__ import annotations

import openpyxl
import pytest

from dajian.forms.workbook import read
from dajian.tables.faults import Unreadable
from tests.forms.small_form import CLIENT, CODES, FORM, MAIN, ON, VEHICLE, Filled, faults, make_form, record


@pytest.fixture
def filled(tmp_path):
    return Filled(tmp_path / "填报.xlsx", record(0), record(1))


def rearranged(filled, sheet, order):
    """The columns of a sheet in another order."""
    page = filled[sheet]
    rows = [[c.value for c in row] for row in page.iter_rows(min_row=3)]
    for number, values in enumerate(rows, 3):
        for column, old in enumerate(order, 1):
            page.cell(number, column).value = values[old]


def test_columns_may_stand_in_any_order(filled):
    expected = filled.read().records
    rearranged(filled, VEHICLE, [5, 2, 0, 4, 1, 3])
    rearranged(filled, MAIN, list(reversed(range(16))))
    reading = filled.read()
    assert faults(reading) == []
    assert reading.records == expected


def test_the_table_may_begin_further_down_and_to_the_right(filled):
    expected = filled.read().records
    filled[MAIN].unmerge_cells("E2:P2") if "E2:P2" in map(str, filled[MAIN].merged_cells.ranges) else None
    for area in list(filled[MAIN].merged_cells.ranges):
        filled[MAIN].unmerge_cells(str(area))
    filled[MAIN].insert_cols(1, 3)
    filled[MAIN].insert_rows(1, 5)
    reading = filled.read()
    assert (reading.records, faults(reading)) == (expected, [])
    assert reading.entries[0].row == 9


def test_the_band_above_the_header_may_be_missing(filled):
    for area in list(filled[MAIN].merged_cells.ranges):
        filled[MAIN].unmerge_cells(str(area))
    filled[MAIN].delete_rows(1, 2)
    assert filled.read().accepted == 2


def test_a_header_cell_merged_with_the_band_above_is_found(filled):
    page = filled[MAIN]
    page["A2"], page["A3"] = page["A3"].value, None
    page.merge_cells("A2:A3")
    page["D2"], page["D3"] = page["D3"].value, None
    page.merge_cells("D2:D3")
    assert (filled.read().accepted, faults(filled.read())) == (2, [])


def test_a_header_of_two_rows_is_read_with_its_lower_row(filled):
    page = filled[MAIN]
    page.insert_rows(4)
    for cell in page[3]:
        if cell.value not in ("法定代表人：姓名", "联系人：姓名"):
            page.merge_cells(f"{cell.coordinate}:{cell.column_letter}4")
    page["E4"], page["F4"] = page["E3"].value, page["F3"].value
    page["E3"] = "两位"
    page.merge_cells("E3:F3")
    reading = filled.read()
    assert (reading.accepted, faults(reading)) == (2, [])
    assert (reading.records[0]["owner_name"], reading.entries[0].row) == ("林某", 5)


def test_a_header_merged_into_the_data_is_a_fault_and_loses_no_record(filled):
    filled[MAIN].merge_cells("H3:H4")
    reading = filled.read()
    assert faults(reading) == [(MAIN, "H3", "merged")]
    assert [e.accepted for e in reading.entries] == [False, True]


@pytest.mark.parametrize("change", ["{}", " {} ", "{}*", "＊{}", "{}（必填）", "【{}】"])
def test_a_header_is_known_by_its_words_whatever_its_width_spaces_and_marks(filled, change):
    page = filled[MAIN]
    header = next(c for c in page[3] if c.value == "人数（人）")
    header.value = change.format("人 数（人)")
    expected = [] if "【" not in change else [(MAIN, header.coordinate, "header_unknown")]
    assert faults(filled.read()) == expected


def test_sheets_may_be_renamed_and_moved(filled):
    expected = filled.read().records
    filled[MAIN].title, filled[VEHICLE].title, filled[CLIENT].title = "Sheet1", "2", "３"
    filled.book.move_sheet("Sheet1", 3)
    del filled.book["填写说明"]
    reading = filled.read()
    assert (reading.records, faults(reading)) == (expected, [])


def test_a_sheet_of_another_kind_is_not_read_and_named(filled):
    filled.book.create_sheet("草稿")["A1"] = "自己的笔记"
    filled.book.create_sheet("空")
    assert filled.read().ignored == ("草稿",)


def test_the_sheet_of_an_optional_repeat_may_be_missing(filled):
    del filled.book[CLIENT]
    reading = filled.read()
    assert reading.accepted == 2
    assert "client" not in reading.records[0]


def test_the_sheet_of_a_demanded_repeat_may_not(filled):
    del filled.book[VEHICLE]
    with pytest.raises(Unreadable, match="缺少工作表「车辆」"):
        filled.read()


def test_a_missing_required_column_is_named_with_what_stands_instead(filled):
    next(c for c in filled[MAIN][3] if str(c.value).startswith("2018年收入")).value = "营收"
    with pytest.raises(Unreadable) as caught:
        filled.read()
    assert "「企业调查」表第 3 行缺少必需的列「2018年收入（万元）」（不认识的表头：营收）" in caught.value.message
    assert [(f.sheet, f.cell) for f in caught.value.faults] == [(MAIN, "A3")]


def test_a_missing_optional_column_is_no_fault(filled):
    filled[MAIN].delete_cols(16)
    reading = filled.read()
    assert reading.accepted == 2
    assert "area" not in reading.records[0]


def test_a_workbook_of_another_form_is_refused_and_says_what_is_missing(tmp_path):
    survey = (("text", "unit_credit_code", "代码", "yes"), ("text", "colour", "颜色", "yes"), ("integer", "n", "个数"))
    other = make_form(survey, {}, form_id="other", title="别的表")
    filled = Filled(tmp_path / "别的.xlsx", {"unit_credit_code": CODES[0], "colour": "红", "n": 1}, form=other)
    assert filled.read().accepted == 1
    with pytest.raises(Unreadable, match="不是《企业调查》的填报表"):
        read(FORM, filled.path, on=ON)


def test_an_empty_workbook_is_not_this_forms(tmp_path):
    path = tmp_path / "空.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(Unreadable, match="不是《企业调查》的填报表"):
        read(FORM, path, on=ON)
