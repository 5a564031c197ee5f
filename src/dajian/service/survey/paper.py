"""A questionnaire as it is printed: from a form, and a record where there is one, to plain data for the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from dajian.documents.questionnaire import HALF, THIRD, WIDE, Blank, Grid, Paper, Part
from dajian.forms.effort import OPTIONAL, minutes
from dajian.forms.model import ROOT, Form, Question, Repeat
from dajian.forms.present import Reader, asked

MOST_BOXES = 30  # longer lists, of places, are written in words
MOST_CODES = 15
MOST_COLUMNS = 8
HALF_LINE, THIRD_LINE = 24, 12  # characters of label and boxes that fit
SHORT = ("integer", "decimal", "date", "calculate")
ROWS = {1: 4, 0: 2}  # blank rows of a repeat that must have one, and of one that need not
INSTRUCTIONS = (
    "填写说明",
    "1. 带 ＊ 的必须填写；标有“选填”的部分知道就填，不知道可以空着。本表大约需要 {minutes} 分钟。",
    "2. 有方框的在方框内打 √；表格中有选项的填选项前的数字。数只填数字，计量单位写在题目里；没有的填 0，空着不等于零。",
    "3. 必填的数确实无法提供的，勾选“无法提供”并写明原因。标有“自动计算”的不用填。行数不够的另附页，写明表名。",
    "4. 所填内容只用于许可服务和行业统计；联系人和电话不公开。填好后交给送表的工作人员，或拍照发回。",
    "5. 监督投诉电话：{phones}",
)


@dataclass(frozen=True)
class Printing:
    """What stands around the answers. hash: of the questionnaire's edition."""

    under_title: str
    hash: str
    phones: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


def paper(form: Form, reader: Reader, printing: Printing, record: dict[str, Any] | None = None) -> Paper:
    """The whole form; without a record blank and with instructions."""
    told = [line.format(minutes=minutes(form), phones="、".join(printing.phones)) for line in INSTRUCTIONS]
    return Paper(
        title=reader.label(form.title),
        under_title=printing.under_title,
        mark=f"问卷版本 {printing.hash}",
        parts=tuple(_parts(form, reader, record)),
        facts=printing.facts,
        instructions=tuple(told) if record is None else (),
    )


def _parts(form: Form, reader: Reader, record: dict[str, Any] | None) -> Iterator[Part]:
    titles = dict.fromkeys(
        [q.groups for q in form.questions if q.scope == ROOT and q.shown] + [r.groups for r in form.repeats]
    )
    told: set[str] = set()
    for groups in _in_order(form, titles):
        questions = [q for q in asked(form) if q.groups == groups]
        repeats = [r for r in form.repeats if r.scope == ROOT and r.groups == groups]
        shown = groups[-1:] if groups[:1] and groups[0] in told else groups
        part = Part(
            title=reader.label(" · ".join(shown)),
            optional=any(OPTIONAL in title for title in groups),
            blanks=tuple(_blank(q, reader, record) for q in questions),
            grids=tuple(grid for r in repeats for grid in _grids(form, r, reader, record)),
        )
        if part.blanks or part.grids:
            told.update(groups[:1])
            yield part


def _in_order(form: Form, titles: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Headings in the order in which the form first comes to them; a repeat's where its first question stands."""
    first: dict[tuple[str, ...], int] = {}
    groups_of = {r.key: r.groups for r in form.repeats}
    for place, question in enumerate(form.questions):
        first.setdefault(groups_of.get(question.scope, question.groups), place)
    return sorted(titles, key=lambda groups: first.get(groups, len(form.questions)))


def _blank(question: Question, reader: Reader, record: dict[str, Any] | None) -> Blank:
    answer = (record or {}).get(question.key)
    label = reader.label(question.label)
    if question.choices and len(question.choices) <= MOST_BOXES:
        chosen = answer if isinstance(answer, list) else [answer]
        boxes = tuple((reader.label(c.label), c.name in chosen) for c in question.choices)
        length = len(label) + sum(len(words) + 2 for words, _ in boxes)
        span = THIRD if length <= THIRD_LINE else HALF if length <= HALF_LINE else WIDE
        return Blank(label, required=question.required, boxes=boxes, span=span)
    text = reader.text(question, answer)
    if "multiline" in question.appearance:
        return Blank(label, text, question.required, span=WIDE, tall=True)
    span = THIRD if question.type in SHORT and len(label) <= THIRD_LINE + 2 and len(text) < THIRD_LINE else HALF
    return Blank(label, text, question.required, span=span if len(text) <= HALF_LINE else WIDE)


def _grids(form: Form, repeat: Repeat, reader: Reader, record: dict[str, Any] | None) -> Iterator[Grid]:
    """The columns under their own headings, no more beside each other than can be written in."""
    rows = (record or {}).get(repeat.key) or []
    if record is not None and not rows:
        return
    lines = rows or [{}] * ROWS[repeat.least]
    columns: dict[tuple[str, ...], list[Question]] = {}
    for question in asked(form, repeat.key):
        columns.setdefault(question.groups, []).append(question)
    for groups, questions in columns.items():
        if record is not None and not any(row.get(q.key) not in (None, "", []) for row in rows for q in questions):
            continue
        label = reader.label(" · ".join((repeat.label, *groups)))
        for start in range(0, len(questions), MOST_COLUMNS):
            part = questions[start : start + MOST_COLUMNS]
            yield _grid(label, part, lines, reader, coded=record is None)


def _grid(label: str, questions: list[Question], rows: list[dict], reader: Reader, *, coded: bool) -> Grid:
    legend = [
        f"{reader.label(q.label)}：" + "　".join(f"{n} {reader.label(c.label)}" for n, c in enumerate(q.choices, 1))
        for q in questions
        if coded and 0 < len(q.choices) <= MOST_CODES
    ]
    return Grid(
        label,
        tuple((reader.label(q.label), q.required) for q in questions),
        tuple(tuple(reader.text(q, row.get(q.key)) for q in questions) for row in rows),
        tuple(legend),
    )
