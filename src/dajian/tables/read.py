"""Workbooks in: every sheet as rows of plain values, with what merging and formulas did to them."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from dajian.tables.faults import Unreadable
from dajian.tables.gate import Source, inspect, opened
from dajian.tables.sheet_xml import Position, SheetFacts

Value = str | float | bool | date | datetime | time | timedelta  # an empty cell is ""
Row = list[Value]

_BROKEN = "文件已损坏，无法打开。请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。"
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@dataclass(frozen=True)
class Area:
    """A merged range, corners included, from 0."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{address(self.top, self.left)}:{address(self.bottom, self.right)}"


@dataclass(frozen=True)
class Sheet:
    """`rows[0][0]` is A1, wherever the data begins; rows are equally long."""

    name: str
    rows: list[Row]
    merged: tuple[Area, ...]
    unusable: dict[Position, str]  # error text of a formula, "" where its result was not stored
    percent: frozenset[Position]  # numbers shown as percent: 0.35 reads 35%


@dataclass(frozen=True)
class Workbook:
    sheets: tuple[Sheet, ...]
    from_1904: bool = False  # numbers of days count from 1904, as on old Macs


def address(row: int, column: int) -> str:
    """A1 style, both from 0: (0, 0) is A1, (4, 27) is AB5."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def read_workbook(source: Source, name: str | None = None) -> Workbook:
    """All worksheets in order, hidden ones too. Raises Unreadable for whatever the gate refuses."""
    facts = inspect(source, name)
    called = name or str(source)
    with opened(source, called) as stream:
        try:
            with zipfile.ZipFile(stream) as archive:
                parts, from_1904 = sheet_parts(archive)
            stream.seek(0)
            workbook = CalamineWorkbook.from_filelike(stream)
            sheets = tuple(
                _sheet(workbook, meta.name, facts.get(parts.get(meta.name, ""), SheetFacts()))
                for meta in workbook.sheets_metadata
                if meta.typ == SheetTypeEnum.WorkSheet
            )
        except (CalamineError, KeyError, etree.XMLSyntaxError) as error:
            raise Unreadable(called, _BROKEN) from error
        except BaseException as error:
            if type(error).__name__ == "PanicException":  # calamine's own bugs come outside of Exception
                raise Unreadable(called, _BROKEN) from error
            raise
    return Workbook(sheets, from_1904)


def _sheet(workbook: CalamineWorkbook, name: str, facts: SheetFacts) -> Sheet:
    sheet = workbook.get_sheet_by_name(name)
    merged = tuple(Area(*first, *last) for first, last in sheet.merged_cell_ranges or () if first != last)
    return Sheet(name, sheet.to_python(skip_empty_area=False), merged, facts.unusable, facts.percent)


def sheet_parts(archive: zipfile.ZipFile) -> tuple[dict[str, str], bool]:
    """Member name of each sheet of a workbook, whether days count from 1904. Raises KeyError, XMLSyntaxError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    lower = {n.lower(): n for n in archive.namelist()}
    book = etree.fromstring(archive.read(lower["xl/workbook.xml"]), parser)
    links = etree.fromstring(archive.read(lower["xl/_rels/workbook.xml.rels"]), parser)
    targets = {link.get("Id"): _member(link.get("Target") or "", lower) for link in links}
    sheets = book.findall(".//{*}sheets/{*}sheet")
    parts = {s.get("name") or "": targets.get(s.get(f"{_RELATIONS}id"), "") for s in sheets}
    properties = book.find("{*}workbookPr")
    return parts, properties is not None and properties.get("date1904") in ("1", "true")


def _member(target: str, lower: dict[str, str]) -> str:
    path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return lower.get(path.lower(), path)
