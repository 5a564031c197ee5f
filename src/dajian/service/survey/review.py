"""What a reviewer says of single answers, and where the respondent finds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from dajian.forms.effort import OPTIONAL
from dajian.forms.model import ROOT, Form, Question
from dajian.forms.present import MASKED, Reader, asked
from dajian.service.access.numbers import whole
from dajian.service.campaign.questionnaires import form_of
from dajian.service.history.models import Event
from dajian.service.survey.actions.remarks import Said
from dajian.service.survey.entry_form import name_of
from dajian.service.survey.models import Remark, Submission, SubmissionVersion

NOTES = {
    "moved": N_("“{label}”移到“{text}”之下。"),
    "lost": N_("“{label}”在新版中没有对应的题目，原来的回答：{text}。"),
    "narrowed": N_("“{label}”的部分选项已取消，原来选的：{text}。请重新选择。"),
    "new": N_("新增必填题“{label}”。"),
}


def open_remarks(submission: Submission) -> QuerySet[Remark]:
    """What was said of the version before and not yet answered by a new one, in the order in which it was said."""
    return Remark.unscoped.filter(version__submission=submission, answered_by=None)


@dataclass(frozen=True)
class RemarkLine:
    anchor: str  # of the field on the page
    where: str
    text: str
    by: str = ""
    before: str = ""
    after: str = ""


def _anchor(remark: Remark) -> str:
    return f"f-{name_of(remark.scope, remark.row, remark.key)}"


def landing(remarks: Iterable[Remark]) -> str:
    """The end of the address by which a respondent lands on the first remark; "" without any."""
    first = next(iter(remarks), None)
    return f"#{_anchor(first)}" if first else ""


def _where(form: Form, remark: Remark, reader: Reader) -> str:
    question = form.by_key.get((remark.scope, remark.key))
    repeats = {repeat.key: reader.label(repeat.label) for repeat in form.repeats}
    label = reader.label(question.label) if question else repeats.get(remark.key, remark.key)
    return (
        _("%(table)s 第%(row)s行 %(label)s")
        % {"table": repeats.get(remark.scope, remark.scope), "row": remark.row + 1, "label": label}
        if remark.scope
        else label
    )


def remark_lines(form: Form, remarks: Iterable[Remark], reader: Reader) -> list[RemarkLine]:
    return [RemarkLine(_anchor(r), _where(form, r, reader), r.text) for r in remarks]


def remarks_and_answers(submission: Submission, reader: Reader) -> list[RemarkLine]:
    """All that was ever said of single answers, newest version first, each with the answer before and after."""
    rows = Remark.unscoped.filter(version__submission=submission).order_by("-version__n", "pk")
    found = []
    for remark in rows.select_related("version__questionnaire_version", "answered_by__questionnaire_version"):
        form = form_of(remark.version.questionnaire_version)
        answered = remark.answered_by
        found.append(
            RemarkLine(
                _anchor(remark),
                _where(form, remark, reader),
                remark.text,
                f"{remark.organisation_name} {remark.person_name}",
                _answer(form, remark.version.record, remark, reader),
                _answer(form_of(answered.questionnaire_version), answered.record, remark, reader) if answered else "",
            )
        )
    return found


def _answer(form: Form, record: dict[str, Any], remark: Remark, reader: Reader) -> str:
    question = form.by_key.get((remark.scope, remark.key))
    if question is None:
        return _("%(n)s 行") % {"n": len(record.get(remark.key, []))}
    rows = record.get(remark.scope, []) if remark.scope else [record]
    row = rows[remark.row if remark.scope else 0] if (remark.row if remark.scope else 0) < len(rows) else {}
    return reader.text(question, row.get(question.key)) or _("（空）")


def note_lines(notes: Iterable[dict[str, str]], reader: Reader) -> list[str]:
    """The notes of a changed edition in sentences."""
    found = []
    for note in notes:
        sentence = NOTES[note["kind"]]
        told = _(sentence).format(label=reader.label(note["label"]), text=reader.label(note["text"]))
        where = note["where"] and reader.label(note["where"]) + _("：")
        found.append(where + told)
    return found


def confirmed_lines(version: SubmissionVersion, reader: Reader) -> list[str]:
    """The soft checks that the sender confirmed, in sentences; of a private answer only which one it is."""
    by_key = form_of(version.questionnaire_version).by_key
    found = []
    for one in version.confirmed:
        question = by_key.get((one["scope"], one["key"]))
        row = _("第%(row)s行：") % {"row": one["row"] + 1} if one["scope"] else ""
        private = question is not None and MASKED in question.appearance.split()
        found.append(reader.label(row + (f"「{question.label}」" if private and question else one["message"])))
    return found


def told_of_deed(event: Event) -> str:
    """What stands under a line of the history: the reason, or what was confirmed with it."""
    confirmed = event.details.get("confirmed", 0)
    return event.reason or (_("确认了 %(confirmed)s 条提醒") % {"confirmed": confirmed} if confirmed else "")


@dataclass(frozen=True)
class Asked:
    """A line of the page on which remarks are typed."""

    name: str  # of the remark's field
    label: str
    text: str
    remark: str = ""


@dataclass(frozen=True)
class Block:
    title: str
    lines: tuple[Asked, ...]


def blocks(form: Form, record: dict[str, Any], reader: Reader, typed: Mapping[str, str]) -> list[Block]:
    """Every answer, and every question without one that is not optional; each row of a repeat as a block of its own."""
    found: dict[str, list[Asked]] = {}
    for question in asked(form):
        title = reader.label(" · ".join(question.groups))
        found.setdefault(title, []).extend(_line(question, ROOT, 0, record, reader, typed))
    for repeat in (r for r in form.repeats if r.scope == ROOT):
        for n, row in enumerate(record.get(repeat.key, [])):
            lines = [line for q in asked(form, repeat.key) for line in _line(q, repeat.key, n, row, reader, typed)]
            found[_("%(table)s 第%(n)s行") % {"table": reader.label(repeat.label), "n": n + 1}] = lines
    return [Block(title, tuple(lines)) for title, lines in found.items() if lines]


def _line(
    question: Question, scope: str, row: int, record: dict[str, Any], reader: Reader, typed: Mapping[str, str]
) -> Iterator[Asked]:
    text = reader.text(question, record.get(question.key))
    if text or not any(OPTIONAL in title for title in question.groups):
        name = f"m:{scope}:{row}:{question.key}"
        yield Asked(name, reader.label(question.label), text, typed.get(name, ""))


def said(data: Mapping[str, str]) -> list[Said]:
    """The remarks that a post holds."""
    found = []
    for name in data:
        marker, __, rest = name.partition(":")
        scope, __, place = rest.partition(":")
        row, __, key = place.partition(":")
        if marker == "m" and key and (number := whole(row)) is not None and data[name].strip():
            found.append(Said(key, data[name].strip(), scope, number))
    return found
