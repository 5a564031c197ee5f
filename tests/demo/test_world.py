"""The demo's world: an open campaign in its second stage, units at every step, made by real deeds."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from shutil import copytree
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db.models import Q

from dajian.demo.world import load_world
from dajian.service.access.errors import Refused
from dajian.service.campaign.models import Campaign, Item
from dajian.service.campaign.queries import today_in
from dajian.service.history.models import Event
from dajian.service.history.record import broken_link
from dajian.service.organisations.models import Account
from dajian.service.registry.models import RegistryEntry
from dajian.service.survey.models import ItemReport, SourceList, Submission, SurveyUnit
from dajian.service.survey.queries import PLACE

SHANGHAI = ZoneInfo("Asia/Shanghai")
LONG = {"approved", "reported", "checked", "sent", "returned", "draft", "not_begun"}
ITEMS = {  # how far units have come
    "1": LONG,
    "2": LONG,
    "3": {"approved", "reported", "sent", "draft", "not_begun"},
    "4": LONG,
    "5市、县层面": {"approved", "reported", "sent", "returned", "draft", "not_begun"},
    "5省级层面": {"approved", "sent", "not_begun"},
    "6普通国省干线、农村公路": {"approved", "sent", "draft", "not_begun"},
    "6高速公路": {"approved", "reported", "draft"},
}


def _ends(item: Item) -> set[str]:
    closed = {"gone", "not_found", "refused", "not_eligible"}
    return set(SurveyUnit.unscoped.filter(item=item).annotate(place=PLACE).values_list("place", flat=True)) - closed


@pytest.mark.parametrize("now", [datetime(2026, 11, 25, 15, tzinfo=SHANGHAI), datetime(2027, 1, 5, 8, tzinfo=SHANGHAI)])
def test_the_demo_stands_in_stage_two_with_units_at_every_step(db: None, now: datetime) -> None:
    campaign = load_world(settings.PROVINCE, now)
    where = today_in(campaign, now.date())
    assert where.stage is not None
    assert where.stage.n == 2
    assert (campaign.state, campaign.reference_year, campaign.demo) == ("open", now.year - 1, True)
    assert set(Submission.unscoped.values_list("state", flat=True)) == {
        "draft", "sent", "checked", "reported", "returned", "approved",
    }  # fmt: skip
    assert {"approved", "gone", "not_found", "refused", "not_eligible", "open"} <= set(
        SurveyUnit.unscoped.values_list("state", flat=True)
    )
    states = set(ItemReport.unscoped.values_list("state", "zero"))
    assert states == {("approved", False), ("reported", False), ("returned", False), ("approved", True)}
    assert RegistryEntry.unscoped.count() == SurveyUnit.unscoped.filter(state="approved").count() > 20
    assert {f"{item.number}{item.variant}": _ends(item) for item in campaign.items.all()} == ITEMS
    assert not SourceList.unscoped.filter(item__number=2).filter(Q(number="") | Q(year=None) | Q(issuer="")).exists()
    own = Submission.unscoped.get(unit__subject__name="福州市大件运输许可服务机构")
    assert own.organisation_id == own.unit.subject.organisation_id  # the body fills in for itself
    assert not Event.unscoped.filter(at__gt=now).exists()
    assert broken_link(campaign) is None
    assert Account.unscoped.filter(demo=True).count() == 21

    before = Event.unscoped.count()
    assert load_world(settings.PROVINCE, now) == campaign  # again: nothing new
    assert (Event.unscoped.count(), Campaign.unscoped.count()) == (before, 1)


def test_all_or_nothing(db: None, tmp_path: Path) -> None:
    """A demo that broke off while it was made leaves nothing, and is made whole at the next start."""
    folder = copytree(settings.PROVINCE, tmp_path / "province")
    plan = folder / "demo" / "world.toml"
    spoiled = plan.read_text(encoding="utf-8").replace('"refuse"', '"eaten"')
    plan.write_text(spoiled, encoding="utf-8")
    now = datetime(2026, 11, 25, 15, tzinfo=SHANGHAI)
    with pytest.raises(Refused):
        load_world(folder, now)
    assert not Campaign.unscoped.exists()
    assert not Account.unscoped.exists()
