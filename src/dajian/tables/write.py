"""Workbooks and CSV out: codes stay text, no text is ever run as a formula, long lists need little memory."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO, TextIO

import xlsxwriter

Target = str | Path | BinaryIO
Cell = str | int | float | bool | date | datetime | None

LONGEST_TEXT = 32_767  # what one cell of Excel holds
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
OPTIONS = {  # texts stay texts, whatever they look like
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}


@dataclass(frozen=True)
class Sheet:
    """A list to write: rows are consumed once, in order. widths: characters, by column; missing ones are 14."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[float] = ()


@contextmanager
def replacing(path: str | Path) -> Iterator[Path]:
    """A temporary name beside `path` to write to; it takes `path`'s place at the end, and is gone after an error."""
    target = Path(path)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=target.suffix, dir=target.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def write_xlsx(target: Target, sheets: Iterable[Sheet]) -> None:
    """Write lists as a workbook, row by row. Text stays text: a code keeps its digits, "=1+1" is not run."""
    if isinstance(target, str | Path):
        with replacing(target) as temporary:
            _write_xlsx(str(temporary), sheets)
    else:
        _write_xlsx(target, sheets)


def _write_xlsx(target: str | BinaryIO, sheets: Iterable[Sheet]) -> None:
    with xlsxwriter.Workbook(target, OPTIONS | {"constant_memory": True}) as workbook:
        text = workbook.add_format({"num_format": "@"})
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        instant = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        head = workbook.add_format(
            {"bold": True, "num_format": "@", "bottom": 1, "bg_color": "#EEF2F6", "text_wrap": True}
        )
        for sheet in sheets:
            page = workbook.add_worksheet(sheet.name)
            for column in range(len(sheet.header)):
                page.set_column(column, column, sheet.widths[column] if column < len(sheet.widths) else 14)
            page.freeze_panes(1, 0)
            for column, title in enumerate(sheet.header):
                page.write_string(0, column, title, head)
            last = 0
            for last, row in enumerate(sheet.rows, 1):
                for column, value in enumerate(row):
                    if isinstance(value, str):
                        page.write_string(last, column, value[:LONGEST_TEXT], text)
                    elif isinstance(value, bool):
                        page.write_boolean(last, column, value)
                    elif isinstance(value, int | float):
                        page.write_number(last, column, value)
                    elif isinstance(value, datetime):
                        page.write_datetime(last, column, value.replace(tzinfo=None), instant)
                    elif isinstance(value, date):
                        page.write_datetime(last, column, value, day)
            page.autofilter(0, 0, max(last, 1), max(len(sheet.header) - 1, 0))


def write_csv(target: TextIO, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a list as CSV (RFC 4180) to an open text stream; open it with utf-8-sig and newline="" for Excel.

    Texts are quoted, numbers are not, so that a reader who asks can tell a code from a number. A text that a
    spreadsheet would run as a formula is given a leading apostrophe.
    """
    writer = csv.writer(target, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([_csv_cell(value) for value in row])


def _csv_cell(value: Cell) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA_STARTS) else value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return value
    return value.isoformat(sep=" ", timespec="minutes") if isinstance(value, datetime) else value.isoformat()
