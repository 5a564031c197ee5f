"""Two entries of one firm side by side: merged by choice, and taken apart again."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from dajian.service.identity.models import Twin
from dajian.service.organisations.models import Organisation
from dajian.service.survey.actions import submissions, units
from dajian.service.survey.models import SurveyUnit
from tests.running.seeing import screen_faults
from tests.service.survey.chain import Chain
from tests.service.world import World

pytestmark = pytest.mark.browser


@pytest.fixture
def twin(world: World) -> Twin:
    """A carrier with a questionnaire under way, listed once more with a digit of its code wrong."""
    unit, record = Chain(world).unit("lianjiang1", 0)
    begun = submissions.begin(world.actor("lianjiang1"), unit.pk, at=world.now)
    submissions.save_draft(world.actor("lianjiang1"), begun.pk, draft=record, version=begun.version)
    code = record["unit_credit_code"]
    wrong = code[:13] + ("2" if code[13] != "2" else "3") + code[14:]
    name = unit.subject.name.replace("有限公司", "有限责任公司")
    units.add_unit(
        world.actor("lianjiang1"), world.item().pk, name=name, code=wrong, area_code="350122", source="协会名单",
        at=world.now,
    )  # fmt: skip
    return Twin.unscoped.get()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_pair_is_merged_by_choice_and_taken_apart(world, twin, page_at, contact, width) -> None:
    page = page_at(width, world.account("zhengfa1"))
    page.goto("/twins")
    contact.take(page, "twins")
    assert screen_faults(page) == []
    page.get_by_role("link", name="并列查看").click()
    contact.take(page, "twin")
    assert screen_faults(page) == []
    right = twin.right.name if "责任" in twin.right.name else twin.left.name
    page.get_by_label(right, exact=True).check()
    page.get_by_label("理由").last.fill("营业执照相同")
    page.get_by_role("button", name="合并为一家").click()
    expect(page.get_by_text("两条记录已并为一条")).to_be_visible()
    contact.take(page, "twin-merged")
    assert screen_faults(page) == []
    page.get_by_role("status").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(right)
    contact.take(page, "firm")
    assert screen_faults(page) == []
    assert SurveyUnit.unscoped.filter(item=world.item(), state="open").count() == 1

    page.goto(f"/twins/{twin.pk}")
    page.get_by_role("button", name="撤销合并").first.click()
    page.get_by_role("dialog").get_by_label("理由").fill("查明是两家")
    page.get_by_role("dialog").get_by_role("button", name="撤销合并").click()
    expect(page.get_by_role("button", name="合并为一家")).to_be_visible()
    assert SurveyUnit.unscoped.filter(item=world.item(), state="open").count() == 2
    assert Organisation.unscoped.filter(kind="firm").exclude(credit_code=None).count() == 2


def test_a_pair_is_dismissed_and_stays_so(world, twin, page_at) -> None:
    page = page_at(1280, world.account("zhengfa1"))
    page.goto(f"/twins/{twin.pk}")
    page.get_by_role("button", name="不是同一家").first.click()
    page.get_by_role("dialog").get_by_label("理由").fill("股东不同")
    page.get_by_role("dialog").get_by_role("button", name="不是同一家").click()
    expect(page.get_by_text("没有这一类的记录")).to_be_visible()
    page.get_by_label("判断").select_option("dismissed")
    expect(page.get_by_role("link", name="并列查看")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_reform_is_done_on_its_page(world, page_at, contact, width) -> None:
    body = world.body("transport", "350122")
    page = page_at(width, world.account("security1"))
    page.goto(f"/bodies/{body.pk}")
    page.get_by_role("link", name="机构改革").click()
    contact.take(page, "reform")
    assert screen_faults(page) == []
    page.get_by_label("方式").select_option("rename")
    page.get_by_label("新单位全称", exact=True).fill("连江县运输事务中心")
    page.get_by_label("依据").fill("闽委编办〔2019〕12号")
    page.get_by_role("button", name="办理机构改革").click()
    expect(page.get_by_role("heading", name="机构沿革")).to_be_visible()
    contact.take(page, "reformed")
    assert screen_faults(page) == []
