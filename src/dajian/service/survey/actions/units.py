"""Unit lists and outcomes: the denominator of a survey."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dajian.service.access.actor import Actor
from dajian.service.access.errors import NotFound, Refused
from dajian.service.access.rules import Holders, may, take
from dajian.service.campaign.models import Item
from dajian.service.campaign.standing import areas_in_reach
from dajian.service.history.record import record
from dajian.service.organisations.models import Area
from dajian.service.registry.actions import withdraw
from dajian.service.registry.subjects import subject_for
from dajian.service.survey.meeting import hold_lists, known_units, met, renew
from dajian.service.survey.models import ListEntry, SourceList, SurveyUnit
from dajian.service.survey.rights import LIST
from dajian.service.survey.states import UNIT
from dajian.service.survey.turns import hold_units
from dajian.service.workflow.move import move


@dataclass(frozen=True)
class Listed:
    """A row of a list: who, where, and the row as it was written."""

    row: int
    name: str
    code: str
    area_code: str
    raw: dict[str, Any]


# Told of every unit that a list names for the first time, in the same transaction: an app above looks for its twins.
LISTED: list[Callable[[SurveyUnit, datetime], None]] = []


def area_in_reach(actor: Actor, item: Item, area_code: str, holders: Holders) -> Area:
    """The area of that code in which the actor holds this; a county before a city. NotFound when it lies outside."""
    found = [area for area in areas_in_reach(actor, item, holders) if area.code == area_code]
    if not found:
        raise NotFound("area")
    return found[-1]


def join_list(
    item: Item,
    source: SourceList,
    listed: Listed,
    area: Area,
    actor: Actor,
    *,
    at: datetime,
    known: SurveyUnit | None = None,
    renews: bool = False,
) -> SurveyUnit:
    """The unit of this row, on the list from now on; an earlier one is found again, never doubled.

    known: the one that the row means (meeting.met), if it is there. It learns its code from the row; where the list
    renews it, its name and area too.
    """
    unit = known or _enrol(item, source, listed, area, actor, at=at)
    told: dict[str, Any] = {"name": listed.name, "area": area} if renews else {}
    renew(unit, actor, code=listed.code, **told, at=at)
    __, fresh = ListEntry.unscoped.update_or_create(
        source=source, unit=unit, defaults={"row": listed.row, "raw": listed.raw}
    )
    for tell in LISTED if fresh else ():
        tell(unit, at)
    return unit


def _enrol(item: Item, source: SourceList, listed: Listed, area: Area, actor: Actor, *, at: datetime) -> SurveyUnit:
    subject = subject_for(item.subject_role, listed.name, listed.code, area, at=at)
    unit, created = SurveyUnit.unscoped.get_or_create(
        item=item, subject=subject, defaults={"area": area, "state": "open"}
    )
    if created:
        record(unit, "list", actor, at=at, details={"source": source.title}, states=("", "open"))
    return unit


def facts_asked(item: Item) -> tuple[str, ...]:
    """What the item asks of every list: issuer, level, year, number, or nothing."""
    return tuple(item.keys.get("source", "").split())


def unknown_facts(item: Item, facts: Mapping[str, Any]) -> str:
    """Why these facts of a list do not suffice for the item; "" when they do."""
    words = {f.name: str(f.verbose_name) for f in SourceList._meta.concrete_fields}
    missing = [words[name] for name in facts_asked(item) if not facts.get(name)]
    return _("本项的名单须写明%(missing)s。") % {"missing": _("、").join(missing)} if missing else ""


@transaction.atomic
def add_unit(
    actor: Actor, item_id: int, *, name: str, code: str, area_code: str, source: str, at: datetime, **facts: Any
) -> SurveyUnit:
    """One unit by hand, with what it was learnt from.

    facts: issuer, level, year and number of the list on which it stands, where the item asks for them (rule 14).
    """
    item = take(Item, item_id, actor, "list")
    area = area_in_reach(actor, item, area_code, LIST)
    if len(name.strip()) < 2:
        raise Refused(_("请填写单位全称（至少2个字）。"))
    if not source.strip():
        raise Refused(_("请写明从何处得知该单位（来源）。"))
    if missing := unknown_facts(item, facts):
        raise Refused(missing)
    listed = Listed(0, name.strip(), code.strip().upper(), area.code, {"name": name, "code": code})
    hold_lists([area])
    known = met(known_units(item, [listed.code], [listed.name]), listed.code, listed.name, area.code)
    if known and not may(known, actor, "read"):
        raise Refused(_("该单位已列入%(area)s名单，不在您的工作范围内。") % {"area": known.area.name})
    listed_from, __ = SourceList.unscoped.get_or_create(
        item=item, area=area, kind="hand", title=source.strip(), defaults={**facts, "at": at}
    )
    return join_list(item, listed_from, listed, area, actor, at=at, known=known)


@transaction.atomic
def close_unit(
    actor: Actor,
    unit_id: int,
    *,
    outcome: str,
    reason: str,
    version: int,
    at: datetime,
    visited_on: date | None = None,
    duplicate_of: int | None = None,
) -> SurveyUnit:
    """Registers an outcome (rule 15) for a unit from which no submission is to come.

    outcome: an action of the unit's table: not_eligible, gone, not_found, refuse, duplicate.
    """
    hold_units([unit_id, duplicate_of or unit_id])
    unit = take(SurveyUnit, unit_id, actor, "list", version=version)
    reasons = []
    if len(reason.strip()) < 2:
        reasons.append(_("请写明情况（如何得知、何时核实）。"))
    if outcome == "refuse" and visited_on is None:
        reasons.append(_("请填写上门走访日期。"))
    if visited_on and visited_on > timezone.localdate(at):
        reasons.append(_("走访日期不能晚于今天。"))
    other = None
    if outcome == "duplicate":
        other = SurveyUnit.unscoped.filter(item_id=unit.item_id, pk=duplicate_of).exclude(pk=unit.pk).first()
        if other is None:
            reasons.append(_("请选择与哪一家单位重复。"))
        elif not take(SurveyUnit, other.pk, actor, "read"):
            reasons.append(_("请选择本辖区内的单位。"))
        elif other.state not in COUNTED:
            reasons.append(
                _("“%(name)s”已登记为“%(state)s”，不能作为重复的对象。请选择在办或已审定的单位。")
                % {"name": other.subject.name, "state": UNIT.said(other.state)}
            )
    if outcome not in OUTCOME_ACTIONS:
        reasons.append(_("请选择一种结果。"))
    if reasons:
        raise Refused(*reasons)
    fields = {"outcome_reason": reason.strip(), "visited_on": visited_on, "duplicate_of": other}
    move(UNIT, unit, outcome, actor, at=at, reason=reason.strip(), fields=fields)
    if unit.state != "refused":  # what a unit once told stays true when it tells no more
        withdraw(unit.item, [unit.subject_id], unit.state, actor, at=at)
    return unit


COUNTED = ("open", "approved")  # one of two alike stays in the work: a duplicate points at such a unit
OUTCOME_ACTIONS = ("not_eligible", "gone", "not_found", "refuse", "duplicate")


@transaction.atomic
def reopen_unit(actor: Actor, unit_id: int, *, reason: str, version: int, at: datetime) -> SurveyUnit:
    """Takes an outcome back: the unit is under way again."""
    hold_units([unit_id])
    unit = take(SurveyUnit, unit_id, actor, "list", version=version)
    if len(reason.strip()) < 2:
        raise Refused(_("请写明重新列入的原因。"))
    cleared = {"outcome_reason": "", "visited_on": None, "duplicate_of": None}
    move(UNIT, unit, "reopen", actor, at=at, reason=reason.strip(), fields=cleared)
    return unit
