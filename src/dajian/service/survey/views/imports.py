"""Workbooks in: upload, preview, confirm; and the empty workbook to fill in."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from dajian.forms.workbook import template as workbook_template
from dajian.service.access.errors import NotFound, Refused
from dajian.service.access.pages import Request, act, both, page
from dajian.service.access.rules import scope, take
from dajian.service.campaign.models import Item
from dajian.service.campaign.questionnaires import form_of, newest_version
from dajian.service.files.actions import receive
from dajian.service.history.record import of
from dajian.service.jobs.queries import newest_of, progress
from dajian.service.registry.subjects import words_of
from dajian.service.survey import queries
from dajian.service.survey.actions import imports as actions
from dajian.service.survey.actions.units import facts_asked
from dajian.service.survey.inputs import ImportUpload, ListUpload
from dajian.service.survey.models import ImportBatch, ImportRow
from dajian.service.survey.unit_list import template_bytes
from dajian.service.survey.views.units import item_tabs
from dajian.service.workflow.form_view import version_of
from dajian.service.workflow.lines import history_lines

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RUNNING = {"reading": "survey.read", "writing": "survey.write"}


def _form(item: Item, kind: str, *given: Any) -> ImportUpload:
    return ListUpload(*given, facts=facts_asked(item)) if kind == "units" else ImportUpload(*given)


def _upload(request: Request, item: Item, kind: str, form: ImportUpload, status: int = 200) -> HttpResponse:
    context = {
        "title": (_("导入%(unit_word)s名单") if kind == "units" else _("导入%(unit_word)s调查表"))
        % {"unit_word": item.unit_word},
        "item": item,
        "kind": kind,
        "form": form,
        "batches": queries.imports(request.actor, item, kind),
    }
    return render(
        request, "survey/import_new.html", context | item_tabs(request, item, f"import_{kind}"), status=status
    )


def _start(request: Request, pk: int, kind: str) -> HttpResponse:
    item = take(Item, pk, request.actor, "list" if kind == "units" else "enter")
    form = _form(item, kind, request.POST, request.FILES)
    if not form.is_valid():
        return _upload(request, item, kind, form, 422)
    told = dict(form.cleaned_data)
    try:
        file = receive(told.pop("file"), actor=request.actor, allow=("xlsx",), at=timezone.now())
        batch = actions.start(request.actor, pk, kind=kind, file=file, source=told or None, at=timezone.now())
    except Refused as refused:
        form.add_error("file", list(refused.reasons))
        return _upload(request, item, kind, form, 422)
    return redirect("import", batch.pk)


@page(Item, "enter")
def submissions_page(request: Request, item: Item) -> HttpResponse:
    return _upload(request, item, "submissions", ImportUpload())


@act(Item, "enter")
def submissions_start(request: Request, pk: int) -> HttpResponse:
    return _start(request, pk, "submissions")


@page(Item, "list")
def units_page(request: Request, item: Item) -> HttpResponse:
    return _upload(request, item, "units", _form(item, "units"))


@act(Item, "list")
def units_start(request: Request, pk: int) -> HttpResponse:
    return _start(request, pk, "units")


new_submissions = both(submissions_page, submissions_start)
new_units = both(units_page, units_start)


@page(Item, "enter")
def template(request: Request, item: Item) -> HttpResponse:
    """The questionnaire as a workbook to fill in."""
    version = newest_version(item)
    if version is None:
        raise NotFound("questionnaire")
    out = BytesIO()
    workbook_template(form_of(version), out, years=(item.campaign.reference_year, item.campaign.plan_year))
    return _workbook(out.getvalue(), f"{item.unit_word}调查表.xlsx")


@page(Item, "list")
def list_template_page(request: Request, item: Item) -> HttpResponse:
    known = queries.units(request.actor, item)
    rows = [[u.subject.name, u.subject.code, u.area.name, "", ""] for u in known]
    return _workbook(template_bytes(item, rows), f"{item.unit_word}名单.xlsx")


def _workbook(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=XLSX)
    answer.headers["Content-Disposition"] = content_disposition_header(True, name)
    return answer


@page(ImportBatch)
def batch(request: Request, found: ImportBatch) -> HttpResponse:
    """How far it is; what it would write; what is wrong, by sheet and cell."""
    effect = request.GET.get("effect", "")
    rows = scope(ImportRow, request.actor).filter(batch=found)
    counts = dict(rows.order_by().values_list("effect").annotate(Count("pk")))
    shown = rows.filter(effect=effect) if effect in dict(ImportRow.EFFECTS) else rows
    job = newest_of(RUNNING[found.state], found.pk) if found.state in RUNNING else None
    return render(
        request,
        "survey/import.html",
        {
            "title": _("导入：%(name)s") % {"name": found.file.name},
            "batch": found,
            "item": found.item,
            "words": words_of(found.item.subject_role),
            "effect": effect,
            "job": progress(job, timezone.now()) if job else None,
            "counts": [(key, label, counts.get(key, 0)) for key, label in ImportRow.EFFECTS],
            "page": Paginator(shown.order_by("n"), 50).get_page(request.GET.get("page")),
            "wanted": counts.get("new", 0) + counts.get("changed", 0),
            "unlisted": rows.filter(unlisted=True, effect="new").count(),
            "problems": found.problems[:200],
            "history": history_lines(of(found)),
        },
    )


@act(ImportBatch, "enter")
def confirm(request: Request, pk: int) -> HttpResponse:
    actions.confirm(request.actor, pk, version=version_of(request), at=timezone.now())
    return redirect("import", pk)


@act(ImportBatch, "enter")
def cancel(request: Request, pk: int) -> HttpResponse:
    actions.cancel(request.actor, pk, version=version_of(request), at=timezone.now())
    messages.success(request, _("已取消，没有写入任何内容。"))
    return redirect("import", pk)
