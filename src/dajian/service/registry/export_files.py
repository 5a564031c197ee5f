"""An export as a file: a workbook with a sheet for each table, or a ZIP with a CSV or Parquet file for each.

CSV has no sheets; folding a repeat's rows into one cell would lose their columns, so that each table is a file. With
all of them goes the data dictionary, made from the questionnaires.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.utils import timezone

from dajian.service.registry.dictionary import HEADER, about, fields
from dajian.service.registry.exporting import Column, Row, Table
from dajian.tables.write import Cell, Sheet, write_csv, write_xlsx

RowsOf = Callable[[str], Iterable[Row]]  # a table's rows by its scope; asked anew for each table


@dataclass(frozen=True)
class Head:
    """What a reader of the file must know: what it holds, for whom and when it was made."""

    title: str
    conditions: tuple[str, ...]
    viewer: str
    at: datetime
    units: int
    phones: bool

    def rows(self) -> list[tuple[str, str | int]]:
        return [
            ("内容", self.title),
            ("筛选条件", "；".join(self.conditions) or "无（权限范围内的全部单位）"),
            ("导出人", self.viewer),
            ("导出时间", timezone.localtime(self.at).strftime("%Y-%m-%d %H:%M")),
            ("单位数", self.units),
            ("联系电话", "按权限显示完整号码" if self.phones else "已隐去中间数字"),
            ("说明", "数据为审定后的现行版本；仅供工作使用，请勿外传。"),
        ]


def write(target: Path, form: str, head: Head, tables: list[Table], rows: RowsOf) -> None:
    """Writes all tables, the head and the dictionary before them, row by row. form: xlsx, csv or parquet."""
    notes = [
        Sheet("说明", ("项目", "内容"), head.rows(), widths=(14, 60)),
        Sheet("字段说明", HEADER, fields(tables), widths=(14, 24, 30, 8, 8, 40, 8, 40)),
    ]
    if form == "xlsx":
        write_xlsx(target, [*notes, *(_sheet(table, rows) for table in tables)])
        return
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for sheet in notes if form == "parquet" else [*notes, *(_sheet(table, rows) for table in tables)]:
            _csv(archive, sheet)
        for table in tables if form == "parquet" else ():
            _parquet(archive, table, _cells(table, rows), head)


def _csv(archive: zipfile.ZipFile, sheet: Sheet) -> None:
    with archive.open(f"{sheet.name}.csv", "w", force_zip64=True) as member:
        text = io.TextIOWrapper(member, encoding="utf-8-sig", newline="")
        write_csv(text, sheet.header, sheet.rows)
        text.flush()
        text.detach()


def _parquet(archive: zipfile.ZipFile, table: Table, rows: Iterable[list[Cell]], head: Head) -> None:
    """Columns by their names for programs; labels, units and the head stand in the file's metadata."""
    from dajian.tables.parquet import Field, write_parquet  # Arrow is slow to import

    columns = [Field(column.name, column.kind, about(column)) for column in table.columns]
    told = {key: str(value) for key, value in head.rows()}
    stored = zipfile.ZipInfo(f"{table.name}.parquet")  # compressed already, and readable in place
    with archive.open(stored, "w", force_zip64=True) as member:
        write_parquet(member, columns, rows, told)  # type: ignore[arg-type]


def _sheet(table: Table, rows: RowsOf) -> Sheet:
    widths = [max(10, min(2 * len(column.label) + 2, 30)) for column in table.columns]
    return Sheet(table.name, [column.label for column in table.columns], _cells(table, rows), widths)


def _cells(table: Table, rows: RowsOf) -> Iterator[list[Cell]]:
    for row in rows(table.scope):
        yield [_cell(column, row.get(column.key)) for column in table.columns]


def _cell(column: Column, value: Cell) -> Cell:
    if column.kind == "date" and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value
