"""A questionnaire's way from the desk that enters it to the city's report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from dajian.service.access.actor import INVITED, OF_UNIT, Actor
from dajian.service.access.errors import Refused, Stale
from dajian.service.access.rules import scope, take
from dajian.service.campaign.audience import accounts_with_duty
from dajian.service.campaign.models import Item
from dajian.service.campaign.questionnaires import newest_version
from dajian.service.history.record import record
from dajian.service.notices.actions import tell
from dajian.service.organisations.heirs import heirs_of
from dajian.service.organisations.queries import accounts_of_body
from dajian.service.registry.subjects import taken
from dajian.service.survey.actions.remarks import Said, keep_remarks
from dajian.service.survey.answers import as_confirmed, judged, key_of
from dajian.service.survey.editions import outdated
from dajian.service.survey.models import ASKED_HOW, Invitation, Remark, Submission, SubmissionVersion, SurveyUnit
from dajian.service.survey.prefill import prefill
from dajian.service.survey.states import SUBMISSION, UNIT, campaign_open, unit_under_way
from dajian.service.survey.turns import hold_unit_of, hold_units
from dajian.service.workflow.move import last_deed, move, move_many

MODES = {OF_UNIT: "unit", INVITED: "invited"}  # of a version, by the role of who sent it


@dataclass(frozen=True)
class Asked:
    """How and when an officer who fills in for a unit asked it; kept with each version that he sends."""

    how: str  # of models.ASKED_HOW
    on: date

    def faults(self, today: date) -> list[str]:
        reasons = [] if self.how in dict(ASKED_HOW) else [_("请选择询问方式。")]
        return reasons if self.on <= today else [*reasons, _("询问日期不能晚于今天。")]


@transaction.atomic
def begin(actor: Actor, unit_id: int, *, asked: Asked | None = None, at: datetime) -> Submission:
    """Opens the unit's questionnaire; the one that exists when it was begun before."""
    hold_units([unit_id])
    unit = take(SurveyUnit, unit_id, actor, "enter")
    existing = Submission.unscoped.filter(unit=unit).first()
    if existing:
        return existing
    reasons = campaign_open(unit, actor) + (asked.faults(timezone.localdate(at)) if asked else [])
    if reasons:
        raise Refused(*reasons)
    if unit.state != "open":
        raise Refused(_("该单位已登记为“%(state)s”，请先重新列入。") % {"state": UNIT.said(unit.state)})
    version = newest_version(unit.item)
    if version is None:
        raise Refused(_("本项尚未上传调查问卷。"))
    known = prefill(unit, version)
    submission = Submission.unscoped.create(
        unit=unit,
        state="draft",
        draft=known.draft,
        draft_version=version,
        prefilled=known.told,
        organisation_id=_returned_to(actor, unit),
        asked_how=asked.how if asked else "",
        asked_on=asked.on if asked else None,
    )
    record(submission, "enter", actor, at=at, states=("", "draft"))
    return submission


def _returned_to(actor: Actor, unit: SurveyUnit) -> int:
    """The body whose officers hear of a return: of an invited unit the one that invited it."""
    inviting = Invitation.unscoped.filter(unit=unit, revoked_at=None).values_list("organisation_id", flat=True)
    return (inviting.first() if actor.role == INVITED else None) or actor.organisation_id


@transaction.atomic
def set_asked(actor: Actor, submission_id: int, *, asked: Asked, at: datetime) -> Submission:
    """How and when the unit was asked, for what is sent from now on."""
    submission = take(Submission, submission_id, actor, "enter")
    if reasons := asked.faults(timezone.localdate(at)):
        raise Refused(*reasons)
    if (submission.asked_how, submission.asked_on) != (asked.how, asked.on):
        submission.asked_how, submission.asked_on = asked.how, asked.on
        Submission.unscoped.filter(pk=submission.pk).update(asked_how=asked.how, asked_on=asked.on)
    return submission


@transaction.atomic
def save_draft(actor: Actor, submission_id: int, *, draft: dict[str, Any], version: int) -> Submission:
    """Keeps what is being typed, faults and all. Stale: somebody saved or sent meanwhile."""
    hold_unit_of(submission_id)
    submission = take(Submission, submission_id, actor, "enter", version=version)
    if submission.state not in ("draft", "returned"):
        raise Refused(_("调查表处于“%(state)s”，请先撤回再修改。") % {"state": SUBMISSION.said(submission.state)})
    if reasons := campaign_open(submission, actor) + unit_under_way(submission, actor):
        raise Refused(*reasons)
    same = Submission.unscoped.filter(pk=submission.pk, version=version)
    if not same.update(draft=draft, version=F("version") + 1):
        raise Stale(last_deed(submission))
    submission.draft, submission.version = draft, version + 1
    return submission


@transaction.atomic
def send(
    actor: Actor, submission_id: int, *, version: int, at: datetime, instance_id: str = "", confirmed: bool = False
) -> Submission:
    """Sends the draft up: judged by its form, kept as a new version. Refused: with every fault.

    instance_id: by which a device knows again what it sent. confirmed: the sender was shown the soft checks that his
    answers do not meet and said that they are right; which ones is kept with the version.
    """
    hold_unit_of(submission_id)
    submission = take(Submission, submission_id, actor, "send", version=version)
    version_used = submission.draft_version
    if submission.draft is None or version_used is None:
        raise Refused(_("没有可报出的草稿。"))
    if outdated(submission):
        raise Refused(_("问卷已有新版。请打开填报页面，把草稿转到新版，核对后再报出。"))
    answer = judged(version_used, submission.draft, on=timezone.localdate(at))
    code = key_of(submission.unit.item, answer.record, "code")
    if taken(submission.unit.subject, code):
        raise Refused(
            _(
                "代码“%(code)s”登记在另一单位名下，不能用于“%(name)s”，请核对。确为同一单位的，请不要报出，由经办人把本单位登记为“与另一单位重复”。"
            )
            % {"code": code, "name": submission.unit.subject.name}
        )
    mode = MODES.get(actor.role, "hand")
    made = add_version(
        submission,
        version_used.pk,
        answer.record,
        answer.hash,
        mode,
        actor,
        at=at,
        instance_id=instance_id,
        confirmed=as_confirmed(answer.warnings) if confirmed else [],
    )
    cleared: dict[str, Any] = {"current": made, "draft": None, "draft_version": None, "remark": ""}
    cleared |= {"prefilled": {}, "moved": []}
    details: dict[str, Any] = {"n": made.n} | ({"confirmed": len(made.confirmed)} if made.confirmed else {})
    move(SUBMISSION, submission, "send", actor, at=at, details=details, fields=cleared)
    tell(
        accounts_with_duty(submission.unit.item_id, "lead", submission.unit.area.path, at=at),
        "sent",
        f"“{submission.unit.subject.name}”已报出，待核查",
        f"/submissions/{submission.pk}",
        at=at,
        but=actor,
    )
    return submission


def add_version(
    submission: Submission,
    questionnaire_version_id: int,
    answers: dict[str, Any],
    hash: str,
    mode: str,
    actor: Actor,
    *,
    at: datetime,
    file_id: int | None = None,
    instance_id: str = "",
    confirmed: Sequence[dict[str, Any]] = (),
) -> SubmissionVersion:
    asked = actor.works and mode == "hand"
    last = SubmissionVersion.unscoped.filter(submission=submission).order_by("-n").values_list("n", flat=True).first()
    made = SubmissionVersion.unscoped.create(
        submission=submission,
        n=(last or 0) + 1,
        questionnaire_version_id=questionnaire_version_id,
        record=answers,
        hash=hash,
        mode=mode,
        file_id=file_id,
        person_id=actor.person_id,
        person_name=actor.person_name,
        organisation_id=actor.organisation_id,
        organisation_name=actor.organisation_name,
        asked_how=submission.asked_how if asked else "",
        asked_on=submission.asked_on if asked else None,
        instance_id=instance_id,
        confirmed=list(confirmed),
        at=at,
    )
    Remark.unscoped.filter(version__submission=submission, answered_by=None).update(answered_by=made)
    return made


@transaction.atomic
def take_back(actor: Actor, submission_id: int, *, version: int, at: datetime) -> Submission:
    """Takes a sent questionnaire back while the city has not acted; it can be changed and sent again."""
    submission = take(Submission, submission_id, actor, "send", version=version)
    move(SUBMISSION, submission, "take_back", actor, at=at, fields=_as_draft(submission))
    return submission


@transaction.atomic
def check(actor: Actor, submission_id: int, *, version: int, at: datetime) -> Submission:
    """市级核查通过. Not by the person who entered it."""
    submission = take(Submission, submission_id, actor, "check", version=version)
    move(SUBMISSION, submission, "check", actor, at=at)
    return submission


@transaction.atomic
def check_many(actor: Actor, item_id: int, *, submission_ids: list[int], at: datetime) -> int:
    """核查通过 for several at once, all or none; each judged anew by the form that it was filled in with."""
    take(Item, item_id, actor, "report")
    rows = scope(Submission, actor, "check").filter(pk__in=submission_ids, unit__item_id=item_id)
    found = list(rows.select_related("unit__item__campaign", "unit__subject", "current__questionnaire_version"))
    if not found or len(found) != len(set(submission_ids)):
        raise Refused(
            _("请先勾选要核查通过的调查表。") if not submission_ids else _("部分调查表已不在您的核查范围，请刷新页面。")
        )
    for submission in found:
        if submission.current:
            judged(submission.current.questionnaire_version, submission.current.record, on=timezone.localdate(at))
    move_many(SUBMISSION, found, "check", actor, at=at)
    return len(found)


@transaction.atomic
def uncheck(actor: Actor, submission_id: int, *, version: int, at: datetime) -> Submission:
    """Takes a check back while nothing was reported."""
    submission = take(Submission, submission_id, actor, "check", version=version)
    move(SUBMISSION, submission, "uncheck", actor, at=at)
    return submission


@transaction.atomic
def return_submission(
    actor: Actor,
    submission_id: int,
    *,
    reason: str,
    remarks: Sequence[Said] = (),
    version: int,
    at: datetime,
) -> Submission:
    """退回 by the city, with the reason and remarks on single answers; it goes back to whoever entered it."""
    submission = take(Submission, submission_id, actor, "check", version=version)
    give_back(submission, "return", actor, reason=reason, remarks=remarks, at=at)
    return submission


def give_back(
    submission: Submission, action: str, actor: Actor, *, reason: str, remarks: Sequence[Said] = (), at: datetime
) -> None:
    """The end of every return: reason and remarks kept, draft reopened, the body that entered it told.

    Remarks alone are reason enough.
    """
    keep_remarks(submission, remarks, actor, at=at)
    if remarks and not reason.strip():
        reason = f"请改正标出的 {len(remarks)} 处。"
    if len(reason.strip()) < 4:
        raise Refused(_("请写明退回原因（至少4个字），便于填报人一次改正。"))
    fields = {**_as_draft(submission), "remark": reason.strip(), "correction_asked": ""}
    move(SUBMISSION, submission, action, actor, at=at, reason=reason.strip(), fields=fields)
    tell(
        _told_of_return(submission, at),
        "returned",
        f"“{submission.unit.subject.name}”被退回：{reason.strip()[:80]}",
        f"/submissions/{submission.pk}",
        at=at,
        but=actor,
    )


def _told_of_return(submission: Submission, at: datetime) -> set[int]:
    """The body that entered it, or its successor; of several after a split those that have to do with the item."""
    found = set(accounts_of_body(submission.organisation_id, at=at))
    if len(heirs_of(submission.organisation_id, timezone.localdate(at))) == 1:
        return found
    unit = submission.unit
    able = {a for kind in ("lead", "cooperate") for a in accounts_with_duty(unit.item_id, kind, unit.area.path, at=at)}
    return found & able or found


@transaction.atomic
def correct(actor: Actor, submission_id: int, *, reason: str, version: int, at: datetime) -> Submission:
    """A correction after approval: the same way once more. The registry keeps the old values until then."""
    hold_unit_of(submission_id)
    submission = take(Submission, submission_id, actor, "correct", version=version)
    if len(reason.strip()) < 4:
        raise Refused(_("请写明更正原因（至少4个字）。"))
    fields = {**_as_draft(submission), "remark": reason.strip(), "correction_asked": ""}
    move(SUBMISSION, submission, "correct", actor, at=at, reason=reason.strip(), fields=fields)
    if submission.unit.state != "open":
        move(UNIT, submission.unit, "correct", actor, at=at, reason=reason.strip())
    return submission


def _as_draft(submission: Submission) -> dict[str, Any]:
    """The current version's answers, open to be changed."""
    current = submission.current
    if current is None:
        return {}
    return {"draft": current.record, "draft_version": current.questionnaire_version}
