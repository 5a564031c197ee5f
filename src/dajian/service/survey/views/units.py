"""The board of an item, its units, and what became of each."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from dajian.service.access.errors import Refused
from dajian.service.access.pages import Request, act, page
from dajian.service.access.rules import may, scope, take
from dajian.service.campaign.models import Campaign, Item
from dajian.service.campaign.standing import areas_in_reach
from dajian.service.history.record import of
from dajian.service.registry.subjects import words_of
from dajian.service.survey import queries
from dajian.service.survey.actions import accounts, submissions, units
from dajian.service.survey.inputs import AskedForm, CloseUnit, NewUnit
from dajian.service.survey.models import SurveyUnit
from dajian.service.survey.rights import LIST, READ
from dajian.service.survey.screens import steps
from dajian.service.workflow.form_view import form_view, version_of
from dajian.service.workflow.lines import history_lines


@page(Campaign)
def campaign_board(request: Request, campaign: Campaign) -> HttpResponse:
    """Area × item: how far the whole campaign is; every cell leads to its rows."""
    shown = queries.overview(request.actor, campaign)
    trail = [(campaign.title, f"/campaigns/{campaign.pk}")]
    return render(
        request,
        "survey/overview.html",
        {"title": _("全部事项进度"), "campaign": campaign, "overview": shown, "trail": trail},
    )


@page(Item, "survey")
def board(request: Request, item: Item) -> HttpResponse:
    """Area × place; every number leads to its rows."""
    lines = queries.board(request.actor, item)
    return render(
        request,
        "survey/board.html",
        {
            "title": _("%(title)s：进度") % {"title": item.title},
            "item": item,
            "lines": lines,
            "places": queries.place_names(),
            "under_way": len(queries.UNDER_WAY),
        }
        | item_tabs(request, item, "board"),
    )


def item_tabs(request: Request, item: Item, here: str) -> dict:
    """What the pages of an item share: which of its doors are open to the actor, and the words for its units."""
    rights = {right: may(item, request.actor, right) for right in ("list", "enter", "report", "zero", "registry")}
    return {"can": rights, "here": here, "words": words_of(item.subject_role)}


@page(Item, "survey")
def unit_list(request: Request, item: Item) -> HttpResponse:
    asked = {name: request.GET.get(name, "") for name in ("area", "place", "text", "own")}
    rows = queries.units(request.actor, item, **asked)
    shown = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(
        request,
        "survey/units.html",
        {
            "title": _("%(unit_word)s名单") % {"unit_word": item.unit_word},
            "item": item,
            "page": shown,
            "asked": asked,
            "places": queries.place_names(),
            "areas": areas_in_reach(request.actor, item, READ),
            "checking": asked["place"] == "sent" and may(item, request.actor, "report"),
        }
        | item_tabs(request, item, "units"),
    )


@page(SurveyUnit)
def unit(request: Request, found: SurveyUnit) -> HttpResponse:
    if request.actor.answers:
        return redirect("own_unit", found.pk)
    submission = getattr(found, "submission", None)
    return render(
        request,
        "survey/unit.html",
        {
            "title": found.subject.name,
            "unit": found,
            "words": words_of(found.subject.role),
            "burden": queries.burden(request.actor, found),
            "item": found.item,
            "submission": submission,
            "steps": steps(found, submission),
            "sources": found.list_entries.select_related("source").order_by("source__at"),
            "history": history_lines(of(found)),
            "closing": CloseUnit(prefix="close"),
            "can_list": may(found, request.actor, "list"),
            "can_enter": may(found, request.actor, "enter"),
            "can_invite": may(found, request.actor, "invite"),
            "asking": AskedForm(prefix="asked", initial={"how": "visit", "on": timezone.localdate()}),
            "logins": accounts.people_of(found, at=timezone.now()) if found.subject.organisation_id else (),
            "invitation": found.invitations.filter(revoked_at=None).first(),
            "others": scope(SurveyUnit, request.actor)
            .filter(item=found.item, state__in=units.COUNTED)
            .exclude(pk=found.pk)
            .select_related("subject")[:200],
        },
    )


def _add_unit(request: Request, item: Item, form: NewUnit) -> tuple[str, str]:
    made = units.add_unit(request.actor, item.pk, **form.cleaned_data, at=timezone.now())
    return _("已列入名单：%(name)s。") % {"name": made.subject.name}, f"/units/{made.pk}"


new = form_view(
    Item,
    "list",
    title=lambda item: _("补录%(unit_word)s") % {"unit_word": item.unit_word},
    make=lambda request, item, given: NewUnit(
        **given,
        kind=words_of(item.subject_role),
        areas=areas_in_reach(request.actor, item, LIST),
        facts=units.facts_asked(item),
    ),
    do=_add_unit,
    button=N_("列入名单"),
    trail=lambda item: [
        (f"{item.number}. {item.title}", f"/items/{item.pk}/"),
        (_("单位名单"), f"/items/{item.pk}/units"),
    ],
    lead=N_("名单以外新发现的，补录后进入名单，来源一并保存。"),
)


@act(SurveyUnit, "enter")
def begin(request: Request, pk: int) -> HttpResponse:
    """Opens the questionnaire. An officer who fills it in for a unit says how and when he asked it."""
    unit = take(SurveyUnit, pk, request.actor, "enter")
    asked = None
    if request.actor.works and unit.item.way == "questionnaire":
        form = AskedForm(request.POST, prefix="asked")
        if not form.is_valid():
            raise Refused(*[str(error) for errors in form.errors.values() for error in errors])
        asked = form.asked()
    submission = submissions.begin(request.actor, pk, asked=asked, at=timezone.now())
    return redirect("submission_fill", submission.pk)


@act(SurveyUnit, "list")
def close(request: Request, pk: int) -> HttpResponse:
    form = CloseUnit(request.POST, prefix="close")
    if not form.is_valid():
        raise Refused(*[str(error) for errors in form.errors.values() for error in errors])
    done = units.close_unit(request.actor, pk, **form.cleaned_data, version=version_of(request), at=timezone.now())
    messages.success(request, _("已登记：%(name)s。") % {"name": done.subject.name})
    return redirect("unit", pk)


@act(SurveyUnit, "list")
def reopen(request: Request, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    units.reopen_unit(request.actor, pk, reason=reason, version=version_of(request), at=timezone.now())
    messages.success(request, _("已重新列入在办名单。"))
    return redirect("unit", pk)
