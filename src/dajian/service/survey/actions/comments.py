"""What a guiding body says to a questionnaire; it moves nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dajian.service.access.actor import Actor
from dajian.service.access.errors import Refused
from dajian.service.access.rules import take
from dajian.service.history.record import record
from dajian.service.notices.actions import tell
from dajian.service.organisations.queries import accounts_of_body
from dajian.service.survey.models import Comment, Submission


@transaction.atomic
def comment(actor: Actor, submission_id: int, *, text: str, at: datetime) -> Comment:
    submission = take(Submission, submission_id, actor, "comment")
    if len(text.strip()) < 2:
        raise Refused(_("请填写意见。"))
    made = Comment.unscoped.create(
        item=submission.unit.item,
        area=submission.unit.area,
        submission=submission,
        text=text.strip(),
        person_name=actor.person_name,
        organisation_name=actor.organisation_name,
        at=at,
    )
    record(submission, "comment", actor, at=at, reason=text.strip())
    tell(
        accounts_of_body(submission.organisation_id, at=at),
        "comment",
        f"{actor.organisation_name}对“{submission.unit.subject.name}”提出意见",
        f"/submissions/{submission.pk}",
        at=at,
        but=actor,
    )
    return made
