"""One case for each fault code, and the odd but right cells that raise none."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from dajian.forms.workbook import CODES
from tests.forms.small_form import CLIENT, FORM, MAIN, VEHICLE, Filled, faults, make_form, record
from tests.forms.small_form import CODES as UNITS

CODE, NAME = "统一社会信用代码", "单位全称"


@pytest.fixture
def filled(tmp_path):
    return Filled(tmp_path / "填报.xlsx", record(0), record(1), record(2))


# sheet, header, row of the record, what stands there, code
SINGLE = [
    (MAIN, "人数（人）", 1, "约50", "type"),
    (MAIN, "人数（人）", 1, 12.5, "type"),
    (MAIN, "人数（人）", 1, date(2019, 1, 2), "type"),
    (MAIN, "2018年收入（万元）", 1, "1,5", "type"),
    (MAIN, "2018年收入（万元）", 1, "12万", "type"),
    (MAIN, "成立日期", 1, "2019年2月30日", "type"),
    (MAIN, "成立日期", 1, "2019年5月", "type"),
    (MAIN, "成立日期", 1, "5/1/2019", "type"),
    (MAIN, "营业时间", 1, "25:00", "type"),
    (MAIN, "位置", 1, "福州市", "type"),
    (MAIN, "是否属于调查对象", 1, "也许", "choice"),
    (MAIN, "货物", 1, "预制梁、火箭", "choice"),
    (MAIN, "地区", 1, "鼓楼区", "choice"),  # two areas are called so
    (MAIN, NAME, 1, None, "required"),
    (MAIN, "2018年收入（万元）", 1, "  ", "required"),
    (MAIN, "手机", 1, "12345", "constraint"),
    (MAIN, "人数（人）", 1, 1001, "constraint"),
    (MAIN, "不属于的原因", 1, "已停业", "irrelevant"),
    (MAIN, NAME, 1, "=A4&1", "formula"),
    (MAIN, "人数（人）", 1, "#DIV/0!", "formula"),
    (VEHICLE, "数量", 2, "两辆", "type"),
    (VEHICLE, "数量", 2, 101, "constraint"),
    (VEHICLE, "车型", 2, None, "required"),
    (VEHICLE, "轴线数", 2, 12, "irrelevant"),
    (VEHICLE, "轴线数", 2, "十二", "irrelevant"),
    (VEHICLE, CODE, 1, "91350100MA0000009Z", "orphan"),
    (VEHICLE, CODE, 1, None, "orphan"),
    (CLIENT, "占比（%）", 1, 101, "constraint"),
]


@pytest.mark.parametrize(("sheet", "header", "number", "value", "code"), SINGLE)
def test_one_wrong_cell_is_one_fault_at_that_cell(filled, sheet, header, number, value, code):
    cell = filled.set(sheet, header, value, number)
    reading = filled.read()
    assert faults(reading) == [(sheet, cell, code)]


@pytest.mark.parametrize("value", ["91350100MA000002", "91350100MA0000002+", "无", 913501000000045])
def test_a_wrong_code_is_told_once_where_the_whole_workbook_uses_it(filled, value):
    cell = filled.rename(UNITS[1], value)
    assert faults(filled.read()) == [(MAIN, cell, "constraint")]


@pytest.mark.parametrize(("sheet", "header", "number", "value", "code"), [c for c in SINGLE if c[4] != "orphan"])
def test_a_record_with_a_fault_is_rejected_whole_and_the_others_are_accepted(
    filled, sheet, header, number, value, code
):
    filled.set(sheet, header, value, number)
    reading = filled.read()
    assert (reading.accepted, reading.rejected) == (2, 1)
    assert [r["unit_credit_code"] for r in reading.records] == [UNITS[0], UNITS[2]]


def test_an_empty_template_gives_no_record_and_no_fault(tmp_path):
    reading = Filled(tmp_path / "空.xlsx").read()
    assert (reading.accepted, reading.rejected, reading.problems) == (0, 0, ())


def test_a_unit_given_again_is_a_twin_further_down_and_the_first_one_stands(filled):
    cell = filled.set(MAIN, CODE, f" {UNITS[0]} ", 2)
    filled.set(VEHICLE, CODE, UNITS[0], 4)
    filled.set(VEHICLE, CODE, UNITS[0], 5)
    filled.set(CLIENT, CODE, UNITS[0], 2)
    reading = filled.read()
    assert faults(reading) == [(MAIN, cell, "twin")]
    assert [len(r["vehicle"]) for r in reading.records] == [4, 2]


def test_a_unit_without_a_demanded_row_is_told_at_its_key(filled):
    filled[VEHICLE].delete_rows(6, 2)
    reading = filled.read()
    assert faults(reading) == [(MAIN, filled.cell(MAIN, CODE, 1), "count")]


def test_a_repeat_row_is_not_missed_where_a_row_names_its_unit_unreadably(filled):
    filled[VEHICLE].delete_rows(7)
    cell = filled.set(VEHICLE, CODE, "=1+1", 2)
    reading = filled.read()
    assert faults(reading) == [(VEHICLE, cell, "formula")]


def test_an_unknown_header_is_told_once_and_its_column_not_read(filled):
    filled[MAIN]["X3"] = "备注"
    filled[MAIN]["X4"] = "请尽快"
    reading = filled.read()
    assert faults(reading) == [(MAIN, "X3", "header_unknown")]
    assert reading.accepted == 3


def test_a_header_given_twice_is_told_at_the_second_and_only_rows_that_differ_are_rejected(filled):
    filled[MAIN]["X3"] = "人数(人)"
    filled[MAIN]["X4"], filled[MAIN]["X5"] = 50, 51
    reading = filled.read()
    assert faults(reading) == [(MAIN, "X3", "header_double")]
    assert [e.accepted for e in reading.entries] == [True, False, True]


def test_text_beside_and_under_the_table_is_stray(filled):
    filled[MAIN]["Z5"] = "待核实"
    filled[MAIN]["A8"] = "注：以上由各县报送"
    filled[MAIN]["A9"], filled[MAIN]["C9"] = "填表人：林某", "2019年5月1日"
    filled[VEHICLE]["A12"], filled[VEHICLE]["C12"] = "合计", 9
    reading = filled.read()
    cells = [(MAIN, "Z5"), (MAIN, "A8"), (MAIN, "A9"), (MAIN, "C9"), (VEHICLE, "A12"), (VEHICLE, "C12")]
    assert faults(reading) == [(*cell, "stray") for cell in cells]
    assert [e.accepted for e in reading.entries] == [True, False, True]


def test_a_header_that_stands_again_further_down_is_passed_over(filled):
    """As where the sheets of several counties were pasted one under the other."""
    page = filled[MAIN]
    page.insert_rows(5)
    for column in range(1, 17):
        page.cell(5, column).value = page.cell(3, column).value
    reading = filled.read()
    assert (reading.accepted, faults(reading)) == (3, [])


@pytest.mark.parametrize("label", ["合计", "合 计：", "总计（万元）", "小计"])
def test_a_sum_under_the_table_is_no_record_however_many_cells_it_fills(filled, label):
    filled[MAIN]["A7"], filled[MAIN]["H7"], filled[MAIN]["I7"], filled[MAIN]["J7"] = label, 150, 60, 3703.5
    assert faults(filled.read()) == [(MAIN, cell, "stray") for cell in ("A7", "H7", "I7", "J7")]


def test_a_title_and_notes_above_the_header_are_no_faults(filled):
    filled[MAIN].insert_rows(1, 2)
    filled[MAIN]["B1"], filled[MAIN]["K2"] = "二〇一九年调查", "单位：万元"
    assert filled.read().accepted == 3


def test_a_merged_range_is_told_at_its_first_cell_and_spoils_every_record_under_it(filled):
    filled[MAIN].merge_cells("N4:N5")
    reading = filled.read()
    assert faults(reading) == [(MAIN, "N4", "merged")]
    assert [e.accepted for e in reading.entries] == [False, False, True]


def test_one_code_merged_over_the_vehicles_of_a_unit_leaves_no_orphan(filled):
    filled[VEHICLE].merge_cells("A6:A7")
    reading = filled.read()
    assert faults(reading) == [(VEHICLE, "A6", "merged")]
    assert [e.accepted for e in reading.entries] == [True, False, True]


def test_a_merged_range_without_content_is_no_fault(filled):
    filled[MAIN].merge_cells("A20:F21")
    filled[MAIN].merge_cells("X4:Z4")
    assert faults(filled.read()) == []


def test_a_header_merged_over_two_columns_is_told_at_the_header(filled):
    at = filled.cell(MAIN, "位置")[0]
    filled[MAIN].merge_cells(f"{at}3:{chr(ord(at) + 1)}3")
    reading = filled.read()
    assert faults(reading) == [(MAIN, f"{at}3", "merged")]


@pytest.mark.parametrize("value", [float(UNITS[3]), "9.13501E+17", "9.13501e17"])
def test_a_code_that_lost_its_digits_still_finds_its_vehicles(tmp_path, value):
    filled = Filled(tmp_path / "填报.xlsx", record(3))
    cell = filled.set(MAIN, CODE, value)
    assert faults(filled.read()) == [(MAIN, cell, "lost_digits")]


def test_questions_that_rest_on_an_unreadable_answer_are_not_judged(filled):
    """One slip colours one cell: what 'eligible' decides is not called irrelevant because 'eligible' is wrong."""
    cell = filled.set(MAIN, "是否属于调查对象", "对", 0)
    employees = filled.set(MAIN, "人数（人）", "五十", 1)
    reading = filled.read()
    assert faults(reading) == [(MAIN, cell, "choice"), (MAIN, employees, "type")]


def test_questions_that_rest_on_a_missing_answer_are_not_judged(filled):
    cell = filled.set(MAIN, "是否属于调查对象", None)
    assert faults(filled.read()) == [(MAIN, cell, "required")]


def test_an_unreadable_row_leaves_the_other_rows_judged(filled):
    cells = [filled.set(VEHICLE, "数量", value, row) for row, value in enumerate(["两辆", 500])]
    assert faults(filled.read()) == [(VEHICLE, cells[0], "type"), (VEHICLE, cells[1], "constraint")]


@pytest.mark.parametrize(("first", "expected"), [(60, ["constraint", "constraint"]), ("六十", ["type"])])
def test_a_rule_over_all_rows_is_not_judged_when_one_of_them_is_unreadable(tmp_path, first, expected):
    survey = (
        ("text", "unit_credit_code", "代码", "yes"),
        ("begin_repeat", "part", "部分"),
        ("decimal", "share", "占比（%）", "", "", "${total} <= 100", "相加不超过 100"),
        ("end_repeat",),
        ("calculate", "total", "合计", "", "", "", "", "sum(${share})"),
    )
    form = make_form(survey, {}, form_id="parts", title="占比表")
    rows = [{"share": 10}, {"share": 50}]
    filled = Filled(tmp_path / "a.xlsx", {"unit_credit_code": UNITS[0], "part": rows}, form=form)
    filled.set("部分", "占比（%）", first)
    filled.set("部分", "占比（%）", 70, 1)
    assert [code for *_, code in faults(filled.read())] == expected


def test_what_does_not_apply_is_told_in_every_filled_cell(tmp_path):
    filled = Filled(tmp_path / "填报.xlsx", record(0))
    filled.set(MAIN, "是否属于调查对象", "否")
    filled.set(MAIN, "不属于的原因", "已停业")
    reading = filled.read()
    assert {code for *_, code in faults(reading)} == {"irrelevant"}
    told = {cell for sheet, cell, _ in faults(reading) if sheet == VEHICLE}
    assert told == {"B4", "C4", "D4", "F4", "B5", "C5"}


def test_every_code_of_the_contract_has_a_case_here():
    told = {case[4] for case in SINGLE} | {
        "lost_digits",
        "twin",
        "count",
        "header_unknown",
        "header_double",
        "stray",
        "merged",
    }
    assert told == set(CODES)


# header, what stands there, key, what is read
ODD_BUT_RIGHT = [
    ("单位全称", "  福建运输（集团）公司\n", "unit_name", "福建运输（集团）公司"),
    (CODE, f" {UNITS[0]} ", "unit_credit_code", UNITS[0]),
    (CODE, "９１３５０１００MA0000001A", "unit_credit_code", UNITS[0]),
    (CODE, f"'{UNITS[0]}", "unit_credit_code", UNITS[0]),
    (CODE, "91350100ma 0000001a", "unit_credit_code", UNITS[0]),
    ("手机", 13900000001, "contact_mobile", "13900000001"),
    ("手机", "139 0000 0001", "contact_mobile", "13900000001"),
    ("联系人：姓名", 12, "contact_name", "12"),
    ("人数（人）", "５０", "employees", 50),
    ("人数（人）", " 50 ", "employees", 50),
    ("人数（人）", 50.0, "employees", 50),
    ("人数（人）", "50.0", "employees", 50),
    ("2018年收入（万元）", "1,234.50", "revenue", 1234.5),
    ("2018年收入（万元）", "１，２３４．５", "revenue", 1234.5),
    ("2018年收入（万元）", 0, "revenue", 0.0),
    ("占比（%）", "35%", "share", 35.0),
    ("占比（%）", "３５％", "share", 35.0),
    ("成立日期", date(2001, 2, 3), "since", "2001-02-03"),
    ("成立日期", datetime(2001, 2, 3), "since", "2001-02-03"),  # noqa: DTZ001 - a cell has no zone
    ("成立日期", 36925, "since", "2001-02-03"),
    ("成立日期", 20010203, "since", "2001-02-03"),
    ("成立日期", "2001年2月3日", "since", "2001-02-03"),
    ("成立日期", "2001/2/3", "since", "2001-02-03"),
    ("成立日期", "2001.02.03", "since", "2001-02-03"),
    ("成立日期", "２００１－２－３", "since", "2001-02-03"),
    ("成立日期", "20010203", "since", "2001-02-03"),
    ("成立日期", "二〇〇一年二月三日", "since", "2001-02-03"),
    ("成立日期", "2001-02-03 00:00:00", "since", "2001-02-03"),
    ("成立日期", "2001-02-03T08:30", "since", "2001-02-03"),
    ("营业时间", time(8, 30), "opens", "08:30:00.000"),
    ("营业时间", "8：30", "opens", "08:30:00.000"),
    ("位置", "26.08，119.3", "place", "26.08 119.3 0 0"),
    ("位置", "119.3, 26.08", "place", "26.08 119.3 0 0"),
    ("是否属于调查对象", " 是", "eligible", "yes"),
    ("是否属于调查对象", "YES", "eligible", "yes"),
    ("货物", "叶片(风电)", "cargo", ["blade"]),
    ("货物", "罐/塔，预制梁；其他", "cargo", ["beam", "tank", "other"]),
    ("货物", "beam tank", "cargo", ["beam", "tank"]),
    ("货物", "预制梁、预制梁、", "cargo", ["beam"]),
    ("地区", "鼓楼区（350102）", "area", "350102"),
    ("地区", 350102, "area", "350102"),
    ("地区", "新罗区", "area", "350802"),
]


@pytest.mark.parametrize(("header", "value", "key", "expected"), ODD_BUT_RIGHT)
def test_what_has_one_meaning_is_read_without_a_fault(filled, header, value, key, expected):
    filled.set(MAIN, header, value)
    reading = filled.read()
    assert faults(reading) == []
    assert reading.records[0][key] == expected


def test_a_number_shown_as_percent_is_read_as_shown(filled):
    cell = filled.set(MAIN, "占比（%）", 0.35)
    filled[MAIN][cell].number_format = "0%"
    assert filled.read().records[0]["share"] == 35.0


def test_blank_rows_hidden_rows_and_hidden_columns_are_read_like_others(filled):
    filled[MAIN].insert_rows(5, 2)
    filled[MAIN].row_dimensions[7].hidden = True
    filled[MAIN].column_dimensions["C"].hidden = True
    reading = filled.read()
    assert (reading.accepted, faults(reading)) == (3, [])
    assert [e.row for e in reading.entries] == [4, 7, 8]


def test_every_message_names_sheet_row_and_what_stands_there(filled):
    filled.set(MAIN, "人数（人）", "约50", 1)
    problem = filled.read().problems[0]
    assert (
        problem.message
        == "「企业调查」表第 5 行「人数（人）」：填了「约50」，应为整数，例如 30，不带单位和文字。请改正。"
    )
    assert problem.question == "employees"


def test_a_soft_check_is_told_at_its_cell_and_rejects_nothing(tmp_path):
    survey = (
        ("text", "unit_credit_code", "代码", "yes"),
        ("begin_repeat", "trip", "趟次"),
        ("decimal", "mass", "质量（吨）", "", "", "", "", "", "", ". < 500", "这么重，请确认"),
        ("end_repeat",),
    )
    form = make_form(survey, {}, form_id="trips", title="趟次表")
    filled = Filled(
        tmp_path / "a.xlsx", {"unit_credit_code": UNITS[0], "trip": [{"mass": 5}, {"mass": 900}]}, form=form
    )
    reading = filled.read()
    assert (reading.accepted, reading.problems) == (1, ())
    assert [(w.sheet, w.cell, w.question) for w in reading.entries[0].warnings] == [("趟次", "B5", "mass")]
    assert "这么重，请确认" in reading.entries[0].warnings[0].message


def test_entries_can_be_read_from_any_one_on(filled):
    from dajian.forms.workbook import open_filled
    from tests.forms.small_form import ON

    filled.set(MAIN, "人数（人）", "约50", 1)
    whole = filled.read()
    opened = open_filled(FORM, filled.path, on=ON)
    assert len(opened) == 3
    assert tuple(opened.entries(1)) == whole.entries[1:]
    assert [e.key for e in whole.entries] == list(UNITS[:3])
