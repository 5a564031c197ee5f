"""Where a filled workbook holds the tables of its form: sheets, header rows and columns, wherever they were moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from dajian.forms.model import ROOT
from dajian.forms.workbook.cells import shown
from dajian.forms.workbook.faults import CellFault, fault, shorten
from dajian.forms.workbook.layout import CHOICES, FAULTS, INSTRUCTIONS, Column, Table, plain
from dajian.tables.faults import Unreadable
from dajian.tables.read import Sheet, Workbook, address

SEARCHED_ROWS = 100  # a header further down is none


@dataclass(frozen=True)
class Located:
    """A table found. Columns by their place (from 0); `unread`: places whose header stands for no question.

    `lost`: keys of questions without a column that may stand under a header that was not understood.
    """

    table: Table
    sheet: Sheet
    header_row: int
    first_row: int  # of the data
    columns: dict[int, Column]
    unread: frozenset[int]
    lost: frozenset[str]
    doubles: tuple[tuple[int, int, CellFault], ...]  # (column read, column not read, its fault)
    faults: tuple[CellFault, ...]


@dataclass(frozen=True)
class _Header:
    row: int
    first_row: int
    texts: dict[int, tuple[str, ...]]  # what stands over each column, the most telling first
    matched: int


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
            located = _columns(table, *pairs[table.scope])
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


def _assign(sheets: list[Sheet], tables: tuple[Table, ...]) -> dict[str, tuple[Sheet, _Header]]:
    """Sheets by their names first, the others by how many of a table's headers they hold."""
    pairs: dict[str, tuple[Sheet, _Header]] = {}
    used: set[str] = set()
    for by_name in (True, False):
        found = [
            (-header.matched, place, sheet.name, table.scope, sheet, header)
            for place, table in enumerate(tables)
            for sheet in sheets
            if table.scope not in pairs and sheet.name not in used
            if not by_name or plain(sheet.name) == plain(table.sheet)
            if (header := _header(sheet, table))
        ]
        for *_, name, scope, sheet, header in sorted(found, key=lambda f: f[:2]):
            if scope not in pairs and name not in used:
                pairs[scope] = sheet, header
                used.add(name)
    return pairs


def _header(sheet: Sheet, table: Table) -> _Header | None:
    """The row that holds most of the table's headers; at least two of them, and a third of those required."""
    best: _Header | None = None
    required = sum(c.required for c in table.columns)
    least = max(min(2, len(table.columns)), required // 3)
    for row in range(min(SEARCHED_ROWS, len(sheet.rows))):
        matched = {n.header for v in sheet.rows[row] if isinstance(v, str) and v and (n := table.names.get(plain(v)))}
        if len(matched) >= least and (best is None or len(matched) > best.matched):
            best = _Header(row, row + 1, {}, len(matched))
            if len(matched) == len(table.columns):
                break
    return _block(sheet, best) if best else None


def _block(sheet: Sheet, header: _Header) -> _Header:
    """A header of several rows, held together by cells merged downwards."""
    top, bottom = header.row, header.row
    tall = [a for a in sheet.merged if a.top <= header.row <= a.bottom and a.bottom > a.top]
    for area in tall:
        top, bottom = min(top, area.top), max(bottom, area.bottom)
    texts: dict[int, tuple[str, ...]] = {}
    for column in range(len(sheet.rows[0])):
        stack = [t for row in range(top, bottom + 1) if (t := shown(sheet.rows[row][column]))]
        own = shown(sheet.rows[header.row][column])
        candidates = [t for t in (*reversed(stack), "：".join(stack)) if t]
        texts[column] = tuple(dict.fromkeys([own, *candidates] if own else candidates))
    return _Header(header.row, bottom + 1, texts, header.matched)


def _columns(table: Table, sheet: Sheet, header: _Header) -> Located:
    name, row = sheet.name, header.row
    columns: dict[int, Column] = {}
    unread: set[int] = set()
    place: dict[str, int] = {}
    faults: list[CellFault] = []
    doubles: list[tuple[int, int, CellFault]] = []
    wide = {a.left: a for a in sheet.merged if a.top <= row <= a.bottom and a.right > a.left and a.top == row}
    covered = {c for a in wide.values() for c in range(a.left + 1, a.right + 1)}
    for at, texts in header.texts.items():
        if not texts or at in covered:
            continue
        column = next((c for t in texts if (c := table.names.get(plain(t)))), None)
        if column is None:
            faults.append(fault(name, row, at, "header_unknown", there=texts[0]))
            unread.add(at)
        elif column.header in place:
            first = place[column.header]
            asked = column.question.key if column.question else ""
            double = fault(name, row, at, "header_double", there=texts[0], first=address(row, first), question=asked)
            faults.append(double)
            doubles.append((first, at, double))
            unread.add(at)
        else:
            columns[at], place[column.header] = column, at
    for left, area in wide.items():
        if left in columns:
            question = columns[left].question
            merged = fault(name, row, left, "merged", area=area, question=question.key if question else "")
            faults.append(merged)
            doubles += [(left, at, merged) for at in range(left + 1, area.right + 1)]
        unread |= set(range(left + 1, area.right + 1))
    absent = {c.question.key for c in table.columns if c.question and c.header not in place} if unread else ()
    return Located(
        table,
        sheet,
        row,
        header.first_row,
        columns,
        frozenset(unread),
        frozenset(absent),
        tuple(doubles),
        tuple(faults),
    )


def _missing(located: Located) -> list[tuple[str, str, str]]:
    """(sheet, cell of the header's first column, sentence) of each required column that is not there."""
    there = {c.header for c in located.columns.values()}
    lacking = [c.header for c in located.table.columns if c.demanded and c.header not in there]
    if not lacking:
        return []
    place = f"「{located.sheet.name}」表第 {located.header_row + 1} 行"
    unknown = [
        f.message.partition("表头「")[2].partition("」")[0] for f in located.faults if f.code == "header_unknown"
    ]
    hint = f"（不认识的表头：{shorten('、'.join(unknown))}）" if unknown else ""
    cell = address(located.header_row, min(located.columns))
    return [(located.sheet.name, cell, f"{place}缺少必需的列「{header}」{hint}") for header in lacking]
