"""With what a reviewed questionnaire is compared: its peers, as far as the reviewer sees them, and last time."""

from __future__ import annotations

from django.utils.timezone import localdate

from dajian.forms.evaluate import validate
from dajian.forms.hints import Compared, Hint, Peer, hints
from dajian.forms.model import Form, Problem
from dajian.forms.present import Reader
from dajian.service.access.actor import Actor
from dajian.service.access.rules import scope
from dajian.service.campaign.questionnaires import form_of
from dajian.service.registry.subjects import last_known
from dajian.service.survey.models import Submission, SubmissionVersion

MOST_PEERS = 300  # the newest; more change no quartile that a person would notice


def hints_for(actor: Actor, submission: Submission, version: SubmissionVersion, reader: Reader) -> list[Hint]:
    """The hints about a version that the actor reviews. Other units are named only where he sees them himself."""
    unit = submission.unit
    form = form_of(version.questionnaire_version)
    sent = scope(Submission, actor).filter(unit__item=unit.item, current__isnull=False).exclude(pk=submission.pk)
    peers = sent.order_by("-current__at").values_list("unit__subject__name", "current__record")[:MOST_PEERS]
    before = last_known(unit.subject_id, unit.item)
    figures = unit.item.keys.get("figures", "").split()
    compared = Compared(
        peers=[Peer(name, record) for name, record in peers],
        before=before.values if before else None,
        before_said=f"{before.entry.item.campaign.reference_year} 年度" if before else "",
        warnings=_unconfirmed(form, version),
        size=figures[0] if figures else "",
    )
    return hints(form, version.record, compared, reader)


def _unconfirmed(form: Form, version: SubmissionVersion) -> list[Problem]:
    """Soft checks that nobody was asked about, as in a workbook; what was confirmed stands on the page by itself."""
    confirmed = {(one["scope"], one["row"], one["key"]) for one in version.confirmed}
    found = validate(form, version.record, on=localdate(version.at)).warnings
    return [warning for warning in found if (warning.scope, warning.row, warning.key) not in confirmed]
