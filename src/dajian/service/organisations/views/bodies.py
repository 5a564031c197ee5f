"""Bodies: which there are, what they do and did, who works there."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

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


def top() -> tuple[str, str]:
    """The head of the trail."""
    return _("单位与人员"), "/bodies"


@page()
def body_list(request: Request) -> HttpResponse:
    asked = {name: request.GET.get(name, "") for name in ("area", "text")}
    areas = queries.areas_with_bodies(request.actor)
    here = next((area for area in areas if area.path == asked["area"]), None)
    return render(
        request,
        "organisations/bodies.html",
        {
            "title": _("单位与人员"),
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
            "trail": [top()],
            "body": found,
            "functions": queries.functions_of(found, today),
            "before": queries.successions(found, "successor"),
            "after": queries.successions(found, "predecessor"),
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
    return [top(), (body.name, f"/bodies/{body.pk}")]


def _create(request: Request, area: Area, form: NewBody) -> tuple[str, str]:
    given = form.cleaned_data
    held = tuple(bodies.Held(kind.pk, area.pk, given["since"]) for kind in given["kinds"])
    made = bodies.create_body(
        request.actor, name=given["name"], area_id=area.pk, functions=held, since=given["since"], at=timezone.now()
    )
    return _("已建立：%(name)s。") % {"name": made.name}, f"/bodies/{made.pk}"


new = form_view(
    Area,
    "define",
    title=lambda area: _("%(name)s：新建单位") % {"name": area.name},
    make=lambda request, area, given: NewBody(**given, initial=at_first()),
    do=_create,
    button=N_("建立单位"),
    trail=lambda area: [top(), (area.name, f"/bodies?area={area.path}")],
)


def _rename(request: Request, body: Organisation, form: Renaming) -> tuple[str, str]:
    bodies.rename_body(request.actor, body.pk, **form.cleaned_data, version=version_of(request), at=timezone.now())
    return _("名称已更改。"), f"/bodies/{body.pk}"


rename = form_view(
    Organisation,
    "define",
    title=lambda body: _("%(name)s：更改名称") % {"name": body.name},
    make=lambda request, body, given: Renaming(**given, initial=at_first(name=body.name)),
    do=_rename,
    button=N_("更改名称"),
    trail=trail_of,
)


def _give(request: Request, body: Organisation, form: GivingFunction) -> tuple[str, str]:
    kind = form.cleaned_data["kind"]
    held = bodies.Held(kind.pk, body.area_id or 0, form.cleaned_data["starts"])
    bodies.give_function(request.actor, body.pk, held=held, at=timezone.now())
    return _("已赋予“%(name)s”职能。") % {"name": kind.name}, f"/bodies/{body.pk}"


give = form_view(
    Organisation,
    "define",
    title=lambda body: _("%(name)s：赋予职能") % {"name": body.name},
    make=lambda request, body, given: GivingFunction(**given, initial=at_first()),
    do=_give,
    button=N_("赋予职能"),
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
    return _("“%(name)s”自 %(starts)s 起由%(heir_name)s承担。") % {
        "name": function.kind.name,
        "starts": starts,
        "heir_name": heir.name,
    }, f"/bodies/{heir.pk}"


transfer = form_view(
    Function,
    "define",
    title=lambda function: (
        _("移交职能：%(name)s（%(area_name)s）") % {"name": function.kind.name, "area_name": function.area.name}
    ),
    make=lambda request, function, given: TransferringFunction(
        **given, bodies=_heirs(request, function), initial=at_first()
    ),
    do=_transfer,
    button=N_("移交"),
    trail=trail_of,
    lead=N_("机构改革后由另一单位承担：新单位看到并继续办理原单位的全部事项，历史记录保留原来的名称。"),
)


def _end(request: Request, function: Function, form: EndingFunction) -> tuple[str, str]:
    bodies.end_function(request.actor, function.pk, **form.cleaned_data, at=timezone.now())
    told = _("“%(name)s”到 %(last_day)s 为止。") % {
        "name": function.kind.name,
        "last_day": form.cleaned_data["last_day"],
    }
    return told, f"/bodies/{function.organisation_id}"


end = form_view(
    Function,
    "define",
    title=lambda function: (
        _("结束职能：%(name)s（%(area_name)s）") % {"name": function.kind.name, "area_name": function.area.name}
    ),
    make=lambda request, function, given: EndingFunction(**given, initial=at_first()),
    do=_end,
    button=N_("结束职能"),
    trail=trail_of,
)
