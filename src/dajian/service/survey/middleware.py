"""Lets an invited respondent act: whoever opened an invitation in this session, while it is good and nobody is in."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from dajian.service.survey.actions.invitations import come_back
from dajian.service.survey.parties import invited

SESSION = "invitation"


def answering(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        if request.actor is None and (pk := request.session.get(SESSION)):  # type: ignore[attr-defined]
            found = come_back(pk, at=timezone.now())
            request.actor = invited(found) if found else None  # type: ignore[attr-defined]
        return get_response(request)

    return middleware
