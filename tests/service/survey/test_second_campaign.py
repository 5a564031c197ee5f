"""Two campaigns show two years side by side, and neither touches the other's answers (rule 5)."""

from __future__ import annotations

from datetime import date

from dajian.service.campaign.actions.campaigns import copy_campaign, open_campaign
from dajian.service.campaign.models import Item
from dajian.service.survey.actions import submissions, units
from dajian.service.survey.models import SubmissionVersion
from tests.service.survey.chain import Chain
from tests.service.world import World


def test_a_second_campaign_asks_for_its_own_year_and_changes_no_answer_of_the_first(world: World, chain: Chain) -> None:
    first = [chain.sent(n=n) for n in range(3)]
    before = dict(SubmissionVersion.unscoped.values_list("pk", "hash"))
    owner = world.actor("zhengfa1")
    second = copy_campaign(
        owner, world.campaign.pk, title="第二次走访", starts=date(2019, 4, 10), reference_year=2019, plan_year=2020,
        at=world.now,
    )  # fmt: skip
    open_campaign(owner, second.pk, version=second.version, at=world.now)
    item = Item.unscoped.get(campaign=second, number=4, variant="")
    record = first[0].current.record
    county = world.actor("lianjiang1")
    unit = units.add_unit(
        county, item.pk, name=record["unit_name"], code=record["unit_credit_code"], area_code="350122",
        source="上次名单",
        at=world.now,
    )  # fmt: skip
    begun = submissions.begin(county, unit.pk, at=world.now)
    page = world.client("lianjiang1").get(f"/submissions/{begun.pk}/edit").content.decode()
    assert "2019年运输收入合计" in page
    assert "2018年运输收入合计" not in page
    old = world.client("lianjiang1").get(f"/submissions/{first[0].pk}").content.decode()
    assert "2018年运输收入合计" in old
    assert {pk: before[pk] for pk in before} == dict(
        SubmissionVersion.unscoped.filter(pk__in=before).values_list("pk", "hash")
    )
