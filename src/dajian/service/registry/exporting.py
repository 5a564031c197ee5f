"""An export's tables: one row a unit, and a table of its own for each repeat of its questionnaire."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from dajian.forms.model import ROOT, Form, Question, Repeat
from dajian.forms.present import MASKED, Reader, asked
from dajian.service.registry.models import EntryVersion

Row = dict[str, Any]  # cells by their column's key
NUMBERS = ("integer", "decimal")


@dataclass(frozen=True)
class Column:
    key: str
    label: str
    day: bool = False  # holds dates


@dataclass(frozen=True)
class Table:
    """One sheet. scope: the repeat whose rows it holds, or ROOT."""

    scope: str
    name: str
    columns: tuple[Column, ...]


# Columns of our own; no question's key begins with "@".
WHO = (Column("@name", "单位名称"), Column("@code", "统一社会信用代码"))
PLACE = (Column("@city", "设区市"), Column("@county", "县（市、区）"))
ROW = Column("@row", "行号")
ORIGIN = (
    Column("@year", "基准年度"),
    Column("@n", "版本"),
    Column("@approved_for", "审定单位"),
    Column("@approved_by", "审定人"),
    Column("@approved_on", "审定日期", day=True),
)


def tables(forms: Iterable[Form], reading: Reader) -> list[Table]:
    """The sheets for records of several editions of a questionnaire: the newest one's questions, then older ones'."""
    columns: dict[str, dict[str, Column]] = {ROOT: {}}
    names: dict[str, str] = {ROOT: "单位"}
    for form in forms:
        for scope, label in [(ROOT, ""), *((repeat.key, repeat.label) for repeat in form.repeats)]:
            names.setdefault(scope, reading.label(label))
            known = columns.setdefault(scope, {})
            for question in asked(form, scope):
                column = Column(question.key, reading.label(question.label), question.type == "date")
                known.setdefault(question.key, column)
    main = Table(ROOT, names[ROOT], (*WHO, *PLACE, *columns.pop(ROOT).values(), *ORIGIN))
    titles = _sheet_names(names)
    repeats = [Table(s, titles[s], (*WHO, ROW, *c.values())) for s, c in columns.items()]
    return [main, *repeats]


def _sheet_names(names: dict[str, str]) -> dict[str, str]:
    """What Excel allows, at most 31 characters, told apart by a number where alike."""
    found: dict[str, str] = {}
    for scope, name in names.items():
        short = re.sub(r"[\[\]:*?/\\']+", " ", name).strip()[:28] or "表"
        taken = set(found.values()) | {"说明"}
        found[scope] = next(t for t in (short, *(f"{short} {n}" for n in range(2, 100))) if t not in taken)
    return found


def lines(version: EntryVersion, form: Form, reading: Reader) -> dict[str, list[Row]]:
    """A version's rows by scope. version: with its entry, the entry's area and the area above."""
    entry, values = version.entry, version.values
    who = {"@name": entry.name, "@code": entry.code}
    found = {ROOT: [{**_cells(form, ROOT, values, reading), **who, **_origin(version, reading)}]}
    for repeat in form.repeats:
        rows = _rows(form, repeat, values)
        found[repeat.key] = [{**_cells(form, repeat.key, row, reading), **who, "@row": at} for at, row in rows]
    return found


def _origin(version: EntryVersion, reading: Reader) -> Row:
    area = version.entry.area
    county = area if area.level == "county" else None
    city = county.parent if county else area
    return {
        "@city": city.name if city else "",
        "@county": county.name if county else "",
        "@year": reading.year,
        "@n": version.n,
        "@approved_for": version.approved_for,
        "@approved_by": version.approved_by,
        "@approved_on": timezone.localdate(version.approved_at).isoformat(),
    }


def _rows(form: Form, repeat: Repeat, values: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """A repeat's rows with their number; of a repeat inside a repeat "2.1"."""
    if repeat.scope == ROOT:
        around: Iterable[tuple[str, dict[str, Any]]] = [("", values)]
    else:
        outer = next(one for one in form.repeats if one.key == repeat.scope)
        around = ((f"{at}.", row) for at, row in _rows(form, outer, values))
    for before, parent in around:
        for n, row in enumerate(parent.get(repeat.key, []), start=1):
            yield f"{before}{n}", row


def _cells(form: Form, scope: str, record: dict[str, Any], reading: Reader) -> dict[str, Any]:
    answered = (q for q in asked(form, scope) if record.get(q.key) not in (None, "", []))
    return {question.key: _cell(question, record[question.key], reading) for question in answered}


def _cell(question: Question, value: Any, reading: Reader) -> Any:
    """Numbers as numbers, all else as text: codes keep their digits."""
    number = question.type in NUMBERS or question.type == "calculate" and isinstance(value, int | float)
    return value if number and MASKED not in question.appearance.split() else reading.text(question, value)
