"""A page with one form about one row, and the deed of that form, at one address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dajian.service.access.errors import Refused
from dajian.service.access.numbers import whole
from dajian.service.access.pages import Request, View, act, both, page
from dajian.service.access.rules import take

Given = dict[str, Any]  # data and files as posted, for the form's constructor; empty when the form is first shown
Trail = list[tuple[str, str]]  # (label, url), from the top down


def version_of(request: HttpRequest) -> int:
    """The version that the visitor saw. Refused: the post does not say."""
    version = whole(request.POST.get("version", ""))
    if version is None:
        raise Refused(_("提交的内容不完整（缺少版本）。请刷新页面后重试。"))
    return version


def form_view(
    model: type[Model],
    right: str,
    *,
    title: Callable[[Any], str],
    make: Callable[[Request, Any, Given], forms.Form],
    do: Callable[[Request, Any, Any], HttpResponse | tuple[str, str]],
    button: str,
    trail: Callable[[Any], Trail],
    lead: str = "",
    template: str = "form.html",
) -> View:
    """The pair of views. Faults of the form and reasons of a Refused deed stand above the form, what was typed is kept.

    make: the form for this row, unbound or with what was posted. do: the deed, with the valid form; answers what to say
    and where to go, or a page of its own. trail: the pages above; the last one is where “取消” leads. button, lead:
    marked with gettext_noop, for they are told at import.
    """

    def shown(request: Request, row: Any, form: forms.Form, status: int) -> HttpResponse:
        above = trail(row)
        told = {
            "title": title(row),
            "form": form,
            "row": row,
            "button": _(button),
            "trail": above,
            "back": above[-1][1],
        }
        return render(request, template, told | {"lead": lead and _(lead)}, status=status)

    @page(model, right)
    def form_page(request: Request, row: Any) -> HttpResponse:
        return shown(request, row, make(request, row, {}), 200)

    @act(model, right)
    def form_deed(request: Request, pk: int) -> HttpResponse:
        row = take(model, pk, request.actor, right)
        form = make(request, row, {"data": request.POST, "files": request.FILES})
        if not form.is_valid():
            return shown(request, row, form, 422)
        try:
            done = do(request, row, form)
        except Refused as refused:
            form.add_error(None, list(refused.reasons))
            return shown(request, row, form, 422)
        if isinstance(done, HttpResponse):
            return done
        messages.success(request, done[0])
        return redirect(done[1])

    return both(form_page, form_deed)
