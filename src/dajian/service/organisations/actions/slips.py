"""One-time links to set a password: an invitation, or a reset. Only a digest is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from axes.utils import reset as forget_failures
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from dajian.service.access.actor import Actor
from dajian.service.access.errors import NotFound, Refused
from dajian.service.access.rules import take
from dajian.service.history.record import record
from dajian.service.organisations.models import Account, Person, Slip

TOO_WEAK = {  # by the codes of Django's validators
    "password_too_short": N_("密码太短，至少 {min_length} 位。可以用一句自己记得住的话。"),
    "password_too_common": N_("这个密码太常见，容易被猜到，请换一个。"),
    "password_too_similar": N_("密码与登录名太相近，请换一个。"),
}
LASTS = {"invite": timedelta(days=7), "reset": timedelta(days=1)}


def issue(account: Account, kind: str, actor: Actor | None, *, at: datetime) -> str:
    """The token of a new link; earlier ones of the account no longer open anything."""
    Slip.unscoped.filter(account=account, used_at=None).update(expires_at=at)
    token = secrets.token_urlsafe(32)
    Slip.unscoped.create(account=account, kind=kind, digest=_digest(token), expires_at=at + LASTS[kind])
    record(account.person, f"slip_{kind}", actor, at=at)
    return token


@transaction.atomic
def reset(actor: Actor, person_id: int, *, at: datetime) -> str:
    """A link by which this person sets a new password; the old one stays good until then.

    Forbidden: the person also works where the actor keeps no accounts.
    """
    person = take(Person, person_id, actor, "accounts")
    return issue(person.account, "reset", actor, at=at)


def slip_of(token: str, *, at: datetime) -> Slip:
    """The open link of this token. NotFound: unknown, used or expired, told alike."""
    found = Slip.unscoped.filter(digest=_digest(token), used_at=None, expires_at__gt=at, account__is_active=True)
    slip = found.select_related("account__person").first()
    if slip is None:
        raise NotFound("slip")
    return slip


@transaction.atomic
def redeem(token: str, *, password: str, at: datetime) -> Account:
    """Sets the password, once. Refused: the password is too weak; the link stays open."""
    slip = slip_of(token, at=at)
    if faults := weaknesses(password, slip.account):
        raise Refused(*faults)
    if not Slip.unscoped.filter(pk=slip.pk, used_at=None).update(used_at=at):
        raise NotFound("slip")
    _set(slip.account, password)
    record(slip.account.person, "set_password", None, at=at, details={"by": slip.kind})
    return slip.account


@transaction.atomic
def change_password(actor: Actor, *, old: str, new: str, at: datetime) -> Account:
    """By the person himself. Refused: the old one is wrong, or the new one too weak."""
    account = take(Account, actor.account_id, actor)
    if not account.check_password(old):
        raise Refused(_("原密码不对。"))
    if faults := weaknesses(new, account):
        raise Refused(*faults)
    _set(account, new)
    record(account.person, "set_password", actor, at=at, details={"by": "change"})
    return account


def weaknesses(password: str, account: Account) -> list[str]:
    """What is wrong with a new password, each with what to do."""
    try:
        validate_password(password, account)
    except ValidationError as error:
        return [_(TOO_WEAK[str(one.code)]).format_map(one.params or {}) for one in error.error_list]
    return []


def _set(account: Account, password: str) -> None:
    account.set_password(password)
    account.save(update_fields=["password"])
    forget_failures(username=account.username)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
