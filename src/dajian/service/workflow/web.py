"""One answer for each way to fail, whatever the view."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import gettext as _

from dajian.service.access.errors import Forbidden, NotFound, Refused, Stale
from dajian.service.workflow.drafts import keep
from dajian.service.workflow.move import last_deed


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same bytes for what is absent and what is foreign: no nonce, token, path or time."""
    return HttpResponse(get_template("404.html").render({}), status=404)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(
        request, "403.html", {"told": _("页面已过期或不是从本站打开的。请返回上一页，刷新后重试。")}, status=403
    )


def _stale(request: HttpRequest, error: Stale) -> HttpResponse:
    """Who was quicker, and what the visitor had typed: shown, and kept under his account."""
    actor = getattr(request, "actor", None)
    draft = keep(actor, request.path, request.POST, at=timezone.now()) if actor and request.method == "POST" else None
    told = error.told or (last_deed(error.obj) if error.obj else "")
    return render(request, "409.html", {"told": told, "draft": draft}, status=409)


def answers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: errors of the verbs become pages."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        match error:
            case NotFound() | Http404():
                return not_found(request)
            case Forbidden():
                return render(request, "403.html", {}, status=403)
            case Stale():
                return _stale(request, error)
            case Refused():
                return render(request, "422.html", {"reasons": error.reasons}, status=422)
        return None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware
