"""The rows of one located table: which of them are records, what they answer, and what is wrong with single cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from dajian.forms.model import ROOT, Question
from dajian.forms.workbook.cells import EXACT, Answer, Bad, Reader, code_text, reader, shown
from dajian.forms.workbook.faults import RANK, CellFault, expected, fault
from dajian.forms.workbook.layout import Column, plain
from dajian.forms.workbook.locate import Located
from dajian.tables.read import Row, Value

Token = str | float  # a unit's code; the number that is left of a code stored as one

_NOTE = re.compile(
    r"(?:注|备注|说明|附注|填表|填报|制表|审核|负责人|联系|日期|合计|总计|小计|共计)\d*(?:人|单位|日期|时间)?(?:[:：].*|$)"
)
_CODE = re.compile(r"[0-9A-Z][0-9A-Z-]*")
_EXPONENT = re.compile(r"\d(?:\.\d+)?E\+?\d{2}")
_LONE_CODE = 15  # characters; a shorter text alone in a row names no unit


@dataclass
class Line:
    """One record's row. Faults by column; `blame`: faults of other cells that make this row unusable as well."""

    located: Located
    row: int  # from 0
    answers: dict[str, Answer] = field(default_factory=dict)
    bad: dict[str, Bad] = field(default_factory=dict)
    faults: dict[int, CellFault] = field(default_factory=dict)
    blame: list[CellFault] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)  # keys of questions whose answer cannot be known
    keys: dict[str, Token] = field(default_factory=dict)  # by role: unit, parent, own

    def tell(self, column: int, code: str, **words: object) -> None:
        """Note a fault of one of its cells, unless one of higher rank stands there."""
        there = self.faults.get(column)
        if there and RANK[there.code] <= RANK[code]:
            return
        known = self.located.columns.get(column)
        self.faults[column] = fault(
            self.located.sheet.name,
            self.row,
            column,
            code,
            header=known.header if known else "",
            question=known.question.key if known and known.question else "",
            **words,
        )

    def value(self, column: int) -> Value:
        return self.located.sheet.rows[self.row][column]


@dataclass(frozen=True)
class Lines:
    located: Located
    by_row: dict[int, Line]
    strays: tuple[CellFault, ...]  # in rows that are no record


def gather(located: Located, from_1904: bool = False) -> Lines:
    """Every record of the table, each cell read; merged ranges and formulas settled."""
    readers = {
        at: (column.question.key, reader(column.question, from_1904), column.question)
        for at, column in located.columns.items()
        if column.question
    }
    keys = [(at, column) for at, column in located.columns.items() if column.role != "answer"]
    width = len(located.sheet.rows[0]) if located.sheet.rows else 0
    beside = [c for c in range(width) if c not in located.columns and c not in located.unread]
    unusable: dict[int, dict[int, str]] = {}
    for (row, column), text in located.sheet.unusable.items():
        if row >= located.first_row:
            unusable.setdefault(row, {})[column] = text
    hidden_by_merge = _covered(located)
    by_row: dict[int, Line] = {}
    strays: list[CellFault] = []
    for row in range(located.first_row, len(located.sheet.rows)):
        cells = located.sheet.rows[row]
        broken = unusable.get(row, {})
        if not any(cells) and not broken and 0.0 not in cells:
            continue
        line = _read(Line(located, row), cells, readers, keys)
        for at, text in broken.items():
            if at in located.columns:
                _mark_formula(line, at, text)
        if _is_record(line, cells, readers, broken, hidden_by_merge):
            by_row[row] = line
            for at in beside:
                if there := shown(cells[at]):
                    line.tell(at, "stray", there=there)
        else:
            strays += _strays(line, cells, broken)
    lines = Lines(located, by_row, tuple(strays))
    _settle_merged(lines)
    _settle_doubles(lines)
    return lines


def _read(
    line: Line, cells: Row, readers: dict[int, tuple[str, Reader, Question]], keys: list[tuple[int, Column]]
) -> Line:
    percent = line.located.sheet.percent
    for at, (key, read, question) in readers.items():
        value = cells[at]
        if value == "":
            continue
        if percent and isinstance(value, float) and (line.row, at) in percent and "%" in plain(question.label):
            value = round(value * 100, 10)
        answer = read(value)
        if answer is None:
            continue
        if not isinstance(answer, Bad):
            line.answers[key] = answer
            continue
        line.bad[key] = answer
        line.unknown.add(key)
        line.tell(at, answer.code, there=answer.shown, expected=expected(question))
    for at, column in keys:
        _read_key(line, at, column, cells[at])
    return line


def _read_key(line: Line, at: int, column: Column, value: Value) -> None:
    text = code_text(value)
    number = value if isinstance(value, float) else float(text) if _EXPONENT.fullmatch(text) else 0.0
    if abs(number) >= EXACT:
        line.keys[column.role] = number
        if column.question is None:
            line.tell(at, "lost_digits", there=shown(value))
    elif text:
        line.keys[column.role] = text


def _mark_formula(line: Line, at: int, text: str) -> None:
    line.tell(at, "formula", result=f"出错（{text}）" if text else "没有存下结果")
    if question := line.located.columns[at].question:
        line.unknown.add(question.key)


def _is_record(
    line: Line,
    cells: Row,
    readers: dict[int, tuple[str, Reader, Question]],
    broken: dict[int, str],
    hidden_by_merge: set[tuple[int, int]],
) -> bool:
    """Whether a row is a record and not a note, a sum or a signature under the table.

    A row that names a unit is one; without a unit, one that answers several questions fittingly.
    """
    located = line.located
    filled = len(line.answers) + len(line.bad)
    lost = sum(1 for at in broken if at in located.columns)
    token = line.keys.get("unit", "")
    unit_at = next((at for at, c in located.columns.items() if c.role == "unit"), None)
    others = filled - (1 if unit_at in readers and token else 0)
    if isinstance(token, float) or (
        unit_at is not None and (unit_at in broken or (line.row, unit_at) in hidden_by_merge)
    ):
        return others + lost > 1 or isinstance(token, float)
    if _CODE.fullmatch(token) and (others + lost or (len(token) >= _LONE_CODE)):
        return True
    if any(_NOTE.fullmatch(t) for v in cells if isinstance(v, str) and (t := plain(v))):
        return False
    fitting = sum(1 for key, _, q in readers.values() if q.type != "text" and key in line.answers)
    few = len(located.columns) <= 3
    return (
        fitting >= 2
        or (fitting >= 1 and filled + lost >= 2 + (not few))
        or lost >= 3
        or filled * 2 >= max(2 + (not few), len(located.columns))
    )


def _strays(line: Line, cells: Row, broken: dict[int, str]) -> Iterator[CellFault]:
    numbers = [at for at, c in line.located.columns.items() if c.role != "answer" and c.question is None]
    if all(code_text(v).isdecimal() if at in numbers else not shown(v) for at, v in enumerate(cells) if v != ""):
        return  # a row number waiting for its row
    for at, value in enumerate(cells):
        if there := shown(value) or broken.get(at, ""):
            yield fault(line.located.sheet.name, line.row, at, "stray", there=there)


def _covered(located: Located) -> set[tuple[int, int]]:
    """Cells of the data that lie under a merged range without being its first cell."""
    areas = (
        a for a in located.sheet.merged if a.top >= located.first_row and a.bottom - a.top < len(located.sheet.rows)
    )
    return {
        (row, column)
        for a in areas
        for row in range(a.top, a.bottom + 1)
        for column in located.columns
        if a.left <= column <= a.right and (row, column) != (a.top, a.left)
    }


def _settle_merged(lines: Lines) -> None:
    """A filled merged range is a fault at its first cell, and every record under it is unusable."""
    located = lines.located
    for area in located.sheet.merged:
        first = lines.by_row.get(area.top)
        places = [c for c in located.columns if area.left <= c <= area.right]
        if first is None or not places or not shown(first.value(area.left)):
            continue
        first.tell(area.left, "merged", area=area)
        mark = first.faults[area.left]
        for row in range(area.top, min(area.bottom, len(located.sheet.rows) - 1) + 1):
            if not (line := lines.by_row.get(row)):
                continue
            for at in places:
                column = located.columns[at]
                if column.question:
                    line.unknown.add(column.question.key)
                    line.answers.pop(column.question.key, None)
                if column.role != "answer" and line is not first:
                    line.keys.pop(column.role, None)
                    if located.table.scope != ROOT and column.role in first.keys:  # one code over a unit's rows
                        line.keys[column.role] = first.keys[column.role]
            if line is not first:
                line.blame.append(mark)


def _settle_doubles(lines: Lines) -> None:
    """Where two columns have one header, a row in which they differ has no answer that is known."""
    for first, second, mark in lines.located.doubles:
        for line in lines.by_row.values():
            there = plain(shown(line.value(second)))
            if there and there != plain(shown(line.value(first))):
                line.blame.append(mark)
