"""Between a record and the survey: judged by its form, told apart by the item's keys."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dajian.forms.evaluate import validate
from dajian.forms.instance import digest
from dajian.forms.model import Problem, Verdict
from dajian.service.access.errors import Refused
from dajian.service.campaign.models import Item, QuestionnaireVersion
from dajian.service.campaign.questionnaires import form_of


@dataclass(frozen=True)
class Answer:
    """A valid record as it is kept. warnings: the soft checks that it does not meet."""

    record: dict[str, Any]
    hash: str
    warnings: tuple[Problem, ...] = ()


def verdict(version: QuestionnaireVersion, record: dict[str, Any], *, on: date) -> Verdict:
    """What the form says of a record: every fault, and the soft checks that it does not meet."""
    return validate(form_of(version), record, on=on)


def judged(version: QuestionnaireVersion, record: dict[str, Any], *, on: date) -> Answer:
    """Refused: with every fault of the record."""
    found = verdict(version, record, on=on)
    if not found.valid:
        raise Refused(*[said(problem, form_of(version).by_key) for problem in found.problems])
    return Answer(found.record, digest(found.record), found.warnings)


def as_confirmed(warnings: Iterable[Problem]) -> list[dict[str, Any]]:
    """Soft checks as a version keeps them: the place of the answer, and the sentence that was confirmed."""
    return [{"scope": w.scope, "row": w.row, "key": w.key, "message": w.message} for w in warnings]


def said(problem: Problem, questions: dict) -> str:
    """A fault in a line: which question, which row, what is wrong."""
    question = questions.get((problem.scope, problem.key))
    label = question.label if question else problem.key
    row = _("第%(row)s行") % {"row": problem.row + 1} if problem.scope else ""
    return f"{row}“{label}”：{problem.message}"


def key_of(item: Item, record: dict[str, Any], what: str) -> str:
    """The record's name, code or area code, by the item's keys; "" when not given."""
    return str(record.get(item.keys.get(what, ""), "") or "")


def eligible(item: Item, record: dict[str, Any]) -> bool:
    return key_of(item, record, "eligible") != "no"
