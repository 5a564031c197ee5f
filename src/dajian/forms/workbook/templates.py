"""The workbook to fill in: instructions, a sheet for the units, one for each repeat, drop-downs from a hidden one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dajian.forms.model import Choice, Form, Question
from dajian.forms.workbook.choices import choice_text
from dajian.forms.workbook.instructions import write_instructions
from dajian.forms.workbook.layout import CHOICES, Column, Table, Years, in_years, tables
from dajian.forms.workbook.prefill import Record, rows_of
from dajian.tables.read import address
from dajian.tables.write import OPTIONS, Target, replacing

ROWS = 3_000  # with drop-downs, or twice those that are filled in already
TITLE, BAND, HEADER, FIRST = 0, 1, 2, 3  # rows
MARK = " ＊"
LIST_LIMIT = 255  # characters of a message beside a cell
AS_TEXT = {"text", "date", "time", "datetime", "geopoint", "select_one", "select_multiple"}
WIDTHS = {"integer": 11, "decimal": 12, "date": 13, "time": 11, "datetime": 18, "geopoint": 22, "select_one": 16}


@dataclass(frozen=True)
class _Look:
    """Formats of the workbook."""

    title: Format
    note: Format
    band: Format
    required: Format
    optional: Format
    text: Format
    number: Format
    whole: Format


def template(
    form: Form, target: Target, *, years: Years, rows: Iterable[Record] = (), instructions: Sequence[str] = ()
) -> None:
    """Write the workbook to fill in for `form`.

    years: {Y} and {Y1}; rows: records to begin with, nested as `Form` describes, as an earlier round left them;
    instructions: lines of the first sheet, the first one its title; by default a general text.
    """
    if isinstance(target, str | Path):
        with replacing(target) as temporary:
            _write(form, str(temporary), years, list(rows), instructions)
    else:
        _write(form, target, years, list(rows), instructions)


def _write(form: Form, target: str | BinaryIO, years: Years, rows: list[Record], instructions: Sequence[str]) -> None:
    found = tables(form, years)
    with xlsxwriter.Workbook(target, OPTIONS) as workbook:
        workbook.set_properties({"title": form.title, "comments": f"{form.form_id} {form.version}"})
        look = _look(workbook)
        write_instructions(workbook, form, found, years, instructions)
        pages = [workbook.add_worksheet(table.sheet) for table in found]
        lists = _write_choices(workbook, form)
        for table, page in zip(found, pages, strict=True):
            lines = rows_of(form, table, rows)
            _write_table(page, table, look, lists, years, max(ROWS, 2 * len(lines)))
            for number, line in enumerate(lines, FIRST):
                _write_line(page, number, table, line, look)
        pages[0].activate()
        workbook.worksheets()[0].set_first_sheet()


def _look(workbook: xlsxwriter.Workbook) -> _Look:
    font = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
    head = font | {"bold": True, "text_wrap": True, "align": "center", "border": 1, "border_color": "#B8C2CC"}
    return _Look(
        title=workbook.add_format(font | {"bold": True, "font_size": 14}),
        note=workbook.add_format(font | {"font_color": "#5B6770"}),
        band=workbook.add_format(head | {"bg_color": "#E3EAF1"}),
        required=workbook.add_format(head | {"bg_color": "#FFF3D6"}),
        optional=workbook.add_format(head | {"bg_color": "#F5F7F9", "bold": False}),
        text=workbook.add_format(font | {"num_format": "@"}),
        number=workbook.add_format(font | {"num_format": "General"}),
        whole=workbook.add_format(font | {"num_format": "0"}),
    )


def _write_choices(workbook: xlsxwriter.Workbook, form: Form) -> dict[tuple[Choice, ...], str]:
    """The hidden sheet, one column a list; returns the range of each list."""
    page = workbook.add_worksheet(CHOICES)
    page.hide()
    ranges: dict[tuple[Choice, ...], str] = {}
    for question in form.questions:
        if question.type == "select_one" and question.choices and question.choices not in ranges:
            at = len(ranges)
            for row, choice in enumerate(question.choices):
                page.write_string(row, at, choice_text(question.choices, choice.name))
            letters = address(0, at)[:-1]
            ranges[question.choices] = f"='{CHOICES}'!${letters}$1:${letters}${len(question.choices)}"
    return ranges


def _write_table(
    page: Worksheet, table: Table, look: _Look, lists: Mapping[tuple[Choice, ...], str], years: Years, rows: int
) -> None:
    page.write_string(TITLE, 0, table.label, look.title)
    page.set_row(TITLE, 24)
    page.set_row(BAND, 20)
    page.set_row(HEADER, 48)
    _write_bands(page, table, look, years)
    for at, column in enumerate(table.columns):
        page.write_string(
            HEADER,
            at,
            column.header + (MARK if column.required else ""),
            look.required if column.required else look.optional,
        )
        page.set_column(at, at, _width(column), _format(column, look))
        if rule := _rule(column, lists, years):
            page.data_validation(FIRST, at, FIRST + rows - 1, at, rule)
    unit = next((i for i, c in enumerate(table.columns) if c.role == "unit"), 0)
    page.freeze_panes(FIRST, unit + 1 if unit < 3 else 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(BAND, HEADER)
    page.set_footer("&L&A&R第 &P 页，共 &N 页")


def _write_bands(page: Worksheet, table: Table, look: _Look, years: Years) -> None:
    """The labels of the groups over their columns."""
    start = 0
    bands = [in_years(" / ".join(c.question.groups[-1:]), years) if c.question else "" for c in table.columns]
    for at in range(1, len(bands) + 1):
        if at == len(bands) or bands[at] != bands[start]:
            if bands[start] and at - start > 1:
                page.merge_range(BAND, start, BAND, at - 1, bands[start], look.band)
            elif bands[start]:
                page.write_string(BAND, start, bands[start], look.band)
            start = at


def _width(column: Column) -> float:
    kind = column.question.type if column.question else "text"
    wide = sum(2 if ord(c) > 255 else 1 for c in column.header)
    return max(WIDTHS.get(kind, 20), min(24, wide / 2 + 2))


def _format(column: Column, look: _Look) -> Format:
    if column.question is None or column.question.type in AS_TEXT:
        return look.text
    return look.whole if column.question.type == "integer" else look.number


def _rule(column: Column, lists: Mapping[tuple[Choice, ...], str], years: Years) -> dict[str, object]:
    """Drop-down, kind of number and the hint that Excel shows beside the cell."""
    question = column.question
    if question is None:
        return {}
    rule: dict[str, object] = {"validate": "any", "ignore_blank": True}
    if question.choices and question.type == "select_one":
        rule = {
            "validate": "list",
            "source": lists[question.choices],
            "error_title": "不在选项内",
            "error_message": "请从下拉框中选择，不要改写选项文字。",
        }
    elif question.type in ("integer", "decimal"):
        rule = {
            "validate": question.type,
            "criteria": "between",
            "minimum": -(10**12),
            "maximum": 10**12,
            "error_type": "warning",
            "error_title": "不是" + ("整数" if question.type == "integer" else "数"),
            "error_message": "这一格只填数，不带单位和文字。",
        }
    if message := _hint(question, years):
        rule |= {"input_title": "填写提示", "input_message": message[:LIST_LIMIT]}
    return rule if len(rule) > 2 else {}


def _hint(question: Question, years: Years) -> str:
    parts = [in_years(question.hint, years)] if question.hint else []
    if question.type == "select_multiple":
        parts.append("可多选，用顿号隔开：" + "、".join(c.label for c in question.choices))
    if question.type == "date":
        parts.append(f"写成 {years[0]}-05-01 的样子")
    if question.type == "geopoint":
        parts.append("纬度和经度，空格隔开，例如 26.08 119.30")
    text = "。".join(parts)
    return text if len(text) <= LIST_LIMIT else text[: LIST_LIMIT - 12] + "……见「填写说明」"


def _write_line(page: Worksheet, number: int, table: Table, line: Mapping[str, object], look: _Look) -> None:
    for at, column in enumerate(table.columns):
        value = line.get(column.header)
        if value is None or value == "" or value == []:
            continue
        if isinstance(value, int | float) and not isinstance(value, bool):
            page.write_number(number, at, value, _format(column, look))
        else:
            page.write_string(number, at, _text(column.question, value), _format(column, look))


def _text(question: Question | None, value: object) -> str:
    if question is None or not question.choices:
        return str(value)
    names = value if isinstance(value, list | tuple) else [value]
    return "、".join(choice_text(question.choices, str(name)) for name in names)
