"""The filled workbook returned with its faults: each faulty cell coloured and commented, and a list with links."""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import copy
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from dajian.forms.workbook.layout import FAULTS
from dajian.forms.workbook.stored import keep_results
from dajian.tables.faults import Fault, Unreadable
from dajian.tables.gate import Source, inspect, opened
from dajian.tables.write import Target, replacing

AUTHOR = "错误标注"  # by it our comments are known again
COLOUR = "FFFFB3A7"
TITLE = "错误清单：点「位置」到出错的单元格；改好后整份重新上传，本表不用删"
COLUMNS = ("序号", "工作表", "位置", "错误", "怎样改", "原底色")
MAX_CELLS = 600_000  # in openpyxl's hands half a kilobyte each
_WIDTHS = (6, 22, 10, 16, 90, 10)
_BETWEEN = "\n――――\n"  # between a person's own comment and ours

NAMES = {
    "header_unknown": "表头不认识",
    "header_double": "表头重复",
    "stray": "表外文字",
    "merged": "合并单元格",
    "formula": "公式无结果",
    "irrelevant": "不用填",
    "lost_digits": "号码丢位",
    "type": "格式不对",
    "choice": "不在选项内",
    "required": "没有填写",
    "constraint": "不合要求",
    "twin": "单位重复",
    "orphan": "找不到单位",
    "count": "行数不对",
}


def mark(source: Source, problems: Sequence[Fault], out: Target, *, name: str | None = None) -> None:
    """Write to `out` the workbook `source` with exactly the cells of `problems` marked, and the sheet 错误清单.

    Marks and list of an earlier round are taken away first; all else stays as it is. name: the file's name when
    `source` is a stream. Raises Unreadable for what the gate refuses, and for what cannot be marked.
    """
    called = name or str(source)
    if sum(sheet.written for sheet in inspect(source, name).values()) > MAX_CELLS:
        raise Unreadable(called, "单元格太多，不能在原表上标出错误。请按错误清单逐格改正，或分成几个文件。")
    with opened(source) as stream:
        original = stream.read()
    try:
        book = openpyxl.load_workbook(io.BytesIO(original), rich_text=True)
    except Exception as error:  # of many kinds, for parts that no reader of values looks at
        raise Unreadable(called, "不能在原表上标出错误。请按错误清单逐格改正，或用 Excel 另存后重新上传。") from error
    earlier = _take_away_list(book)
    for sheet in book.worksheets:
        _take_away_marks(sheet, earlier)
    colours = [_mark_cell(book[p.sheet], p) for p in problems]
    _write_list(book, problems, colours)
    marked = io.BytesIO()
    book.save(marked)
    content = keep_results(original, marked.getvalue())
    if isinstance(out, str | Path):
        with replacing(out) as temporary:
            temporary.write_bytes(content)
    else:
        out.write(content)


def _take_away_list(book: Workbook) -> dict[tuple[str, str], str]:
    """Remove our earlier lists; returns the fills that the marked cells had before."""
    colours: dict[tuple[str, str], str] = {}
    for sheet in list(book.worksheets):
        if sheet.title.startswith(FAULTS) and sheet["A1"].value == TITLE:
            for row in sheet.iter_rows(min_row=3, values_only=True):
                if len(row) >= len(COLUMNS) and row[5]:
                    colours[str(row[1]), str(row[2])] = str(row[5])
            book.remove(sheet)
    return colours


def _take_away_marks(sheet: Worksheet, colours: dict[tuple[str, str], str]) -> None:
    for cell in list(sheet._cells.values()):  # those in the file; iter_rows would make all up to the farthest one
        comment = cell.comment
        if comment is None or AUTHOR not in (comment.author or ""):
            continue
        own, _, _ = comment.text.rpartition(_BETWEEN)
        cell.comment = Comment(own, comment.author.removesuffix(AUTHOR).strip() or "用户") if own else None
        if cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb == COLOUR:
            before = colours.get((sheet.title, cell.coordinate), "")
            cell.fill = PatternFill("solid", fgColor=before) if before else PatternFill()


def _mark_cell(sheet: Worksheet, problem: Fault) -> str:
    """Colour and comment one cell; returns the colour it had."""
    cell = sheet[problem.cell]
    if isinstance(cell, MergedCell):
        area = next(r for r in sheet.merged_cells.ranges if problem.cell in r)
        cell = sheet.cell(area.min_row, area.min_col)
    assert isinstance(cell, Cell)
    before = cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else ""
    cell.fill = PatternFill("solid", fgColor=COLOUR)
    own = copy(cell.comment)
    text = f"{own.text}{_BETWEEN}{problem.message}" if own else problem.message
    comment = Comment(text, f"{own.author or ''} {AUTHOR}".strip() if own else AUTHOR)
    comment.width, comment.height = 320, 40 + 18 * (1 + len(text) // 22)
    cell.comment = comment
    return before if isinstance(before, str) and before != COLOUR else ""


def _write_list(book: Workbook, problems: Sequence[Fault], colours: Sequence[str]) -> None:
    sheet = book.create_sheet(_free_name(book), 0)
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False
    sheet.sheet_properties.tabColor = COLOUR
    sheet["A1"] = TITLE
    sheet["A1"].font = Font(bold=True, size=13)
    for at, (title, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True), 1):
        sheet.cell(2, at, title).font = Font(bold=True)
        sheet.column_dimensions[chr(64 + at)].width = width
    sheet.column_dimensions["F"].hidden = True
    sheet.freeze_panes = "A3"
    for row, (problem, colour) in enumerate(zip(problems, colours, strict=True), 3):
        texts = (problem.sheet, problem.cell, NAMES.get(problem.code, problem.code), problem.message, colour)
        sheet.cell(row, 1, row - 2)
        for at, text in enumerate(texts, 2):
            cell = sheet.cell(row, at)
            cell.value, cell.data_type = text, "s"  # a text, also when it begins with "="
            cell.alignment = Alignment(wrap_text=at == 5, vertical="top")
        place = sheet.cell(row, 3)
        quoted = problem.sheet.replace("'", "''")
        place.hyperlink = Hyperlink(place.coordinate, location=f"'{quoted}'!{problem.cell}", display=problem.cell)
        place.font = Font(color="FF0B5CAD", underline="single")


def _free_name(book: Workbook) -> str:
    taken = {title.casefold() for title in book.sheetnames}
    names = (FAULTS, *(f"{FAULTS} {n}" for n in range(2, 100)))
    return next(n for n in names if n.casefold() not in taken)
