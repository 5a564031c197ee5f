"""The history of bodies and people in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from dajian.service.history.models import Event
from dajian.service.history.record import of
from dajian.service.organisations.models import Organisation
from dajian.service.workflow.lines import HistoryLine, history_lines

SAID = {
    "succeed": N_("{kind}，自 {starts} 起由{to}承继"),
    "succeed_to": N_("{kind}，自 {starts} 起承继{from}"),
    "rename_body": N_("{from} → {to}，自 {starts} 起"),
    "give_function": N_("{function}（{area}），自 {starts} 起"),
    "end_function": N_("{function}（{area}），到 {ends} 为止"),
    "transfer_function": N_("{function}（{area}）：{from} → {to}，自 {starts} 起"),
}


def body_history(body: Organisation) -> list[HistoryLine]:
    """What was done to a body that the caller has taken."""
    return history_lines(of(body), _told)


def _told(event: Event) -> str:
    what = _(SAID[event.action]).format_map(event.details) if event.action in SAID else ""
    return _("%(what)s。%(reason)s") % {"what": what, "reason": event.reason} if event.reason else what
