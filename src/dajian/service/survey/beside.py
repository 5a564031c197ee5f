"""What the runner shows beside the answers: remarks of a return, what was prefilled, what a new edition moved."""

from __future__ import annotations

from typing import Any

from dajian.forms.model import ROOT, Form
from dajian.forms.present import Reader
from dajian.service.campaign.questionnaires import reader
from dajian.service.survey.models import ASKED_HOW, Remark, Submission
from dajian.service.survey.review import note_lines, open_remarks, remark_lines

ASKED_PLACE = "asked"  # stands for a path in faults about how the unit was asked


def asks_how(submission: Submission, *, officer: bool) -> bool:
    """Whether it must be said how and when the unit was asked: by an officer, where units are asked at all."""
    return officer and submission.unit.item.way == "questionnaire"


def beside(submission: Submission, form: Form, *, officer: bool) -> dict[str, Any]:
    """Plain data, places as paths of the form's nodes; kept by the device for work without network."""
    reading = reader(submission.unit.item.campaign, phones=True)
    prefilled = submission.prefilled
    asking = {"choices": ASKED_HOW, "how": submission.asked_how, "on": str(submission.asked_on or "")}
    return {
        "remark": submission.remark if submission.state == "returned" else "",
        "remarks": _remarks(submission, form, reading),
        "prefilled": {
            "from": prefilled.get("from", ""),
            "year": prefilled.get("year", ""),
            "paths": [path for key in prefilled.get("keys", ()) if (path := place(form, ROOT, 0, key))],
        },
        "moved": note_lines(submission.moved, reading),
        "asking": asking if asks_how(submission, officer=officer) else None,
    }


def _remarks(submission: Submission, form: Form, reading: Reader) -> list[dict[str, str]]:
    found: list[Remark] = list(open_remarks(submission))
    return [
        {"path": place(form, remark.scope, remark.row, remark.key), "where": line.where, "text": line.text}
        for remark, line in zip(found, remark_lines(form, found, reading), strict=True)
    ]


def place(form: Form, scope: str, row: int, key: str) -> str:
    """The path of a question's node, with its row in a repeat; of a repeat as a whole its own. "" when not asked."""
    repeats = {repeat.key: repeat.path for repeat in form.repeats}
    question = form.by_key.get((scope, key))
    if question is None:
        return repeats.get(key, "") if scope == ROOT else ""
    around = repeats.get(scope, "")
    return f"{around}[{row + 1}]{question.path.removeprefix(around)}" if around else question.path
