"""Remarks on single answers of a questionnaire that is returned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from dajian.forms.model import Form
from dajian.service.access.actor import Actor
from dajian.service.access.errors import Refused
from dajian.service.campaign.questionnaires import form_of
from dajian.service.survey.models import Remark, Submission, SubmissionVersion


@dataclass(frozen=True)
class Said:
    """A remark as it was typed: to which question, in a repeat to which row (from 0)."""

    key: str
    text: str
    scope: str = ""
    row: int = 0


def keep_remarks(submission: Submission, remarks: Sequence[Said], actor: Actor, *, at: datetime) -> list[Remark]:
    """Keeps them with the version that they are about. Refused: one of them is about nothing that was asked."""
    version = submission.current
    if not remarks or version is None:
        return []
    form = form_of(version.questionnaire_version)
    if unfit := [said for said in remarks if not _fits(said, form, version)]:
        raise Refused(_("有 %(n)s 条意见找不到对应的题目，请刷新页面后重新填写。") % {"n": len(unfit)})
    return Remark.unscoped.bulk_create(
        [
            Remark(
                version=version,
                scope=said.scope,
                row=said.row,
                key=said.key,
                text=said.text.strip(),
                person_name=actor.person_name,
                organisation_name=actor.organisation_name,
                at=at,
            )
            for said in remarks
        ]
    )


def _fits(said: Said, form: Form, version: SubmissionVersion) -> bool:
    """A question of the form or a repeat as a whole; in a row that was sent, or the next one."""
    known = (said.scope, said.key) in form.by_key or (not said.scope and said.key in {r.key for r in form.repeats})
    rows = len(version.record.get(said.scope, [])) if said.scope else 1
    return known and 0 <= said.row <= rows and bool(said.text.strip())
