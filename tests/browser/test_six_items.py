"""A city runs all six items to their reports: each by another door, checked and decided as the duty table asks."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dajian.demo import carriers, manufacturers
from dajian.forms.model import Form
from dajian.service.campaign.models import Item
from dajian.service.campaign.questionnaires import newest_form
from dajian.service.organisations.models import Account
from dajian.service.registry.models import RegistryEntry
from dajian.service.survey.models import ItemReport, Submission, SubmissionVersion
from tests.browser import runner
from tests.browser.six_items import Desk
from tests.provinces.answers import REQUIRED_ALONE
from tests.service.world import World

pytestmark = pytest.mark.browser
COUNTY = "350122"
PROJECTS = ("示例抽水蓄能电站", "示例海上风电场")


@pytest.fixture
def desk(world: World, page_at, contact, monkeypatch) -> Callable[[str], Desk]:
    """`desk("fz1")`: the browser in which that person is logged in, always the same."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: world.now)  # invitations are good within the campaign
    desks: dict[str, Desk] = {}

    def of(login: str) -> Desk:
        if login not in desks:
            account: Account = world.account(login)
            desks[login] = Desk(world, page_at(1280, account), contact)
        return desks[login]

    return of


def form_of(item: Item) -> Form:
    found = newest_form(item)
    assert found is not None
    return found


def made(kind: Any, world: World, n: int) -> list[dict[str, Any]]:
    """Eligible units of 连江."""
    return [r for r in kind.make(3, n + 4, COUNTY, on=world.now.date()) if r["eligible"] == "yes"][:n]


def projects() -> list[dict[str, Any]]:
    """Two projects without a code, each with its own number of pieces."""
    known = REQUIRED_ALONE["project"] | {"unit_area": COUNTY}
    demand = known["demand"][0]
    return [
        known | {"project_name": name, "demand": [demand | {"pieces": n}]} for n, name in enumerate(PROJECTS, start=4)
    ]


def sent(page: Page) -> None:
    """报出, from the runner."""
    page.get_by_role("button", name="报出", exact=True).click()
    expect(page.get_by_text("待核查").first).to_be_visible()


def makers_by_list_and_workbook(world: World, desk: Callable[[str], Desk]) -> list[str]:
    item, first, second = world.item(1), desk("fz1"), desk("fz2")
    records = made(manufacturers, world, 2)
    rows = [[r["unit_name"], r["unit_credit_code"], "连江县", "", ""] for r in records]
    first.import_list(item, rows, "规模以上装备制造企业名录")
    first.import_answers(item, records, "makers")
    second.check_all(item, 2, "makers")
    first.report(item, "两家企业均已走访。")
    first.may_not_decide(item)
    second.decide(item, "makers")
    return [r["unit_name"] for r in records]


def projects_without_codes(world: World, desk: Callable[[str], Desk]) -> list[str]:
    item, first, second = world.item(2), desk("fz1"), desk("fz2")
    facts = {"发布单位": "省发展和改革委员会", "名单级别": "省级", "名单年度": "2019", "文号": "闽发改重综〔2019〕1号"}
    first.import_list(item, [[n, "", "连江县", "", ""] for n in PROJECTS], "省重点项目名单", "projects", **facts)
    first.import_answers(item, projects(), "projects")
    second.check_all(item, 2)
    first.report(item, "重点项目已逐一核对。")
    second.decide(item)
    pieces = {
        v.record["project_name"]: v.record["demand"][0]["pieces"]
        for v in SubmissionVersion.unscoped.filter(submission__unit__item=item)
    }
    assert pieces == dict(zip(PROJECTS, (4, 5), strict=True))
    return list(PROJECTS)


def a_vehicle_maker_on_its_behalf(world: World, desk: Callable[[str], Desk]) -> list[str]:
    item, first, second = world.item(3), desk("fz1"), desk("fz2")
    record = REQUIRED_ALONE["vehicle_maker"] | {"unit_area": COUNTY, "unit_name": "示例连江专用汽车有限公司"}
    first.add(item, "连江县", 单位全称=record["unit_name"], 统一社会信用代码=record["unit_credit_code"])
    first.page.get_by_label("如何询问").select_option(label="上门走访")
    first.page.get_by_label("询问日期").fill("2019-04-18")
    first.look("on-behalf")
    first.page.get_by_role("button", name="开始填报").click()
    expect(first.page.locator(".send-bar")).to_be_visible()
    runner.fill(first.page, form_of(item), record)
    sent(first.page)
    assert Submission.unscoped.get(unit__item=item).current.asked_how == "visit"
    second.check_all(item, 1)
    first.report(item, "一家改装企业，上门走访代填。")
    second.decide(item)
    return [record["unit_name"]]


def a_carrier_by_invitation(world: World, desk: Callable[[str], Desk], phone: Page) -> list[str]:
    item, first, second = world.item(4), desk("fz1"), desk("fz2")
    record = REQUIRED_ALONE["carrier"] | made(carriers, world, 1)[0]
    first.add(item, "连江县", 单位全称=record["unit_name"], 统一社会信用代码=record["unit_credit_code"])
    first.page.get_by_role("link", name="发邀请函").click()
    first.page.get_by_label("请单位在这一天之前报出").fill("2019-05-20")
    first.page.get_by_role("button", name="生成邀请函").click()
    link, code = first.page.locator("dd.code").all_inner_texts()
    phone.goto(link)
    phone.get_by_label("短码").fill(code)
    phone.get_by_role("button", name="打开调查表").click()
    phone.get_by_role("button", name="开始填报").click()
    expect(phone.locator(".send-bar")).to_be_visible()
    runner.fill(phone, form_of(item), made(carriers, world, 1)[0])
    sent(phone)
    second.check_all(item, 1)
    first.report(item, "一家企业受邀填报。", "carriers")
    second.page.goto(f"/items/{item.pk}/reports")
    second.page.get_by_role("link", name="第1次").click()
    expect(second.page.get_by_role("button", name="撤回报送")).to_be_visible()
    expect(second.page.get_by_role("button", name="审定通过")).to_have_count(0)
    desk("yunguan1").decide(item)
    return [record["unit_name"]]


def no_association(world: World, desk: Callable[[str], Desk]) -> list[str]:
    item = world.item(5, "市")
    desk("fz1").report(
        item, "全市没有大件运输行业协会。", "zero", zero="查阅市、县民政局社会组织登记名册，逐县电话核实。"
    )
    desk("yunguan1").decide(item)
    assert ItemReport.unscoped.get(item=item).zero
    return []


def an_office_for_itself(world: World, desk: Callable[[str], Desk]) -> list[str]:
    item, first, second, office = world.item(6, "普通"), desk("fz1"), desk("fz2"), desk("fzpermit1")
    name = world.body("permit_office", "350100").name
    first.add(item, "福州市", 单位全称=name)
    office.page.goto("/")
    office.look("office-home")
    office.page.get_by_role("link", name="填报本单位的情况").click()
    office.page.get_by_role("link", name=name).click()
    office.page.get_by_role("button", name="开始填报").click()
    expect(office.page.locator(".send-bar")).to_be_visible()
    runner.fill(office.page, form_of(item), REQUIRED_ALONE["permit_office"] | {"unit_name": name})
    runner.saved(office.page)
    office.look("office-filled")
    expect(office.page.get_by_role("button", name="报出", exact=True)).to_have_count(0)
    office.page.goto(f"/submissions/{Submission.unscoped.get(unit__item=item).pk}")
    expect(office.page.get_by_text("由牵头单位核对报出")).to_be_visible()
    office.look("office-draft")
    first.page.goto(f"/items/{item.pk}/units?place=draft")
    first.page.get_by_role("link", name=name).click()
    first.page.get_by_role("link", name="查看调查表").click()
    first.page.get_by_role("link", name=re.compile("继续填报")).first.click()
    expect(first.page.locator(".send-bar")).to_be_visible()
    sent(first.page)
    second.check_all(item, 1)
    first.report(item, "本市许可服务机构一家。")
    second.decide(item)
    return [name]


def test_a_city_runs_all_six_items_to_their_reports(world: World, desk, page_at) -> None:
    expected = {
        world.item(1): makers_by_list_and_workbook(world, desk),
        world.item(2): projects_without_codes(world, desk),
        world.item(3): a_vehicle_maker_on_its_behalf(world, desk),
        world.item(4): a_carrier_by_invitation(world, desk, page_at(390)),
        world.item(5, "市"): no_association(world, desk),
        world.item(6, "普通"): an_office_for_itself(world, desk),
    }
    city = desk("fz1")
    for item, names in expected.items():
        city.finds(item, *names)
    modes = SubmissionVersion.unscoped.values_list("submission__unit__item__number", "mode").distinct()
    assert set(modes) == {(1, "workbook"), (2, "workbook"), (3, "hand"), (4, "invited"), (6, "hand")}
    assert set(ItemReport.unscoped.values_list("state", flat=True)) == {"approved"}
    assert RegistryEntry.unscoped.count() == sum(map(len, expected.values()))
    city.page.goto(f"/campaigns/{world.campaign.pk}/board")
    city.look("overview")
    city.page.goto("/")
    expect(city.page.get_by_text("目前没有等您办理的事项")).to_be_visible()
    city.look("home")
