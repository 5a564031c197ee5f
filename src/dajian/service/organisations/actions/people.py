"""People and their dated memberships: the only source of rights."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from dajian.service.access.actor import OF_UNIT, Actor
from dajian.service.access.errors import Refused, Stale
from dajian.service.access.rules import take
from dajian.service.history.record import record
from dajian.service.organisations.actions.slips import issue
from dajian.service.organisations.models import ROLES, Account, Area, Membership, Organisation, Person, valid_on
from dajian.service.organisations.standing import ADMIN_ROLES, roles_given_by

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,58}[a-z0-9]")


@dataclass(frozen=True)
class Post:
    """What a membership says besides person and body. area_id: narrower than the body's, None for all of it."""

    role: str
    starts: date
    area_id: int | None = None
    line: str = ""


@dataclass(frozen=True)
class Invited:
    membership: Membership
    token: str  # the one-time link's; shown once, kept nowhere


@transaction.atomic
def invite(
    actor: Actor,
    organisation_id: int,
    *,
    name: str,
    username: str,
    post: Post,
    at: datetime,
    mobile: str = "",
    email: str = "",
) -> Invited:
    """A new person with a log-in and no password yet.

    Refused: name or log-in unfit, log-in taken, the role not the actor's to give.
    """
    organisation = take(Organisation, organisation_id, actor, "people")
    if reasons := _unfit(actor, organisation, post):
        raise Refused(*reasons)
    person, account = _enrol(name, username, mobile, email)
    membership = _join(actor, person, organisation, post, "invite", at=at)
    return Invited(membership, issue(account, "invite", actor, at=at))


@transaction.atomic
def invite_unit(
    actor: Actor, organisation: Organisation, *, name: str, username: str, mobile: str = "", at: datetime
) -> Invited:
    """A log-in for somebody of a firm, who answers for it and for nothing else. That the firm is the actor's to serve
    was asked by the caller. Refused: as `invite`."""
    person, account = _enrol(name, username, mobile)
    post = Post(OF_UNIT, timezone.localdate(at))
    membership = _join(actor, person, organisation, post, "invite", at=at)
    return Invited(membership, issue(account, "invite", actor, at=at))


@transaction.atomic
def add_membership(actor: Actor, person_id: int, *, organisation_id: int, post: Post, at: datetime) -> Membership:
    """A further membership for a person whom the actor sees."""
    person = take(Person, person_id, actor)
    organisation = take(Organisation, organisation_id, actor, "people")
    if reasons := [*_unfit(actor, organisation, post), *_unfit_for(actor, person, organisation, post)]:
        raise Refused(*reasons)
    return _join(actor, person, organisation, post, "join", at=at)


@transaction.atomic
def move(
    actor: Actor, membership_id: int, *, organisation_id: int, post: Post, version: int, at: datetime
) -> Membership:
    """Transfers a person: the old membership ends the day before the new one begins. The actor keeps both bodies."""
    old = take(Membership, membership_id, actor, "accounts", version=version)
    organisation = take(Organisation, organisation_id, actor, "people")
    reasons = _unfit(actor, organisation, post)
    if not reasons:
        _end(actor, old, "move_away", last_day=post.starts - timedelta(days=1), reason=organisation.name, at=at)
        reasons = _unfit_for(actor, old.person, organisation, post)
    if reasons:
        raise Refused(*reasons)
    return _join(actor, old.person, organisation, post, "move_in", at=at)


@transaction.atomic
def leave(actor: Actor, membership_id: int, *, last_day: date, reason: str, version: int, at: datetime) -> Membership:
    """Ends a membership after its last day; yesterday ends it now. With none left to come the account is closed."""
    membership = take(Membership, membership_id, actor, "accounts", version=version)
    _end(actor, membership, "leave", last_day=last_day, reason=reason, at=at)
    return membership


def _end(actor: Actor, membership: Membership, action: str, *, last_day: date, reason: str, at: datetime) -> None:
    if membership.ends and membership.ends < timezone.localdate(at):
        raise Refused(
            _("%(name)s在%(organisation_name)s的身份已于 %(ends)s 结束。")
            % {
                "name": membership.person.name,
                "organisation_name": membership.organisation.name,
                "ends": membership.ends,
            }
        )
    if last_day < membership.starts - timedelta(days=1):
        raise Refused(_("最后一天不能早于这个身份的开始日 %(starts)s。") % {"starts": membership.starts})
    same = Membership.unscoped.filter(pk=membership.pk, version=membership.version)
    if not same.update(ends=last_day, version=F("version") + 1):
        raise Stale(_("这个身份刚被别人改过，请刷新后再试。"))
    membership.ends, membership.version = last_day, membership.version + 1
    record(membership, action, actor, at=at, reason=reason.strip(), details={"ends": last_day.isoformat()})
    close_account_without_post(membership.person_id, timezone.localdate(at))


def follow(actor: Actor, membership: Membership, heir: Organisation, *, starts: date, at: datetime) -> None:
    """机构改革: somebody goes on at the body that came after his, in the same role, area and line."""
    day = max(starts, membership.starts)
    post = Post(membership.role, day, membership.area_id, membership.line)
    there = Membership.unscoped.filter(person=membership.person_id, organisation=heir, role=membership.role)
    _end(actor, membership, "follow", last_day=day - timedelta(days=1), reason=heir.name, at=at)
    if there.filter(Q(ends=None) | Q(ends__gte=day)).exists():
        Account.unscoped.filter(person=membership.person_id).update(is_active=True)
    else:
        _join(actor, membership.person, heir, post, "follow", at=at)


def close_account_without_post(person_id: int, on: date) -> None:
    """Closes the log-in of a person who has no membership on this day or later."""
    left = Membership.unscoped.filter(Q(ends=None) | Q(ends__gte=on), person_id=person_id)
    if not left.filter(~Q(ends__lt=F("starts"))).exists():
        Account.unscoped.filter(person_id=person_id).update(is_active=False)


def _join(
    actor: Actor | None, person: Person, organisation: Organisation, post: Post, action: str, *, at: datetime
) -> Membership:
    membership = Membership.unscoped.create(
        person=person,
        organisation=organisation,
        role=post.role,
        area_id=post.area_id,
        line=post.line,
        starts=post.starts,
    )
    Account.unscoped.filter(person=person).update(is_active=True)
    told = {"person": person.name, "role": post.role, "starts": post.starts.isoformat()}
    record(membership, action, actor, at=at, details=told)
    return membership


def _unfit(actor: Actor, organisation: Organisation, post: Post) -> list[str]:
    """Why the post is not to be given by this actor in this body."""
    reasons = []
    if post.role not in roles_given_by(actor):
        known = dict(ROLES).get(post.role, post.role)
        reasons.append(_("“%(known)s”不能由您设定，请联系安全管理员。") % {"known": known})
    if post.area_id is not None:
        own = organisation.area.path if organisation.area else "/"
        if not Area.unscoped.filter(pk=post.area_id, path__startswith=own).exists():
            reasons.append(_("负责区域须在本单位的区域之内。"))
    return reasons


def _unfit_for(actor: Actor, person: Person, organisation: Organisation, post: Post) -> list[str]:
    """Why this person cannot take the post besides what he has."""
    if person.pk == actor.person_id:
        return [_("不能给本人增加或变更身份，请由另一位管理员办理。")]
    open_ended = Q(ends=None) | Q(ends__gte=post.starts)
    held = list(Membership.unscoped.filter(open_ended, person=person).values_list("role", "organisation_id"))
    if held and (post.role in ADMIN_ROLES or any(role in ADMIN_ROLES for role, _ in held)):
        return [_("系统、安全、审计管理员须由专人担任，不能兼任其他身份。")]
    if (post.role, organisation.pk) in held:
        return [
            _("%(name)s在%(organisation_name)s已有这个身份。")
            % {"name": person.name, "organisation_name": organisation.name}
        ]
    return []


@transaction.atomic
def appoint_first(organisation_id: int, *, name: str, username: str, at: datetime) -> Invited:
    """The first security administrator, by the system; everyone else is invited by him. Refused: there is one."""
    if Membership.unscoped.filter(valid_on(timezone.localdate(at)), role="security_admin").exists():
        raise Refused(_("已有安全管理员，其余账号请由其邀请。"))
    organisation = Organisation.unscoped.get(pk=organisation_id)
    person, account = _enrol(name, username)
    membership = _join(None, person, organisation, Post("security_admin", timezone.localdate(at)), "invite", at=at)
    return Invited(membership, issue(account, "invite", None, at=at))


def _enrol(name: str, username: str, mobile: str = "", email: str = "") -> tuple[Person, Account]:
    """A person with a log-in that opens nothing until a password is set. Refused: name or log-in unfit or taken."""
    username = username.strip().lower()
    reasons = []
    if len(name.strip()) < 2:
        reasons.append(_("请填写姓名（至少2个字）。"))
    if not USERNAME.fullmatch(username):
        reasons.append(_("登录名用小写字母、数字、点、横线，3 到 60 位，以字母或数字开头和结尾。"))
    elif Account.unscoped.filter(username=username).exists():
        reasons.append(_("登录名“%(username)s”已有人使用，请换一个。") % {"username": username})
    if reasons:
        raise Refused(*reasons)
    person = Person.unscoped.create(name=name.strip(), mobile=mobile.strip(), email=email.strip())
    account = Account(username=username, person=person)
    account.set_unusable_password()
    account.save()
    return person, account
