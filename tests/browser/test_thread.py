"""The thread through everything: one hand-typed carrier, county → city → report → 审定 → registry, in a browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from dajian.demo.carriers import make
from dajian.service.registry.models import RegistryEntry
from dajian.service.survey.models import SurveyUnit
from tests.running.seeing import screen_faults
from tests.service.world import World

pytestmark = pytest.mark.browser


def confirmed(page: Page, button: str, reason: str = "") -> None:
    """Presses a button that asks first, and says yes."""
    page.get_by_role("button", name=button, exact=True).first.click()
    dialog = page.get_by_role("dialog")
    if reason:
        dialog.get_by_role("textbox").fill(reason)
    dialog.get_by_role("button", name=button, exact=True).click()


def type_answers(page: Page, record: dict, prefix: str = "q-") -> None:
    """Types a record into the plain page, as a clerk would, question by question."""
    for key, value in record.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for n, row in enumerate(value):
                if n:
                    page.locator(f'button[name=add][value="{key}"]').click()
                    expect(page.locator(f'[name^="r-{key}-{n}-"]').first).to_be_attached()
                type_answers(page, row, f"r-{key}-{n}-")
            continue
        field = page.locator(f'[name="{prefix}{key}"]')
        if not field.count():
            continue  # calculated
        while (folded := page.locator("details.card:not([open])")).count():
            folded.first.locator("summary").click()
        if isinstance(value, list):
            for one in value:
                page.locator(f'[name="{prefix}{key}"][value="{one}"]').check()
        elif field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(str(value))
        else:
            field.fill(f"{value:g}" if isinstance(value, float) else str(value))


def test_one_hand_typed_carrier_goes_from_the_county_to_the_registry(world: World, page_at, contact) -> None:
    item = world.item()
    record = make(3, 1, "350122", on=world.now.date())[0]
    name = record["unit_name"]

    county = page_at(1280, world.account("lianjiang1"))
    county.goto(f"/items/{item.pk}/units")
    county.get_by_role("link", name="补录一家").click()
    county.get_by_label("单位全称").fill(name)
    county.get_by_label("统一社会信用代码").fill(record["unit_credit_code"])
    county.get_by_label("所属区域").select_option("350122")
    county.get_by_label("来源").fill("走访中发现")
    contact.take(county, "unit-new")
    county.get_by_role("button", name="列入名单").click()
    expect(county.get_by_role("heading", level=1)).to_have_text(name)
    contact.take(county, "unit")
    county.get_by_role("button", name="开始填报").click()
    expect(county.locator(".send-bar")).to_be_visible()
    contact.take(county, "questionnaire")
    county.goto(county.url.replace("/fill", "/edit"))  # the plain page, for those without scripts
    type_answers(county, record)
    contact.take(county, "questionnaire-plain")
    county.get_by_role("button", name="报出").click()
    expect(county.get_by_text("待核查").first).to_be_visible()

    unit = SurveyUnit.unscoped.get(subject__name=name)
    stranger = page_at(1280, world.account("qz1"))
    for address in (f"/units/{unit.pk}", f"/submissions/{unit.submission.pk}"):
        assert stranger.goto(address).status == 404
    stranger.goto(f"/items/{item.pk}/units")
    expect(stranger.get_by_text(name)).to_have_count(0)

    city = page_at(1280, world.account("fz1"))
    city.goto(f"/submissions/{unit.submission.pk}")
    contact.take(city, "submission")
    assert screen_faults(city) == []
    city.get_by_role("button", name="核查通过").click()
    expect(city.get_by_text("核查通过，等待报送。")).to_be_visible()
    city.goto(f"/items/{item.pk}/reports")
    contact.take(city, "reports")
    city.get_by_role("button", name="编制报送").click()
    city.get_by_label("报送说明").fill("全市大件运输企业摸底完成。")
    contact.take(city, "report-open")
    city.get_by_role("button", name="报送", exact=True).click()
    expect(city.get_by_text("等待审定")).to_be_visible()
    assert RegistryEntry.unscoped.count() == 0

    province = page_at(1280, world.account("yunguan1"))
    province.goto(f"/items/{item.pk}/reports")
    province.get_by_role("link", name="第1次").click()
    contact.take(province, "report-decide")
    confirmed(province, "审定通过")
    expect(province.get_by_text("已进入资源库")).to_be_visible()

    entry = RegistryEntry.unscoped.get(name=name)
    province.goto(f"/registry/items/{item.pk}")
    province.get_by_role("link", name=name).click()
    expect(province.get_by_role("heading", level=1)).to_contain_text(name)
    expect(province.get_by_text("吴运一").first).to_be_visible()
    assert stranger.goto(f"/registry/entries/{entry.pk}").status == 404
    stranger.goto(f"/registry/items/{item.pk}")
    expect(stranger.get_by_text(name)).to_have_count(0)
