"""What screens and other apps read of campaigns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from dajian.service.access.actor import Actor
from dajian.service.access.rules import scope
from dajian.service.campaign.definition import Definition, DutyRow, ItemRow, StageRow
from dajian.service.campaign.models import Campaign, Duty, Item, QuestionnaireVersion, Stage
from dajian.service.campaign.standing import standings
from dajian.service.organisations.models import LEVELS, Area


def definition_of(campaign: Campaign) -> Definition:
    """The campaign as plain data: to be checked, copied, or compared."""
    taking_part = campaign.areas.values("pk")
    return Definition(
        title=campaign.title,
        basis=campaign.basis,
        theme=campaign.theme,
        goals=campaign.goals,
        duration=campaign.duration,
        starts=campaign.starts,
        ends=campaign.ends,
        reference_year=campaign.reference_year,
        plan_year=campaign.plan_year,
        owner=campaign.owner.code,
        phones=tuple(campaign.phones),
        left_out=tuple(
            Area.unscoped.filter(ends=None).exclude(pk__in=taking_part).order_by("path").values_list("code", flat=True)
        ),
        stages=tuple(StageRow(s.title, s.starts, s.ends, s.task) for s in Stage.unscoped.filter(campaign=campaign)),
        items=tuple(item_row(item) for item in items_of(campaign)),
    )


def items_of(campaign: Campaign) -> QuerySet[Item]:
    """All items of a campaign that the caller has taken."""
    found = Item.unscoped.filter(campaign=campaign).select_related("questionnaire")
    return found.prefetch_related("duties__function")


def item_row(item: Item) -> ItemRow:
    duties = (DutyRow(d.kind, d.function.code, d.level) for d in item.duties.all())
    return ItemRow(
        number=item.number,
        variant=item.variant,
        title=item.title,
        unit_word=item.unit_word,
        subject_role=item.subject_role,
        way=item.way,
        questionnaire=item.questionnaire.key if item.questionnaire else "",
        keys=item.keys,
        duties=tuple(sorted(duties)),
    )


def levels_of(item: Item) -> tuple[str, frozenset[str]]:
    """(level of the lead, levels at or below it at which the lead's function is held): where the item is worked on."""
    held = Duty.unscoped.filter(item=item, kind="lead").values_list("level", "function__function__area__level")
    rows = list(held.distinct())
    lead = rows[0][0]
    below = list(dict(LEVELS))[list(dict(LEVELS)).index(lead) :]
    return lead, frozenset({lead} | {level for _, level in rows if level in below})


@dataclass(frozen=True)
class Today:
    """Where a campaign stands on a day."""

    stage: Stage | None  # None before it begins and after it has ended
    days_left: int | None  # of the stage, this day included; None outside of stages
    campaign_days_left: int  # this day included; 0 after the end
    begins_in: int  # days until it begins, 0 once it has


def today_in(campaign: Campaign, on: date) -> Today:
    """Which stage a day falls into and how many days are left in it, the day itself counted."""
    stage = next((s for s in Stage.unscoped.filter(campaign=campaign) if s.starts <= on <= s.ends), None)
    return Today(
        stage=stage,
        days_left=(stage.ends - on).days + 1 if stage else None,
        campaign_days_left=max((campaign.ends - max(on, campaign.starts)).days + 1, 0),
        begins_in=max((campaign.starts - on).days, 0),
    )


def current_campaigns(actor: Actor) -> QuerySet[Campaign]:
    """Open campaigns that the actor may read, newest first."""
    return scope(Campaign, actor).filter(state="open").select_related("owner")


def campaigns(actor: Actor) -> QuerySet[Campaign]:
    """All campaigns that the actor may read, newest first."""
    return scope(Campaign, actor).select_related("owner").order_by("-starts", "-pk")


def editions_of(item: Item) -> QuerySet[QuestionnaireVersion]:
    """The editions of an item's questionnaire, newest first, without their contents."""
    found = QuestionnaireVersion.unscoped.filter(questionnaire=item.questionnaire_id)
    return found.defer("xlsx", "xform").order_by("-n")


STANDING_WORDS = {
    "owner": N_("主办"),
    "lead": N_("牵头"),
    "lead_below": N_("组织填报"),
    "cooperates": N_("配合"),
    "surveyed": N_("配合"),
    "guides": N_("指导"),
    "approves": N_("审定"),
}


@dataclass(frozen=True)
class MyItem:
    """An item with what the actor has to do with it."""

    item: Item
    standings: tuple[str, ...]

    @property
    def words(self) -> list[str]:
        return [_(STANDING_WORDS[standing]) for standing in self.standings]

    @property
    def mine(self) -> bool:
        """More than the owner's view of everything."""
        return self.standings != ("owner",)


def items_of_actor(actor: Actor, campaign: Campaign) -> list[MyItem]:
    """The items of a campaign towards which the actor stands somehow, in their order, each with how."""
    held: dict[int, set[str]] = {}
    for (__, standing), items in standings(actor).items():
        for pk in items:
            held.setdefault(pk, set()).add(standing)
    found = items_of(campaign).filter(pk__in=held)
    return [MyItem(item, tuple(s for s in STANDING_WORDS if s in held[item.pk])) for item in found]


def public_titles() -> Iterable[Campaign]:
    """What everybody may know: title, theme and phones of the campaigns under way."""
    return Campaign.unscoped.filter(state="open").only("title", "theme", "phones", "starts", "ends")
