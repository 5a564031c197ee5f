"""Invitations: a unit fills in its own questionnaire by a link and a short code, without an account.

Link and code are shown once, in the letter, and kept nowhere: only their digests are. Neither is ever logged.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from dajian.service.access.actor import Actor
from dajian.service.access.errors import Refused
from dajian.service.access.rules import take
from dajian.service.history.record import record
from dajian.service.survey.models import Invitation, SurveyUnit
from dajian.service.survey.states import UNIT, campaign_open

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is read for something else
TOKEN_LENGTH, CODE_LENGTH, GROUP = 12, 8, 4
WRONG_CODES = 10  # the tenth locks
LOCKED = timedelta(hours=1)
WRONG = N_("短码不对，或邀请已失效。请核对邀请函上的短码；仍然不行的，请联系发函单位重新发函。")


@dataclass(frozen=True)
class Issued:
    """What the letter shows, this once."""

    invitation: Invitation
    token: str
    code: str  # in groups of four


def _drawn(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for __ in range(length))


def typed(code: str) -> str:
    """A code as it is compared: whatever width, case, spaces and hyphens it was typed in."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", code).upper() if sign.isalnum())


def _token_digest(token: str) -> str:
    return hashlib.sha256(typed(token).encode()).hexdigest()


def _code_digest(token_digest: str, code: str) -> str:
    """Keyed by the installation's secret: a code is short, and its bare digest would be found by trying."""
    return salted_hmac(f"invitation/{token_digest}", typed(code), algorithm="sha256").hexdigest()


@transaction.atomic
def invite(actor: Actor, unit_id: int, *, expires_on: date | None = None, at: datetime) -> Issued:
    """A new link and code for a listed unit; an earlier one no longer opens anything.

    expires_on: the last day, the campaign's last one by default and at most. Refused: with every reason.
    """
    unit = take(SurveyUnit, unit_id, actor, "invite")
    last = unit.item.campaign.ends
    day = expires_on or last
    if reasons := [*campaign_open(unit, actor), *_unfit(unit, day, last, timezone.localdate(at))]:
        raise Refused(*reasons)
    Invitation.unscoped.filter(unit=unit, revoked_at=None).update(revoked_at=at)
    token, code = _drawn(TOKEN_LENGTH), _drawn(CODE_LENGTH)
    digest = _token_digest(token)
    made = Invitation.unscoped.create(
        unit=unit,
        token_digest=digest,
        code_digest=_code_digest(digest, code),
        expires_on=day,
        organisation_id=actor.organisation_id,
        organisation_name=actor.organisation_name,
        person_name=actor.person_name,
        at=at,
    )
    record(unit, "invite_unit", actor, at=at, details={"expires_on": day.isoformat()})
    return Issued(made, token, "-".join(code[n : n + GROUP] for n in range(0, CODE_LENGTH, GROUP)))


def _unfit(unit: SurveyUnit, day: date, last: date, today: date) -> list[str]:
    reasons = []
    if unit.item.way != "questionnaire":
        reasons.append(_("本项由机构自行填报，不发邀请。"))
    if unit.state != "open":
        reasons.append(_("该单位已登记为“%(state)s”，请先重新列入。") % {"state": UNIT.said(unit.state)})
    if not today <= day <= last:
        reasons.append(_("截止日期应在今天到活动结束（%(last)s）之间。") % {"last": last})
    return reasons


@transaction.atomic
def revoke(actor: Actor, unit_id: int, *, at: datetime) -> SurveyUnit:
    """The link opens nothing from now on; what the unit has filled in stays. Refused: there is no open one."""
    unit = take(SurveyUnit, unit_id, actor, "invite")
    if not Invitation.unscoped.filter(unit=unit, revoked_at=None).update(revoked_at=at):
        raise Refused(_("这家单位没有有效的邀请。"))
    record(unit, "revoke_invitation", actor, at=at)
    return unit


def open_by_code(token: str, code: str, *, at: datetime) -> Invitation:
    """The invitation of this link and code. Refused: wrong or no longer good, told alike; or locked, until when.

    Outside of a transaction: a wrong code counts although the deed fails.
    """
    found = valid(Invitation.unscoped.filter(token_digest=_token_digest(token)), at)
    if found is None:
        raise Refused(_(WRONG))
    if found.locked_until and at < found.locked_until:
        raise Refused(_locked(found.locked_until))
    if not constant_time_compare(found.code_digest, _code_digest(found.token_digest, code)):
        _count_wrong(found, at)
        raise Refused(_(WRONG))
    Invitation.unscoped.filter(pk=found.pk).update(wrong=0, locked_until=None, opened_at=found.opened_at or at)
    if not found.opened_at:
        record(found.unit, "open_invitation", None, at=at)
    return found


def _locked(until: datetime) -> str:
    when = timezone.localtime(until).strftime("%m-%d %H:%M")
    return _("短码连续输错 %(n)s 次，这份邀请暂停使用到 %(when)s。请核对邀请函，或联系发函单位重新发函。") % {
        "n": WRONG_CODES,
        "when": when,
    }


def _count_wrong(found: Invitation, at: datetime) -> None:
    """Refused: this one was one too many."""
    same = Invitation.unscoped.filter(pk=found.pk)
    same.update(wrong=F("wrong") + 1)
    if same.filter(wrong__gte=WRONG_CODES).update(wrong=0, locked_until=at + LOCKED):
        record(found.unit, "lock_invitation", None, at=at)
        raise Refused(_locked(at + LOCKED))


def valid(rows: QuerySet[Invitation], at: datetime) -> Invitation | None:
    """The one of these that is good on this day: not revoked, not past its last day, its campaign still open."""
    good = rows.filter(revoked_at=None, expires_on__gte=timezone.localdate(at), unit__item__campaign__state="open")
    return good.select_related("unit__subject", "unit__item__campaign", "unit__area").first()


def come_back(pk: int, *, at: datetime) -> Invitation | None:
    """The invitation by which a session was opened, while it is good."""
    return valid(Invitation.unscoped.filter(pk=pk), at)
