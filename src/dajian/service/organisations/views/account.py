"""One's own account; and the one-time link by which a password is set."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import gettext as _

from dajian.service.access.errors import NotFound, Refused
from dajian.service.access.pages import Request, act, both, page
from dajian.service.organisations.actions import slips
from dajian.service.organisations.inputs import ChangePassword, NewPassword
from dajian.service.organisations.queries import all_memberships
from dajian.service.workflow.drafts import kept


@page()
def account(request: Request) -> HttpResponse:
    shown = {
        "title": _("我的账号"),
        "person": request.user.person,  # type: ignore[union-attr]
        "all_memberships": all_memberships(request.actor.person_id),
        "today": timezone.localdate(),
        "drafts": kept(request.actor),
    }
    return render(request, "organisations/account.html", shown)


@page()
def password_page(request: Request) -> HttpResponse:
    return _password(request, ChangePassword())


def _password(request: HttpRequest, form: ChangePassword, status: int = 200) -> HttpResponse:
    return render(request, "organisations/password.html", {"title": _("修改密码"), "form": form}, status=status)


@act()
def change_password(request: Request) -> HttpResponse:
    form = ChangePassword(request.POST)
    if not form.is_valid():
        return _password(request, form, 422)
    old, new = form.cleaned_data["old"], form.cleaned_data["new"]
    try:
        changed = slips.change_password(request.actor, old=old, new=new, at=timezone.now())
    except Refused as refused:
        form.add_error(None, list(refused.reasons))
        return _password(request, form, 422)
    update_session_auth_hash(request, changed)
    messages.success(request, _("密码已修改，其他设备上的登录已退出。"))
    return redirect("account")


password = both(password_page, change_password)


@page(open=True, empty=410)
def slip_page(request: HttpRequest, token: str) -> HttpResponse:
    try:
        slip = slips.slip_of(token, at=timezone.now())
    except NotFound:
        return _spent()
    return _slip(request, slip, NewPassword())


def _slip(request: HttpRequest, slip: slips.Slip, form: NewPassword, status: int = 200) -> HttpResponse:
    shown = {"title": _("设置密码"), "form": form, "slip": slip}
    return render(request, "organisations/slip.html", shown, status=status)


def _spent() -> HttpResponse:
    """Unknown, used and expired look alike, byte for byte."""
    return HttpResponse(get_template("organisations/slip_spent.html").render({}), status=410)


@act(open=True, empty=410)
def redeem(request: HttpRequest, token: str) -> HttpResponse:
    form = NewPassword(request.POST)
    try:
        slip = slips.slip_of(token, at=timezone.now())
        if not form.is_valid():
            return _slip(request, slip, form, 422)
        slips.redeem(token, password=form.cleaned_data["new"], at=timezone.now())
    except NotFound:
        return _spent()
    except Refused as refused:
        form.add_error("new", list(refused.reasons))
        return _slip(request, slip, form, 422)
    messages.success(request, _("密码已设置，请用登录名和新密码登录。"))
    return redirect("log_in")


slip = both(slip_page, redeem)
