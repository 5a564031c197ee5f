"""The box in the head of every page: suggestions while typing, and the page of results."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from dajian.service.access.pages import Request, page
from dajian.service.search import queries


@page()
@never_cache
def suggest(request: Request) -> HttpResponse:
    """The options of the box's list, as a fragment."""
    text = request.GET.get("find", "")
    return render(
        request, "search/suggestions.html", {"text": text, "groups": queries.suggestions(request.actor, text)}
    )


@page()
@never_cache
def results(request: Request) -> HttpResponse:
    text = request.GET.get("find", "").strip()[: queries.LONGEST]
    found = queries.results(request.actor, text)
    return render(request, "search/results.html", {"title": _("查找"), "text": text, "groups": found})
