"""A questionnaire is returned with remarks on single answers: the respondent lands on the first and answers them."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import runner
from tests.running.seeing import screen_faults
from tests.service.survey.chain import Chain
from tests.service.world import World

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 390])
def test_the_respondent_lands_on_the_first_remark(world: World, page_at, contact, width: int) -> None:
    chain = Chain(world)
    sent = chain.sent()
    city = page_at(width, world.account("fz1"))
    city.goto(f"/submissions/{sent.pk}")
    city.get_by_role("link", name="逐题退回").click()
    city.get_by_label("对“地址”的意见").fill("与营业执照不一致")
    city.get_by_label("对“数量（辆）”的意见").first.fill("与登记台账不一致")
    contact.take(city, "return")
    assert screen_faults(city) == []
    city.get_by_role("button", name="退回", exact=True).click()
    expect(city.get_by_text("已退回填报单位。")).to_be_visible()
    contact.take(city, "returned-with-remarks")
    assert screen_faults(city) == []

    county = page_at(width, world.account("lianjiang1"))
    county.goto(f"/submissions/{sent.pk}")
    county.get_by_role("link", name="修改并重新报出").click()
    address = runner.question(county, "unit_address").locator("input")
    expect(address).to_be_focused()
    expect(address).to_be_in_viewport()
    expect(runner.question(county, "unit_address")).to_contain_text("意见：与营业执照不一致")
    contact.take(county, "edit-with-remarks")
    assert screen_faults(county) == []
    address.fill("连江县凤城镇新址9号")
    county.get_by_label("如何询问").select_option("visit")
    county.get_by_label("询问日期").fill("2019-04-22")
    county.get_by_role("button", name="报出").click()
    expect(county.get_by_text("待核查").first).to_be_visible()
    city.goto(f"/submissions/{sent.pk}")
    expect(city.get_by_text("现在填：连江县凤城镇新址9号")).to_be_visible()
    city.goto(f"/items/{world.item().pk}/")
    contact.take(city, "board")
    assert screen_faults(city) == []
