"""Records laid out as rows of the workbook's sheets, as where an earlier round is shown to be brought up to date."""

from __future__ import annotations

from collections.abc import Mapping

from dajian.forms.model import ROOT, Form
from dajian.forms.workbook.layout import Table, unit_question

Record = Mapping[str, object]


def rows_of(form: Form, table: Table, records: list[Record]) -> list[dict[str, object]]:
    """Rows of a table with their key columns, each by column header."""
    unit = next((c for c in table.columns if c.role == "unit"), None)
    lines = []
    for number, record in enumerate(records, 1):
        key = _unit_key(form, record, number)
        for path, row in _rows(form, table.scope, record):
            line: dict[str, object] = {c.header: row.get(c.question.key) for c in table.columns if c.question}
            if unit and unit.question is None:
                line[unit.header] = key
            for role, place in (("number", (number,)), ("parent", path[-2:-1]), ("own", path[-1:])):
                if column := table.column(role):
                    line[column.header] = str(place[0]) if place else ""
            lines.append(line)
    return lines


def _unit_key(form: Form, record: Record, number: int) -> str:
    question = unit_question(form)
    return str(question and record.get(question.key, "") or number)


def _rows(form: Form, scope: str, record: Record, path: tuple[int, ...] = ()) -> list[tuple[tuple[int, ...], Record]]:
    """A record's rows of one repeat, nested ones too, with their numbers: in the unit, so that each stands once."""
    if scope == ROOT:
        return [((), record)]
    repeat = next(r for r in form.repeats if r.key == scope)
    found = []
    number = 0
    for around, outer in _rows(form, repeat.scope, record):
        rows = outer.get(scope) or ()
        for row in rows if isinstance(rows, list | tuple) else ():
            number += 1
            found.append(((*around, number), row))
    return found
