"""Exports: ordered on the list, made in the background, fetched by whoever ordered them."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from dajian.service.access.pages import Request, act, page
from dajian.service.campaign.models import Item
from dajian.service.jobs.queries import newest_of, newest_of_each, progress
from dajian.service.registry import actions, queries
from dajian.service.registry.models import EXPORT_JOB, Export


@act(Item, "registry")
def order(request: Request, pk: int) -> HttpResponse:
    """Orders a file of the list as it was asked for: what stood in its address is posted along."""
    asked = {name: str(value) for name, value in request.POST.items() if name != "format"}
    made, __ = actions.export(request.actor, pk, format=request.POST.get("format", ""), query=asked, at=timezone.now())
    messages.success(request, _("已开始导出。可以离开此页，完成后在“我的导出”下载。"))
    return redirect("export", made.pk)


@page()
def export_list(request: Request) -> HttpResponse:
    shown = Paginator(queries.exports(request.actor), 20).get_page(request.GET.get("page"))
    jobs = newest_of_each(EXPORT_JOB, [made.pk for made in shown])
    rows = [(made, progress(jobs[made.pk], timezone.now())) for made in shown if made.pk in jobs]
    return render(request, "registry/exports.html", {"title": _("我的导出"), "page": shown, "rows": rows})


@page(Export)
def export(request: Request, made: Export) -> HttpResponse:
    job = newest_of(EXPORT_JOB, made.pk)
    shown = progress(job, timezone.now()) if job else None
    title = _("导出%(unit_word)s资源库") % {"unit_word": made.item.unit_word}
    return render(request, "registry/export.html", {"title": title, "export": made, "job": shown})
