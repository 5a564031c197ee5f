"""The event log as a whole, for the audit administrator: who did what, for which body, when and why; no answers.

Who is not one opens an empty page: the scope of events decides (history.rights).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from dajian.service.access.pages import Request, page
from dajian.service.access.rules import scope
from dajian.service.history.models import Event
from dajian.service.workflow.move import ACTION_NAMES

PER_PAGE = 50


@dataclass(frozen=True)
class Asked:
    """What an address asks for: an action, a person or body, a day."""

    action: str
    who: str
    day: str


@page()
def audit(request: Request) -> HttpResponse:
    asked = Asked(*(request.GET.get(name, "").strip()[:60] for name in ("action", "who", "day")))
    rows = scope(Event, request.actor).order_by("-at", "-pk")
    if asked.action in ACTION_NAMES:
        rows = rows.filter(action=asked.action)
    if asked.who:
        rows = rows.filter(person_name__contains=asked.who) | rows.filter(organisation_name__contains=asked.who)
    if day := _day(asked.day):
        rows = rows.filter(at__date=day)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    lines = [(event, _(ACTION_NAMES.get(event.action, event.action))) for event in shown]
    actions = sorted((_(name), action) for action, name in ACTION_NAMES.items())
    told = {"title": _("操作日志"), "page": shown, "lines": lines, "actions": actions, "asked": asked}
    return render(request, "workflow/audit.html", told)


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
