"""The pages of log-in, bodies, people and campaigns: seen at both widths, and used as an official would."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from dajian.service.campaign.actions.campaigns import copy_campaign
from dajian.service.organisations.actions import slips
from dajian.service.organisations.models import Account, Membership
from tests.running.seeing import screen_faults
from tests.service.world import World

pytestmark = pytest.mark.browser


def pages(world: World) -> list[tuple[str, str, str]]:
    """(log-in, address, name of the picture) of every page."""
    county = world.body("competent", "350122")
    function = world.body("transport", "350100").functions.get()
    membership = Membership.unscoped.get(person__account__username="lianjiang1")
    item, campaign = world.item(4), world.campaign
    person = world.account("fz2").person_id
    token = slips.reset(world.actor("fzmanager"), person, at=timezone.now())
    return [
        ("", "/login", "log-in"),
        ("", f"/slip/{token}", "slip"),
        ("", "/slip/spent", "slip-spent"),
        ("fz1", "/account", "account"),
        ("fz1", "/password", "password"),
        ("fz1", "/campaigns", "campaigns"),
        ("fz1", f"/campaigns/{campaign.pk}", "campaign"),
        ("zhengfa1", f"/campaigns/{campaign.pk}", "campaign-owner"),
        ("zhengfa1", f"/campaigns/{campaign.pk}/edit", "campaign-edit"),
        ("zhengfa1", f"/campaigns/{campaign.pk}/copy", "campaign-copy"),
        ("zhengfa1", f"/items/{item.pk}/duties", "duties"),
        ("zhengfa1", f"/items/{item.pk}/questionnaire", "questionnaire"),
        ("fzmanager", "/bodies", "bodies"),
        ("fzmanager", f"/bodies/{county.pk}", "body"),
        ("fzmanager", f"/bodies/{county.pk}/invite", "invite"),
        ("fzmanager", f"/bodies/{county.pk}/join", "join"),
        ("fzmanager", f"/memberships/{membership.pk}/move", "move"),
        ("fzmanager", f"/memberships/{membership.pk}/leave", "leave"),
        ("security1", f"/bodies/{function.organisation_id}", "body-security"),
        ("security1", f"/bodies/{county.pk}/rename", "rename"),
        ("security1", f"/bodies/{county.pk}/functions/give", "function-give"),
        ("security1", f"/functions/{function.pk}/transfer", "function-transfer"),
        ("security1", f"/functions/{function.pk}/end", "function-end"),
        ("security1", f"/areas/{county.area_id}/bodies/new", "body-new"),
    ]


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_is_accessible_and_no_wider_than_the_window(
    world: World, page_at: Callable[..., Page], contact, width: int
) -> None:
    opened: dict[str, Page] = {}
    faults = {}
    for login, address, name in pages(world):
        if login not in opened:
            opened[login] = page_at(width, account=world.account(login) if login else None)
        opened[login].goto(address)
        contact.take(opened[login], name)
        if found := screen_faults(opened[login]):
            faults[name] = found
    assert faults == {}


def test_a_colleague_is_invited_sets_his_password_and_comes_in(world: World, page_at: Callable[..., Page]) -> None:
    manager = page_at(account=world.account("lianjiangmanager"))
    manager.goto("/bodies")
    manager.get_by_role("link", name="连江县交通运输局").click()
    manager.get_by_role("link", name="邀请人员").click()
    manager.get_by_label("姓名").fill("新来的")
    manager.get_by_label("登录名").fill("xinlaide")
    manager.get_by_role("button", name="生成邀请链接").click()
    link = manager.get_by_label("一次性链接").input_value()

    newcomer = page_at(390)
    newcomer.goto(link)
    newcomer.get_by_label("新密码").fill("short")
    newcomer.get_by_label("再输一次").fill("short")
    newcomer.get_by_role("button", name="设置密码").click()
    expect(newcomer.locator(".errorlist")).to_contain_text("密码")
    newcomer.get_by_label("新密码").fill("一句容易记住的话2019")
    newcomer.get_by_label("再输一次").fill("一句容易记住的话2019")
    newcomer.get_by_role("button", name="设置密码").click()
    newcomer.get_by_label("登录名").fill("xinlaide")
    newcomer.get_by_label("密码").fill("一句容易记住的话2019")
    newcomer.get_by_role("button", name="登录").click()
    newcomer.goto("/account")
    expect(newcomer.get_by_role("cell", name="连江县交通运输局")).to_be_visible()
    assert Account.unscoped.get(username="xinlaide").last_login


def test_a_campaign_of_another_year_is_copied_checked_and_opened(world: World, page_at: Callable[..., Page]) -> None:
    owner = page_at(account=world.account("zhengfa1"))
    owner.goto(f"/campaigns/{world.campaign.pk}")
    owner.get_by_role("link", name="复制为新活动").click()
    owner.get_by_label("名称").fill("大走访回头看")
    owner.get_by_role("button", name="建立活动").click()
    expect(owner.get_by_role("heading", level=1)).to_have_text("大走访回头看")
    owner.get_by_role("link", name="修改").click()
    owner.locator("#id_stage-0-ends").fill("2020-04-20")
    owner.get_by_role("button", name="保存修改").click()
    expect(owner.get_by_role("alert")).to_contain_text("重叠：2020-04-16 至 2020-04-20")
    owner.locator("#id_stage-1-starts").fill("2020-04-21")
    owner.get_by_role("button", name="保存修改").click()
    owner.get_by_role("button", name="启动活动").click()
    owner.get_by_role("dialog").get_by_role("button", name="启动活动").click()
    expect(owner.get_by_text("参加单位已收到通知")).to_be_visible()

    city = page_at(390, account=world.account("fz1"))
    city.goto("/inbox")
    expect(city.get_by_text("“大走访回头看”进行中")).to_be_visible()


def test_two_who_edit_at_once_are_told_of_each_other(world: World, page_at: Callable[..., Page]) -> None:
    owner = world.actor("zhengfa1")
    draft = copy_campaign(
        owner,
        world.campaign.pk,
        title="回头看",
        starts=world.campaign.starts.replace(year=2020),
        reference_year=2019,
        plan_year=2020,
        at=world.now,
    )
    first, second = (page_at(account=world.account("zhengfa1")) for _ in range(2))
    for page, theme in ((first, "先改的主题"), (second, "后改的主题")):
        page.goto(f"/campaigns/{draft.pk}/edit")
        page.get_by_label("主题").fill(theme)
    first.get_by_role("button", name="保存修改").click()
    expect(first.get_by_text("活动已修改")).to_be_visible()
    second.get_by_role("button", name="保存修改").click()
    expect(second.get_by_text("王政一")).to_be_visible()
    draft.refresh_from_db()
    assert draft.theme == "先改的主题"
