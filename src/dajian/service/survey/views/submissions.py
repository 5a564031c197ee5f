"""A unit's questionnaire: typing it in, reading it, and each body's deed on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from dajian.forms.effort import minutes
from dajian.forms.hints import Hint
from dajian.forms.present import Reader, changes, sections
from dajian.service.access.actor import Actor
from dajian.service.access.errors import NotFound, Refused
from dajian.service.access.numbers import whole
from dajian.service.access.pages import Request, act, both, page
from dajian.service.access.rules import may, take
from dajian.service.campaign.models import Item
from dajian.service.campaign.questionnaires import form_of, reader
from dajian.service.history.record import of
from dajian.service.survey import entry_form
from dajian.service.survey.actions import submissions as actions
from dajian.service.survey.actions.comments import comment as add_comment
from dajian.service.survey.answers import said, verdict
from dajian.service.survey.comparing import hints_for
from dajian.service.survey.editions import outdated
from dajian.service.survey.inputs import AskedForm
from dajian.service.survey.models import Submission, SubmissionVersion
from dajian.service.survey.pictures import pictures
from dajian.service.survey.review import (
    confirmed_lines,
    note_lines,
    open_remarks,
    remark_lines,
    remarks_and_answers,
    told_of_deed,
)
from dajian.service.survey.screens import steps
from dajian.service.survey.states import SUBMISSION
from dajian.service.workflow.drafts import kept_text
from dajian.service.workflow.form_view import version_of
from dajian.service.workflow.lines import history_lines

RIGHTS = ("enter", "send", "check", "comment", "correct")
UNSENT = {  # by whether the viewer enters without sending
    False: N_("这份调查表还没有报出过，目前只有草稿。"),
    True: N_("这份调查表还没有报出过，目前只有草稿。填好保存后，由牵头单位核对报出。"),
}


@page(Submission)
def submission(request: Request, found: Submission) -> HttpResponse:
    """What was sent last, the versions, the remarks, the history, and what the visitor may do next."""
    if request.actor.answers:
        return redirect("own_unit", found.unit_id)
    campaign = found.unit.item.campaign
    can = {right: may(found, request.actor, right) for right in RIGHTS}
    reading = reader(campaign, phones=may(found, request.actor, "phones"))
    version = found.current
    moves, hints = _moves(found, can, request.actor)
    unsent = UNSENT[can["enter"] and not can["send"]]
    wanted = request.GET.get("n", "")
    if wanted:
        version = found.versions.filter(n=whole(wanted) or 0).first()
        if version is None:
            raise NotFound("version")
    return render(
        request,
        "survey/submission.html",
        {
            "title": _("%(name)s 调查表") % {"name": found.unit.subject.name},
            "submission": found,
            "unit": found.unit,
            "item": found.unit.item,
            "can": can,
            "version": version,
            "moves": moves,
            "unsent": _(unsent),
            "hints": hints,
            "steps": steps(found.unit, found),
            "sections": sections(form_of(version.questionnaire_version), version.record, reading) if version else [],
            "versions": found.versions.order_by("-n"),
            "history": history_lines(of(found), told_of_deed),
            "pictures": pictures(request.actor, version, reading) if version else [],
            "confirmed": confirmed_lines(version, reading) if version else [],
            "remarks": remarks_and_answers(found, reading),
            "doubts": _doubts(request.actor, found, version, can, reading),
            "comments": found.comments.order_by("at"),
            "kept": kept_text(request.actor, reverse("submission_return", args=[found.pk]), "reason"),
        },
    )


def _doubts(
    actor: Actor, found: Submission, version: SubmissionVersion | None, can: dict[str, bool], reading: Reader
) -> list[Hint]:
    """What a reviewer may want to look at; for nobody else."""
    reviews = can["check"] or can["comment"] or may(found, actor, "decide")
    return hints_for(actor, found, version, reading) if version and reviews else []


def _moves(found: Submission, can: dict[str, bool], actor: Actor) -> tuple[set[str], list[str]]:
    """The deeds that state, rights and needs allow; and why those that only a need forbids are not offered."""
    offered = [m for m in SUBMISSION.moves if found.state in m.sources and can.get(m.who)]
    unmet = {m.action: [reason for need in m.needs for reason in need(found, actor)] for m in offered}
    hints = [reason for action in ("check",) for reason in unmet.get(action, [])]
    return {action for action, reasons in unmet.items() if not reasons}, hints


@page(Submission)
def compare(request: Request, found: Submission) -> HttpResponse:
    """Two versions side by side: by default the last and the one before."""
    numbers = [whole(request.GET.get(n, "")) or 0 for n in ("a", "b")]
    newest = found.current.n if found.current else 0
    a, b = numbers[0] or newest - 1, numbers[1] or newest
    pair = {v.n: v for v in found.versions.filter(n__in=(a, b)).select_related("questionnaire_version")}
    if a not in pair or b not in pair:
        raise NotFound("version")
    reading = reader(found.unit.item.campaign, phones=may(found, request.actor, "phones"))
    form = form_of(pair[b].questionnaire_version)
    found_changes = changes(form, pair[a].record, pair[b].record, reading)
    return render(
        request,
        "survey/compare.html",
        {
            "title": _("%(name)s：第%(a)s版与第%(b)s版") % {"name": found.unit.subject.name, "a": a, "b": b},
            "submission": found,
            "item": found.unit.item,
            "before": pair[a],
            "after": pair[b],
            "changes": found_changes,
        },
    )


@page(Submission, "enter")
def edit_page(request: Request, found: Submission) -> HttpResponse:
    if found.state not in ("draft", "returned") or found.draft_version is None:
        return redirect("submission", found.pk)
    if outdated(found):
        return redirect("submission_edition", found.pk)
    return _edit(request, found, found.draft or {})


def _asking(request: Request, found: Submission) -> AskedForm | None:
    """How and when the unit was asked: said by an officer, where units are asked at all."""
    if not request.actor.works or found.unit.item.way != "questionnaire":
        return None
    return AskedForm(
        request.POST if request.method == "POST" else None,
        prefix="asked",
        initial={"how": found.asked_how, "on": found.asked_on},
    )


def _unsaid(asking: AskedForm | None) -> list[str]:
    return [str(error) for errors in asking.errors.values() for error in errors] if asking else []


def _edit(
    request: Request,
    found: Submission,
    draft: dict[str, Any],
    problems: Any = (),
    status: int = 200,
    warnings: Any = (),
) -> HttpResponse:
    assert found.draft_version is not None
    form = form_of(found.draft_version)
    reading = reader(found.unit.item.campaign, phones=True)
    draft = entry_form.computed(form, draft, on=timezone.localdate())
    asking = _asking(request, found)
    told = [reading.label(said(p, form.by_key)) for p in problems]
    return render(
        request,
        "survey/edit.html",
        {
            "title": _("%(name)s：填报") % {"name": found.unit.subject.name},
            "submission": found,
            "item": found.unit.item,
            "unit": found.unit,
            "form_title": reading.label(form.title),
            "parts": entry_form.parts(
                form,
                draft,
                reading,
                problems,
                remarks=[((r.scope, r.row, r.key), r.text) for r in open_remarks(found)],
                known=found.prefilled.get("keys", ()),
            ),
            "remarks": remark_lines(form, open_remarks(found), reading),
            "moved": note_lines(found.moved, reading),
            "minutes": minutes(form),
            "problems": [*_unsaid(asking if status == 422 else None), *told],
            "warnings": [reading.label(said(w, form.by_key)) for w in warnings],
            "can_send": may(found, request.actor, "send"),
            "asking": asking,
        },
        status=status,
    )


@act(Submission, "enter")
def save(request: Request, pk: int) -> HttpResponse:
    """Keeps the draft whatever its faults; sends it as well when 报出 was pressed and nothing is wrong."""
    found = take(Submission, pk, request.actor, "enter")
    version = version_of(request)
    if found.draft_version is None:
        raise Refused(_("调查表已报出，请刷新页面。"))
    form = form_of(found.draft_version)
    typed = entry_form.with_pictures(form, found.draft or {}, entry_form.posted(form, request.POST))
    draft = entry_form.changed_rows(typed, request.POST)
    found = actions.save_draft(request.actor, pk, draft=draft, version=version)
    asking = _asking(request, found)
    if asking and asking.is_valid():
        actions.set_asked(request.actor, pk, asked=asking.asked(), at=timezone.now())
    if "send" not in request.POST:
        if "add" not in request.POST and "drop" not in request.POST:
            messages.success(request, _("草稿已保存。"))
        return _edit(request, found, draft)
    assert found.draft_version is not None
    judged = verdict(found.draft_version, draft, on=timezone.localdate())
    if judged.problems or (asking and not asking.is_valid()):
        return _edit(request, found, draft, judged.problems, 422)
    confirmed = request.POST["send"] == "confirmed"
    if judged.warnings and not confirmed:
        return _edit(request, found, draft, status=422, warnings=judged.warnings)
    actions.send(request.actor, pk, version=found.version, at=timezone.now(), confirmed=confirmed)
    messages.success(request, _("“%(name)s”已报出。") % {"name": found.unit.subject.name})
    return redirect("submission", pk)


edit = both(edit_page, save)


def _deed(request: Request, pk: int, done: str, verb: Any, **more: Any) -> HttpResponse:
    verb(request.actor, pk, version=version_of(request), at=timezone.now(), **more)
    messages.success(request, done)
    return redirect("submission", pk)


@act(Submission, "send")
def take_back(request: Request, pk: int) -> HttpResponse:
    return _deed(request, pk, _("已撤回，可以修改后重新报出。"), actions.take_back)


@act(Submission, "check")
def check(request: Request, pk: int) -> HttpResponse:
    return _deed(request, pk, _("核查通过，等待报送。"), actions.check)


@act(Submission, "check")
def uncheck(request: Request, pk: int) -> HttpResponse:
    return _deed(request, pk, _("已撤回核查。"), actions.uncheck)


@act(Submission, "correct")
def correct(request: Request, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return _deed(request, pk, _("已提出更正，请修改后重新报出。资源库暂时保留原值。"), actions.correct, reason=reason)


@act(Submission, "comment")
def comment(request: Request, pk: int) -> HttpResponse:
    add_comment(request.actor, pk, text=request.POST.get("text", ""), at=timezone.now())
    messages.success(request, _("意见已记录。"))
    return redirect("submission", pk)


@act(Item, "report")
def check_many(request: Request, pk: int) -> HttpResponse:
    """核查通过 for the ticked ones, all or none."""
    ticked = [n for text in request.POST.getlist("submission") if (n := whole(text)) is not None]
    number = actions.check_many(request.actor, pk, submission_ids=ticked, at=timezone.now())
    messages.success(request, _("%(number)s 份调查表核查通过。") % {"number": number})
    back = request.POST.get("next", "")
    return redirect(back if back.startswith("/items/") else "/")
