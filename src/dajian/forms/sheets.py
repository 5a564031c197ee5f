"""An XLSForm workbook -> its sheets with pyxform's column names, every cell as text, each with its place."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook
from xlsxwriter.utility import xl_rowcol_to_cell

from dajian.forms import headers
from dajian.forms.model import BadForm, FormProblem


@dataclass(frozen=True)
class Row:
    number: int  # as Excel counts
    cells: dict[str, str]  # column -> text as typed


@dataclass(frozen=True)
class Sheet:
    name: str  # pyxform's
    title: str  # as in the workbook
    columns: dict[str, int]  # column -> 0-based place
    rows: tuple[Row, ...]  # row 2 on, empty ones too

    def cell(self, row: int, column: str) -> str:
        """A1 of a cell; a column with a language is found by its bare name; column A where there is none."""
        place = self.columns.get(column)
        if place is None:
            place = next((at for name, at in self.columns.items() if name.partition("::")[0] == column), 0)
        return str(xl_rowcol_to_cell(max(row, 1) - 1, place))

    def filled(self) -> Iterator[Row]:
        return (row for row in self.rows if row.cells)


def read_sheets(data: bytes) -> dict[str, Sheet]:
    """Raises BadForm for what is no workbook or has no survey sheet, and for headers that stand twice."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
    except (CalamineError, OSError, ValueError) as fault:
        raise BadForm((FormProblem("", "", f"打不开这个文件（{fault}），请存为 .xlsx 后再传"),)) from fault
    problems: list[FormProblem] = []
    sheets: dict[str, Sheet] = {}
    for title in book.sheet_names:
        name = headers.SHEETS.get(title.strip().lower())
        if name and name not in sheets:
            sheets[name] = _sheet(name, title, book.get_sheet_by_name(title).to_python(skip_empty_area=False), problems)
    if "survey" not in sheets:
        problems.append(FormProblem("", "", f"没有名为 survey（或“问卷”）的表，只有：{'、'.join(book.sheet_names)}"))
    elif missing := {"type": "类型", "name": "名称"}.keys() - sheets["survey"].columns.keys():
        wanted = "、".join(sorted(missing))
        problems.append(
            FormProblem(sheets["survey"].title, "A1", f"第 1 行缺少列 {wanted}，请加上（类型＝type，名称＝name）")
        )
    if problems:
        raise BadForm(tuple(problems))
    return sheets


def _sheet(name: str, title: str, values: Sequence[Sequence[object]], problems: list[FormProblem]) -> Sheet:
    columns: dict[str, int] = {}
    for place, header in enumerate(values[0] if values else []):
        column = headers.column(name, text(header)) if text(header).strip() else ""
        if column in columns:
            cell = str(xl_rowcol_to_cell(0, place))
            problems.append(
                FormProblem(title, cell, f"列「{text(header)}」与第 {columns[column] + 1} 列重复，请删去一列")
            )
        elif column:
            columns[column] = place
    rows = tuple(
        Row(
            number,
            {
                column: found
                for column, place in columns.items()
                if place < len(line) and (found := text(line[place])).strip()
            },
        )
        for number, line in enumerate(values[1:], 2)
    )
    return Sheet(name, title, columns, rows)


def text(value: object) -> str:
    """A cell as typed: 1.0 is 1, a date ISO, TRUE as Excel shows it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value)
