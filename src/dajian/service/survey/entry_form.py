"""The plain page made from a questionnaire: fields out of a form and a draft, a draft out of what was posted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import QueryDict

from dajian.forms.evaluate import validate
from dajian.forms.model import ROOT, Form, Problem, Question, Repeat
from dajian.forms.present import Reader, asked

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
    long: bool = False


@dataclass(frozen=True)
class Rows:
    """A repeat: its rows of fields; `errors` speak of the repeat as a whole."""

    key: str
    label: str
    rows: tuple[tuple[Field, ...], ...]
    errors: tuple[str, ...] = ()


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
        return any(e.errors or (isinstance(e, Rows) and any(f.errors for r in e.rows for f in r)) for e in self.entries)


def parts(form: Form, draft: dict[str, Any], reader: Reader, problems: Iterable[Problem] = ()) -> list[Part]:
    """The whole page, heading by heading, with the faults beside their fields."""
    faults: dict[tuple[str, int, str], list[str]] = {}
    for problem in problems:
        faults.setdefault((problem.scope, problem.row if problem.scope else 0, problem.key), []).append(problem.message)
    found: dict[str, Part] = {}
    seen: set[str] = set()
    repeats = {r.key: r for r in form.repeats if r.scope == ROOT}
    for question in form.questions:
        if question.scope == ROOT:
            if question.shown and question.type not in ("note", "image"):
                part = _part(found, question, reader)
                part.entries.append(
                    _field(question, f"q-{question.key}", draft, reader, faults.get((ROOT, 0, question.key), []))
                )
        elif question.scope in repeats and question.scope not in seen:
            seen.add(question.scope)
            repeat = repeats[question.scope]
            _part(found, repeat, reader).entries.append(_rows(form, repeat, draft, reader, faults))
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


def _rows(form: Form, repeat: Repeat, draft: dict, reader: Reader, faults: dict) -> Rows:
    questions = list(asked(form, repeat.key))
    rows = draft.get(repeat.key) or [{}]
    return Rows(
        repeat.key,
        reader.label(repeat.label),
        tuple(
            tuple(
                _field(q, f"r-{repeat.key}-{n}-{q.key}", row, reader, faults.get((repeat.key, n, q.key), []))
                for q in questions
            )
            for n, row in enumerate(rows)
        ),
        tuple(faults.get((ROOT, 0, repeat.key), [])),
    )


def _field(question: Question, name: str, draft: dict, reader: Reader, errors: list[str]) -> Field:
    value = draft.get(question.key)
    chosen = value if isinstance(value, list) else [value]
    return Field(
        name=name,
        label=reader.label(question.label),
        hint=reader.label(question.hint),
        widget="shown" if question.readonly else WIDGETS.get(question.type, "text"),
        value="" if value is None else value,
        required=question.required,
        choices=tuple((c.name, reader.label(c.label), c.name in chosen) for c in question.choices),
        errors=tuple(errors),
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
    if key and n.isdigit() and int(n) < len(record.get(key, [])):
        record[key].pop(int(n))
    return record
