"""报送 and 审定: what a city reports for an item, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from dajian.service.access.actor import Actor
from dajian.service.access.errors import NotFound, Refused
from dajian.service.access.rules import scope, take
from dajian.service.campaign.audience import accounts_with_duty
from dajian.service.campaign.models import Item
from dajian.service.files.models import File
from dajian.service.history.record import record
from dajian.service.notices.actions import tell
from dajian.service.organisations.actions.firms import hold
from dajian.service.registry.actions import Approved, enter, withdraw
from dajian.service.registry.subjects import learn
from dajian.service.survey.actions.remarks import Said
from dajian.service.survey.actions.submissions import give_back
from dajian.service.survey.answers import eligible, key_of
from dajian.service.survey.models import ItemReport, ReportEntry, Submission, SurveyUnit
from dajian.service.survey.queries import report_areas
from dajian.service.survey.states import REPORT, SUBMISSION, UNIT
from dajian.service.survey.turns import hold_units_of_report
from dajian.service.workflow.move import move, move_many


@transaction.atomic
def open_report(actor: Actor, item_id: int, *, area_id: int, zero: bool = False, at: datetime) -> ItemReport:
    """The report of this area and item that is being made up; begun when there is none."""
    item = take(Item, item_id, actor, "zero" if zero else "report")
    area = next((area for area in report_areas(actor, item, zero=zero) if area.pk == area_id), None)
    if area is None:
        raise NotFound("area")
    hold(area)
    existing = ItemReport.unscoped.filter(item=item, area=area, state="open", zero=zero).first()
    if existing:
        return existing
    last = ItemReport.unscoped.filter(item=item, area=area).aggregate(n=Max("n"))["n"] or 0
    report = ItemReport.unscoped.create(item=item, area=area, n=last + 1, zero=zero, state="open")
    record(report, "open", actor, at=at, states=("", "open"))
    return report


@transaction.atomic
def report(
    actor: Actor,
    report_id: int,
    *,
    cover: str,
    how_checked: str = "",
    scan: File | None = None,
    version: int,
    at: datetime,
) -> ItemReport:
    """报送: all checked questionnaires of the area go with it. A 零报告 says how it was checked instead."""
    found = take(ItemReport, report_id, actor, "report", version=version)
    checked = list(_checked(found, actor))
    reasons = _unready(found, checked, how_checked)
    if reasons:
        raise Refused(*reasons)
    ReportEntry.unscoped.bulk_create([ReportEntry(report=found, version=s.current) for s in checked], batch_size=200)
    move_many(SUBMISSION, checked, "report", actor, at=at, details={"report": found.pk})
    fields = {
        "cover": cover.strip(),
        "how_checked": how_checked.strip(),
        "scan": scan or found.scan,
        "reported_at": at,
        "reported_by": actor.person_id,
        "remark": "",
    }
    move(REPORT, found, "report", actor, at=at, details={"units": len(checked)}, fields=fields)
    tell(
        _deciders(found, at),
        "reported",
        f"{found.area.name}报送“{found.item.title}”第{found.n}次",
        f"/reports/{found.pk}",
        at=at,
        but=actor,
    )
    return found


THERE = ("open", "approved", "refused")  # outcomes of a unit that exists


def _checked(found: ItemReport, actor: Actor) -> Iterable[Submission]:
    rows = scope(Submission, actor, "report").filter(
        unit__item=found.item, unit__area__path__startswith=found.area.path
    )
    return rows.filter(state="checked").select_related("current", "unit__item__campaign", "unit__subject")


def _unready(found: ItemReport, checked: list[Submission], how_checked: str) -> list[str]:
    if not found.zero:
        return [] if checked else [_("没有已核查的调查表可以报送。请先核查；本区域确无此类单位的，请报零报告。")]
    there = SurveyUnit.unscoped.filter(item=found.item, area__path__startswith=found.area.path, state__in=THERE)
    reasons = [_("本区域名单中有在办、已审定或拒绝填报的单位，不能作零报告。")] if there.exists() else []
    if len(how_checked.strip()) < 4:
        reasons.append(_("请写明如何核实本区域没有此类单位（至少4个字）。"))
    return reasons


def _deciders(found: ItemReport, at: datetime) -> Iterable[int]:
    if found.area.level == "county":
        return accounts_with_duty(found.item_id, "lead", found.area.path, at=at)
    approvers = list(accounts_with_duty(found.item_id, "approve", found.area.path, at=at))
    return approvers or accounts_with_duty(found.item_id, "lead", found.area.path, at=at)


@transaction.atomic
def recall(actor: Actor, report_id: int, *, version: int, at: datetime) -> ItemReport:
    """Takes a report back while nothing in it was decided."""
    found = take(ItemReport, report_id, actor, "report", version=version)
    held = _held(found)
    move(REPORT, found, "recall", actor, at=at, details={"held": [entry.version_id for entry in held]})
    move_many(SUBMISSION, [e.version.submission for e in held], "recall", actor, at=at, details={"report": found.pk})
    found.entries.all().delete()
    return found


def _held(found: ItemReport) -> list[ReportEntry]:
    rows = ReportEntry.unscoped.filter(report=found, fate="held")
    return list(
        rows.select_related(
            "version__submission__unit__item__campaign",
            "version__submission__unit__subject__organisation",
            "version__submission__unit__area",
            "version__submission__current",
        ).order_by("pk")
    )


@transaction.atomic
def send_back(
    actor: Actor,
    report_id: int,
    *,
    entry_id: int,
    reason: str,
    remarks: Sequence[Said] = (),
    version: int,
    at: datetime,
) -> ItemReport:
    """Returns one questionnaire out of a report, also with remarks on single answers; the rest stays to be approved."""
    found = take(ItemReport, report_id, actor, "decide", version=version)
    entry = ReportEntry.unscoped.filter(report=found, pk=entry_id).select_related("version__submission__unit").first()
    if entry is None:
        raise NotFound("entry")
    if found.state != "reported" or entry.fate != "held":
        raise Refused(_("这份调查表已经处理过，请刷新页面。"))
    _return_entry(entry, actor, reason=reason, remarks=remarks, at=at)
    return found


def _return_entry(entry: ReportEntry, actor: Actor, *, reason: str, remarks: Sequence[Said] = (), at: datetime) -> None:
    submission = entry.version.submission
    give_back(submission, "send_back", actor, reason=reason, remarks=remarks, at=at)
    entry.fate, entry.reason = "returned", submission.remark
    entry.save(update_fields=["fate", "reason"])


@transaction.atomic
def return_report(actor: Actor, report_id: int, *, reason: str, version: int, at: datetime) -> ItemReport:
    """Returns the report whole: nothing in it is approved."""
    found = take(ItemReport, report_id, actor, "decide", version=version)
    if len(reason.strip()) < 4:
        raise Refused(_("请写明退回原因（至少4个字）。"))
    if found.entries.filter(fate="approved").exists():
        raise Refused(_("部分调查表已审定，不能整份退回。"))
    move(REPORT, found, "return", actor, at=at, reason=reason.strip(), fields={"remark": reason.strip()})
    for entry in _held(found):
        _return_entry(entry, actor, reason=reason, at=at)
    _tell_reporters(found, f"“{found.item.title}”第{found.n}次报送被退回：{reason.strip()[:60]}", actor, at)
    return found


@transaction.atomic
def approve(actor: Actor, report_id: int, *, version: int, at: datetime) -> ItemReport:
    """审定: approves what the report still holds; the values enter the registry in the same transaction."""
    hold_units_of_report(report_id)
    found = take(ItemReport, report_id, actor, "decide", version=version)
    held = _held(found)
    if not held and not found.zero:
        raise Refused(_("报送中的调查表已全部退回，请整份退回这份报送。"))
    if found.zero and (reasons := _unready(found, [], found.how_checked)):
        raise Refused(*reasons)
    move(REPORT, found, "approve", actor, at=at, details={"units": len(held)})
    submissions = [entry.version.submission for entry in held]
    move_many(SUBMISSION, submissions, "approve", actor, at=at, details={"report": found.pk})
    _settle_units(found, held, actor, at=at)
    ReportEntry.unscoped.filter(pk__in=[e.pk for e in held]).update(fate="approved")
    _tell_reporters(found, f"“{found.item.title}”第{found.n}次报送已审定", actor, at)
    return found


def _settle_units(found: ItemReport, held: list[ReportEntry], actor: Actor, *, at: datetime) -> None:
    fit = [e for e in held if eligible(found.item, e.version.record)]
    unfit = [e for e in held if not eligible(found.item, e.version.record)]
    move_many(UNIT, [e.version.submission.unit for e in fit], "approve", actor, at=at)
    for entry in unfit:
        reason = key_of(found.item, entry.version.record, "ineligible_reason")
        move(
            UNIT,
            entry.version.submission.unit,
            "find_ineligible",
            actor,
            at=at,
            reason=reason,
            fields={"outcome_reason": reason},
        )
    gone = [entry.version.submission.unit.subject_id for entry in unfit]
    withdraw(found.item, gone, "not_eligible", actor, at=at)
    entered = [approved(e) for e in fit]
    for entry, row in zip(fit, entered, strict=True):
        learn(entry.version.submission.unit.subject, row.name, row.code, at=at)
    enter(found.item, entered, actor, at=at)


def approved(entry: ReportEntry) -> Approved:
    """What the registry gets of an approved entry."""
    version, unit = entry.version, entry.version.submission.unit
    item = unit.item
    return Approved(
        subject_id=unit.subject_id,
        item_id=unit.item_id,
        area_id=unit.area_id,
        area_path=unit.area.path,
        name=key_of(item, version.record, "name") or unit.subject.name,
        code=key_of(item, version.record, "code") or unit.subject.code,
        values=version.record,
        questionnaire_version_id=version.questionnaire_version_id,
        submission_version_id=version.pk,
        submission_version_n=version.n,
        source_url=f"/submissions/{version.submission_id}",
    )


def _tell_reporters(found: ItemReport, text: str, actor: Actor, at: datetime) -> None:
    tell(
        accounts_with_duty(found.item_id, "lead", found.area.path, at=at),
        "decided",
        text,
        f"/reports/{found.pk}",
        at=at,
        but=actor,
    )
