"""Coming and going: log-in with its brake, log-out, and as whom one acts."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import Any

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from dajian.service.access.errors import NotFound
from dajian.service.access.pages import Request, act, both, page
from dajian.service.organisations.inputs import LogIn
from dajian.service.organisations.models import Account
from dajian.service.organisations.queries import demo_accounts, memberships_of

WRONG = N_("登录名或密码不对。请检查大小写和输入法；忘记密码请找本单位管理员重设。")
NO_POST = N_("密码正确，但您目前没有有效的身份（可能已离岗或尚未到岗）。请联系本单位管理员。")


@page(open=True, known=302)
def log_in_page(request: Request) -> HttpResponse:
    if request.actor:
        return redirect(_next(request))
    return _shown(request, LogIn())


def _shown(request: HttpRequest, form: LogIn, status: int = 200) -> HttpResponse:
    shown = {
        "title": _("登录"),
        "form": form,
        "next": _next(request),
        "demo_accounts": demo_accounts(),
        "demo_password": settings.DEMO_PASSWORD,
    }
    return render(request, "organisations/log_in.html", shown, status=status)


@act(open=True)
def log_in(request: HttpRequest) -> HttpResponse:
    form = LogIn(request.POST)
    if not form.is_valid():
        return _shown(request, form, 422)
    account = authenticate(request, **form.cleaned_data)
    if not isinstance(account, Account):
        form.add_error(None, _(WRONG))
        return _shown(request, form, 422)
    if not memberships_of(account.person_id, timezone.localdate()).exists():
        form.add_error(None, _(NO_POST))
        return _shown(request, form, 422)
    login(request, account)
    return redirect(_next(request))


log_in_or_show = both(log_in_page, log_in)


def _next(request: HttpRequest) -> str:
    """Where the visitor was going, if that is a page of this site."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if own else settings.LOGIN_REDIRECT_URL


@act(open=True, empty=302)
def log_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


@act(empty=404)
def switch(request: Request) -> HttpResponse:
    """Acts from now on under another of one's memberships. NotFound: not one's own, or not valid today."""
    chosen = request.POST.get("membership", "")
    held = {str(m.pk): m for m in memberships_of(request.actor.person_id, timezone.localdate())}
    if chosen not in held:
        raise NotFound("membership")
    request.session["membership"] = held[chosen].pk
    messages.success(
        request,
        _("现在的身份：%(name)s · %(role)s。")
        % {"name": held[chosen].organisation.name, "role": held[chosen].get_role_display()},
    )
    return redirect("/")


def locked_out(request: HttpRequest, response: Any, credentials: dict[str, str]) -> HttpResponse:
    """After too many wrong passwords: how long to wait."""
    pause = get_cool_off(request) or timedelta()
    last = AccessAttempt.objects.filter(username=credentials.get("username")).order_by("-attempt_time").first()
    left = (last.attempt_time if last else timezone.now()) + pause - timezone.now()
    minutes = max(math.ceil(left.total_seconds() / 60), 1)
    answer = render(request, "429.html", {"minutes": minutes}, status=429)
    answer["Retry-After"] = str(max(int(left.total_seconds()), 1))
    return answer
