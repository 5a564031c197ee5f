"""How a job stands; whether the service lives."""

from __future__ import annotations

from dataclasses import asdict

from django.db import Error
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.vary import vary_on_headers

from dajian.service.access.pages import page
from dajian.service.jobs.models import Job
from dajian.service.jobs.queries import progress, worker_seen


@page(Job)
@vary_on_headers("Accept", "HX-Request")
def job(request: HttpRequest, found: Job) -> HttpResponse:
    """The bar alone for htmx (which loads its page anew once the job has ended), JSON where asked, else a page."""
    shown = progress(found, timezone.now())
    if not request.accepts("text/html"):
        return JsonResponse(asdict(shown))
    told = {"job": shown, "title": shown.label}
    if "HX-Request" not in request.headers:
        return render(request, "jobs/job.html", told)
    answer = render(request, "parts/progress.html", told)
    if not shown.running:
        answer["HX-Refresh"] = "true"
    return answer


@page(open=True)
def healthz(request: HttpRequest) -> HttpResponse:
    """For whoever watches over the service: 503 when the database does not answer."""
    try:
        seen = worker_seen(timezone.now())
    except Error:
        return JsonResponse({"database": "unreachable", "worker_seen_s": None}, status=503)
    return JsonResponse({"database": "ok", "worker_seen_s": None if seen is None else round(seen.total_seconds(), 1)})
