"""Reports of an item: made up by a city, decided by 审定."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dajian.service.access.errors import Refused
from dajian.service.access.numbers import whole
from dajian.service.access.pages import Request, act, page
from dajian.service.access.rules import may, scope, take
from dajian.service.campaign.models import Item
from dajian.service.files.actions import receive
from dajian.service.history.record import of
from dajian.service.survey import queries
from dajian.service.survey.actions import reports as actions
from dajian.service.survey.inputs import ReportForm
from dajian.service.survey.models import ItemReport, Submission
from dajian.service.survey.states import REPORT as MACHINE
from dajian.service.survey.states import not_own_report
from dajian.service.survey.views.units import item_tabs
from dajian.service.workflow.drafts import kept, kept_text
from dajian.service.workflow.form_view import version_of
from dajian.service.workflow.lines import history_lines

SCANS = ("pdf", "png", "jpg")


@page(Item, "survey")
def report_list(request: Request, item: Item) -> HttpResponse:
    tabs = item_tabs(request, item, "reports")
    return render(
        request,
        "survey/reports.html",
        tabs
        | {
            "title": _("报送与审定"),
            "item": item,
            "reports": queries.reports(request.actor, item),
            "decided_elsewhere": item.duties.filter(kind="approve").exists(),
            "areas": queries.report_areas(request.actor, item),
            "zero_areas": queries.report_areas(request.actor, item, zero=True),
        },
    )


@act(Item, "zero")
def begin(request: Request, pk: int) -> HttpResponse:
    """Opens the report of an area; with zero=1 a 零报告."""
    area = whole(request.POST.get("area", ""))
    if area is None:
        raise Refused(_("请选择报送的区域。"))
    made = actions.open_report(request.actor, pk, area_id=area, zero=request.POST.get("zero") == "1", at=timezone.now())
    return redirect("report", made.pk)


@page(ItemReport)
def report(request: Request, found: ItemReport) -> HttpResponse:
    typed = {"cover": found.cover, "how_checked": found.how_checked}
    if before := kept(request.actor, reverse("report_send", args=[found.pk])).first():
        typed |= before.texts
    return _report(request, found, ReportForm(initial=typed))


def _report(request: Request, found: ItemReport, form: ReportForm, status: int = 200) -> HttpResponse:
    can = {right: may(found, request.actor, right) for right in ("report", "decide")}
    own = not_own_report(found, request.actor) if can["decide"] and found.state == "reported" else []
    entries = found.entries.select_related("version__submission__unit__subject", "version__submission__unit__area")
    context = {
        "title": (_("%(area)s 第%(n)s次零报告") if found.zero else _("%(area)s 第%(n)s次报送"))
        % {"area": found.area.name, "n": found.n},
        "report": found,
        "item": found.item,
        "form": form,
        "entries": entries.order_by("version__submission__unit__area__path", "pk"),
        "moves": {m.action for m in MACHINE.moves if found.state in m.sources and can.get(m.who)}
        - ({"approve", "return"} if own else set()),
        "own": own,
        "held": sum(entry.fate == "held" for entry in entries),
        "ready": _ready(request, found) if found.state == "open" and not found.zero else [],
        "history": history_lines(of(found)),
        "kept": kept_text(request.actor, reverse("report_return", args=[found.pk]), "reason"),
    }
    return render(request, "survey/report.html", context, status=status)


def _ready(request: Request, found: ItemReport) -> Any:
    """What would go with the report if it were sent now."""
    rows = scope(Submission, request.actor).filter(unit__item=found.item, state="checked")
    rows = rows.filter(unit__area__path__startswith=found.area.path)
    return rows.select_related("unit__subject", "unit__area", "current")


@act(ItemReport, "report")
def send(request: Request, pk: int) -> HttpResponse:
    version = version_of(request)
    found = take(ItemReport, pk, request.actor, "report")
    form = ReportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _report(request, found, form, 422)
    scan = None
    try:
        if upload := form.cleaned_data["scan"]:
            scan = receive(upload, actor=request.actor, allow=SCANS, at=timezone.now())
        texts = {name: form.cleaned_data[name] for name in ("cover", "how_checked")}
        done = actions.report(request.actor, pk, **texts, scan=scan, version=version, at=timezone.now())
    except Refused as refused:
        form.add_error(None, list(refused.reasons))
        return _report(request, found, form, 422)
    messages.success(request, _("第%(n)s次报送已报出，等待审定。") % {"n": done.n})
    return redirect("report", pk)


def _deed(request: Request, pk: int, done: str, verb: Any, **more: Any) -> HttpResponse:
    verb(request.actor, pk, version=version_of(request), at=timezone.now(), **more)
    messages.success(request, done)
    return redirect("report", pk)


@act(ItemReport, "report")
def recall(request: Request, pk: int) -> HttpResponse:
    return _deed(request, pk, _("已撤回报送，可以修改后重新报送。"), actions.recall)


@act(ItemReport, "decide")
def approve(request: Request, pk: int) -> HttpResponse:
    return _deed(request, pk, _("审定通过，已进入资源库。"), actions.approve)


@act(ItemReport, "decide")
def return_whole(request: Request, pk: int) -> HttpResponse:
    return _deed(request, pk, _("已整份退回。"), actions.return_report, reason=request.POST.get("reason", ""))
