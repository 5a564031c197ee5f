"""Units put together: a row of the form's own sheet with its rows in the sheets of the repeats."""

from __future__ import annotations

from dataclasses import dataclass, field

from dajian.forms.model import ROOT, Form
from dajian.forms.workbook.faults import CellFault
from dajian.forms.workbook.layout import NUMBER
from dajian.forms.workbook.lines import Lines
from dajian.forms.workbook.rows import Line, Token


@dataclass
class Unit:
    """One record before it is judged. rows: lines of each repeat, in the order in which the record lists them."""

    line: Line
    rows: dict[str, list[Line]] = field(default_factory=dict)
    twin: bool = False

    def lines(self) -> list[Line]:
        """Its own row and all rows of its repeats."""
        return [self.line, *(line for rows in self.rows.values() for line in rows)]

    def faults(self) -> list[CellFault]:
        """Every fault that makes it unusable, each once."""
        return list(dict.fromkeys(f for line in self.lines() for f in (*line.faults.values(), *line.blame)))


@dataclass(frozen=True)
class Assembly:
    units: list[Unit]  # in the order of their sheet
    strangers: dict[str, list[Line]]  # rows of each repeat that belong to no unit


def assemble(form: Form, found: tuple[Lines, ...]) -> Assembly:
    """Give the repeats' rows to their units; a second row of one unit is a twin, a row without its unit an orphan."""
    by_scope = {lines.located.table.scope: lines for lines in found}
    units = [Unit(line) for _, line in sorted(by_scope[ROOT].by_row.items())]
    register = _register(units)
    strangers: dict[str, list[Line]] = {}
    for repeat in form.repeats:
        lines = by_scope.get(repeat.key)
        for _, line in sorted(lines.by_row.items()) if lines else ():
            unit = _find(register, line.keys.get("unit", ""))
            if unit is None:
                _tell_orphan(line, "unit", by_scope[ROOT])
            elif repeat.scope != ROOT and _around(unit, repeat.scope, line) is None:
                _tell_orphan(line, "parent", by_scope[repeat.scope])
                unit.line.blame += line.faults.values()
            else:
                unit.rows.setdefault(repeat.key, []).append(line)
                continue
            strangers.setdefault(repeat.key, []).append(line)
    for unit in units:
        _order_nested(form, unit)
    return Assembly(units, strangers)


def _register(units: list[Unit]) -> dict[Token, Unit]:
    """The first unit of each key, and by the number that a code of digits is, for codes that lost theirs.

    Where keys may be empty, also by the numbers of their rows; of two with one number neither is usable.
    """
    register: dict[Token, Unit] = {}
    for unit in units:
        token = unit.line.keys.get("unit", "")
        if isinstance(token, str) and token in register:
            unit.twin = True
            first = register[token].line.row + 1
            unit.line.tell(column_of(unit.line, "unit"), "twin", first=first, there=token)
        elif token:
            register.setdefault(token, unit)
    _register_numbers(units, register)
    numbers = {float(t): unit for t, unit in reversed(register.items()) if isinstance(t, str) and t.isdecimal()}
    return numbers | register


def _register_numbers(units: list[Unit], register: dict[Token, Unit]) -> None:
    first: dict[Token, Unit] = {}
    for unit in units:
        token = unit.line.keys.get("number", "")
        if token and (other := first.setdefault(token, unit)) is not unit:
            unit.twin = True
            at = column_of(unit.line, "number")
            unit.line.tell(at, "twin", first=other.line.row + 1, there=f"{NUMBER} {token}")
            other.line.blame.append(unit.line.faults[at])
        elif token:
            register.setdefault(token, unit)


def _find(register: dict[Token, Unit], token: Token) -> Unit | None:
    if token in register:
        return register[token]
    return register.get(float(token)) if isinstance(token, str) and token.isdecimal() and token.isascii() else None


def _tell_orphan(line: Line, role: str, around: Lines) -> None:
    at = column_of(line, role)
    if at in line.faults:  # merged, a broken formula, lost digits: told already
        return
    token, header, sheet = line.keys.get(role), line.located.columns[at].header, around.located.sheet.name
    there = f"填了「{token}」，「{sheet}」表中没有" if token else f"没有填写{header}"
    line.tell(at, "orphan", there=there, main=sheet, key=header)


def _around(unit: Unit, scope: str, line: Line) -> int | None:
    """Place, among the unit's rows of the repeat around, of the row that a nested row names."""
    number = line.keys.get("parent", "")
    rows = unit.rows.get(scope, ())
    return next((i for i, row in enumerate(rows) if number and row.keys.get("own") == number), None)


def _order_nested(form: Form, unit: Unit) -> None:
    """Rows of a nested repeat in the order of the rows around them, as the record nests them."""
    for repeat in form.repeats:
        if repeat.scope != ROOT and repeat.key in unit.rows:
            unit.rows[repeat.key].sort(key=lambda line: _around(unit, repeat.scope, line) or 0)  # noqa: B023


def column_of(line: Line, role: str) -> int:
    """Place of the line's column of a role; of its first column where it has none."""
    columns = line.located.columns
    return next((at for at, c in columns.items() if c.role == role), min(columns))


def column_for(line: Line, key: str) -> int:
    """Place of a question's column; the unit's where the sheet has none for it."""
    found = (at for at, c in line.located.columns.items() if c.question and c.question.key == key)
    return next(found, column_of(line, "unit"))


def record(form: Form, unit: Unit, *, stand_ins: bool) -> dict[str, object]:
    """The unit's answers, nested as `Form` describes.

    stand_ins: put an answer of the right type where a cell cannot be read, so that it shows whether it should be empty.
    """
    filled = {scope: [_answers(line, stand_ins) for line in lines] for scope, lines in unit.rows.items()}
    own = _answers(unit.line, stand_ins)
    for repeat in form.repeats:
        for answers, line in zip(filled.get(repeat.key, ()), unit.rows.get(repeat.key, ()), strict=True):
            place = _around(unit, repeat.scope, line) if repeat.scope != ROOT else None
            around = own if place is None else filled[repeat.scope][place]
            rows = around.setdefault(repeat.key, [])
            assert isinstance(rows, list)
            rows.append(answers)
    return own


_STAND_INS: dict[str, object] = {
    "integer": 0,
    "decimal": 0.0,
    "date": "2000-01-01",
    "time": "00:00:00.000",
    "datetime": "2000-01-01T00:00:00.000+08:00",
    "geopoint": "0 0 0 0",
    "select_multiple": ["?"],
}


def _answers(line: Line, stand_ins: bool) -> dict[str, object]:
    if not line.bad or not stand_ins:
        return dict(line.answers)
    types = {c.question.key: c.question.type for c in line.located.columns.values() if c.question}
    return line.answers | {key: _STAND_INS.get(types[key], "?") for key in line.bad}
