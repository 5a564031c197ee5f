"""Returning a questionnaire with remarks on single answers; and carrying a draft over to a new edition."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from dajian.service.access.errors import NotFound, Refused
from dajian.service.access.numbers import whole
from dajian.service.access.pages import Request, act, both, page
from dajian.service.access.rules import may, take
from dajian.service.campaign.questionnaires import form_of, reader
from dajian.service.survey import review
from dajian.service.survey.actions import editions, reports, submissions
from dajian.service.survey.editions import carried
from dajian.service.survey.models import ItemReport, Submission
from dajian.service.workflow.drafts import kept
from dajian.service.workflow.form_view import version_of


def _typed(request: Request) -> dict[str, str]:
    return {name: str(value) for name, value in request.POST.items()}


def _remarking(
    request: Request, found: Submission, *, action: str, version: int, faults: tuple[str, ...] = (), **more: Any
) -> HttpResponse:
    sent = found.current
    if sent is None:
        raise NotFound("version")
    reading = reader(found.unit.item.campaign, phones=may(found, request.actor, "phones"))
    typed = _typed(request)
    if request.method == "GET" and (before := kept(request.actor, action).first()):
        typed = before.texts
    shown = {
        "title": _("退回“%(name)s”") % {"name": found.unit.subject.name},
        "submission": found,
        "item": found.unit.item,
        "blocks": review.blocks(form_of(sent.questionnaire_version), sent.record, reading, typed),
        "action": action,
        "version": version,
        "faults": faults,
        "reason": typed.get("reason", ""),
    }
    return render(request, "survey/return.html", shown | more, status=422 if faults else 200)


@page(Submission, "check")
def return_page(request: Request, found: Submission) -> HttpResponse:
    return _remarking(request, found, action=request.path, version=found.version)


@act(Submission, "check")
def give_back(request: Request, pk: int) -> HttpResponse:
    reason, version = request.POST.get("reason", ""), version_of(request)
    found = take(Submission, pk, request.actor, "check")
    try:
        submissions.return_submission(
            request.actor, pk, reason=reason, remarks=review.said(_typed(request)), version=version, at=timezone.now()
        )
    except Refused as refused:
        return _remarking(request, found, action=request.path, version=version, faults=refused.reasons)
    messages.success(request, _("已退回填报单位。"))
    return redirect("submission", pk)


return_with_remarks = both(return_page, give_back)


def _entry(found: ItemReport, number: str) -> Submission:
    entry = found.entries.filter(pk=whole(number) or 0, fate="held").first()
    if entry is None:
        raise NotFound("entry")
    return entry.version.submission


@page(ItemReport, "decide", empty=404)
def send_back_page(request: Request, found: ItemReport) -> HttpResponse:
    number = request.GET.get("entry", "")
    return _remarking(request, _entry(found, number), action=request.path, version=found.version, entry=number)


@act(ItemReport, "decide")
def send_back(request: Request, pk: int) -> HttpResponse:
    version, reason = version_of(request), request.POST.get("reason", "")
    number = whole(request.POST.get("entry", ""))
    if number is None:
        raise Refused(_("请选择要退回的调查表。"))
    reports.send_back(
        request.actor,
        pk,
        entry_id=number,
        reason=reason,
        remarks=review.said(_typed(request)),
        version=version,
        at=timezone.now(),
    )
    messages.success(request, _("已退回一份，其余可继续审定。"))
    return redirect("report", pk)


send_back_with_remarks = both(send_back_page, send_back)


@page(Submission, "enter", empty=302)
def edition_page(request: Request, found: Submission) -> HttpResponse:
    """What the change of edition would do to the draft; nothing is written yet."""
    coming = carried(found)
    if coming is None:
        return redirect("submission_fill", found.pk)
    reading = reader(found.unit.item.campaign, phones=True)
    notes = review.note_lines([vars(note) for note in coming.notes], reading)
    shown = {
        "title": _("问卷已有新版"),
        "submission": found,
        "unit": found.unit,
        "item": found.unit.item,
        "old": found.draft_version,
        "new": coming.edition,
        "notes": notes,
    }
    return render(request, "survey/edition.html", shown)


@act(Submission, "enter")
def take_over(request: Request, pk: int) -> HttpResponse:
    editions.take_over(request.actor, pk, version=version_of(request), at=timezone.now())
    messages.success(request, _("草稿已转到新版问卷，原草稿保留在办理记录中。"))
    return redirect("submission_fill", pk)


edition = both(edition_page, take_over)
