"""A unit's own log-ins, kept by the officers who serve it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from dajian.service.access.actor import OF_UNIT, Actor
from dajian.service.access.errors import Refused
from dajian.service.access.rules import take
from dajian.service.history.record import record
from dajian.service.organisations.actions.people import Invited, invite_unit
from dajian.service.organisations.actions.slips import issue
from dajian.service.organisations.models import Membership, valid_on
from dajian.service.survey.models import SurveyUnit


@transaction.atomic
def open_account(actor: Actor, unit_id: int, *, name: str, username: str, mobile: str = "", at: datetime) -> Invited:
    """A log-in for somebody of the unit's organisation, who answers for its units. Refused: the unit is a project or
    a body, or name or log-in are unfit."""
    unit = take(SurveyUnit, unit_id, actor, "invite")
    organisation = unit.subject.organisation
    if organisation is None:
        raise Refused(_("重大建设项目没有自己的账号，请用邀请函。"))
    if organisation.kind == "body":
        raise Refused(_("机关单位的账号由其管理员开通。"))
    invited = invite_unit(actor, organisation, name=name, username=username, mobile=mobile, at=at)
    record(unit, "open_unit_account", actor, at=at, details={"person": name.strip()})
    return invited


def people_of(unit: SurveyUnit, *, at: datetime) -> QuerySet[Membership]:
    """Who has a log-in for the unit's organisation today; of a project nobody."""
    rows = Membership.unscoped.filter(valid_on(timezone.localdate(at)), role=OF_UNIT)
    return rows.filter(organisation=unit.subject.organisation_id).select_related("person__account").order_by("pk")


@transaction.atomic
def reset_account(actor: Actor, unit_id: int, *, person_id: int, at: datetime) -> Invited:
    """A link by which a person of the unit sets a new password; the old one stays good until then.

    Refused: no such person here, or his log-in opens another body as well.
    """
    unit = take(SurveyUnit, unit_id, actor, "invite")
    membership = people_of(unit, at=at).filter(person_id=person_id).first()
    if membership is None:
        raise Refused(_("请选择本单位的账号。"))
    others = Membership.unscoped.filter(valid_on(timezone.localdate(at)), person_id=person_id)
    if others.exclude(pk=membership.pk).exists():
        raise Refused(_("%(name)s还有其他身份，密码由其本单位的管理员重设。") % {"name": membership.person.name})
    token = issue(membership.person.account, "reset", actor, at=at)
    record(unit, "reset_unit_account", actor, at=at, details={"person": membership.person.name})
    return Invited(membership, token)
