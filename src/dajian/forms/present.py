"""A record in the words of its form: for a page, a print, a sheet, and the difference of two versions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from dajian.forms.instance import with_years
from dajian.forms.model import ROOT, Form, Question, Repeat

PHONE = re.compile(r"(?P<area>0\d{2,3})-?\d{3,4}(?P<last>\d{4})|(?P<mobile>1\d{2})\d{4}(?P<end>\d{4})")
MASKED = "masked"  # appearance of a question that only those who need it see in full


@dataclass(frozen=True)
class Line:
    key: str
    label: str
    text: str


@dataclass(frozen=True)
class Table:
    """One repeat: a row for each of its entries."""

    key: str
    label: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """What stands under one heading of the form."""

    title: str
    lines: tuple[Line, ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class Change:
    """One answer, or one row of a repeat, that differs. `where`: the repeat and its row; "" is no answer."""

    where: str
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Reader:
    """How a record is to be read: the years of its campaign, and what to do with a private value."""

    year: int
    plan_year: int
    private: Callable[[str], str] = lambda text: text

    def label(self, text: str) -> str:
        return with_years(text, self.year, self.plan_year)

    def text(self, question: Question, value: Any) -> str:
        """The value as a person reads it: labels for codes, nothing for no answer."""
        if value is None or value == "":
            return ""
        if question.choices:
            labels = {choice.name: self.label(choice.label) for choice in question.choices}
            values = value if isinstance(value, list) else [value]
            text = "、".join(labels.get(str(v), str(v)) for v in values)
        elif isinstance(value, float):
            text = f"{value:.6f}".rstrip("0").rstrip(".")
        else:
            text = str(value)
        return self.private(text) if MASKED in question.appearance.split() else text


def asked(form: Form, scope: str = ROOT, *, images: bool = False) -> Iterator[Question]:
    """The questions of a scope that hold an answer for people to read: also computed ones that the form shows."""
    mute = ("note",) if images else ("note", "image")
    return (q for q in form.questions if q.scope == scope and q.shown and q.type not in mute)


def in_order(form: Form, *, images: bool = False) -> Iterator[Question | Repeat]:
    """What stands on the form itself, in its order: the questions of `asked`, and each outermost repeat as one."""
    repeats = {repeat.key: repeat for repeat in form.repeats}
    read = {question.key for question in asked(form, images=images)}
    seen: set[str] = set()
    for question in form.questions:
        scope = question.scope
        while scope != ROOT and repeats[scope].scope != ROOT:
            scope = repeats[scope].scope
        if scope == ROOT:
            if question.key in read:
                yield question
        elif scope not in seen:
            seen.add(scope)
            yield repeats[scope]


def sections(form: Form, record: dict[str, Any], reader: Reader) -> list[Section]:
    """The record under the form's headings and in its order, unanswered questions left out."""
    found: dict[str, tuple[list[Line], list[Table]]] = {}
    for part in in_order(form):
        lines, tables = found.setdefault(" · ".join(part.groups), ([], []))
        if isinstance(part, Question):
            if text := reader.text(part, record.get(part.key)):
                lines.append(Line(part.key, reader.label(part.label), text))
        elif rows := record.get(part.key):
            made = table(form, part, rows, reader)
            if made.heads:  # nothing but pictures has nothing to read
                tables.append(made)
    return [
        Section(reader.label(title), tuple(lines), tuple(tables))
        for title, (lines, tables) in found.items()
        if lines or tables
    ]


def table(form: Form, repeat: Repeat, rows: list[dict[str, Any]], reader: Reader, *, images: bool = False) -> Table:
    """A repeat's entries; columns that nobody filled in are left out. images: with the names of pictures."""
    used = [
        q for q in asked(form, repeat.key, images=images) if any(row.get(q.key) not in (None, "", []) for row in rows)
    ]
    return Table(
        repeat.key,
        reader.label(repeat.label),
        tuple(reader.label(q.label) for q in used),
        tuple(tuple(reader.text(q, row.get(q.key)) for q in used) for row in rows),
    )


def changes(form: Form, before: dict[str, Any], after: dict[str, Any], reader: Reader) -> list[Change]:
    """What differs between two records, in the order of the form; entries of a repeat are compared row by row."""
    found: list[Change] = []
    for part in in_order(form, images=True):
        if isinstance(part, Question):
            found.extend(_changed([part], before, after, reader, ""))
            continue
        pairs = zip_longest(before.get(part.key, []), after.get(part.key, []))
        for n, (old, new) in enumerate(pairs, start=1):
            where = f"{reader.label(part.label)} 第{n}行"
            if old is None or new is None:
                whole = table(form, part, [new or old], reader, images=True)
                text = "；".join(f"{h}：{t}" for h, t in zip(whole.heads, whole.rows[0], strict=True) if t)
                found.append(Change(where, "整行", "" if old is None else text, text if old is None else ""))
            else:
                found.extend(_changed(asked(form, part.key, images=True), old, new, reader, where))
    return found


def _changed(
    questions: Iterable[Question], before: dict[str, Any], after: dict[str, Any], reader: Reader, where: str
) -> Iterator[Change]:
    for question in questions:
        if before.get(question.key) != after.get(question.key):
            old, new = (reader.text(question, record.get(question.key)) for record in (before, after))
            yield Change(where, reader.label(question.label), old, new)


def masked_phone(text: str) -> str:
    """A phone without its middle: 138****5678, 0591-****8376. Of anything else nothing is shown."""
    known = PHONE.fullmatch(text.replace(" ", ""))
    if not known:
        return "****"
    area, mobile = known["area"], known["mobile"]
    return f"{area}-****{known['last']}" if area else f"{mobile}****{known['end']}"
