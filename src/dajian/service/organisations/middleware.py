"""Puts the acting membership on every request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from dajian.service.organisations.queries import actor_of_request


def acting(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = actor_of_request(request)  # type: ignore[attr-defined]
        return get_response(request)

    return middleware
