"""Between a stored record and the runner: a campaign's XForm, submissions as XML, faults by their place."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dajian.forms.evaluate import validate
from dajian.forms.instance import BadInstance, read, with_years, write
from dajian.forms.model import ROOT, Form, Problem
from dajian.forms.moved import moved
from dajian.forms.present import Change, Reader, changes
from dajian.service.access.errors import Refused
from dajian.service.campaign.models import Campaign, Item, QuestionnaireVersion
from dajian.service.campaign.questionnaires import editions, form_of
from dajian.service.survey.answers import said
from dajian.service.survey.beside import place
from dajian.service.survey.models import Submission
from dajian.service.survey.pictures import named

DEVICE = uuid.UUID("6f1f2a0e-7c1d-5b1b-9a53-2d6b0a4f9a11")  # namespace of the drafts' instance IDs


@dataclass(frozen=True)
class Fault:
    """A fault or a warning for the runner: its node's path with positions, and the sentence."""

    path: str
    message: str


def served(version: QuestionnaireVersion, campaign: Campaign) -> tuple[str, bytes]:
    """The XForm with the campaign's years in its labels, and a name that changes whenever a byte does."""
    xform = with_years(form_of(version).xml.decode(), campaign.reference_year, campaign.plan_year).encode()
    return hashlib.sha256(xform).hexdigest()[:16], xform


def as_xml(form: Form, submission: Submission) -> str:
    """The draft as a submission; answers that this edition of the form does not ask are left out here, not deleted."""
    asked = {q.key for q in form.questions if q.scope == ROOT} | {r.key for r in form.repeats if r.scope == ROOT}
    record = {key: value for key, value in (submission.draft or {}).items() if key in asked}
    draft_id = uuid.uuid5(DEVICE, str(submission.pk))
    return write(form, record, instance_id=f"uuid:{draft_id}").decode()


def as_record(form: Form, xml: str, *, older: Form | None = None, on: date) -> dict[str, Any]:
    """What was typed, faults and all. Refused: not this form's, or with fields that it does not have.

    older: the edition by which it was typed, on a device that was without network when this one came; it is taken over.
    """
    try:
        record = read(older or form, xml.encode()).record
    except BadInstance as fault:
        raise Refused(fault.message) from fault
    if older:
        record, __ = moved(record, older, form)
    foreign = [p for p in validate(form, record, on=on, sent=False).problems if p.code == "unknown"]
    if foreign:
        raise Refused(*[said(p, form.by_key) for p in foreign])
    return record


def edition_served(item: Item, name: str) -> Form | None:
    """The edition that was served under this name (see `served`); None when there was none."""
    return next((form_of(e) for e in editions(item) if name and served(e, item.campaign)[0] == name), None)


def placed(problems: Iterable[Problem], form: Form, reader: Reader) -> list[Fault]:
    return [Fault(p.path, reader.label(said(p, form.by_key))) for p in problems]


def missing_photos(form: Form, record: dict[str, Any], submission: Submission) -> list[Fault]:
    """Pictures that the answers name and nobody gave."""
    given = set(submission.photos.values_list("name", flat=True))
    return [
        Fault(
            place(form, one.scope, one.row, one.key),
            _("照片“%(name)s”没有传到服务器，请重新选择。") % {"name": one.name},
        )
        for one in named(form, record)
        if one.name not in given
    ]


def compared(form: Form, theirs: dict[str, Any], mine: dict[str, Any], reader: Reader, *, on: date) -> list[Change]:
    """What differs between the server's draft and the device's, in the form's words; nothing that is not asked."""
    old, new = (validate(form, record, on=on, sent=False).record for record in (theirs, mine))
    return changes(form, old, new, reader)
