"""Drafts of an older edition of a questionnaire, and what carrying them over would do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dajian.forms.moved import Note, moved
from dajian.service.campaign.models import QuestionnaireVersion
from dajian.service.campaign.questionnaires import form_of, newest_version
from dajian.service.survey.models import Submission

TYPED_IN = ("draft", "returned")


@dataclass(frozen=True)
class Carried:
    """A draft in the newest edition, and what became of its answers."""

    edition: QuestionnaireVersion
    draft: dict[str, Any]
    notes: tuple[Note, ...]


def outdated(submission: Submission) -> bool:
    """Whether its draft stands in an edition that is no longer the newest."""
    if submission.state not in TYPED_IN or submission.draft_version_id is None:
        return False
    newest = newest_version(submission.unit.item)
    return newest is not None and newest.pk != submission.draft_version_id


def carried(submission: Submission) -> Carried | None:
    """The draft as the newest edition takes it; None when it stands there already. Nothing is written."""
    if not outdated(submission) or submission.draft_version is None:
        return None
    newest = newest_version(submission.unit.item)
    assert newest is not None
    draft, notes = moved(submission.draft or {}, form_of(submission.draft_version), form_of(newest))
    return Carried(newest, draft, notes)
