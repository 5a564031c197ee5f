"""An export's tables: one row a unit, and a table of its own for each repeat of its questionnaire."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.utils import timezone

from dajian.forms.model import ROOT, Form, Question, Repeat
from dajian.forms.present import MASKED, Reader, asked
from dajian.service.registry.models import EntryVersion

Row = dict[str, Any]  # cells by their column's key
NUMBERS = ("integer", "decimal")
UNIT = re.compile(r"（([^（）]{1,3})）$")  # at the end of a label; a remark in its place is longer


@dataclass(frozen=True)
class Column:
    """A column with what the data dictionary tells of it. kind: text, integer, decimal or date."""

    key: str
    label: str
    kind: str = "text"
    unit: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False
    source: str = "系统登记"
    private: bool = False  # shown in full only to who has the right

    @property
    def name(self) -> str:
        """Its name where columns are named for programs: in Parquet."""
        return f"registry_{self.key[1:]}" if self.key.startswith("@") else self.key


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
    Column("@year", "基准年度", "integer"),
    Column("@n", "版本", "integer"),
    Column("@approved_for", "审定单位"),
    Column("@approved_by", "审定人"),
    Column("@approved_on", "审定日期", "date"),
)
RESERVED = ("说明", "字段说明")  # names of the sheets that tell about the others


def tables(forms: Iterable[Form], reading: Reader) -> list[Table]:
    """The sheets for records of several editions of a questionnaire: the newest one's questions, then older ones'."""
    columns: dict[str, dict[str, Column]] = {ROOT: {}}
    names: dict[str, str] = {ROOT: "单位"}
    for form in forms:
        for scope, label in [(ROOT, ""), *((repeat.key, repeat.label) for repeat in form.repeats)]:
            names.setdefault(scope, reading.label(label))
            known = columns.setdefault(scope, {})
            for question in asked(form, scope):
                column = _column(form, question, reading)
                known[question.key] = _joined(known.get(question.key, column), column)
    main = Table(ROOT, names[ROOT], (*WHO, *PLACE, *columns.pop(ROOT).values(), *ORIGIN))
    titles = _sheet_names(names)
    repeats = [Table(s, titles[s], (*WHO, ROW, *c.values())) for s, c in columns.items()]
    return [main, *repeats]


def _column(form: Form, question: Question, reading: Reader) -> Column:
    label, kind = reading.label(question.label), _kind(question)
    unit = UNIT.search(label) if kind in NUMBERS else None
    return Column(
        question.key,
        label,
        kind,
        unit[1] if unit else "",
        tuple(f"{choice.name}={reading.label(choice.label)}" for choice in question.choices),
        question.required,
        f"{form.title}（{form.version}）{question.path}",
        MASKED in question.appearance.split(),
    )


def _kind(question: Question) -> str:
    """What its cells hold, which is what `_cell` makes of an answer."""
    if MASKED in question.appearance.split() or question.choices:
        return "text"
    kind = question.datatype if question.type == "calculate" else question.type
    return kind if kind in (*NUMBERS, "date") else "text"


def _joined(newer: Column, older: Column) -> Column:
    """A question of two editions: where the kinds of answer differ a text, or a decimal if both are numbers."""
    if newer.kind == older.kind:
        return newer
    return replace(newer, kind="decimal" if {newer.kind, older.kind} == set(NUMBERS) else "text")


def _sheet_names(names: dict[str, str]) -> dict[str, str]:
    """What Excel allows, at most 31 characters, told apart by a number where alike."""
    found: dict[str, str] = {}
    for scope, name in names.items():
        short = re.sub(r"[\[\]:*?/\\']+", " ", name).strip()[:28] or "表"
        taken = {*found.values(), *RESERVED}
        found[scope] = next(t for t in (short, *(f"{short} {n}" for n in range(2, 100))) if t not in taken)
    return found


Teller = Callable[[Any], Any]
Tellers = dict[str, list[tuple[str, Teller]]]  # scope -> (key, what its cell shows of an answer)


def tellers(form: Form, reading: Reader) -> Tellers:
    """How each answer becomes a cell: numbers as numbers, all else as text, so that codes keep their digits.

    Made once for many records: a question's words are looked up here instead of at each of its answers.
    """
    scopes = (ROOT, *(repeat.key for repeat in form.repeats))
    return {scope: [(q.key, _teller(q, reading)) for q in asked(form, scope)] for scope in scopes}


def _teller(question: Question, reading: Reader) -> Teller:
    if MASKED in question.appearance.split() or not question.choices:
        return partial(_cell, _kind(question), partial(reading.text, question))
    words = {choice.name: reading.label(choice.label) for choice in question.choices}
    return partial(_chosen, words)


def _chosen(words: dict[str, str], value: Any) -> str:
    return "、".join(words.get(v, v) for v in map(str, value if isinstance(value, list) else [value]))


def _cell(kind: str, text: Callable[[Any], str], value: Any) -> Any:
    return value if kind in NUMBERS and isinstance(value, int | float) else text(value)


def lines(version: EntryVersion, form: Form, reading: Reader, told: Tellers) -> dict[str, list[Row]]:
    """A version's rows by scope. version: with its entry, the entry's area and the area above; told: of its form."""
    entry, values = version.entry, version.values
    who = {"@name": entry.name, "@code": entry.code}
    found = {ROOT: [{**_cells(told[ROOT], values), **who, **_origin(version, reading)}]}
    for repeat in form.repeats:
        if rows := list(_rows(form, repeat, values)):
            found[repeat.key] = [{**_cells(told[repeat.key], row), **who, "@row": at} for at, row in rows]
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


def _cells(told: list[tuple[str, Teller]], record: Row) -> Row:
    return {key: tell(record[key]) for key, tell in told if record.get(key) not in (None, "", [])}
