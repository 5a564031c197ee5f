"""Campaigns: the list, the page, and what their owner does."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from dajian.engine.workdays.calendar import read_calendar
from dajian.service.access.pages import Request, act, page
from dajian.service.access.rules import may
from dajian.service.campaign import queries
from dajian.service.campaign.actions import campaigns
from dajian.service.campaign.checks import day_notes
from dajian.service.campaign.inputs import CampaignForm, CopyForm
from dajian.service.campaign.models import Campaign
from dajian.service.campaign.screens import campaign_history, duty_table, stage_steps
from dajian.service.campaign.states import CAMPAIGN
from dajian.service.workflow.form_view import Trail, form_view, version_of


def top() -> tuple[str, str]:
    """The head of the trail."""
    return _("活动"), "/campaigns"


@page()
def campaign_list(request: Request) -> HttpResponse:
    return render(
        request,
        "campaign/campaigns.html",
        {"title": _("活动"), "campaigns": queries.campaigns(request.actor), "today": timezone.localdate()},
    )


@page(Campaign)
def campaign(request: Request, found: Campaign) -> HttpResponse:
    today = timezone.localdate()
    defines = may(found, request.actor, "define")
    stages = list(found.stages.all())
    mine = queries.items_of_actor(request.actor, found)
    return render(
        request,
        "campaign/campaign.html",
        {
            "title": found.title,
            "trail": [top()],
            "campaign": found,
            "stages": stages,
            "steps": stage_steps(stages, today),
            "where": queries.today_in(found, today),
            "today": today,
            "table": duty_table(found, {my.item.pk: tuple(my.words) for my in mine}),
            "defines": defines,
            "moves": {m.action for m in CAMPAIGN.moves if found.state in m.sources} if defines else set(),
            "notes": day_notes(queries.definition_of(found), read_calendar()) if defines else [],
            "history": campaign_history(found),
        },
    )


def trail_of(campaign: Campaign) -> Trail:
    return [top(), (campaign.title, f"/campaigns/{campaign.pk}")]


def _edit(request: Request, campaign: Campaign, form: CampaignForm) -> tuple[str, str]:
    changed = campaigns.edit_campaign(
        request.actor,
        campaign.pk,
        definition=form.changed_definition(),
        version=version_of(request),
        at=timezone.now(),
    )
    return _("活动已修改。"), f"/campaigns/{changed.pk}"


edit = form_view(
    Campaign,
    "define",
    title=lambda campaign: _("修改活动：%(title)s") % {"title": campaign.title},
    make=lambda request, campaign, given: CampaignForm(**given, definition=queries.definition_of(campaign)),
    do=_edit,
    button=N_("保存修改"),
    trail=trail_of,
    template="campaign/edit.html",
)


def _copy(request: Request, campaign: Campaign, form: CopyForm) -> tuple[str, str]:
    made = campaigns.copy_campaign(request.actor, campaign.pk, **form.cleaned_data, at=timezone.now())
    return _("已建立“%(title)s”，处于筹备中。请核对日期后启动。") % {"title": made.title}, f"/campaigns/{made.pk}"


def _next_year(campaign: Campaign) -> dict[str, Any]:
    """The same campaign a year later."""
    moved = queries.definition_of(campaign).moved(campaign.starts.replace(year=campaign.starts.year + 1))
    years = {"reference_year": campaign.reference_year + 1, "plan_year": campaign.plan_year + 1}
    return {"title": campaign.title, "starts": moved.starts} | years


copy = form_view(
    Campaign,
    "define",
    title=lambda campaign: _("复制为新的活动"),
    make=lambda request, campaign, given: CopyForm(**given, initial=_next_year(campaign)),
    do=_copy,
    button=N_("建立活动"),
    trail=trail_of,
    lead=N_("阶段、摸底内容、分工和问卷照抄，单位名单和已填数据不复制；原活动不受影响。"),
)


@act(Campaign, "define")
def open_campaign(request: Request, pk: int) -> HttpResponse:
    done = campaigns.open_campaign(request.actor, pk, version=version_of(request), at=timezone.now())
    messages.success(request, _("“%(title)s”已启动，参加单位已收到通知。") % {"title": done.title})
    return redirect("campaign", pk)


@act(Campaign, "define")
def close_campaign(request: Request, pk: int) -> HttpResponse:
    done = campaigns.close_campaign(request.actor, pk, version=version_of(request), at=timezone.now())
    messages.success(request, _("“%(title)s”已结束，内容仍可查看。") % {"title": done.title})
    return redirect("campaign", pk)


@act(Campaign, "define")
def reopen_campaign(request: Request, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    done = campaigns.reopen_campaign(request.actor, pk, reason=reason, version=version_of(request), at=timezone.now())
    messages.success(request, _("“%(title)s”已重新开启。") % {"title": done.title})
    return redirect("campaign", pk)
