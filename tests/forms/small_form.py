"""A small questionnaire with everything that a workbook has to carry, and filled workbooks of it to spoil."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl

from dajian.forms.model import Form
from dajian.forms.workbook import Reading, read, template
from dajian.forms.xlsform import load

ON = date(2019, 5, 20)
YEARS = (2018, 2019)
MAIN, VEHICLE, CLIENT = "企业调查", "车辆", "客户"
COLUMNS = (
    "type",
    "name",
    "label",
    "required",
    "relevant",
    "constraint",
    "constraint_message",
    "calculation",
    "hint",
    "warning",
    "warning_message",
)
SURVEY = (
    ("text", "unit_name", "单位全称", "yes", "", "string-length(.) >= 2", "请填全称"),
    ("text", "unit_credit_code", "统一社会信用代码", "yes", "", "regex(., '^[0-9A-Z]{18}$')", "应为 18 位"),
    ("select_one yes_no", "eligible", "是否属于调查对象", "yes"),
    ("text", "reason", "不属于的原因", "${eligible} = 'no'", "${eligible} = 'no'"),
    ("begin_group", "main", "企业情况", "", "${eligible} = 'yes'"),
    ("begin_group", "owner", "法定代表人"),
    ("text", "owner_name", "姓名"),
    ("end_group",),
    ("begin_group", "contact", "联系人"),
    ("text", "contact_name", "姓名"),
    ("text", "contact_mobile", "手机", "", "", "regex(., '^1[0-9]{10}$')", "应为 11 位手机号"),
    ("end_group",),
    ("integer", "employees", "人数（人）", "", "", ". >= 0 and . <= 1000", "0 到 1000"),
    ("integer", "drivers", "其中驾驶员（人）", "", "", ". <= ${employees}", "不超过人数"),
    ("decimal", "revenue", "{Y}年收入（万元）", "yes", "", ". >= 0", "不小于 0"),
    ("decimal", "share", "占比（%）", "", "", ". <= 100", "不超过 100"),
    ("date", "since", "成立日期", "", "", ". <= today()", "不晚于今天"),
    ("time", "opens", "营业时间"),
    ("geopoint", "place", "位置"),
    ("select_multiple cargo", "cargo", "货物"),
    ("select_one area", "area", "地区"),
    ("image", "photo", "门面照片"),
    ("begin_repeat", "vehicle", "车辆", "yes"),
    ("select_one kind", "kind", "车型", "yes"),
    ("integer", "quantity", "数量", "yes", "", ". >= 1 and . <= 100", "1 到 100"),
    ("select_one yes_no", "hydraulic", "是否液压"),
    ("integer", "lines", "轴线数", "yes", "${hydraulic} = 'yes'"),
    ("text", "plate", "号牌"),
    ("end_repeat",),
    ("calculate", "vehicles", "车辆合计", "", "", "", "", "sum(${quantity})"),
    ("begin_repeat", "client", "客户"),
    ("text", "client_name", "名称"),
    ("decimal", "client_share", "占比（%）", "", "", ". <= 100", "不超过 100"),
    ("end_repeat",),
    ("end_group",),
)
CHOICES = {
    "yes_no": (("yes", "是"), ("no", "否")),
    "cargo": (("beam", "预制梁"), ("tank", "罐/塔"), ("blade", "叶片（风电）"), ("other", "其他")),
    "kind": (("tractor", "牵引车"), ("low", "低平板（凹型）"), ("4x2", "4×2")),
    "area": (("350102", "鼓楼区"), ("320106", "鼓楼区"), ("350802", "新罗区")),
}
CODES = ("91350100MA0000001A", "91350100MA0000002B", "91350100MA0000003C", "913501000000000045")


def make_form(
    survey: tuple[tuple[str, ...], ...] = SURVEY,
    choices: dict[str, tuple[tuple[str, str], ...]] = CHOICES,
    *,
    form_id: str = "small",
    title: str = MAIN,
) -> Form:
    """A form of plain rows, through the loader that serves every form."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    sheet.append(COLUMNS)
    for row in survey:
        sheet.append(row)
    lists = book.create_sheet("choices")
    lists.append(("list_name", "name", "label"))
    for name, items in choices.items():
        for item in items:
            lists.append((name, *item))
    settings = book.create_sheet("settings")
    settings.append(("form_title", "form_id", "version"))
    settings.append((title, form_id, "1"))
    content = BytesIO()
    book.save(content)
    return load(content.getvalue(), name=form_id)


FORM = make_form()


def record(number: int = 0, **changes: Any) -> dict[str, Any]:
    """A right answer to every question; None takes one away."""
    answers: dict[str, Any] = {
        "unit_name": f"福建第{number + 1}运输（集团）有限公司",
        "unit_credit_code": CODES[number],
        "eligible": "yes",
        "owner_name": "林某",
        "contact_name": "陈某",
        "contact_mobile": "13900000001",
        "employees": 50,
        "drivers": 20,
        "revenue": 1234.5,
        "share": 35.0,
        "since": "2001-02-03",
        "opens": "08:30:00.000",
        "place": "26.08 119.3 0 0",
        "cargo": ["beam", "tank"],
        "area": "350102",
        "vehicle": [
            {"kind": "tractor", "quantity": 2, "hydraulic": "no", "plate": "闽A12345"},
            {"kind": "low", "quantity": 1},
        ],
        "client": [{"client_name": "某厂", "client_share": 12.5}],
    }
    return {key: value for key, value in (answers | changes).items() if value is not None}


class Filled:
    """A filled workbook of a form in a file, to be spoilt cell by cell."""

    def __init__(self, path: Path, *records: dict[str, Any], form: Form = FORM):
        self.path, self.form = path, form
        template(form, path, years=YEARS, rows=records)
        self.book = openpyxl.load_workbook(path)

    def __getitem__(self, sheet: str) -> Any:
        return self.book[sheet]

    def cell(self, sheet: str, header: str, number: int = 0) -> str:
        """Address of the cell under a header, in the record's row number 0, 1, …"""
        found = {str(c.value).removesuffix(" ＊"): c.column_letter for c in self.book[sheet][3] if c.value}
        return f"{found[header]}{4 + number}"

    def set(self, sheet: str, header: str, value: Any, number: int = 0) -> str:
        """Put a value into the cell under a header; returns its address."""
        cell = self.cell(sheet, header, number)
        self.book[sheet][cell].value = value
        return cell

    def rename(self, code: str, value: Any) -> str:
        """Put a value wherever a unit's code stands; returns the address in the form's own sheet."""
        for sheet in reversed(self.book.worksheets):
            for row in sheet.iter_rows(min_row=4):
                for cell in row:
                    if cell.value == code:
                        cell.value, told = value, cell.coordinate
        return told

    def read(self, **more: Any) -> Reading:
        """Save what was done and read it."""
        self.book.save(self.path)
        return read(self.form, self.path, on=ON, **more)


def faults(reading: Reading) -> list[tuple[str, str, str]]:
    """(sheet, cell, code) of every fault."""
    return [(p.sheet, p.cell, p.code) for p in reading.problems]
