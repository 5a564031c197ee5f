"""A campaign made from a definition or a copy of one, edited, opened and closed."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from dajian.service.access.actor import Actor
from dajian.service.access.errors import Forbidden, Refused, Stale
from dajian.service.access.rules import take
from dajian.service.campaign.audience import accounts_taking_part
from dajian.service.campaign.checks import faults
from dajian.service.campaign.definition import Definition, DutyRow, StageRow
from dajian.service.campaign.models import Campaign, Duty, Item, Questionnaire, Stage
from dajian.service.campaign.queries import definition_of
from dajian.service.campaign.states import CAMPAIGN
from dajian.service.history.record import record
from dajian.service.notices.actions import tell
from dajian.service.organisations.models import Area, FunctionKind
from dajian.service.workflow.move import move

COLUMNS = (
    "title",
    "basis",
    "theme",
    "goals",
    "duration",
    "starts",
    "ends",
    "reference_year",
    "plan_year",
    "phones",
)
YEARS = ("reference_year", "plan_year")


@transaction.atomic
def create_campaign(actor: Actor | None, definition: Definition, *, demo: bool = False, at: datetime) -> Campaign:
    """A campaign in preparation. Without an actor the system loads what a province's folder ships.

    Forbidden: the actor's body does not hold the owner's function. Refused: with every fault of the definition.
    """
    if actor and not (actor.works and any(post.function == definition.owner for post in actor.posts)):
        raise Forbidden("define")
    if reasons := faults(definition):
        raise Refused(*reasons)
    campaign = Campaign.unscoped.create(
        state="draft",
        owner=FunctionKind.unscoped.get(code=definition.owner),
        demo=demo,
        **_columns(definition),
    )
    campaign.areas.set(Area.unscoped.filter(ends=None).exclude(code__in=definition.left_out))
    _write_stages(campaign, definition.stages)
    _write_items(campaign, definition)
    record(campaign, "create_campaign", actor, at=at, details={"title": campaign.title}, states=("", "draft"))
    return campaign


def _columns(definition: Definition) -> dict[str, Any]:
    return {name: getattr(definition, name) for name in COLUMNS} | {"phones": list(definition.phones)}


def _write_stages(campaign: Campaign, stages: tuple[StageRow, ...]) -> None:
    Stage.unscoped.filter(campaign=campaign).delete()
    Stage.unscoped.bulk_create(
        [Stage(campaign=campaign, n=n, **asdict(stage)) for n, stage in enumerate(stages, start=1)]
    )


def _write_items(campaign: Campaign, definition: Definition) -> None:
    questionnaires = dict(Questionnaire.unscoped.values_list("key", "pk"))
    for row in definition.items:
        item = Item.unscoped.create(
            campaign=campaign,
            questionnaire_id=questionnaires[row.questionnaire] if row.questionnaire else None,
            **{f.name: getattr(row, f.name) for f in fields(row) if f.name not in ("duties", "questionnaire")},
        )
        write_duties(item, row.duties)


def write_duties(item: Item, duties: tuple[DutyRow, ...]) -> None:
    """Replaces the item's duty rows. Refused: a function or level that does not exist."""
    kinds = {kind.code: kind for kind in FunctionKind.unscoped.all()}
    if unknown := sorted({duty.function for duty in duties} - set(kinds)):
        raise Refused(_("没有这样的职能：%(unknown)s。") % {"unknown": "、".join(unknown)})
    Duty.unscoped.filter(item=item).delete()
    Duty.unscoped.bulk_create([Duty(item=item, kind=d.kind, function=kinds[d.function], level=d.level) for d in duties])


@transaction.atomic
def copy_campaign(
    actor: Actor, campaign_id: int, *, title: str, starts: date, reference_year: int, plan_year: int, at: datetime
) -> Campaign:
    """A new campaign in preparation with the stages, items and duties of one that is there, begun on another day.

    By whole years when month and day stay, else all dates by the same number of days. The old one stays as it is.
    """
    old = take(Campaign, campaign_id, actor, "define")
    moved = definition_of(old).moved(starts)
    return create_campaign(
        actor, replace(moved, title=title.strip(), reference_year=reference_year, plan_year=plan_year), at=at
    )


@transaction.atomic
def edit_campaign(actor: Actor, campaign_id: int, *, definition: Definition, version: int, at: datetime) -> Campaign:
    """Title, basis, theme, goals, dates, stages, years and phones as `definition` says; its items are left alone.

    Refused: with every fault; and the years once the campaign has begun, since its answers are about them (rule 5).
    """
    campaign = take(Campaign, campaign_id, actor, "define", version=version)
    old = definition_of(campaign)
    new = replace(definition, items=old.items)
    changed = _changes(old, new)
    reasons = faults(new)
    if campaign.state != "draft" and any(name in changed for name in YEARS):
        reasons.append(_("活动已开始，年度不能再改：已填的数据就是那一年的。要调查另一年度，请复制为新的活动。"))
    if reasons:
        raise Refused(*reasons)
    if not changed:
        return campaign
    same = Campaign.unscoped.filter(pk=campaign.pk, version=version)
    if not same.update(version=F("version") + 1, **_columns(new)):
        raise Stale(obj=campaign)
    if old.stages != new.stages:
        _write_stages(campaign, new.stages)
    record(campaign, "edit_campaign", actor, at=at, details={"changed": changed})
    return Campaign.unscoped.get(pk=campaign.pk)


def _changes(old: Definition, new: Definition) -> dict[str, list[Any]]:
    """Field → [before, after], as plain data."""
    return {
        name: [_plain(getattr(old, name)), _plain(getattr(new, name))]
        for name in (*COLUMNS, "stages")
        if getattr(old, name) != getattr(new, name)
    }


def _plain(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case StageRow():
            return f"{value.title} {value.starts}–{value.ends}"
        case tuple():
            return [_plain(one) for one in value]
    return value


@transaction.atomic
def open_campaign(actor: Actor | None, campaign_id: int, *, version: int, at: datetime) -> Campaign:
    """Begins the work: from now on lists, questionnaires and reports are taken. The bodies that take part are told."""
    return _move(actor, campaign_id, "open_campaign", version=version, at=at)


@transaction.atomic
def close_campaign(actor: Actor, campaign_id: int, *, version: int, at: datetime) -> Campaign:
    """Ends the work; everything stays readable."""
    return _move(actor, campaign_id, "close_campaign", version=version, at=at)


@transaction.atomic
def reopen_campaign(actor: Actor, campaign_id: int, *, reason: str, version: int, at: datetime) -> Campaign:
    """Takes the work up again, with the reason."""
    if len(reason.strip()) < 4:
        raise Refused(_("请写明重新开启的原因（至少4个字）。"))
    return _move(actor, campaign_id, "reopen_campaign", version=version, reason=reason.strip(), at=at)


def _move(
    actor: Actor | None, campaign_id: int, action: str, *, version: int, reason: str = "", at: datetime
) -> Campaign:
    if actor:
        campaign = take(Campaign, campaign_id, actor, "define", version=version)
    else:
        campaign = Campaign.unscoped.get(pk=campaign_id, version=version)
    move(CAMPAIGN, campaign, action, actor, at=at, reason=reason)
    told = f"“{campaign.title}”{CAMPAIGN.states[campaign.state]}"
    tell(accounts_taking_part(campaign.pk, at=at), "campaign", told, f"/campaigns/{campaign.pk}", at=at, but=actor)
    return campaign
