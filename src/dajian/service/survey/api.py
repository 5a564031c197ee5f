"""What the runner asks of the server: all JSON but the form and the photos. A device's clock is never asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.http import FileResponse, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dajian.forms.evaluate import validate
from dajian.forms.model import Form
from dajian.service.access.errors import Forbidden, NotFound, Refused, Stale
from dajian.service.access.pages import Request, act, both, page
from dajian.service.access.rules import may, take
from dajian.service.campaign.models import QuestionnaireVersion
from dajian.service.campaign.questionnaires import form_of, reader
from dajian.service.files.actions import open_file
from dajian.service.survey import instances
from dajian.service.survey.actions import runner
from dajian.service.survey.actions.submissions import set_asked
from dajian.service.survey.beside import ASKED_PLACE, asks_how, beside
from dajian.service.survey.inputs import AskedForm
from dajian.service.survey.models import Submission
from dajian.service.workflow.move import last_deed

Posted = dict[str, Any]


def _told(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The ways to fail as JSON, where a page would show them."""

    @wraps(view)
    def answering(request: Request, pk: int) -> HttpResponse:
        try:
            return view(request, pk)
        except Refused as refused:
            return _json({"told": list(refused.reasons)}, 422)
        except Forbidden:
            return _json({"told": [_("您没有这项权限。")]}, 403)

    return answering


def _json(content: dict[str, Any], status: int = 200) -> JsonResponse:
    answer = JsonResponse({**content, "now": timezone.now().isoformat()}, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def form_address(found: Submission) -> str:
    """Where the form of the submission's draft lies; another address whenever a byte of it changes."""
    assert found.draft_version is not None
    name, __ = instances.served(found.draft_version, found.unit.item.campaign)
    return f"{reverse('api_form', args=[found.pk])}?v={name}"


def _edition(found: Submission) -> QuestionnaireVersion:
    """By which the draft is filled in; of what was sent, by which it was."""
    if found.draft_version is not None:
        return found.draft_version
    if found.current is not None:
        return found.current.questionnaire_version
    raise NotFound("form")


@page(Submission, "enter")
def form(request: Request, found: Submission) -> HttpResponse:
    """The XForm by which the draft is filled in. Under the address that names its bytes it may be kept for good."""
    name, xform = instances.served(_edition(found), found.unit.item.campaign)
    answer = HttpResponse(xform, content_type="application/xml; charset=utf-8")
    kept = "private, max-age=31536000, immutable" if request.GET.get("v") == name else "no-store"
    answer["Cache-Control"] = kept
    return answer


def _standing(request: Request, found: Submission) -> dict[str, Any]:
    """The submission as it stands on the server, with the draft where there is one and what is said beside it."""
    typed_in = found.state in runner.TYPED_IN and found.draft_version is not None
    content: dict[str, Any] = {
        "version": found.version,
        "state": found.state,
        "instance_id": found.current.instance_id if found.current else "",
        "form": "",
        "xml": "",
        "beside": None,
    }
    if typed_in and found.draft_version is not None:
        form = form_of(found.draft_version)
        content |= {
            "form": form_address(found),
            "xml": instances.as_xml(form, found),
            "beside": beside(found, form, officer=request.actor.works),
        }
    return content


@page(Submission, "enter")
def draft(request: Request, found: Submission) -> HttpResponse:
    who = {"account": str(request.actor.account_id), "can_send": may(found, request.actor, "send")}
    return _json({**_standing(request, found), **who})


def _posted(request: Request, pk: int) -> tuple[Posted, Submission, Form, dict[str, Any]]:
    """What the device sent: the body, the submission that it is for, its form, and the record."""
    try:
        posted = json.loads(request.body)
        xml, version = posted["xml"], posted["version"]
        if not (isinstance(xml, str) and isinstance(version, int) and isinstance(posted.get("instance_id", ""), str)):
            raise TypeError
    except (ValueError, KeyError, TypeError):
        raise Refused(_("收到的内容不完整，请重新打开填报页面再试。")) from None
    found = take(Submission, pk, request.actor, "enter")
    form = form_of(_edition(found))
    typed_by = parse_qs(urlsplit(str(posted.get("form", ""))).query).get("v", [""])[0]
    named = instances.edition_served(found.unit.item, typed_by)
    older = named if named is not None and named.xml != form.xml else None
    return posted, found, form, instances.as_record(form, xml, older=older, on=timezone.localdate())


def _say_asked(request: Request, found: Submission, posted: Posted) -> list[instances.Fault]:
    """Keeps how and when the unit was asked, where an officer must say so; a fault while it is not said."""
    if not asks_how(found, officer=request.actor.works):
        return []
    said = posted.get("asked")
    form = AskedForm(said if isinstance(said, dict) else {"how": found.asked_how, "on": found.asked_on})
    if form.is_valid():
        set_asked(request.actor, found.pk, asked=form.asked(), at=timezone.now())
        return []
    return [instances.Fault(ASKED_PLACE, str(error)) for errors in form.errors.values() for error in errors]


def _overtaken(request: Request, pk: int, mine: dict[str, Any]) -> HttpResponse:
    """409: how it stands now, and what differs from the device's, for a choice between both."""
    found = take(Submission, pk, request.actor, "enter")
    told = _("服务器上的草稿在您打开以后又改过。") if found.state in runner.TYPED_IN else last_deed(found)
    content = {**_standing(request, found), "told": [told], "changes": []}
    if content["xml"] and found.draft_version is not None:
        reading = reader(found.unit.item.campaign, phones=True)
        form, on = form_of(found.draft_version), timezone.localdate()
        differing = instances.compared(form, found.draft or {}, mine, reading, on=on)
        content["changes"] = [asdict(change) for change in differing]
    return _json(content, 409)


@act(Submission, "enter")
@_told
def save(request: Request, pk: int) -> HttpResponse:
    posted, found, __, record = _posted(request, pk)
    try:
        kept = runner.keep_draft(request.actor, pk, draft=record, version=posted["version"])
    except Stale:
        return _overtaken(request, pk, record)
    if posted.get("asked"):
        _say_asked(request, found, posted)
    return _json({"version": kept.version, "form": form_address(kept)})


@act(Submission, "send")
@_told
def send(request: Request, pk: int) -> HttpResponse:
    """Keeps and sends. 422: every fault by its place, or the warnings that were not confirmed; the draft is kept."""
    posted, found, form, record = _posted(request, pk)
    instance_id, confirmed = posted.get("instance_id", ""), posted.get("confirmed") is True
    if not instance_id:
        raise Refused(_("收到的内容没有编号，请重新打开填报页面再试。"))
    try:
        if not runner.sent_before(request.actor, pk, instance_id):
            kept = runner.keep_draft(request.actor, pk, draft=record, version=posted["version"])
            found.version = posted["version"] = kept.version
            verdict = validate(form, record, on=timezone.localdate())
            reading = reader(found.unit.item.campaign, phones=True)
            faults = instances.placed(verdict.problems, form, reading)
            faults += instances.missing_photos(form, verdict.record, found)
            faults += _say_asked(request, found, posted)
            warnings = [] if confirmed else instances.placed(verdict.warnings, form, reading)
            if faults or warnings:
                shown = {"faults": [asdict(f) for f in faults], "warnings": [asdict(w) for w in warnings]}
                return _json({"version": kept.version, "told": [], **shown}, 422)
        made = runner.send_once(
            request.actor,
            pk,
            draft=record,
            instance_id=instance_id,
            version=posted["version"],
            at=timezone.now(),
            confirmed=confirmed,
        )
    except Stale:
        known = runner.sent_before(request.actor, pk, instance_id)  # the same press, by another way a moment earlier
        if known is None:
            return _overtaken(request, pk, record)
        made = known
    return _json({"n": made.n, "url": reverse("submission", args=[pk])})


@act(Submission, "enter")
@_told
def add_photo(request: Request, pk: int) -> HttpResponse:
    upload = request.FILES.get("photo")
    if upload is None:
        raise Refused(_("没有收到照片，请重新选择。"))
    kept = runner.add_photo(request.actor, pk, upload=upload, at=timezone.now())
    return _json({"name": kept.name})


@page(Submission, "enter", empty=404)  # type: ignore[arg-type]  # streams
def photo(request: Request, found: Submission, name: str) -> HttpResponseBase:
    """A picture of the draft, for another device on which it is opened."""
    kept = found.photos.filter(name=name).select_related("file").first()
    if kept is None:
        raise NotFound("Photo")
    answer = FileResponse(open_file(kept.file), as_attachment=True, filename=name, content_type=kept.file.type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


draft_or_save = both(draft, save)
