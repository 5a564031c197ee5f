"""The first sheet of the workbook: how to fill it in, what is asked, and what becomes of it. It prints on paper."""

from __future__ import annotations

from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from dajian.forms.model import Form, Question
from dajian.forms.workbook.layout import INSTRUCTIONS, NOT_FILLED_IN, Column, Table, Years, in_years
from dajian.tables.read import Workbook

TYPES = {
    "text": "文字",
    "integer": "整数",
    "decimal": "数",
    "date": "日期，写成 {Y}-05-01 的样子",
    "time": "时间，写成 14:30 的样子",
    "datetime": "日期和时间，写成 {Y}-05-01 14:30 的样子",
    "geopoint": "纬度和经度，写成 26.08 119.30 的样子",
    "select_one": "单选",
    "select_multiple": "可多选，用顿号（、）隔开",
}
GENERAL = (
    "一、怎样填写",
    "一个单位在「{main}」表中占一行。带 ＊ 的列必须填写，其余的知道就填，不知道可以空着。",
    "有选项的请从下拉框选择，不要改写选项文字。数只填数字，不带单位；计量单位写在表头里。",
    "请不要改动表头、合并单元格或插入公式。备注请写在表头上方，不要写在表格下面和旁边。",
    "二、填好的内容怎样使用",
    "只用于许可服务和行业统计。联系人和电话只有办理业务需要的工作人员能看到，不公开。",
    "三、交上来以后",
    "系统逐格核对。填错了的，会退回一份标出错格的工作簿，一次列全；改好后整份再交，不会重复登记。",
)
_COLUMNS = ("工作表", "列", "必填", "怎样填", "说明和选项")
_WIDTHS = (18, 30, 7, 26, 60)


def instructions_of(workbook: Workbook) -> tuple[str, ...]:
    """The lines of the sheet 填写说明 that stands in a form's own workbook; none where it has no such sheet."""
    for sheet in workbook.sheets:
        if sheet.name == INSTRUCTIONS:
            return tuple(text for row in sheet.rows if (text := " ".join(str(v).strip() for v in row if v != "")))
    return ()


def write_instructions(
    workbook: xlsxwriter.Workbook, form: Form, tables: tuple[Table, ...], years: Years, lines: Sequence[str]
) -> None:
    """Write the sheet: title, text, how the sheets hang together, the list of questions, what has no column."""
    page = workbook.add_worksheet(INSTRUCTIONS)
    font = {"font_name": "宋体", "font_size": 11, "text_wrap": True, "valign": "top"}
    body = workbook.add_format(font)
    heading = workbook.add_format(font | {"bold": True})
    title = workbook.add_format(font | {"bold": True, "font_size": 16, "text_wrap": False})
    head = workbook.add_format(font | {"bold": True, "bg_color": "#E3EAF1", "border": 1, "border_color": "#B8C2CC"})
    cell = workbook.add_format(font | {"border": 1, "border_color": "#B8C2CC"})
    for at, width in enumerate(_WIDTHS):
        page.set_column(at, at, width)
    first, *rest = lines or (f"{form.title} 填写说明", *(t.format(main=tables[0].sheet) for t in GENERAL))
    page.write_string(0, 0, in_years(first, years), title)
    page.set_row(0, 28)
    row = 1
    for text in (*rest, *_sheets(tables), *_left_out(form, years)):
        text = in_years(text, years)
        short = len(text) <= 20 and text[:1] in "一二三四五六七八九十"
        page.merge_range(row, 0, row, len(_COLUMNS) - 1, "", body)
        page.write_string(row, 0, text, heading if short else body)
        page.set_row(row, 16 * (1 + len(text) // 70))
        row += 1
    row += 1
    for at, text in enumerate(_COLUMNS):
        page.write_string(row, at, text, head)
    page.repeat_rows(row)
    for table in tables:
        for column in table.columns:
            row += 1
            _write_column(page, row, table, column, years, cell)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_footer("&R第 &P 页，共 &N 页")


def _write_column(
    page: Worksheet, row: int, table: Table, column: Column, years: Years, cell: xlsxwriter.format.Format
) -> None:
    if question := column.question:
        kind, note = TYPES.get(question.type, ""), _note(question)
    else:
        kind, note = _KEYS[column.role]
    texts = (table.sheet, column.header, _MUST[column.required, column.demanded], kind, note)
    for at, text in enumerate(texts):
        page.write_string(row, at, in_years(text, years), cell)
    page.set_row(row, 16 * max(1, -(-len(note) // 30), -(-len(column.header) // 15), -(-len(kind) // 13)))


_MUST = {(True, True): "必填", (False, True): "视情况", (False, False): ""}
_KEYS = {
    "unit": ("与单位表一致", "说明这一行属于哪个单位"),
    "number": ("不重复的数字", "代码空着的必填，其他工作表用它对应"),
    "parent": ("数字", "说明这一行属于上一张表的哪一行"),
    "own": ("数字", "同一单位内各行的序号，供下一张表引用"),
}


def _note(question: Question) -> str:
    choices = "选项：" + "、".join(c.label for c in question.choices) if 0 < len(question.choices) <= 60 else ""
    many = f"共 {len(question.choices)} 个选项，见下拉框" if len(question.choices) > 60 else ""
    return "。".join(part for part in (question.hint.rstrip("。"), choices or many) if part)


def _sheets(tables: tuple[Table, ...]) -> tuple[str, ...]:
    main, *others = tables
    if not others:
        return ()
    key = next(c.header for c in others[0].columns if c.role == "unit")
    names = "、".join(f"「{t.sheet}」" for t in others)
    return (f"工作表：单位填在「{main.sheet}」；{names}一行填一项，用「{key}」说明属于哪个单位，没有的留空表。",)


def _left_out(form: Form, years: Years) -> tuple[str, ...]:
    names = [f"{q.label}（{NOT_FILLED_IN[q.type]}）" for q in form.questions if q.type in NOT_FILLED_IN]
    if not names:
        return ()
    return (f"以下内容不能在工作簿里填，请在网上补充：{'、'.join(in_years(n, years) for n in names)}。",)
