"""What the first screen after log-in tells: where the campaign stands, what waits, and the one next step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from dajian.service.access.actor import Actor
from dajian.service.campaign.models import Campaign
from dajian.service.campaign.queries import MyItem, Today, current_campaigns, items_of_actor, today_in
from dajian.service.survey.queries import UNDER_WAY, progress, said_empty, waiting


@dataclass(frozen=True)
class Kind:
    """One kind of waiting work: what is counted, what to do about it, where its rows are and where it is done."""

    label: str
    verb: str
    rows: str
    done_at: str = ""  # where `rows` are not the place


# The most pressing first.
KINDS = {
    "returned": Kind(N_("份被退回"), N_("改正被退回的调查表"), "units?place=returned&own=1"),
    "begin": Kind(N_("份待填报"), N_("填报本单位的情况"), "units?place=not_begun"),
    "decide": Kind(N_("份报送待审定"), N_("审定报送"), "reports"),
    "check": Kind(N_("份待核查"), N_("核查调查表"), "units?place=sent"),
    "report": Kind(N_("份待报送"), N_("报送已核查的调查表"), "units?place=checked", "reports"),
    "confirm": Kind(N_("份导入待确认"), N_("确认导入的调查表"), "import"),
    "confirm_list": Kind(N_("份名单待确认"), N_("确认导入的名单"), "units/import"),
    "draft": Kind(N_("份草稿"), N_("继续填报"), "units?place=draft&own=1"),
}


@dataclass(frozen=True)
class Waiting:
    label: str
    number: int
    url: str


@dataclass(frozen=True)
class Work:
    """One item: how one stands to it, what waits there, and how far the units in sight have come."""

    mine: MyItem
    waiting: list[Waiting]
    counts: dict[str, int]
    empty: bool = False  # a 零报告 says so

    @property
    def url(self) -> str:
        return f"/items/{self.mine.item.pk}/"

    @property
    def listed(self) -> int:
        return sum(self.counts.values())

    @property
    def under_way(self) -> int:
        return sum(number for place, number in self.counts.items() if place in UNDER_WAY)

    @property
    def approved(self) -> int:
        return self.counts.get("approved", 0)

    @property
    def otherwise(self) -> int:
        return self.listed - self.under_way - self.approved


@dataclass(frozen=True)
class Step:
    verb: str
    told: str
    url: str


@dataclass(frozen=True)
class Home:
    campaign: Campaign
    today: Today
    work: list[Work]
    step: Step | None
    others: list[Campaign]


def home(actor: Actor, on: date) -> Home | None:
    """The newest campaign under way in which the actor has a part; None when there is none."""
    campaigns = list(current_campaigns(actor))
    if not campaigns:
        return None
    campaign = campaigns[0]
    numbers, counts = waiting(actor, campaign), progress(actor, campaign)
    empty = said_empty(actor, campaign)
    work = [
        Work(
            mine,
            _waiting(mine.item.pk, numbers.get(mine.item.pk, {})),
            counts.get(mine.item.pk, {}),
            mine.item.pk in empty,
        )
        for mine in items_of_actor(actor, campaign)
    ]
    return Home(campaign, today_in(campaign, on), work, _step(work, numbers), campaigns[1:])


def _waiting(item_id: int, numbers: dict[str, int]) -> list[Waiting]:
    return [
        Waiting(_(kind.label), numbers[name], f"/items/{item_id}/{kind.rows}")
        for name, kind in KINDS.items()
        if name in numbers
    ]


def _step(work: list[Work], numbers: dict[int, dict[str, int]]) -> Step | None:
    """The most pressing kind of work, in the first item where there is some; else where a list is to be begun."""
    for name, kind in KINDS.items():
        for one in work:
            item = one.mine.item
            if number := numbers.get(item.pk, {}).get(name, 0):
                told = _("%(item)s：%(number)s %(label)s") % {
                    "item": f"{item.number}. {item.title}",
                    "number": number,
                    "label": _(kind.label),
                }
                return Step(_(kind.verb), told, one.url + (kind.done_at or kind.rows))
    for one in work:
        if not one.listed and not one.empty and {"lead", "lead_below"} & set(one.mine.standings):
            item = one.mine.item
            return Step(
                _("导入单位名单"),
                _("%(item)s：名单还是空的") % {"item": f"{item.number}. {item.title}"},
                f"{one.url}units/import",
            )
    if work:
        return Step(_("查看进度"), _("目前没有等您办理的事项"), f"/campaigns/{work[0].mine.item.campaign_id}/board")
    return None
