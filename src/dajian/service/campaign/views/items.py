"""An item's duties and its questionnaire."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from dajian.service.access.errors import Refused
from dajian.service.access.pages import Request, act, both, page
from dajian.service.access.rules import take
from dajian.service.campaign import queries
from dajian.service.campaign.actions import duties, questionnaires
from dajian.service.campaign.inputs import DutiesForm, QuestionnaireUpload
from dajian.service.campaign.models import Item, QuestionnaireVersion
from dajian.service.campaign.views.campaigns import top
from dajian.service.files.actions import path_of, receive
from dajian.service.files.formats import TABLES, WORKBOOK
from dajian.service.workflow.form_view import Trail, form_view, version_of


def trail_of(item: Item) -> Trail:
    return [top(), (item.campaign.title, f"/campaigns/{item.campaign_id}")]


def _edit_duties(request: Request, item: Item, form: DutiesForm) -> tuple[str, str]:
    duties.edit_duties(request.actor, item.pk, duties=form.duties(), version=version_of(request), at=timezone.now())
    return _("第 %(number)s 项的分工已调整，有关单位已收到通知。") % {
        "number": item.number
    }, f"/campaigns/{item.campaign_id}"


edit_duties = form_view(
    Item,
    "define",
    title=lambda item: (
        _("调整分工：%(number)s. %(title)s%(variant)s")
        % {"number": item.number, "title": item.title, "variant": f"（{item.variant}）" if item.variant else ""}
    ),
    make=lambda request, item, given: DutiesForm(**given, duties=queries.item_row(item).duties),
    do=_edit_duties,
    button=N_("保存分工"),
    trail=trail_of,
    template="campaign/duties.html",
    lead=N_("分工落到职能和层级，由当时承担该职能的单位办理。调整后新的工作随之转移，已作的决定不变。"),
)


@page(Item, "define")
def questionnaire_page(request: Request, item: Item) -> HttpResponse:
    return _questionnaire(request, item, QuestionnaireUpload())


def _questionnaire(
    request: Request, item: Item, form: QuestionnaireUpload, problems: Any = (), status: int = 200
) -> HttpResponse:
    shown = {
        "title": _("问卷：%(number)s. %(title)s") % {"number": item.number, "title": item.title},
        "trail": trail_of(item),
        "item": item,
        "form": form,
        "problems": problems,
        "editions": queries.editions_of(item),
    }
    return render(request, "campaign/questionnaire.html", shown, status=status)


@act(Item, "define")
def upload_questionnaire(request: Request, pk: int) -> HttpResponse:
    item = take(Item, pk, request.actor, "define")
    form = QuestionnaireUpload(request.POST, request.FILES)
    if not form.is_valid():
        return _questionnaire(request, item, form, status=422)
    at = timezone.now()
    try:
        stored = receive(form.cleaned_data["file"], actor=request.actor, allow=TABLES, at=at)
        edition = questionnaires.upload_questionnaire(request.actor, pk, xlsx=path_of(stored).read_bytes(), at=at)
    except questionnaires.FaultyForm as faulty:
        return _questionnaire(request, item, form, faulty.problems, 422)
    except Refused as refused:
        form.add_error("file", list(refused.reasons))
        return _questionnaire(request, item, form, status=422)
    messages.success(request, _("问卷第 %(n)s 版已启用，新填的调查表按这一版；已填的不变。") % {"n": edition.n})
    return redirect("questionnaire", pk)


questionnaire = both(questionnaire_page, upload_questionnaire)


@page(QuestionnaireVersion)
def edition(request: Request, found: QuestionnaireVersion) -> HttpResponse:
    """The workbook of an edition, as it was uploaded."""
    answer = HttpResponse(bytes(found.xlsx), content_type=WORKBOOK)
    answer["Content-Disposition"] = f'attachment; filename="{found.questionnaire.key}-{found.n}.xlsx"'
    return answer
