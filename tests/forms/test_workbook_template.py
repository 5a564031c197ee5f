"""The workbook to fill in: what a person finds in it, and that what was put in is read back."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dajian.forms.evaluate import validate
from dajian.forms.workbook import instructions_of, read, template
from dajian.forms.workbook.layout import plain, tables
from dajian.tables.read import read_workbook
from tests.forms.small_form import CLIENT, FORM, MAIN, ON, VEHICLE, YEARS, Filled, faults, make_form, record


def book(form=FORM, **more):
    content = BytesIO()
    template(form, content, years=YEARS, **more)
    return openpyxl.load_workbook(content)


def headers(sheet):
    return [c.value for c in sheet[3] if c.value]


def test_instructions_come_first_then_the_units_and_a_sheet_for_each_repeat():
    assert book().sheetnames == ["填写说明", MAIN, VEHICLE, CLIENT, "_选项"]
    assert book()["_选项"].sheet_state == "hidden"


def test_asked_questions_have_a_column_and_computed_ones_and_pictures_have_none():
    found = headers(book()[MAIN])
    assert "2018年收入（万元） ＊" in found
    assert not {"门面照片", "车辆合计"} & {h.removesuffix(" ＊") for h in found}


def test_a_label_used_twice_in_a_sheet_takes_its_group_before_it():
    found = headers(book()[MAIN])
    assert "法定代表人：姓名" in found
    assert "联系人：姓名" in found
    assert "姓名" not in found


def test_required_columns_and_only_these_are_marked():
    marked = [h for h in headers(book()[VEHICLE]) if h.endswith("＊")]
    assert marked == ["统一社会信用代码 ＊", "车型 ＊", "数量 ＊", "轴线数 ＊"]


def test_groups_stand_in_a_band_above_the_header():
    sheet = book()[MAIN]
    at = headers(sheet).index("联系人：姓名")
    assert sheet.cell(2, at + 1).value == "联系人"


def test_choices_are_dropped_down_from_the_hidden_sheet_with_labels_told_apart():
    loaded = book()
    rules = {str(r.sqref).split(":")[0]: r for r in loaded[MAIN].data_validations.dataValidation}
    area = next(c.column_letter for c in loaded[MAIN][3] if c.value == "地区")
    formula = rules[f"{area}4"].formula1
    column = formula.split("$")[1]
    assert [c.value for c in loaded["_选项"][column] if c.value] == ["鼓楼区（350102）", "鼓楼区（320106）", "新罗区"]


def test_codes_phones_and_dates_are_text_before_anything_is_typed():
    sheet = book()[MAIN]
    kinds = {
        str(cell.value).removesuffix(" ＊"): look.number_format
        for cell in sheet[3]
        for look in sheet.column_dimensions.values()
        if look.min <= cell.column <= look.max
    }
    assert [kinds[h] for h in ("统一社会信用代码", "手机", "成立日期", "人数（人）")] == ["@", "@", "@", "0"]


def test_the_instruction_sheet_lists_every_column_and_what_cannot_be_filled_in():
    sheet = book()["填写说明"]
    texts = [str(c.value) for row in sheet.iter_rows() for c in row if c.value]
    for table in tables(FORM, YEARS):
        assert {c.header for c in table.columns} <= set(texts)
    assert any("门面照片（照片）" in t for t in texts)
    assert any("顿号" in t for t in texts)


def test_the_forms_own_instructions_stand_on_the_first_sheet_with_their_years(tmp_path):
    own = openpyxl.Workbook()
    own.active.title = "填写说明"
    own.active.append(["{Y}年调查 填写说明"])
    own.active.append(["一、范围"])
    own.save(tmp_path / "问卷.xlsx")
    lines = instructions_of(read_workbook(tmp_path / "问卷.xlsx"))
    assert [book(instructions=lines)["填写说明"].cell(r, 1).value for r in (1, 2)] == [
        "2018年调查 填写说明",
        "一、范围",
    ]


def test_the_sheet_stays_readable_on_screen_and_on_paper():
    sheet = book()[MAIN]
    assert sheet.freeze_panes == "C4"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$2:$3"


def test_the_years_of_the_campaign_decide_the_headers_and_a_workbook_of_other_years_is_refused(tmp_path):
    from dajian.tables.faults import Unreadable

    filled = Filled(tmp_path / "填报.xlsx", record())
    with pytest.raises(Unreadable, match="2019年收入"):
        filled.read(years=(2019, 2020))
    assert filled.read(years=YEARS).accepted == 1


def test_two_repeats_with_the_same_questions_keep_their_rows_apart(tmp_path):
    """cases.md K09."""
    survey = (
        ("text", "unit_credit_code", "统一社会信用代码", "yes"),
        ("begin_repeat", "own", "自有车辆"),
        ("text", "名称", "名称", "yes"),
        ("integer", "数量", "数量"),
        ("end_repeat",),
        ("begin_repeat", "hired", "租用车辆"),
        ("text", "名称", "名称", "yes"),
        ("integer", "数量", "数量"),
        ("end_repeat",),
    )
    form = make_form(survey, {}, form_id="fleet", title="车队")
    given_record = {
        "unit_credit_code": "91350100MA0000001A",
        "own": [{"名称": "甲", "数量": 1}, {"名称": "乙", "数量": 2}],
        "hired": [{"名称": "丙", "数量": 3}, {"名称": "丁", "数量": 4}, {"名称": "戊", "数量": 5}],
    }
    filled = Filled(tmp_path / "车队.xlsx", given_record, form=form)
    assert [len(list(filled[s].iter_rows(min_row=4))) for s in ("自有车辆", "租用车辆")] == [2, 3]
    assert filled.read().records == [given_record]


NESTED = (
    ("text", "unit_name", "单位", "yes"),
    ("begin_repeat", "order", "订单"),
    ("text", "goods", "货物", "yes"),
    ("begin_repeat", "piece", "件"),
    ("decimal", "mass", "质量（吨）", "yes", "", ". > 0", "大于 0"),
    ("end_repeat",),
    ("end_repeat",),
)
NESTED_FORM = make_form(NESTED, {}, form_id="orders", title="订货")
NESTED_RECORDS = [
    {"unit_name": "甲厂", "order": [{"goods": "塔筒", "piece": [{"mass": 30.0}, {"mass": 31.0}]}, {"goods": "叶片"}]},
    {"unit_name": "乙厂"},
    {
        "unit_name": "丙厂",
        "order": [{"goods": "罐", "piece": [{"mass": 5.5}]}, {"goods": "塔", "piece": [{"mass": 6.5}]}],
    },
]


def test_without_a_code_units_are_numbered_and_nested_rows_name_the_row_around_them(tmp_path):
    filled = Filled(tmp_path / "订货.xlsx", *NESTED_RECORDS, form=NESTED_FORM)
    assert [h.removesuffix(" ＊") for h in headers(filled["件"])] == ["单位序号", "订单序号", "质量（吨）"]
    assert filled.read().records == NESTED_RECORDS


def test_a_fault_in_a_nested_row_is_told_there_whatever_the_order_of_its_sheet(tmp_path):
    filled = Filled(tmp_path / "订货.xlsx", *NESTED_RECORDS, form=NESTED_FORM)
    sheet = filled["件"]
    rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=4, max_row=7)]
    for number, values in enumerate(reversed(rows), 4):
        for column, value in enumerate(values, 1):
            sheet.cell(number, column).value = value
    sheet["C4"] = -1
    reading = filled.read()
    assert faults(reading) == [("件", "C4", "constraint")]
    assert [e.accepted for e in reading.entries] == [True, True, False]


def test_a_nested_row_that_names_no_row_is_an_orphan_and_spoils_its_unit(tmp_path):
    filled = Filled(tmp_path / "订货.xlsx", *NESTED_RECORDS, form=NESTED_FORM)
    filled["件"]["B4"] = "9"
    reading = filled.read()
    assert faults(reading) == [("件", "B4", "orphan")]
    assert [e.accepted for e in reading.entries] == [False, True, True]


words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Zs", "Cn")), min_size=2, max_size=20
)
chinese = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=12)
cents = st.integers(0, 10**11).map(lambda n: n / 100)
vehicles = st.lists(
    st.fixed_dictionaries({"kind": st.sampled_from(["tractor", "low", "4x2"]), "quantity": st.integers(1, 100)}),
    min_size=1,
    max_size=3,
)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {"unit_name": chinese, "revenue": cents, "vehicle": vehicles},
            optional={
                "employees": st.integers(0, 1000),
                "share": st.integers(-(10**6), 10_000).map(lambda n: n / 100),
                "since": st.dates(max_value=ON).filter(lambda d: d.year >= 1900).map(str),
                "cargo": st.lists(st.sampled_from(["beam", "tank", "blade", "other"]), min_size=1, unique=True),
                "contact_name": chinese,
                "client": st.lists(st.fixed_dictionaries({"client_name": chinese}), min_size=1, max_size=2),
            },
        ),
        max_size=4,
    )
)
def test_whatever_valid_records_are_written_the_same_are_read(records):
    given_records = [{"unit_credit_code": f"91350100MA{i:08d}", "eligible": "yes", **r} for i, r in enumerate(records)]
    content = BytesIO()
    template(FORM, content, years=YEARS, rows=given_records)
    reading = read(FORM, content, on=ON, years=YEARS, name="填报.xlsx")
    assert faults(reading) == []
    assert reading.records == [validate(FORM, r, on=ON, strict=True).record for r in given_records]


@settings(max_examples=60, deadline=None)
@given(words)
def test_a_name_of_any_letters_is_read_as_written_or_with_digits_of_common_width(text):
    content = BytesIO()
    template(FORM, content, years=YEARS, rows=[record(unit_name=text)])
    found = read(FORM, content, on=ON, years=YEARS, name="填报.xlsx").records[0]["unit_name"]
    assert plain(found) == plain(text)
