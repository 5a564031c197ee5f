"""The officer's side of an invitation: the letter, shown once, and its end; and a log-in for the unit's own people."""

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
from dajian.service.access.errors import Refused
from dajian.service.access.numbers import whole
from dajian.service.access.pages import Request, act
from dajian.service.campaign.questionnaires import newest_form
from dajian.service.organisations.actions.people import Invited
from dajian.service.organisations.actions.slips import LASTS
from dajian.service.survey.actions import accounts, invitations
from dajian.service.survey.inputs import Invite, NewUnitAccount
from dajian.service.survey.models import SurveyUnit
from dajian.service.workflow.form_view import form_view


def _trail(unit: SurveyUnit) -> list[tuple[str, str]]:
    return [
        (f"{unit.item.number}. {unit.item.title}", reverse("item", args=[unit.item_id])),
        (unit.subject.name, reverse("unit", args=[unit.pk])),
    ]


def _letter(request: Request, unit: SurveyUnit, form: Invite) -> HttpResponse:
    """The letter to print or to copy. Whoever leaves the page sees the code no more."""
    issued = invitations.invite(request.actor, unit.pk, at=timezone.now(), **form.cleaned_data)
    answer = render(
        request,
        "survey/letter.html",
        {
            "title": _("填报邀请函"),
            "unit": unit,
            "item": unit.item,
            "campaign": unit.item.campaign,
            "invitation": issued.invitation,
            "link": request.build_absolute_uri(reverse("answer", args=[issued.token])),
            "code": issued.code,
            "minutes": minutes(asked) if (asked := newest_form(unit.item)) else 0,
        },
    )
    answer["Cache-Control"] = "no-store"
    return answer


invite = form_view(
    SurveyUnit,
    "invite",
    title=lambda unit: _("邀请“%(name)s”填报") % {"name": unit.subject.name},
    make=lambda request, unit, given: Invite(**given, last=unit.item.campaign.ends),
    do=_letter,
    button=N_("生成邀请函"),
    trail=_trail,
    lead=N_("生成一个链接和一个短码，单位凭这两样在手机或电脑上填报，不用账号。再次生成时，以前的链接随即作废。"),
)


@act(SurveyUnit, "invite")
def revoke(request: Request, pk: int) -> HttpResponse:
    invitations.revoke(request.actor, pk, at=timezone.now())
    messages.success(request, _("邀请已撤销，链接和短码不能再用；单位已填的内容保留。"))
    return redirect("unit", pk)


def _account(request: Request, unit: SurveyUnit, form: NewUnitAccount) -> HttpResponse:
    invited = accounts.open_account(request.actor, unit.pk, at=timezone.now(), **form.cleaned_data)
    return _link_page(request, unit.pk, invited, _("单位账号已开通"), "invite")


def _link_page(request: Request, unit_id: int, invited: Invited, title: str, kind: str) -> HttpResponse:
    """A one-time link, shown this once."""
    shown: dict[str, Any] = {
        "title": title,
        "person": invited.membership.person,
        "link": request.build_absolute_uri(reverse("slip", args=[invited.token])),
        "days": LASTS[kind].days,
        "kind": kind,
        "back": reverse("unit", args=[unit_id]),
    }
    answer = render(request, "organisations/slip_made.html", shown)
    answer["Cache-Control"] = "no-store"
    return answer


new_account = form_view(
    SurveyUnit,
    "invite",
    title=lambda unit: _("为“%(name)s”开通账号") % {"name": unit.subject.name},
    make=lambda request, unit, given: NewUnitAccount(**given),
    do=_account,
    button=N_("开通账号"),
    trail=_trail,
    lead=N_("单位用自己的账号填报，只看得到本单位的调查表。"),
)


@act(SurveyUnit, "invite")
def reset_account(request: Request, pk: int) -> HttpResponse:
    """A new one-time link for a log-in of the unit."""
    person = whole(request.POST.get("person", ""))
    if person is None:
        raise Refused(_("请选择本单位的账号。"))
    invited = accounts.reset_account(request.actor, pk, person_id=person, at=timezone.now())
    return _link_page(request, pk, invited, _("链接已生成"), "reset")
