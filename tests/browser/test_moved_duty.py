"""Guidance and 审定 of the carriers move to another body by a row of data, on a page: the next report lands there."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from dajian.service.access.rules import scope
from dajian.service.campaign.models import Duty
from dajian.service.notices.models import OutboxMessage
from dajian.service.survey.actions import reports
from dajian.service.survey.models import ItemReport
from tests.running.seeing import screen_faults
from tests.service.survey.chain import Chain
from tests.service.world import World

pytestmark = pytest.mark.browser


def test_the_next_report_lands_at_the_body_that_has_the_duty_now(world: World, page_at, contact) -> None:
    chain = Chain(world)
    chain.checked(n=0)
    first = chain.report()
    reports.approve(world.actor("yunguan1"), first.pk, version=first.version, at=world.now)

    owner = page_at(1280, world.account("zhengfa1"))
    owner.goto(f"/items/{world.item().pk}/duties")
    assert screen_faults(owner) == []
    contact.take(owner, "duties")
    for select in owner.locator('select[name$="-function"]').all():
        if select.input_value() == "province_transport":
            select.select_option("province_highway")
    owner.get_by_role("button", name="保存分工").click()
    expect(owner.get_by_text("分工已调整")).to_be_visible()
    held = Duty.unscoped.filter(item=world.item(), kind__in=("guide", "approve"))
    assert set(held.values_list("function__code", flat=True)) == {"province_highway"}

    chain.checked(n=1)
    second = chain.report()
    waiting = scope(ItemReport, world.actor("gonglu1"), "decide").filter(state="reported")
    assert list(waiting) == [second]
    assert OutboxMessage.unscoped.filter(account_id=world.account("gonglu1").pk, url=f"/reports/{second.pk}").exists()
    former = page_at(1280, world.account("yunguan1"))
    assert former.goto(f"/reports/{second.pk}").status == 404
    now = page_at(1280, world.account("gonglu1"))
    now.goto(f"/reports/{second.pk}")
    now.get_by_role("button", name="审定通过").click()
    now.get_by_role("dialog").get_by_role("button", name="审定通过").click()
    expect(now.get_by_text("已进入资源库")).to_be_visible()
