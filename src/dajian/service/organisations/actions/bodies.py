"""Bodies and the functions that they hold for a period: after a merger the successor does what its predecessor did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from dajian.service.access.actor import Actor
from dajian.service.access.errors import Forbidden, Refused, Stale
from dajian.service.access.rules import take
from dajian.service.history.record import record
from dajian.service.organisations.models import Area, Function, FunctionKind, Organisation, OrganisationName, valid_on


@dataclass(frozen=True)
class Held:
    """A function that a body is given: kind, where, from when."""

    kind_id: int
    area_id: int
    starts: date
    line: str = ""


@transaction.atomic
def create_body(
    actor: Actor, *, name: str, area_id: int, functions: tuple[Held, ...] = (), since: date, at: datetime
) -> Organisation:
    """A new body of the province with the functions that it holds from the start."""
    if actor.role != "security_admin":
        raise Forbidden("define")
    reasons = [] if len(name.strip()) >= 2 else [_("请填写单位全称（至少2个字）。")]
    area = Area.unscoped.filter(valid_on(since), pk=area_id).first()
    if area is None:
        raise Refused(*reasons, _("请选择所在区域。"))
    if Organisation.unscoped.filter(kind="body", name=name.strip(), area=area).exists():
        reasons.append(_("%(area)s已有“%(name)s”。") % {"area": area.name, "name": name.strip()})
    if reasons:
        raise Refused(*reasons)
    body = Organisation.unscoped.create(kind="body", name=name.strip(), area=area)
    OrganisationName.unscoped.create(organisation=body, name=body.name, starts=since)
    record(body, "create_body", actor, at=at, details={"name": body.name})
    for held in functions:
        give_function(actor, body.pk, held=held, at=at)
    return body


@transaction.atomic
def give_function(actor: Actor, organisation_id: int, *, held: Held, at: datetime) -> Function:
    """The body holds the function from a day on. Refused: another holds it then."""
    body = take(Organisation, organisation_id, actor, "define")
    kind = FunctionKind.unscoped.get(pk=held.kind_id)
    area = Area.unscoped.get(pk=held.area_id)
    if body.area and not area.path.startswith(body.area.path):
        raise Refused(_("%(area)s不在%(body)s的区域内。") % {"area": area.name, "body": body.name})
    _not_held(kind, area, held)
    function = Function.unscoped.create(organisation=body, kind=kind, area=area, line=held.line, starts=held.starts)
    details = {"function": kind.name, "area": area.name, "starts": held.starts.isoformat()}
    record(body, "give_function", actor, at=at, details=details)
    return function


def _not_held(kind: FunctionKind, area: Area, held: Held) -> None:
    same = Function.unscoped.filter(kind=kind, area=area, line=held.line).exclude(ends__lt=held.starts)
    if other := same.select_related("organisation").first():
        until = _("，到 %(ends)s 为止") % {"ends": other.ends} if other.ends else ""
        raise Refused(
            _("%(area)s的“%(function)s”职能由%(body)s承担%(until)s，请先移交或结束。")
            % {"area": area.name, "function": kind.name, "body": other.organisation.name, "until": until}
        )


@transaction.atomic
def end_function(actor: Actor, function_id: int, *, last_day: date, reason: str, at: datetime) -> Function:
    """The body holds the function until the end of `last_day`, and nobody after it."""
    function = take(Function, function_id, actor, "define")
    _end(function, last_day)
    details = {"function": function.kind.name, "area": function.area.name, "ends": last_day.isoformat()}
    record(function.organisation, "end_function", actor, at=at, reason=reason.strip(), details=details)
    return function


@transaction.atomic
def transfer_function(
    actor: Actor, function_id: int, *, organisation_id: int, starts: date, reason: str, at: datetime
) -> Function:
    """机构改革: another body holds the function from `starts` on and sees and does what its predecessor did."""
    old = take(Function, function_id, actor, "define")
    heir = take(Organisation, organisation_id, actor, "define")
    if heir.pk == old.organisation_id:
        raise Refused(_("接收单位就是现在承担这项职能的单位，请另选一个。"))
    _end(old, starts - timedelta(days=1))
    new = Function.unscoped.create(organisation=heir, kind=old.kind, area=old.area, line=old.line, starts=starts)
    details = {
        "function": old.kind.name,
        "area": old.area.name,
        "from": old.organisation.name,
        "to": heir.name,
        "starts": starts.isoformat(),
    }
    for body in (old.organisation, heir):
        record(body, "transfer_function", actor, at=at, reason=reason.strip(), details=details)
    return new


def _end(function: Function, last_day: date) -> None:
    if function.ends is not None:
        raise Refused(_("这项职能已定于 %(ends)s 结束。") % {"ends": function.ends})
    if last_day < function.starts:
        raise Refused(_("结束日不能早于开始日 %(starts)s。") % {"starts": function.starts})
    if not Function.unscoped.filter(pk=function.pk, ends=None).update(ends=last_day):
        raise Stale(_("这项职能刚被别人改过，请刷新后再试。"))
    function.ends = last_day


@transaction.atomic
def rename_body(
    actor: Actor, organisation_id: int, *, name: str, starts: date, version: int, at: datetime
) -> Organisation:
    """Gives a body its name from a day on; the old one stays in its history. A name so given is no longer assumed."""
    body = take(Organisation, organisation_id, actor, "define", version=version)
    name = name.strip()
    if len(name) < 2:
        raise Refused(_("请填写单位全称（至少2个字）。"))
    current = OrganisationName.unscoped.filter(organisation=body, ends=None).order_by("-starts").first()
    if current and current.starts > starts:
        raise Refused(_("新名称的启用日不能早于现名称的启用日 %(starts)s。") % {"starts": current.starts})
    same = Organisation.unscoped.filter(pk=body.pk, version=version)
    if not same.update(name=name, assumed=False, version=F("version") + 1):
        raise Stale(_("单位名称刚被别人改过，请刷新后再试。"))
    old, body.name, body.assumed, body.version = body.name, name, False, version + 1
    if old != name:
        OrganisationName.unscoped.filter(organisation=body, ends=None).update(ends=starts - timedelta(days=1))
        OrganisationName.unscoped.create(organisation=body, name=name, starts=starts)
    record(body, "rename_body", actor, at=at, details={"from": old, "to": name, "starts": starts.isoformat()})
    return body
