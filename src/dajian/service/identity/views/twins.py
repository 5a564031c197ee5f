"""Pairs that may be one: the list, the two side by side, and what is decided about them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from dajian.service.access.pages import Request, View, act, page
from dajian.service.access.rules import may, scope
from dajian.service.campaign.models import Campaign
from dajian.service.history.record import of
from dajian.service.identity import actions, queries
from dajian.service.identity.models import Twin
from dajian.service.identity.plan import made, stands
from dajian.service.identity.states import TWIN
from dajian.service.identity.words import sentences
from dajian.service.jobs.models import Job
from dajian.service.jobs.queries import progress
from dajian.service.workflow.form_view import version_of
from dajian.service.workflow.lines import history_lines

PER_PAGE = 30


@page()
@never_cache
def twins(request: Request) -> HttpResponse:
    state = request.GET.get("state", "proposed")
    state = state if state in TWIN.states else "proposed"
    text = request.GET.get("q", "")[:60]
    numbers = queries.numbers(request.actor)
    shown = Paginator(queries.pairs(request.actor, state=state, text=text), PER_PAGE).get_page(request.GET.get("page"))
    campaign = scope(Campaign, request.actor, "define").order_by("-starts").first()
    running = scope(Job, request.actor).filter(kind=actions.SEARCH_JOB).order_by("-pk").first()
    context = {
        "title": "疑似重复",
        "state": state,
        "states": [(key, label, numbers.get(key, 0)) for key, label in TWIN.states.items()],
        "text": text,
        "lines": queries.lines(shown),
        "page": shown,
        "campaign": campaign,
        "job": progress(running, timezone.now()) if running and running.state in ("queued", "running") else None,
    }
    return render(request, "identity/twins.html", context)


@act(Campaign, "define", empty=302)
def search(request: Request, pk: int) -> HttpResponse:
    actions.search(request.actor, pk, at=timezone.now())
    return redirect("/twins")


@page(Twin)
@never_cache
def twin(request: Request, found: Twin) -> HttpResponse:
    plan = made(found.left, found.right, request.GET) if found.state != "merged" else None
    context = {
        "title": f"{found.left.name} · {found.right.name}",
        "twin": found,
        "state": TWIN.states[found.state],
        "reasons": sentences(found.reasons),
        "plan": plan,
        "clashes": [(c, stands(c.left), stands(c.right)) for c in plan.clashes] if plan else [],
        "merger": queries.mergers(found).first() if found.state == "merged" else None,
        "advices": Twin.ADVICE,
        "history": history_lines(of(found)),
        "decides": may(found, request.actor, "decide"),
        "advises": found.state == "proposed" and may(found, request.actor, "advise"),
    }
    return render(request, "identity/twin.html", context)


@act(Twin, "decide")
def merge(request: Request, pk: int) -> HttpResponse:
    chosen = {key: str(value) for key, value in request.POST.items() if value in ("left", "right")}
    merger = actions.merge(
        request.actor, pk, chosen=chosen, reason=request.POST.get("reason", ""), version=version_of(request),
        at=timezone.now(),
    )  # fmt: skip
    return redirect(f"/twins/{merger.twin_id}")


def _decided(deed: str) -> View:
    @act(Twin, "decide")
    def decided(request: Request, pk: int) -> HttpResponse:
        getattr(actions, deed)(
            request.actor, pk, reason=request.POST.get("reason", ""), version=version_of(request), at=timezone.now()
        )
        return redirect("/twins" if deed == "dismiss" else f"/twins/{pk}")

    return decided


dismiss, reconsider, undo = _decided("dismiss"), _decided("reconsider"), _decided("undo")


@act(Twin, "advise")
def advise(request: Request, pk: int) -> HttpResponse:
    given = {name: request.POST.get(name, "") for name in ("advice", "reason")}
    actions.advise(request.actor, pk, **given, at=timezone.now())
    return redirect(f"/twins/{pk}")
