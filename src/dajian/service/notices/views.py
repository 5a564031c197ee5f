"""The inbox."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from dajian.service.access.pages import Request, act, page
from dajian.service.notices import actions, queries
from dajian.service.notices.models import OutboxMessage


@page()
def inbox(request: Request) -> HttpResponse:
    only_unread = request.GET.get("show") == "unread"
    found = queries.inbox_page(request.actor, request.GET.get("page", "1"), only_unread=only_unread)
    shown = {
        "title": _("收件箱"),
        "notices": found,
        "only_unread": only_unread,
        "unread": queries.unread(request.actor),
    }
    return render(request, "notices/inbox.html", shown)


@act(OutboxMessage, "read", empty=302)
def open_notice(request: Request, pk: int) -> HttpResponse:
    """Marks it read and goes to what it tells of."""
    notice = actions.open_notice(request.actor, pk, at=timezone.now())
    return redirect(notice.url or "inbox")


@act(empty=302)
def read_all(request: Request) -> HttpResponse:
    number = actions.read_all(request.actor, at=timezone.now())
    messages.success(request, _("已将 %(number)s 条消息标为已读。") % {"number": number})
    return redirect("inbox")
