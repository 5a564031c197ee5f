"""The first screen: before log-in what this is, after it what is to be done."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.i18n import set_language

from dajian.service.access.pages import act, page
from dajian.service.campaign.queries import public_titles, today_in
from dajian.service.organisations.queries import demo_accounts
from dajian.service.public.queries import home as home_of


@page(open=True)
def home(request: HttpRequest) -> HttpResponse:
    if request.actor is None:  # type: ignore[attr-defined]
        return _landing(request)
    if request.actor.answers:  # type: ignore[attr-defined]
        return redirect("own")
    actor, today = request.actor, timezone.localdate()  # type: ignore[attr-defined]
    shown = {"title": actor.organisation_name, "actor": actor, "today": today}
    if not actor.works:
        return render(request, "public/administrator.html", shown)
    return render(request, "public/home.html", shown | {"home": home_of(actor, today)})


language = act(open=True, empty=302)(set_language)  # Django's own: a cookie, and back to the page


def _landing(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    shown = {
        "title": _("大件运输许可服务"),
        "campaigns": [(campaign, today_in(campaign, today)) for campaign in public_titles()],
        "demo_accounts": demo_accounts(),
        "demo_password": settings.DEMO_PASSWORD,
    }
    return render(request, "public/landing.html", shown)
