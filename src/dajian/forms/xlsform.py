"""A questionnaire file -> a compiled Form: XLSForm workbooks (Chinese or English headers) and XForms.

Conversion is pyxform's; what it lets pass (typographic marks, broken or unknown expressions) is refused here, with the
cell and what to type. Keep the XForm (`form.xml`) and load it with `xform.load_xml` where a form is needed often.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from dajian.forms import headers
from dajian.forms.build import ExpressionFault
from dajian.forms.model import BadForm, Form, FormProblem
from dajian.forms.sheets import Row, Sheet, read_sheets
from dajian.forms.survey_check import BEGIN, END, check_sheets
from dajian.forms.xform import compile_xml, load_xml, sentence
from dajian.forms.xform_read import DAJIAN

_ROW = re.compile(r"\[row ?: ?(\d+)\]\s*")
_SHEET = re.compile(r"On the '(\w+)' sheet")
_COLUMN = re.compile(r"the '([^']+)' value")
_UNKNOWN_TYPE = re.compile(r"Unknown question type '([^']*)'")
_XML_NAME = re.compile(r"[^\W\d][\w.\-]*\Z")
# pyxform turns typographic quotes into plain ones, in labels too; these stand for them on the way through
_QUOTES = {"‘": "\ue018", "’": "\ue019", "“": "\ue01c", "”": "\ue01d"}
_HIDE = str.maketrans({**_QUOTES, "\u00a0": " "})
_SHOW = str.maketrans({hidden: quote for quote, hidden in _QUOTES.items()})


def load(source: Path | bytes, *, name: str = "", media: Mapping[str, bytes] | None = None) -> Form:
    """The form of an XLSForm workbook or an XForm, every expression compiled.

    name: of the file without its ending, where `source` is bytes; it names a form without a form_id.
    media: files that the form refers to (CSV, XML, GeoJSON), by file name.
    Raises BadForm with all problems found, each with sheet, cell and a way out.
    """
    data = source if isinstance(source, bytes) else source.read_bytes()
    stem = name or ("form" if isinstance(source, bytes) else source.stem)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return load_xml(data, media=media)
    return _load_workbook(read_sheets(data), stem, media or {})


def _load_workbook(sheets: dict[str, Sheet], stem: str, media: Mapping[str, bytes]) -> Form:
    survey = sheets["survey"]
    problems = check_sheets(sheets)
    root = _root_name(sheets, stem)
    try:
        xml = _convert(sheets, stem, root)
    except _Refused as refused:
        problem = _refusal(sheets, refused)
        told = {(found.sheet, re.sub(r"\D", "", found.cell)) for found in problems}
        if not problems or (problem.cell and (problem.sheet, re.sub(r"\D", "", problem.cell)) not in told):
            problems.append(problem)
        raise BadForm(tuple(problems)) from refused
    loaded = compile_xml(xml, media)
    rows = _rows_by_path(survey, root)
    told_cells = {(found.sheet, found.cell) for found in problems}
    for fault in loaded.faults:
        problem = FormProblem(survey.title, _cell_of(survey, rows, fault), sentence(_as_typed(rows, fault)))
        if (problem.sheet, problem.cell) not in told_cells:
            told_cells.add((problem.sheet, problem.cell))
            problems.append(problem)
    if problems:
        raise BadForm(tuple(problems))
    form = loaded.form
    questions = tuple(
        replace(question, sheet=survey.title, row=rows[question.path].number if question.path in rows else 0)
        for question in form.questions
    )
    return replace(form, questions=questions)


class _Refused(Exception):
    """pyxform would not convert."""


def _convert(sheets: dict[str, Sheet], stem: str, root: str) -> bytes:
    book = _book(sheets, stem)
    fault = _refused(book, root)
    if fault is None:
        return str(book["xform"]).translate(_SHOW).encode()
    message = f"{fault}"
    if type(fault).__module__.startswith("pyxform"):
        raise _Refused(message) from fault
    raise _Refused(f"[row : {_row_of(book, root, fault)}] {type(fault).__name__} {message}") from fault


def _refused(book: dict[str, Any], root: str) -> Exception | None:
    """Convert: None and the XForm as book["xform"], or what pyxform died of."""
    from pyxform.xls2xform import convert  # a quarter of a second to import, which loading an XForm does not need

    try:
        book["xform"] = convert(xlsform={**book}, validate=False, form_name=root).xform
    except Exception as fault:  # besides its own errors pyxform dies of TypeError, KeyError …
        return fault
    return None


def _row_of(book: dict[str, Any], root: str, fault: Exception) -> int:
    """The survey row of a fault that names none: the first one without whose questions the conversion lives."""
    rows: list[dict[str, str]] = book["survey"]
    low, high = 0, len(rows)  # with the first `low` rows it lives, with `high` it dies
    while high - low > 1:
        middle = (low + high) // 2
        kept = [row if place < middle or _is_frame(row) else {} for place, row in enumerate(rows)]
        died = _refused({**book, "survey": kept}, root)
        low, high = (low, middle) if type(died) is type(fault) else (middle, high)
    return high + 1


def _is_frame(row: dict[str, str]) -> bool:
    kind = row.get("type", "")
    return bool(BEGIN.match(kind) or END.match(kind))


def _book(sheets: dict[str, Sheet], stem: str) -> dict[str, Any]:
    """The workbook as pyxform takes it."""
    book: dict[str, Any] = {"sheet_names": list(sheets), "fallback_form_name": stem}
    for name, sheet in sheets.items():
        book[name] = [_row(name, row) for row in sheet.rows]
        book[f"{name}_header"] = [dict.fromkeys(sheet.columns)]
    if any("dajian:" in column for column in sheets["survey"].columns):
        _declare_namespace(book)
    return book


def _row(sheet: str, row: Row) -> dict[str, str]:
    cells = {column: found.translate(_HIDE).strip() for column, found in row.cells.items()}
    if sheet == "survey":
        if "type" in cells:
            cells["type"] = headers.question_type(cells["type"])
        for column in ("required", "readonly"):
            if column in cells:
                cells[column] = headers.WORDS.get(cells[column], cells[column])
    return cells


def _declare_namespace(book: dict[str, Any]) -> None:
    declaration = f'dajian="{DAJIAN}"'
    settings = book.setdefault("settings", [])
    if not settings:
        settings.append({})
    settings[0]["namespaces"] = f"{settings[0].get('namespaces', '')} {declaration}".strip()
    book["settings_header"] = [dict.fromkeys([*book.get("settings_header", [{}])[0], *settings[0]])]


def _root_name(sheets: dict[str, Sheet], stem: str) -> str:
    """Of the record's root element: a name of the form that no question or group has (pyxform refuses twins)."""
    settings = next((row.cells for row in sheets["settings"].filled()), {}) if "settings" in sheets else {}
    taken = {row.cells.get("name", "").strip() for row in sheets["survey"].filled()}
    wanted = (settings.get("name", ""), settings.get("form_id", ""), stem, "data", "record")
    return next((name for name in wanted if _XML_NAME.match(name) and name not in taken), "dajian_record")


def _refusal(sheets: dict[str, Sheet], refused: _Refused) -> FormProblem:
    """pyxform's sentence with its cell; where it names no row, the first one that holds the word it quotes."""
    message = " ".join(str(refused).split())
    row, sheet_name, column = _ROW.search(message), _SHEET.search(message), _COLUMN.search(message)
    sheet = sheets.get(sheet_name[1] if sheet_name else "survey", sheets["survey"])
    cell = sheet.cell(int(row[1]), column[1] if column else "type") if row else _quoting(sheet, message)
    if unknown := _UNKNOWN_TYPE.search(message):
        return FormProblem(
            sheet.title, cell, f"题型「{unknown[1]}」不认识，常用的有 text、integer、decimal、date、select_one 列表"
        )
    return FormProblem(sheet.title, cell, f"问卷转换不了，请改正后再传：{_ROW.sub('', message)}")


def _quoting(sheet: Sheet, message: str) -> str:
    for word in re.findall(r"'([^']+)'", message):
        for row in sheet.filled():
            for column, found in row.cells.items():
                if found.strip() == word:
                    return sheet.cell(row.number, column)
    return ""


def _rows_by_path(survey: Sheet, root: str) -> dict[str, Row]:
    """XPath of each question, group and repeat -> its row."""
    rows: dict[str, Row] = {}
    around = [f"/{root}"]
    for row in survey.filled():
        kind = headers.question_type(row.cells.get("type", "")).strip()
        if END.match(kind):
            around = around[:-1] or around
            continue
        path = f"{around[-1]}/{row.cells.get('name', '').strip()}"
        rows.setdefault(path, row)
        if BEGIN.match(kind):
            around.append(path)
    return rows


def _cell_of(survey: Sheet, rows: dict[str, Row], fault: ExpressionFault) -> str:
    path, column = _written_at(rows, fault)
    return survey.cell(rows[path].number, column) if path in rows else ""


def _written_at(rows: dict[str, Row], fault: ExpressionFault) -> tuple[str, str]:
    """Path and column of the cell that an expression came from: pyxform moves some of them."""
    path, column = fault.path, fault.column
    if path not in rows and path.endswith("_count") and path.removesuffix("_count") in rows:
        return path.removesuffix("_count"), "repeat_count"
    if column == "default" and path in rows and "default" not in rows[path].cells:
        return path, "calculation"
    return path, {"warning": "bind::dajian:warning"}.get(column, column)


def _as_typed(rows: dict[str, Row], fault: ExpressionFault) -> ExpressionFault:
    """The fault with the expression as it stands in the cell, not as pyxform rewrote it."""
    path, column = _written_at(rows, fault)
    typed = rows[path].cells.get(column, "").strip() if path in rows else ""
    return replace(fault, text=typed or fault.text)
