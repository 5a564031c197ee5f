"""The page in which a questionnaire is filled in, also without network; and the script that keeps it for then."""

from __future__ import annotations

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dajian.forms.effort import minutes
from dajian.service.access.pages import Request, page
from dajian.service.built import worker_file
from dajian.service.campaign.questionnaires import form_of
from dajian.service.survey.api import form_address
from dajian.service.survey.editions import outdated
from dajian.service.survey.models import Submission
from dajian.service.survey.review import landing, open_remarks

# The form engine parses expressions by WebAssembly; photos are shown from memory.
FORM_ENGINE = {"script-src": ["'wasm-unsafe-eval'"], "img-src": ["blob:"]}


@page(Submission, "enter")  # type: ignore[arg-type]
@csp_update(FORM_ENGINE)  # type: ignore[arg-type]
def fill(request: Request, found: Submission) -> HttpResponse:
    """The runner's page. Kept by the browser for work without network, so it holds no answers."""
    if found.state not in ("draft", "returned") or found.draft_version is None:
        return redirect("submission", found.pk)
    if outdated(found):
        return redirect("submission_edition", found.pk)
    return render(
        request,
        "survey/runner.html",
        {
            "title": _("%(name)s：填报") % {"name": found.unit.subject.name},
            "submission": found,
            "unit": found.unit,
            "item": found.unit.item,
            "form": form_address(found),
            "landing": landing(open_remarks(found)),
            "minutes": minutes(form_of(found.draft_version)),
            "csrf_cookie": settings.CSRF_COOKIE_NAME,
        },
    )


@page(open=True)
def worker(request: Request) -> HttpResponse:
    """The service worker: here and not among the static files, since it reaches only what lies beside or below it."""
    answer = HttpResponse(worker_file().read_bytes(), content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer
