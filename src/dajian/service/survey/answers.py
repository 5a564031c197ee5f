"""Between a record and the survey: judged by its form, told apart by the item's keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from dajian.forms.evaluate import validate
from dajian.forms.instance import digest
from dajian.forms.model import Problem
from dajian.service.access.errors import Refused
from dajian.service.campaign.models import Item, QuestionnaireVersion
from dajian.service.campaign.questionnaires import form_of


@dataclass(frozen=True)
class Answer:
    """A valid record as it is kept."""

    record: dict[str, Any]
    hash: str


def faults(version: QuestionnaireVersion, record: dict[str, Any], *, on: date) -> tuple[Problem, ...]:
    """Every fault of a record by its form."""
    return validate(form_of(version), record, on=on).problems


def judged(version: QuestionnaireVersion, record: dict[str, Any], *, on: date) -> Answer:
    """Refused: with every fault of the record."""
    form = form_of(version)
    verdict = validate(form, record, on=on)
    if not verdict.valid:
        raise Refused(*[said(problem, form.by_key) for problem in verdict.problems])
    return Answer(verdict.record, digest(verdict.record))


def said(problem: Problem, questions: dict) -> str:
    """A fault in a line: which question, which row, what is wrong."""
    question = questions.get((problem.scope, problem.key))
    label = question.label if question else problem.key
    row = f"第{problem.row + 1}行" if problem.scope else ""
    return f"{row}“{label}”：{problem.message}"


def key_of(item: Item, record: dict[str, Any], what: str) -> str:
    """The record's name, code or area code, by the item's keys; "" when not given."""
    return str(record.get(item.keys.get(what, ""), "") or "")


def eligible(item: Item, record: dict[str, Any]) -> bool:
    return key_of(item, record, "eligible") != "no"
