"""The door without an account, on a phone: letter, link, short code, questionnaire, sent, returned."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from dajian.service.survey.actions import invitations, submissions
from dajian.service.survey.models import Submission
from tests.browser import runner
from tests.browser.test_thread import confirmed
from tests.running.seeing import screen_faults
from tests.service.survey.chain import Chain
from tests.service.world import World

pytestmark = pytest.mark.browser


def test_an_invited_carrier_fills_in_and_sends_on_a_phone(world: World, page_at, contact, monkeypatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: world.now)  # the invitation is good in its campaign
    unit, record = Chain(world).unit()

    office = page_at(1280, world.account("lianjiang1"))
    office.goto(f"/units/{unit.pk}")
    contact.take(office, "unit-doors")
    assert screen_faults(office) == []
    office.get_by_role("link", name="发邀请函").click()
    office.get_by_label("请单位在这一天之前报出").fill("2019-05-20")
    assert screen_faults(office) == []
    office.get_by_role("button", name="生成邀请函").click()
    contact.take(office, "letter")
    assert screen_faults(office) == []
    link, code = office.locator("dd.code").all_inner_texts()
    assert re.fullmatch(r"\w{4}-\w{4}", code)

    phone = page_at(390)
    phone.goto(link)
    contact.take(phone, "code")
    assert screen_faults(phone) == []
    phone.get_by_label("短码").fill("AAAA-AAAA")
    phone.get_by_role("button", name="打开调查表").click()
    expect(phone.get_by_role("alert")).to_contain_text("短码不对")
    phone.get_by_label("短码").fill(code.lower().replace("-", " "))
    phone.get_by_role("button", name="打开调查表").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(unit.subject.name)
    contact.take(phone, "own-begin")
    assert screen_faults(phone) == []
    phone.get_by_role("button", name="开始填报").click()
    found = Submission.unscoped.get(unit=unit)
    phone.goto(f"/submissions/{found.pk}/fill")
    runner.fill(phone, runner.form_of_item(world), record)
    assert screen_faults(phone) == []
    phone.get_by_role("button", name="报出").click()
    expect(phone.get_by_text("待核查").first).to_be_visible()
    contact.take(phone, "own-sent")
    assert screen_faults(phone) == []

    found.refresh_from_db()
    assert found.current
    assert found.current.mode == "invited"
    submissions.return_submission(
        world.actor("fz1"), found.pk, reason="请核对车辆数量", version=found.version, at=world.now
    )
    phone.reload()
    expect(phone.get_by_role("alert")).to_contain_text("请核对车辆数量")
    contact.take(phone, "own-returned")
    assert screen_faults(phone) == []

    office.goto(f"/units/{unit.pk}")
    confirmed(office, "撤销邀请")
    expect(office.get_by_text("邀请已撤销")).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_have_text("登录")


def test_the_tenth_wrong_code_locks_the_link_and_the_page_says_until_when(
    world: World, page_at, contact, monkeypatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: world.now)
    unit, _ = Chain(world).unit()
    letter = invitations.invite(world.actor("lianjiang1"), unit.pk, at=world.now)
    phone = page_at(390)
    phone.goto(f"/i/{letter.token}")

    def give(code: str) -> None:
        phone.get_by_label("短码").fill(code)
        phone.get_by_role("button", name="打开调查表").click()

    for n in range(1, 11):
        give(f"AAAA-AA{n:02d}")
        expect(phone.get_by_role("alert")).to_contain_text("短码不对" if n < 10 else "暂停使用到 04-22 11:00")
    give(letter.code)
    expect(phone.get_by_role("alert")).to_contain_text("暂停使用到 04-22 11:00")
    contact.take(phone, "code-locked")
    assert screen_faults(phone) == []
    monkeypatch.setattr("django.utils.timezone.now", lambda: world.later(hours=1))
    give(letter.code)
    expect(phone.get_by_role("heading", level=1)).to_have_text(unit.subject.name)
