"""Bodies: which there are, what they do and did, who works there."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from dajian.service.access.pages import Request, page
from dajian.service.access.rules import may, scope
from dajian.service.organisations import queries
from dajian.service.organisations.actions import bodies
from dajian.service.organisations.inputs import (
    EndingFunction,
    GivingFunction,
    NewBody,
    Renaming,
    TransferringFunction,
    at_first,
)
from dajian.service.organisations.models import Area, Function, Organisation
from dajian.service.organisations.screens import body_history
from dajian.service.workflow.form_view import Trail, form_view, version_of

TOP = ("单位与人员", "/bodies")


@page()
def body_list(request: Request) -> HttpResponse:
    asked = {name: request.GET.get(name, "") for name in ("area", "text")}
    areas = queries.areas_with_bodies(request.actor)
    here = next((area for area in areas if area.path == asked["area"]), None)
    return render(
        request,
        "organisations/bodies.html",
        {
            "title": "单位与人员",
            "page": Paginator(queries.bodies(request.actor, **asked), 50).get_page(request.GET.get("page")),
            "asked": asked,
            "areas": areas,
            "here": here,
            "may_add": here is not None and may(here, request.actor, "define"),
        },
    )


@page(Organisation)
def body(request: Request, found: Organisation) -> HttpResponse:
    today = timezone.localdate()
    return render(
        request,
        "organisations/body.html",
        {
            "title": found.name,
            "trail": [TOP],
            "body": found,
            "functions": queries.functions_of(found, today),
            "names": found.names.order_by("-starts"),
            "people": queries.people_of(request.actor, found, today),
            "left": queries.left_of(found, today),
            "history": body_history(found),
            "today": today,
            "keeps": may(found, request.actor, "people"),
            "defines": may(found, request.actor, "define"),
        },
    )


def trail_of(row: Any) -> Trail:
    """Where a body's forms hang: below its page. row: the body, or something of a body."""
    body = row if isinstance(row, Organisation) else row.organisation
    return [TOP, (body.name, f"/bodies/{body.pk}")]


def _create(request: Request, area: Area, form: NewBody) -> tuple[str, str]:
    given = form.cleaned_data
    held = tuple(bodies.Held(kind.pk, area.pk, given["since"]) for kind in given["kinds"])
    made = bodies.create_body(
        request.actor, name=given["name"], area_id=area.pk, functions=held, since=given["since"], at=timezone.now()
    )
    return f"已建立：{made.name}。", f"/bodies/{made.pk}"


new = form_view(
    Area,
    "define",
    title=lambda area: f"{area.name}：新建单位",
    make=lambda request, area, given: NewBody(**given, initial=at_first()),
    do=_create,
    button="建立单位",
    trail=lambda area: [TOP, (area.name, f"/bodies?area={area.path}")],
)


def _rename(request: Request, body: Organisation, form: Renaming) -> tuple[str, str]:
    bodies.rename_body(request.actor, body.pk, **form.cleaned_data, version=version_of(request), at=timezone.now())
    return "名称已更改。", f"/bodies/{body.pk}"


rename = form_view(
    Organisation,
    "define",
    title=lambda body: f"{body.name}：更改名称",
    make=lambda request, body, given: Renaming(**given, initial=at_first(name=body.name)),
    do=_rename,
    button="更改名称",
    trail=trail_of,
)


def _give(request: Request, body: Organisation, form: GivingFunction) -> tuple[str, str]:
    kind = form.cleaned_data["kind"]
    held = bodies.Held(kind.pk, body.area_id or 0, form.cleaned_data["starts"])
    bodies.give_function(request.actor, body.pk, held=held, at=timezone.now())
    return f"已赋予“{kind.name}”职能。", f"/bodies/{body.pk}"


give = form_view(
    Organisation,
    "define",
    title=lambda body: f"{body.name}：赋予职能",
    make=lambda request, body, given: GivingFunction(**given, initial=at_first()),
    do=_give,
    button="赋予职能",
    trail=trail_of,
)


def _heirs(request: Request, function: Function) -> QuerySet[Organisation]:
    others = scope(Organisation, request.actor, "define").filter(area_id=function.area_id)
    return others.exclude(pk=function.organisation_id).order_by("name")


def _transfer(request: Request, function: Function, form: TransferringFunction) -> tuple[str, str]:
    heir, starts, reason = (form.cleaned_data[name] for name in ("heir", "starts", "reason"))
    bodies.transfer_function(
        request.actor, function.pk, organisation_id=heir.pk, starts=starts, reason=reason, at=timezone.now()
    )
    return f"“{function.kind.name}”自 {starts} 起由{heir.name}承担。", f"/bodies/{heir.pk}"


transfer = form_view(
    Function,
    "define",
    title=lambda function: f"移交职能：{function.kind.name}（{function.area.name}）",
    make=lambda request, function, given: TransferringFunction(
        **given, bodies=_heirs(request, function), initial=at_first()
    ),
    do=_transfer,
    button="移交",
    trail=trail_of,
    lead="机构改革后由另一单位承担：新单位看到并继续办理原单位的全部事项，历史记录保留原来的名称。",
)


def _end(request: Request, function: Function, form: EndingFunction) -> tuple[str, str]:
    bodies.end_function(request.actor, function.pk, **form.cleaned_data, at=timezone.now())
    told = f"“{function.kind.name}”到 {form.cleaned_data['last_day']} 为止。"
    return told, f"/bodies/{function.organisation_id}"


end = form_view(
    Function,
    "define",
    title=lambda function: f"结束职能：{function.kind.name}（{function.area.name}）",
    make=lambda request, function, given: EndingFunction(**given, initial=at_first()),
    do=_end,
    button="结束职能",
    trail=trail_of,
)
