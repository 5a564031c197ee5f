"""A draft goes over to the questionnaire's newest edition."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from dajian.service.access.actor import Actor
from dajian.service.access.errors import Refused, Stale
from dajian.service.access.rules import take
from dajian.service.history.record import record
from dajian.service.survey.editions import carried
from dajian.service.survey.models import Submission
from dajian.service.survey.states import campaign_open
from dajian.service.workflow.move import last_deed


@transaction.atomic
def take_over(actor: Actor, submission_id: int, *, version: int, at: datetime) -> Submission:
    """Carries the draft over. The old draft stays whole in the history, what found no place in the notes beside the
    new one. Refused: it stands in the newest edition already."""
    submission = take(Submission, submission_id, actor, "enter", version=version)
    found = carried(submission)
    if found is None:
        raise Refused(_("草稿已经是最新一版问卷。"))
    if reasons := campaign_open(submission, actor):
        raise Refused(*reasons)
    old = submission.draft_version
    assert old is not None
    notes = [asdict(note) for note in found.notes]
    same = Submission.unscoped.filter(pk=submission.pk, version=version)
    fields = {"draft": found.draft, "draft_version": found.edition, "moved": notes}
    if not same.update(**fields, version=F("version") + 1):
        raise Stale(last_deed(submission))
    record(
        submission,
        "take_over",
        actor,
        at=at,
        details={"from": old.n, "to": found.edition.n, "draft": submission.draft, "notes": notes},
    )
    return Submission.unscoped.get(pk=submission.pk)
