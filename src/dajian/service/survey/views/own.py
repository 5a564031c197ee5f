"""What who answers for a unit sees: the door by link and code, his questionnaires, and how far each has come."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from dajian.forms.effort import minutes
from dajian.forms.present import sections
from dajian.service.access.errors import Refused
from dajian.service.access.pages import Request, act, both, page
from dajian.service.access.rules import may, scope
from dajian.service.campaign.questionnaires import form_of, newest_form, reader
from dajian.service.survey.actions import corrections
from dajian.service.survey.actions.invitations import open_by_code
from dajian.service.survey.inputs import Code
from dajian.service.survey.middleware import SESSION
from dajian.service.survey.models import Submission, SurveyUnit
from dajian.service.survey.pictures import pictures
from dajian.service.survey.review import RemarkLine, open_remarks, remark_lines
from dajian.service.survey.screens import steps
from dajian.service.survey.states import SUBMISSION
from dajian.service.workflow.form_view import version_of


def _asked_for_code(request: HttpRequest, form: Code, status: int = 200) -> HttpResponse:
    """The same page for every link, good or not: it tells nothing but what was asked."""
    answer = render(request, "survey/code.html", {"title": _("受邀填报"), "form": form}, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


@page(open=True)
def code_page(request: HttpRequest, token: str) -> HttpResponse:
    return _asked_for_code(request, Code())


@act(open=True)
def code_given(request: HttpRequest, token: str) -> HttpResponse:
    """Opens a session of its own for the unit; one that was open in this browser, of whomever, ends."""
    form = Code(request.POST)
    if not form.is_valid():
        return _asked_for_code(request, form, 422)
    try:
        invitation = open_by_code(token, form.cleaned_data["code"], at=timezone.now())
    except Refused as refused:
        form.add_error("code", list(refused.reasons))
        return _asked_for_code(request, form, 422)
    request.session.flush()
    request.session[SESSION] = invitation.pk
    return redirect("own_unit", invitation.unit_id)


answer = both(code_page, code_given)


@page()
def own(request: Request) -> HttpResponse:
    """The questionnaires for which the visitor answers; the page itself when it is one."""
    units = scope(SurveyUnit, request.actor, "answer").exclude(item__campaign__state="draft")
    found = list(units.select_related("item__campaign", "subject", "submission").order_by("-item__campaign__starts"))
    if len(found) == 1:
        return redirect("own_unit", found[0].pk)
    return render(request, "survey/own.html", {"title": _("本单位的调查表"), "units": found})


@page(SurveyUnit, "answer")
def own_unit(request: Request, unit: SurveyUnit) -> HttpResponse:
    """How far the questionnaire has come, what was remarked, what may be done, and what was sent."""
    found: Submission | None = getattr(unit, "submission", None)
    campaign = unit.item.campaign
    version = found.current if found else None
    shown: dict[str, Any] = {
        "title": unit.subject.name,
        "unit": unit,
        "item": unit.item,
        "campaign": campaign,
        "submission": found,
        "steps": steps(unit, found),
        "minutes": minutes(form) if (form := newest_form(unit.item)) else 0,
        "version": version,
        "may_fill": campaign.state == "open" and unit.state == "open" and _in_hand(found),
        "may_take_back": found is not None and _allowed(found, request, "take_back"),
        "may_ask": found and found.state in corrections.ASKABLE and campaign.state == "open",
        "remarks": _remarks(found),
        "pictures": pictures(request.actor, version, reader(campaign, phones=True)) if version else [],
        "sections": sections(form_of(version.questionnaire_version), version.record, reader(campaign, phones=True))
        if version
        else [],
    }
    return render(request, "survey/own_unit.html", shown)


def _remarks(found: Submission | None) -> list[RemarkLine]:
    if found is None or found.current is None:
        return []
    form = form_of(found.current.questionnaire_version)
    return remark_lines(form, open_remarks(found), reader(found.unit.item.campaign, phones=True))


def _in_hand(found: Submission | None) -> bool:
    return found is None or found.state in ("draft", "returned")


def _allowed(found: Submission, request: Request, action: str) -> bool:
    step = SUBMISSION.move(action, found.state)
    if step is None or not may(found, request.actor, step.who):
        return False
    return not any(need(found, request.actor) for need in step.needs)


@act(Submission, "ask_correction")
def ask_correction(request: Request, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    found = corrections.ask_correction(request.actor, pk, reason=reason, version=version_of(request), at=timezone.now())
    messages.success(request, _("已请求更正。工作人员退回后，您可以在这里修改并重新报出。"))
    return redirect("own_unit", found.unit_id)
