"""Where a filled workbook holds the tables of its form: sheets, header rows and columns, wherever they were moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from dajian.forms.model import ROOT
from dajian.forms.workbook.faults import CellFault, shorten
from dajian.forms.workbook.header import Columns, Header, find_header, read_header
from dajian.forms.workbook.layout import CHOICES, FAULTS, INSTRUCTIONS, Column, Table, plain
from dajian.tables.faults import Unreadable
from dajian.tables.read import Sheet, Workbook, address


@dataclass(frozen=True)
class Located:
    """A table found in a sheet.

    lost: keys of questions without a column that may stand under a header that was not understood.
    """

    table: Table
    sheet: Sheet
    header: Header
    found: Columns
    lost: frozenset[str]

    @property
    def columns(self) -> dict[int, Column]:
        """Its columns by their place, from 0."""
        return self.found.known

    @property
    def first_row(self) -> int:
        """Of the data, from 0."""
        return self.header.first_row


def locate(workbook: Workbook, tables: tuple[Table, ...], path: str) -> tuple[tuple[Located, ...], tuple[str, ...]]:
    """The tables that are there, the form's own first, and the names of sheets with content that were not read.

    Raises Unreadable when the workbook is not this form's or lacks a column that the form requires.
    """
    sheets = [s for s in workbook.sheets if not _ours(s.name)]
    pairs = _assign(sheets, tables)
    if ROOT not in pairs:
        _refuse_foreign(path, tables[0])
    found, missing = [], []
    for table in tables:
        if table.scope in pairs:
            located = _located(table, *pairs[table.scope])
            found.append(located)
            missing += _missing(located)
        elif any(c.demanded for c in table.columns if c.role == "answer"):
            missing.append((table.sheet, "", f"缺少工作表「{table.sheet}」（没有内容的也要保留表头）"))
    if missing:
        faults = tuple(CellFault(sheet, cell, "", message) for sheet, cell, message in missing)
        raise Unreadable(path, "；".join(m for *_, m in missing) + "。请从模板复制缺少的表头后重新上传。", faults)
    read = {id(located.sheet) for located in found}
    return tuple(found), tuple(s.name for s in sheets if id(s) not in read and any(any(r) for r in s.rows))


def _ours(name: str) -> bool:
    return name in (INSTRUCTIONS, CHOICES) or name.startswith(FAULTS)


def _refuse_foreign(path: str, table: Table) -> NoReturn:
    some = "、".join(c.header for c in table.columns[:4])
    raise Unreadable(
        path, f"不是《{table.label}》的填报表：没有一张工作表有它的表头（{some}……）。请下载本表的模板填写。"
    )


def _assign(sheets: list[Sheet], tables: tuple[Table, ...]) -> dict[str, tuple[Sheet, Header]]:
    """Sheets by their names first, the others by how many of a table's headers they hold."""
    pairs: dict[str, tuple[Sheet, Header]] = {}
    used: set[str] = set()
    for by_name in (True, False):
        found = [
            (-header.matched, place, sheet.name, table.scope, sheet, header)
            for place, table in enumerate(tables)
            for sheet in sheets
            if table.scope not in pairs and sheet.name not in used
            if not by_name or plain(sheet.name) == plain(table.sheet)
            if (header := find_header(sheet, table))
        ]
        for *_, name, scope, sheet, header in sorted(found, key=lambda f: f[:2]):
            if scope not in pairs and name not in used:
                pairs[scope] = sheet, header
                used.add(name)
    return pairs


def _located(table: Table, sheet: Sheet, header: Header) -> Located:
    columns = read_header(table, sheet, header)
    there = {c.header for c in columns.known.values()}
    absent = {c.question.key for c in table.columns if c.question and c.header not in there} if columns.unread else ()
    return Located(table, sheet, header, columns, frozenset(absent))


def _missing(located: Located) -> list[tuple[str, str, str]]:
    """(sheet, cell of the header's first column, sentence) of each required column that is not there."""
    there = {c.header for c in located.columns.values()}
    lacking = [c.header for c in located.table.columns if c.demanded and c.header not in there]
    if not lacking:
        return []
    place = f"「{located.sheet.name}」表第 {located.header.row + 1} 行"
    unknown = [
        f.message.partition("表头「")[2].partition("」")[0] for f in located.found.faults if f.code == "header_unknown"
    ]
    hint = f"（不认识的表头：{shorten('、'.join(unknown))}）" if unknown else ""
    cell = address(located.header.row, min(located.columns))
    return [(located.sheet.name, cell, f"{place}缺少必需的列「{header}」{hint}") for header in lacking]
