"""What a unit asks for when its questionnaire is in others' hands."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dajian.service.access.actor import Actor
from dajian.service.access.errors import Refused
from dajian.service.access.rules import take
from dajian.service.campaign.audience import accounts_with_duty
from dajian.service.history.record import record
from dajian.service.notices.actions import tell
from dajian.service.organisations.queries import accounts_of_body
from dajian.service.survey.models import Submission

ASKABLE = ("checked", "reported", "approved")  # what is sent only, its sender takes back himself


@transaction.atomic
def ask_correction(actor: Actor, submission_id: int, *, reason: str, version: int, at: datetime) -> Submission:
    """The unit says what is to be corrected; the officers are told and give the questionnaire back, or do not."""
    submission = take(Submission, submission_id, actor, "ask_correction", version=version)
    reasons = [] if submission.state in ASKABLE else [_("调查表还在您手中，可以直接修改。")]
    if len(reason.strip()) < 4:
        reasons.append(_("请写明要更正什么（至少4个字）。"))
    if reasons:
        raise Refused(*reasons)
    Submission.unscoped.filter(pk=submission.pk).update(correction_asked=reason.strip())
    submission.correction_asked = reason.strip()
    record(submission, "ask_correction", actor, at=at, reason=reason.strip())
    lead = accounts_with_duty(submission.unit.item_id, "lead", submission.unit.area.path, at=at)
    tell(
        {*lead, *accounts_of_body(submission.organisation_id, at=at)},
        "ask_correction",
        f"“{submission.unit.subject.name}”请求更正：{reason.strip()[:80]}",
        f"/submissions/{submission.pk}",
        at=at,
        but=actor,
    )
    return submission
