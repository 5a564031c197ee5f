"""The plain page made from a questionnaire: fields out of a form and a draft, a draft out of what was posted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest
from typing import Any

from django.http import QueryDict

from dajian.forms.evaluate import validate
from dajian.forms.model import ROOT, Form, Problem, Question, Repeat
from dajian.forms.present import Reader, asked, in_order
from dajian.service.access.numbers import whole

WHOLE = re.compile(r"[-+]?\d{1,18}")
NUMBER = re.compile(r"[-+]?\d{1,18}(\.\d{1,9})?")
WIDGETS = {
    "select_one": "one",
    "select_multiple": "many",
    "integer": "number",
    "decimal": "number",
    "date": "date",
}
OPTIONAL = "选填"


@dataclass(frozen=True)
class Field:
    """One question on the page."""

    name: str
    label: str
    hint: str
    widget: str
    value: Any
    required: bool
    choices: tuple[tuple[str, str, bool], ...] = ()  # value, label, chosen
    errors: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()  # what was said of it when the questionnaire was returned
    known: bool = False  # filled in from what the province knew already
    long: bool = False


@dataclass(frozen=True)
class Rows:
    """A repeat: its rows of fields; `errors` speak of the repeat as a whole."""

    key: str
    label: str
    rows: tuple[tuple[Field, ...], ...]
    errors: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    known: bool = False


@dataclass
class Part:
    """What stands under one heading; folded where all of it is optional."""

    title: str
    entries: list[Field | Rows] = field(default_factory=list)

    @property
    def folded(self) -> bool:
        return OPTIONAL in self.title

    @property
    def faulty(self) -> bool:
        """Whether something in it is to be looked at: a fault or a remark."""
        fields = [f for e in self.entries if isinstance(e, Rows) for row in e.rows for f in row]
        return any(one.errors or one.remarks for one in [*self.entries, *fields])


Place = tuple[str, int, str]  # scope, row (0 outside of repeats), key


def name_of(scope: str, row: int, key: str) -> str:
    """The field's name on the page, by which it is found again."""
    return f"r-{scope}-{row}-{key}" if scope else f"q-{key}"


@dataclass
class Beside:
    """What stands beside the fields, by place: faults, remarks, and which questions were known."""

    faults: dict[Place, list[str]] = field(default_factory=dict)
    remarks: dict[Place, list[str]] = field(default_factory=dict)
    known: frozenset[str] = frozenset()


def parts(
    form: Form,
    draft: dict[str, Any],
    reader: Reader,
    problems: Iterable[Problem] = (),
    *,
    remarks: Iterable[tuple[Place, str]] = (),
    known: Iterable[str] = (),
) -> list[Part]:
    """The whole page, heading by heading, with faults and remarks beside their fields."""
    beside = Beside(known=frozenset(known))
    for problem in problems:
        place = (problem.scope, problem.row if problem.scope else 0, problem.key)
        beside.faults.setdefault(place, []).append(problem.message)
    for place, text in remarks:
        beside.remarks.setdefault(place, []).append(text)
    found: dict[str, Part] = {}
    for one in in_order(form):
        if isinstance(one, Question):
            entry: Field | Rows = _field(one, ROOT, 0, draft, reader, beside)
        else:
            entry = _rows(form, one, draft, reader, beside)
        _part(found, one, reader).entries.append(entry)
    return list(found.values())


def computed(form: Form, draft: dict[str, Any], *, on: date) -> dict[str, Any]:
    """The draft as it was typed, with what the form works out of it."""
    judged = validate(form, draft, on=on, sent=False).record
    shown = {**draft, **_worked_out(form, ROOT, judged)}
    for repeat in form.repeats:
        rows, theirs = draft.get(repeat.key), judged.get(repeat.key, [])
        if repeat.scope == ROOT and isinstance(rows, list) and len(rows) == len(theirs):
            shown[repeat.key] = [
                {**row, **_worked_out(form, repeat.key, own)} for row, own in zip(rows, theirs, strict=True)
            ]
    return shown


def _worked_out(form: Form, scope: str, record: dict[str, Any]) -> dict[str, Any]:
    return {q.key: record[q.key] for q in asked(form, scope) if q.type == "calculate" and q.key in record}


def _part(found: dict[str, Part], of: Question | Repeat, reader: Reader) -> Part:
    title = reader.label(" · ".join(of.groups))
    return found.setdefault(title, Part(title))


def _rows(form: Form, repeat: Repeat, draft: dict, reader: Reader, beside: Beside) -> Rows:
    questions = list(asked(form, repeat.key))
    rows = draft.get(repeat.key) or [{}]
    return Rows(
        repeat.key,
        reader.label(repeat.label),
        tuple(tuple(_field(q, repeat.key, n, row, reader, beside) for q in questions) for n, row in enumerate(rows)),
        tuple(beside.faults.get((ROOT, 0, repeat.key), ())),
        tuple(beside.remarks.get((ROOT, 0, repeat.key), ())),
        repeat.key in beside.known,
    )


def _field(question: Question, scope: str, row: int, draft: dict, reader: Reader, beside: Beside) -> Field:
    place = (scope, row, question.key)
    value = draft.get(question.key)
    chosen = value if isinstance(value, list) else [value]
    return Field(
        name=name_of(*place),
        label=reader.label(question.label),
        hint=reader.label(question.hint),
        widget="shown" if question.readonly else WIDGETS.get(question.type, "text"),
        value="" if value is None else value,
        required=question.required,
        choices=tuple((c.name, reader.label(c.label), c.name in chosen) for c in question.choices),
        errors=tuple(beside.faults.get(place, ())),
        remarks=tuple(beside.remarks.get(place, ())),
        known=not scope and question.key in beside.known,
        long=question.type == "text" and "multiline" in question.appearance,
    )


def posted(form: Form, data: QueryDict) -> dict[str, Any]:
    """The draft that a post holds; what cannot be read as its type is kept as it was typed, to be faulted later."""
    record = _answers(asked(form), data, "q-")
    for repeat in form.repeats:
        if repeat.scope != ROOT:
            continue
        numbers = sorted({int(m[1]) for k in data if (m := re.match(rf"r-{re.escape(repeat.key)}-(\d+)-", k))})
        questions = list(asked(form, repeat.key))
        rows = [_answers(questions, data, f"r-{repeat.key}-{n}-") for n in numbers]
        kept = [row for row in rows if row]
        if kept:
            record[repeat.key] = kept
    return record


def with_pictures(form: Form, before: dict[str, Any], record: dict[str, Any]) -> dict[str, Any]:
    """What was posted, with the pictures of the draft before it: the plain page does not show them, and keeps them."""
    kept = {**_pictures(form, ROOT, before), **record}
    for repeat in form.repeats:
        rows = before.get(repeat.key)
        if repeat.scope != ROOT or not isinstance(rows, list):
            continue
        pictures = [_pictures(form, repeat.key, row) for row in rows]
        if repeat.key in record:
            pairs: Iterable[tuple[dict, dict]] = zip_longest(
                pictures[: len(record[repeat.key])], record[repeat.key], fillvalue={}
            )
            kept[repeat.key] = [{**held, **row} for held, row in pairs]
        elif not any(True for _ in asked(form, repeat.key)) and any(pictures):
            kept[repeat.key] = [held for held in pictures if held]
    return kept


def _pictures(form: Form, scope: str, row: dict[str, Any]) -> dict[str, Any]:
    return {q.key: row[q.key] for q in form.questions if q.scope == scope and q.type == "image" and q.key in row}


def _answers(questions: Iterable[Question], data: QueryDict, prefix: str) -> dict[str, Any]:
    found = {}
    for question in questions:
        name = prefix + question.key
        value: Any = data.getlist(name) if question.type == "select_multiple" else _typed(question, data.get(name, ""))
        if value not in ("", []):
            found[question.key] = value
    return found


def _typed(question: Question, text: str) -> Any:
    text = text.strip()
    if question.type == "integer" and WHOLE.fullmatch(text):
        return int(text)
    if question.type == "decimal" and NUMBER.fullmatch(text):
        return float(text)
    return text


def changed_rows(record: dict[str, Any], data: QueryDict) -> dict[str, Any]:
    """The draft after a press of 增加一行 (add=repeat) or 删除本行 (drop=repeat-n)."""
    if add := data.get("add"):
        record.setdefault(add, []).append({})
    key, _, n = data.get("drop", "").rpartition("-")
    if key and (row := whole(n)) is not None and row < len(record.get(key, [])):
        record[key].pop(row)
    return record
