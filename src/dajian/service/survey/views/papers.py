"""Questionnaires on paper: blank with instructions, and as they were sent."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from dajian.documents.questionnaire import Paper, pdf
from dajian.service.access.errors import NotFound
from dajian.service.access.numbers import whole
from dajian.service.access.pages import Request, page
from dajian.service.access.rules import may
from dajian.service.campaign.models import Campaign, Item
from dajian.service.campaign.questionnaires import form_of, newest_version, reader
from dajian.service.language import recorded
from dajian.service.survey.models import Submission
from dajian.service.survey.paper import Printing, paper


def _answer(made: Paper, name: str) -> HttpResponse:
    answer = HttpResponse(pdf(made), content_type="application/pdf")
    answer.headers["Content-Disposition"] = content_disposition_header(True, name)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _under_title(campaign: Campaign) -> str:
    return f"{campaign.title} · {campaign.reference_year} 年度"


@page(Item, "enter")
def blank(request: Request, item: Item) -> HttpResponse:
    """With what the campaign asks for in the edition of today."""
    version = newest_version(item)
    if version is None:
        raise NotFound("questionnaire")
    campaign = item.campaign
    printing = Printing(_under_title(campaign), version.hash, tuple(campaign.phones))
    made = paper(form_of(version), reader(campaign, phones=True), printing)
    return _answer(made, f"{item.title}_空白问卷.pdf")


@page(Submission)
def filled(request: Request, found: Submission) -> HttpResponse:
    """A version as it was sent, the last one by default; phones in full only for who sees them on the page."""
    wanted = request.GET.get("n", "")
    version = found.versions.filter(n=whole(wanted) or 0).first() if wanted else found.current
    if version is None:
        raise NotFound("version")
    campaign, unit = found.unit.item.campaign, found.unit
    sent = timezone.localtime(version.at).strftime("%Y-%m-%d %H:%M")
    with recorded():  # the paper is Chinese
        mode = version.get_mode_display()
    facts = (
        ("单位", unit.subject.name),
        ("版本", f"第{version.n}版 · {mode}"),
        ("报出", f"{version.organisation_name} {version.person_name}"),
        ("时间", sent),
        ("区域", unit.area.name),
        ("内容校验", version.hash[:16]),
    )
    printing = Printing(_under_title(campaign), version.questionnaire_version.hash, facts=facts)
    reading = reader(campaign, phones=may(found, request.actor, "phones"))
    made = paper(form_of(version.questionnaire_version), reading, printing, version.record)
    return _answer(made, f"{unit.subject.name}_第{version.n}版.pdf")
