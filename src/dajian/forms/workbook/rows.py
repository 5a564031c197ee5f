"""One row of a located table: its cells read, and whether it is a record or a note, a sum, a signature."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from dajian.forms.model import Question
from dajian.forms.workbook.answer import EXACT, Answer, Bad, Reader, code_text, shown
from dajian.forms.workbook.cells import reader
from dajian.forms.workbook.faults import RANK, CellFault, expected, fault
from dajian.forms.workbook.layout import plain
from dajian.forms.workbook.locate import Located
from dajian.tables.read import Row, Value

Token = str | float  # a unit's code; the number that is left of a code stored as one

_NOTE = re.compile(
    r"(?:注|备注|说明|附注|填表|填报|制表|审核|复核|负责人|联系|日期)\d*(?:人|单位|日期|时间)?(?:[:：].*|$)"
    r"|(?:合计|总计|小计|共计|累计|平均)[^一-龥]*(?:[（(].*|[:：].*|$)"
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
        header = known.header if known else ""
        key = known.question.key if known and known.question else ""
        self.faults[column] = fault(
            self.located.sheet.name, self.row, column, code, header=header, question=key, **words
        )

    def value(self, column: int) -> Value:
        """What stands in one of its cells."""
        return self.located.sheet.rows[self.row][column]


@dataclass(frozen=True)
class Plan:
    """How the rows of one table are read."""

    located: Located
    answers: dict[int, tuple[str, Reader, Question]]  # by column
    keys: tuple[tuple[int, str], ...]  # column, role
    beside: tuple[int, ...]  # columns without a header
    broken: dict[int, dict[int, str]]  # by row and column: error text of a formula, "" where it has no result
    covered: frozenset[int]  # rows whose unit lies under a merged range
    unit: int | None  # the column that names the unit


def plan(located: Located, from_1904: bool) -> Plan:
    """Settle once for a table what every row needs."""
    sheet, columns = located.sheet, located.columns
    broken: dict[int, dict[int, str]] = {}
    for (row, column), text in sheet.unusable.items():
        if row >= located.first_row:
            broken.setdefault(row, {})[column] = text
    unit = next((at for at, c in columns.items() if c.role == "unit"), None)
    tall = (a for a in sheet.merged if unit is not None and a.left <= unit <= a.right)
    return Plan(
        located,
        {at: (c.question.key, reader(c.question, from_1904), c.question) for at, c in columns.items() if c.question},
        tuple((at, c.role) for at, c in columns.items() if c.role != "answer"),
        tuple(c for c in range(len(sheet.rows[0])) if c not in columns and c not in located.found.unread),
        broken,
        frozenset(row for a in tall for row in range(a.top + (a.left == unit), a.bottom + 1)),
        unit,
    )


def read_row(plan: Plan, row: int) -> Line:
    """Read every cell of a row that stands under a known header."""
    line = Line(plan.located, row)
    cells, percent = plan.located.sheet.rows[row], plan.located.sheet.percent
    for at, (key, read, question) in plan.answers.items():
        value = cells[at]
        if value == "":
            continue
        if percent and isinstance(value, float) and (row, at) in percent and "%" in plain(question.label):
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
    for at, role in plan.keys:
        _read_key(line, at, role)
    for at, text in plan.broken.get(row, {}).items():
        if at in plan.located.columns:
            line.tell(at, "formula", result=f"出错（{text}）" if text else "没有存下结果")
            if at in plan.answers:
                line.unknown.add(plan.answers[at][0])
    return line


def _read_key(line: Line, at: int, role: str) -> None:
    value = line.value(at)
    text = code_text(value)
    number = value if isinstance(value, float) else float(text) if _EXPONENT.fullmatch(text) else 0.0
    if abs(number) >= EXACT:
        line.keys[role] = number
        if line.located.columns[at].question is None:  # else told as an answer
            line.tell(at, "lost_digits", there=shown(value))
    elif text:
        line.keys[role] = text


def is_record(plan: Plan, line: Line) -> bool:
    """Whether a row is a record and not a note, a sum or a signature under the table.

    A row that names a unit is one; without a unit, one that answers several questions fittingly.
    """
    token = line.keys.get("unit", "")
    broken = [at for at in plan.broken.get(line.row, ()) if at in plan.located.columns]
    filled = len(line.answers) + len(line.bad) + len(broken)
    others = filled - bool(token and plan.unit in plan.answers)
    if isinstance(token, float):
        return True
    if plan.unit in broken or line.row in plan.covered:
        return others > 1
    if _CODE.fullmatch(token) and (others or len(token) >= _LONE_CODE):
        return True
    cells = plan.located.sheet.rows[line.row]
    if any(_NOTE.fullmatch(t) for v in cells if isinstance(v, str) and (t := plain(v))) or _is_header(plan, cells):
        return False
    fitting = sum(1 for key, _, q in plan.answers.values() if q.type != "text" and key in line.answers)
    enough = 2 if len(plan.located.columns) <= 3 else 3
    many = filled * 2 >= max(enough, len(plan.located.columns))
    return fitting >= 2 or len(broken) >= 3 or many or (fitting == 1 and filled >= enough)


def _is_header(plan: Plan, cells: Row) -> bool:
    """Whether the header stands here again, as where sheets were pasted one under the other."""
    names = plan.located.table.names
    again = sum(names.get(plain(str(cells[at]))) is column for at, column in plan.located.columns.items())
    return again >= 2 and again * 2 >= sum(v != "" for v in cells)


def strays(plan: Plan, line: Line) -> Iterator[CellFault]:
    """The filled cells of a row that is no record; none for a repeated header or a row number waiting for its row."""
    cells = line.located.sheet.rows[line.row]
    numbers = [at for at, _ in plan.keys if at not in plan.answers]
    waiting = all(code_text(v).isdecimal() if at in numbers else not shown(v) for at, v in enumerate(cells) if v != "")
    broken = plan.broken.get(line.row, {})
    if (waiting and not any(broken.values())) or _is_header(plan, cells):
        return
    for at, value in enumerate(cells):
        if there := shown(value) or broken.get(at, ""):
            yield fault(line.located.sheet.name, line.row, at, "stray", there=there)
