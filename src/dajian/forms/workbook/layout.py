"""Which sheets and columns the workbook of a form has: the same for writing it and for reading it back.

One sheet for the form itself (a row is a unit), one for each repeat. The rows of a repeat name their unit by its code,
by a number where the form asks for none, and by either where the code may be empty; the rows of a nested repeat name
their row in the sheet around it as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dajian.forms.model import ROOT, Form, Question, Repeat
from dajian.forms.workbook.depend import demanded

INSTRUCTIONS = "填写说明"
CHOICES = "_选项"  # hidden
FAULTS = "错误清单"
NUMBER = "序号"
UNIT_KEYS = ("project_code", "unit_credit_code")  # names of the questions that identify a unit, first come first
ASKED = {"text", "integer", "decimal", "date", "time", "datetime", "select_one", "select_multiple", "geopoint"}
NOT_FILLED_IN = {"image": "照片", "audio": "录音", "video": "录像", "file": "附件", "geotrace": "线", "geoshape": "面"}

Years = tuple[int, int]  # reference year {Y}, plan year {Y1}


@dataclass(frozen=True)
class Column:
    """role: answer; unit (the key), number (of a unit whose key may be empty), parent (row in the sheet around a nested
    repeat), own (number of this row)."""

    header: str
    role: str
    question: Question | None = None
    demanded: bool = True  # the form requires an answer, if only in some case: a workbook without the column is refused
    alias: str = ""  # another header that is accepted

    @property
    def required(self) -> bool:
        return bool(self.question.required) if self.question else self.role != "number"


@dataclass(frozen=True)
class Table:
    scope: str
    parent: str  # scope around it; ROOT for the form itself, too
    sheet: str
    label: str
    columns: tuple[Column, ...]
    names: dict[str, Column]  # every accepted header, as `plain` writes it

    def column(self, role: str) -> Column | None:
        """Its column of that role, None where it has none."""
        return next((c for c in self.columns if c.role == role), None)


def years_of(on: date) -> Years:
    """The year before a date, and its own."""
    return on.year - 1, on.year


def tables(form: Form, years: Years) -> tuple[Table, ...]:
    """The form's own sheet first, then its repeats in order of appearance."""
    key = unit_question(form)
    wanted = demanded(form)
    repeats = _with_questions(form)
    nested = {r.scope for r in repeats if r.scope != ROOT}
    sheets = _sheet_names(form, years)
    own = _table(form, Repeat(ROOT, "", form.title), sheets[ROOT], _root_columns(form, key), wanted, years)
    found = [own]
    for repeat in repeats:
        keys = [_unit_column(own)]
        if repeat.scope != ROOT:
            keys.append(Column(_number_header(form, repeat.scope, years), "parent"))
        if repeat.key in nested:
            keys.append(Column(_number_header(form, repeat.key, years), "own"))
        found.append(_table(form, repeat, sheets[repeat.key], keys, wanted, years))
    return tuple(found)


def unit_question(form: Form) -> Question | None:
    """The question whose answer identifies a unit: a project by its own code, although its owner has one, too."""
    keys = (q for name in UNIT_KEYS for q in form.questions if q.scope == ROOT and q.name == name and q.type == "text")
    return next(keys, None)


def asked(question: Question) -> bool:
    """Whether it has a column: neither computed, nor shown only, nor a picture."""
    return question.type in ASKED and not question.readonly


def in_years(text: str, years: Years) -> str:
    """A label with its years put in."""
    return text.replace("{Y1}", str(years[1])).replace("{Y}", str(years[0]))


def plain(text: str) -> str:
    """What two spellings of one header, sheet name or choice have in common.

    Width, spaces, case, the shape of quotation marks, and a mark of "required" do not count.
    """
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    text = "".join(text.split()).casefold()
    return _MARK.sub("", text)


_QUOTES = str.maketrans(
    {"“": '"', "”": '"', "「": '"', "」": '"', "‘": "'", "’": "'", "﹡": "*", "\ufeff": "", "\u200b": ""}
)
_MARK = re.compile(r"^\*+|\*+$|\((?:必填|选填)\)$")


def _with_questions(form: Form) -> list[Repeat]:
    """The repeats that have something to fill in, or hold one that has."""
    used = {q.scope for q in form.questions if asked(q)}
    for repeat in reversed(form.repeats):  # a repeat stands before those inside it
        if repeat.key in used:
            used.add(repeat.scope)
    return [r for r in form.repeats if r.key in used]


def _root_columns(form: Form, key: Question | None) -> list[Column]:
    if not form.repeats or (key and key.required):
        return []
    return [Column(NUMBER, "number", demanded=False) if key else Column(f"单位{NUMBER}", "unit")]


def _unit_column(own: Table) -> Column:
    """The column by which the rows of a repeat name their unit."""
    key = own.column("unit")
    assert key is not None  # a form with repeats has one
    if own.column("number") is None:
        return Column(key.header, "unit")
    return Column(f"{key.header}（没有的填{NUMBER}）", "unit", alias=key.header)


def _number_header(form: Form, scope: str, years: Years) -> str:
    label = next(r.label for r in form.repeats if r.key == scope)
    return f"{in_years(label, years) or scope}序号"


def _table(form: Form, repeat: Repeat, sheet: str, keys: list[Column], wanted: frozenset[str], years: Years) -> Table:
    questions = [q for q in form.questions if q.scope == repeat.key and asked(q)]
    key = unit_question(form)
    headers = _headers(questions, in_years(repeat.label, years), {plain(c.header) for c in keys}, years)
    answers = (
        Column(header, "unit" if q is key else "answer", q, q is key or q.path in wanted)
        for q, header in zip(questions, headers, strict=True)
    )
    columns = (*keys, *answers)
    return Table(repeat.key, repeat.scope, sheet, in_years(repeat.label, years), columns, _names(columns, years))


def _headers(questions: list[Question], label: str, taken: set[str], years: Years) -> list[str]:
    """Labels; one that stands twice takes its group (or the sheet) before it, and its name if that is not enough."""
    texts = [in_years(q.label, years) or q.name for q in questions]
    count = Counter(plain(t) for t in texts)
    for i, question in enumerate(questions):
        if count[plain(texts[i])] > 1 or plain(texts[i]) in taken:
            around = question.groups[-1] if question.groups else label
            texts[i] = f"{in_years(around, years)}：{texts[i]}"
    count = Counter(plain(t) for t in texts)
    return [f"{t}（{q.key}）" if count[plain(t)] > 1 else t for t, q in zip(texts, questions, strict=True)]


def _names(columns: Iterable[Column], years: Years) -> dict[str, Column]:
    others: dict[str, list[Column]] = {}
    for column in columns:
        if question := column.question:
            label = in_years(question.label, years)
            spellings = {plain(s) for s in (label, question.name, question.key)}
            spellings |= {
                plain(in_years(g, years) + mark + label) for g in question.groups for mark in ("：", "-", "/", "")
            }
            for spelling in spellings:
                others.setdefault(spelling, []).append(column)
    single = {name: found[0] for name, found in others.items() if name and len(found) == 1}
    single |= {plain(column.alias): column for column in columns if column.alias}
    return single | {plain(column.header): column for column in columns}


def _sheet_names(form: Form, years: Years) -> dict[str, str]:
    """By scope: what Excel allows in a sheet's name, 31 characters, told apart by a number where alike."""
    taken = {n.casefold() for n in (INSTRUCTIONS, CHOICES, FAULTS, "History")}
    names: dict[str, str] = {}
    for scope, label in [(ROOT, form.title or form.form_id), *((r.key, r.label or r.key) for r in form.repeats)]:
        text = re.sub(r"[\[\]:*?/\\'：？＊／]+", " ", in_years(label, years)).strip()[:31].strip() or "表"
        name, number = text, 2
        while name.casefold() in taken:
            name, number = f"{text[:27]} {number}", number + 1
        taken.add(name.casefold())
        names[scope] = name
    return names
