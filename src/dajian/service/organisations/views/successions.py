"""机构改革 of a body: who comes after it, from when, by which document."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from dajian.service.access.pages import Request
from dajian.service.access.rules import scope
from dajian.service.organisations import queries
from dajian.service.organisations.actions import successions
from dajian.service.organisations.inputs import at_first
from dajian.service.organisations.models import Organisation
from dajian.service.organisations.succession_form import Reforming
from dajian.service.organisations.views.bodies import trail_of
from dajian.service.workflow.form_view import Given, form_view

LEAD = (
    "从这一天起，承继单位承担原单位的职能，人员随职能转入，看到并继续办理原单位的全部事项；"
    "退回的调查表通知承继单位。此前的记录仍显示原来的名称。"
)


def _form(request: Request, body: Organisation, given: Given) -> Reforming:
    others = scope(Organisation, request.actor, "define").filter(area=body.area_id).exclude(pk=body.pk)
    held, people = queries.going_on(body, timezone.localdate())
    return Reforming(
        **given,
        others=others.order_by("name"),
        functions=held,
        people=people,
        initial=at_first(),
    )


def _reform(request: Request, body: Organisation, form: Any) -> tuple[str, str]:
    ids = [body.pk, *(other.pk for other in form.cleaned_data["along"])]
    heirs = successions.reform(request.actor, ids, reform=form.reform(), at=timezone.now())
    told = "、".join(heir.name for heir in heirs)
    return f"自 {form.cleaned_data['starts']} 起由{told}承继。", f"/bodies/{heirs[0].pk}"


succession = form_view(
    Organisation,
    "define",
    title=lambda body: f"{body.name}：机构改革",
    make=_form,
    do=_reform,
    button="办理机构改革",
    trail=trail_of,
    lead=LEAD,
)
