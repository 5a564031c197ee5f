"""A questionnaire's workbook as text, kept beside it so that a change can be read in a diff."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

HEAD = ("type", "name", "label")  # together on a question's first line


def text(path: str | Path) -> str:
    """Every filled cell of an XLSForm workbook, sheet by sheet in the workbook's order, one line a cell or a choice.

    survey is indented by its groups and repeats. Layout and comments are left out. Raises what openpyxl raises.
    """
    book = load_workbook(path)
    try:
        return "\n".join(map(_sheet, book.worksheets))
    finally:
        book.close()


def _sheet(sheet: Worksheet) -> str:
    lines = [f"# {sheet.title}", *RENDERINGS.get(sheet.title, _plain)(sheet)]
    return "".join(line.rstrip() + "\n" for line in lines)


def _plain(sheet: Worksheet) -> Iterator[str]:
    for cells in sheet.iter_rows(values_only=True):
        if filled := [str(cell) for cell in cells if cell is not None]:
            yield " | ".join(filled)


def _survey(sheet: Worksheet) -> Iterator[str]:
    depth = 0
    for row in _records(sheet):
        depth -= row.get("type", "").startswith("end")
        indent = "  " * depth
        yield indent + " ".join(row[key] for key in HEAD if key in row)
        yield from (f"{indent}    {key}: {value}" for key, value in row.items() if key not in HEAD)
        depth += row.get("type", "").startswith("begin")


def _choices(sheet: Worksheet) -> Iterator[str]:
    current = None
    for row in _records(sheet):
        name = row.pop("list_name", "")
        if name != current:
            current = name
            yield name
        more = [f"{key}={value}" for key, value in row.items() if key not in HEAD]
        yield "  " + " ".join([*(row[key] for key in HEAD if key in row), *more])


def _settings(sheet: Worksheet) -> Iterator[str]:
    for row in _records(sheet):
        yield from (f"{key}: {value}" for key, value in row.items())


def _records(sheet: Worksheet) -> Iterator[dict[str, str]]:
    """Rows below the header as {header: value}; empty cells and rows are left out."""
    lines = sheet.iter_rows(values_only=True)
    header = [str(cell or "") for cell in next(lines, ())]
    for cells in lines:
        if row := {key: str(cell) for key, cell in zip(header, cells, strict=False) if key and cell is not None}:
            yield row


RENDERINGS = {"survey": _survey, "choices": _choices, "settings": _settings}


if (
    __name__ == "__main__"
):  # python -m dajian.forms.rendering questionnaires/*.xlsx writes each text beside its workbook
    for workbook in map(Path, sys.argv[1:]):
        workbook.with_suffix(".txt").write_text(text(workbook), encoding="utf-8")
