"""One page for a firm over all that it does, and for a project with its owner; codes that come later."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from dajian.service.access.pages import Request, page
from dajian.service.access.rules import may
from dajian.service.identity import actions, queries
from dajian.service.identity.inputs import GivingCode, NamingTwin
from dajian.service.identity.models import Firm, Project
from dajian.service.organisations.models import Organisation
from dajian.service.registry.models import Subject
from dajian.service.registry.subjects import kept, kind_of
from dajian.service.workflow.form_view import Trail, form_view
from dajian.service.workflow.lines import HistoryLine, history_lines
from dajian.twins.codes import is_genuine

TOP = ("资源库", "/registry/")


def address_of(row: Any) -> str:
    return f"/firms/{row.pk}" if isinstance(row, Firm) else f"/projects/{row.pk}"


@page(Firm)
@never_cache
def firm(request: Request, found: Firm) -> HttpResponse:
    now = queries.goes_on_as(found.pk)
    if now != found.pk and may(Firm(pk=now), request.actor, "read"):
        return redirect(f"/firms/{now}")
    same = queries.together(found.pk)
    parts = queries.parts(request.actor, Q(organisation__in=same))
    told = {
        "firm": found,
        "parts": parts,
        "roles": queries.roles_of(parts),
        "projects": list(queries.owned(request.actor, same)),
        "history": _history(queries.label_rows(Organisation, same)),
        "pairs": queries.pairs_about(request.actor, queries.profile_of(organisation=found.pk)),
        "codeless": not found.credit_code or not is_genuine(found.credit_code),
        **queries.identity_of(found),
    }
    return render(request, "identity/firm.html", told | _common(request, found, "统一社会信用代码", found.credit_code))


@page(Project)
@never_cache
def project(request: Request, found: Project) -> HttpResponse:
    now = kept(found)
    if now.pk != found.pk and may(Project(pk=now.pk), request.actor, "read"):
        return redirect(f"/projects/{now.pk}")
    same = [found.pk, *found.absorbed.values_list("pk", flat=True)]
    told = {
        "owner": found.owner,
        "owner_seen": found.owner_id is not None and may(Firm(pk=found.owner_id), request.actor, "read"),
        "parts": queries.parts(request.actor, Q(pk__in=same)),
        "history": _history(queries.label_rows(Subject, same)),
        "pairs": queries.pairs_about(request.actor, queries.profile_of(project=found.pk)),
        "codeless": not found.code,
    }
    return render(
        request, "identity/project.html", told | _common(request, found, kind_of(found.role).code, found.code)
    )


def _common(request: Request, found: Any, code_label: str, code: str | None) -> dict[str, Any]:
    return {
        "title": found.name,
        "row": found,
        "here": address_of(found),
        "code": code or "",
        "code_label": code_label,
        "gives_code": may(found, request.actor, "code"),
        "proposes": may(found, request.actor, "propose"),
    }


def _history(rows: list[tuple[str, int]]) -> list[HistoryLine]:
    return history_lines(queries.events_of(rows), _said)


def _said(event: Any) -> str:
    """A merger names both; a code is told."""
    values = [f"{side['name']}（{side['code'] or '无代码'}）" for side in event.details.get("values", [])]
    told = [*([" ← ".join(values)] if values else []), *filter(None, (event.details.get("code", ""), event.reason))]
    return "。".join(told)


def _trail(row: Any) -> Trail:
    return [TOP, (row.name, address_of(row))]


SAID = {
    "given": "代码已补充。",
    "joined": "这个代码已有记录，两条已并为一条：名单、调查表、入库记录、邀请和账号都转到这里。",
    "proposed": "这个代码已属于您范围以外的另一条记录，已提请省级判断是否同一家。",
}


def _give(request: Request, row: Any, form: GivingCode) -> tuple[str, str]:
    coded = actions.give_code(request.actor, type(row), row.pk, code=form.cleaned_data["code"], at=timezone.now())
    return SAID[coded.how], coded.url


def _name(request: Request, row: Any, form: NamingTwin) -> tuple[str, str]:
    given = form.cleaned_data
    twin = actions.propose_by_hand(request.actor, type(row), row.pk, **given, at=timezone.now())
    return "已提请省级判断。", f"/twins/{twin.pk}"


def _code_view(model: type[Firm] | type[Project]) -> Any:
    return form_view(
        model,
        "code",
        title=lambda row: f"{row.name}：补充代码",
        make=lambda request, row, given: GivingCode(**given),
        do=_give,
        button="补充代码",
        trail=_trail,
        lead="代码已有记录的，就是同一家：两条并为一条，原来的名单、调查表、记录都保留。",
    )


def _twin_view(model: type[Firm] | type[Project]) -> Any:
    return form_view(
        model,
        "propose",
        title=lambda row: f"{row.name}：提出重复",
        make=lambda request, row, given: NamingTwin(**given),
        do=_name,
        button="提请判断",
        trail=_trail,
        lead="两条记录其实是同一家的，在这里提出，由省级判断后合并。",
    )


firm_code, project_code = _code_view(Firm), _code_view(Project)
firm_twin, project_twin = _twin_view(Firm), _twin_view(Project)
