"""A unit's own log-in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dajian.service.access.actor import Actor
from dajian.service.access.errors import Refused
from dajian.service.access.rules import take
from dajian.service.history.record import record
from dajian.service.organisations.actions.people import Invited, invite_unit
from dajian.service.survey.models import SurveyUnit


@transaction.atomic
def open_account(actor: Actor, unit_id: int, *, name: str, username: str, mobile: str = "", at: datetime) -> Invited:
    """A log-in for somebody of the unit's organisation, who answers for its units. Refused: the unit is a project or
    a body, or name or log-in are unfit."""
    unit = take(SurveyUnit, unit_id, actor, "invite")
    organisation = unit.subject.organisation
    if organisation is None:
        raise Refused("重大建设项目没有自己的账号，请用邀请函。")
    if organisation.kind == "body":
        raise Refused("机关单位的账号由其管理员开通。")
    invited = invite_unit(actor, organisation, name=name, username=username, mobile=mobile, at=at)
    record(unit, "open_unit_account", actor, at=at, details={"person": name.strip()})
    return invited
