"""Workbooks as bytes, and hostile relatives of them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"


def workbook(rows: list[list[object]] | None = None) -> bytes:
    """A plain workbook with one sheet."""
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        page = book.add_worksheet("表")
        for number, row in enumerate(rows or [["名称", "数量"], ["甲", 1]]):
            page.write_row(number, 0, row)
    return content.getvalue()


def changed(
    original: bytes,
    change: Callable[[str, bytes], bytes | None] = lambda name, body: body,
    more: dict[str, bytes] | None = None,
) -> bytes:
    """The archive with its members changed (None leaves one out) and further ones added."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(original)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for item in before.infolist():
            if (body := change(item.filename, before.read(item))) is not None:
                after.writestr(item.filename, body)
        for name, body in (more or {}).items():
            after.writestr(name, body)
    return out.getvalue()


def with_cells(cells: str, original: bytes | None = None) -> bytes:
    """The plain workbook with further rows of cells, as XML, at the end of its sheet."""

    def change(name: str, body: bytes) -> bytes:
        return body.replace(b"</sheetData>", cells.encode() + b"</sheetData>") if name == SHEET else body

    return changed(original or workbook(), change)
