"""What happens to a questionnaire between two openings: a return with remarks, a new edition, a change by another."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from dajian.service.survey.actions import submissions
from dajian.service.survey.actions.remarks import Said
from dajian.service.survey.models import SubmissionVersion
from tests.browser import runner
from tests.browser.test_runner_offline import three_vehicles
from tests.running.seeing import screen_faults
from tests.service.survey.chain import Chain
from tests.service.survey.test_editions import second_edition
from tests.service.world import World

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(world: World, page_at) -> Page:
    return page_at(390, world.account("lianjiang1"))


def asked_and_sent(page: Page) -> None:
    page.get_by_label("如何询问").select_option("visit")
    page.get_by_label("询问日期").fill("2019-04-22")
    page.get_by_role("button", name="报出", exact=True).click()
    expect(page.get_by_text("待核查").first).to_be_visible()


def test_a_remark_on_a_row_opens_its_part_and_its_row(world: World, phone: Page) -> None:
    chain = Chain(world)
    unit, record = chain.unit()
    rows = [{**record["vehicle"][0], "quantity": n} for n in range(1, 8)]  # more than stand open at once
    begun = submissions.begin(world.actor("lianjiang1"), unit.pk, at=world.now)
    kept = submissions.save_draft(
        world.actor("lianjiang1"), begun.pk, draft={**record, "vehicle": rows}, version=begun.version
    )
    sent = submissions.send(world.actor("lianjiang1"), kept.pk, version=kept.version, at=world.now)
    submissions.return_submission(
        world.actor("fz1"),
        sent.pk,
        reason="",
        remarks=[Said("quantity", "与台账不一致", "vehicle", 4), Said("suggestions", "请写具体")],
        version=sent.version,
        at=world.now,
    )
    page = runner.opened(phone, begun)
    fifth = runner.question(page.locator('[data-repeat="vehicle"] > details.row-card').nth(4), "quantity")
    expect(fifth.locator("input")).to_be_focused()
    expect(fifth.locator("input")).to_have_value("5")
    expect(fifth.locator("input")).to_be_in_viewport()
    expect(fifth).to_contain_text("意见：与台账不一致")
    page.get_by_role("alert").get_by_role("link", name="意见建议").click()
    expect(runner.question(page, "suggestions").locator("input, textarea")).to_be_focused()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_draft_of_the_first_edition_is_finished_under_the_second(world: World, page_at, contact, width: int) -> None:
    draft = Chain(world).draft()
    assert draft.draft is not None
    new = second_edition(world)
    page = page_at(width, world.account("lianjiang1"))
    page.goto(f"/submissions/{draft.pk}/fill")
    expect(page.get_by_role("heading", level=1)).to_have_text("问卷已有新版")
    contact.take(page, "edition")
    assert screen_faults(page) == []
    page.get_by_role("button", name="转到新版继续填报").click()
    moved = page.locator(".runner > .alert").filter(has_text="草稿已转到新版问卷")
    expect(moved).to_contain_text(f"“地址”在新版中没有对应的题目，原来的回答：{draft.draft['unit_address']}")
    runner.show_all(page)
    runner.question(page, "unit_seat").locator("input").fill("连江县凤城镇新址9号")
    contact.take(page, "runner-new-edition", full=False)
    asked_and_sent(page)
    [version] = SubmissionVersion.unscoped.filter(submission=draft)
    assert version.questionnaire_version == new
    assert version.record["unit_seat"] == "连江县凤城镇新址9号"
    assert version.record["vehicle"] == draft.draft["vehicle"]


def test_what_waits_and_was_changed_meanwhile_shows_both_versions_before_it_is_sent(
    world: World, phone: Page, contact
) -> None:
    submission, answers = runner.begun(world)
    runner.opened(phone, submission, kept=True)
    runner.fill(phone, runner.form_of_item(world), three_vehicles(answers))
    runner.saved(phone)
    submission.refresh_from_db()
    phone.context.set_offline(True)
    runner.question(phone, "suggestions").locator("input, textarea").fill("手机上的建议")
    phone.get_by_role("button", name="报出", exact=True).click()
    expect(phone.get_by_text("没有网络，已排队等待报出。")).to_be_visible()
    theirs = {**(submission.draft or {}), "suggestions": "办公室里的建议", "vehicle": answers["vehicle"][:1]}
    submissions.save_draft(world.actor("lianjiang2"), submission.pk, draft=theirs, version=submission.version)
    phone.context.set_offline(False)
    dialog = phone.get_by_role("dialog")
    expect(dialog).to_contain_text("办公室里的建议")
    expect(dialog).to_contain_text("手机上的建议")
    expect(dialog.get_by_role("row").filter(has_text="第3行")).to_contain_text("（未填）")
    contact.take(phone, "runner-conflict-waiting", full=False)
    assert screen_faults(phone) == []
    assert SubmissionVersion.unscoped.count() == 0
    dialog.get_by_role("button", name="保留本机的").click()
    runner.saved(phone)
    phone.get_by_role("button", name="报出", exact=True).click()
    expect(phone.get_by_text("待核查").first).to_be_visible()
    [version] = SubmissionVersion.unscoped.filter(submission=submission)
    assert version.record["suggestions"] == "手机上的建议"
    assert len(version.record["vehicle"]) == 3
