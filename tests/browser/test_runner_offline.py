"""The runner on a phone without signal: opened again, queued, sent once; two versions shown where they have parted."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from dajian.forms.evaluate import validate
from dajian.service.survey.actions import editions, submissions
from dajian.service.survey.models import Submission, SubmissionVersion
from tests.browser import runner
from tests.service.survey.test_editions import second_edition
from tests.service.world import World

pytestmark = pytest.mark.browser


def three_vehicles(record: dict) -> dict:
    """The answers with three rows of vehicles, and no more than what the form must have."""
    rows = [
        {"vehicle_kind": kind, "quantity": n, "registration": "registered", "is_hydraulic": "no"}
        for n, kind in enumerate(("tractor", "lowbed", "flatbed"), 1)
    ]
    return {**record, "vehicle": rows}


@pytest.fixture
def phone(page_at, world: World) -> Page:
    return page_at(390, world.account("lianjiang1"))


def reopened(context: BrowserContext, submission: Submission) -> Page:
    """The tab closed and opened again."""
    for page in context.pages:
        page.close()
    return runner.opened(context.new_page(), submission)


def test_a_carrier_typed_in_without_network_is_there_after_the_tab_was_closed_and_is_sent_once(
    world: World, phone: Page, contact
) -> None:
    submission, answers = runner.begun(world)
    form, record = runner.form_of_item(world), three_vehicles(answers)
    runner.opened(phone, submission, kept=True)
    contact.take(phone, "runner-phone")
    phone.context.set_offline(True)
    runner.fill(phone, form, record)
    photos = phone.locator('[data-repeat="photo"]')
    photos.locator(".add-row").click()
    runner.show_all(phone)
    photos.locator("input[type=file]").set_input_files(runner.picture())
    expect(photos.locator("img")).to_be_visible()
    runner.saved(phone, "device")

    page = reopened(phone.context, submission)
    runner.show_all(page)
    for n, row in enumerate(record["vehicle"]):
        card = page.locator('[data-repeat="vehicle"] > details.row-card').nth(n)
        expect(runner.question(card, "quantity").locator("input")).to_have_value(str(row["quantity"]))
        expect(runner.question(card, "vehicle_kind").locator("select")).to_have_value(row["vehicle_kind"])
    expect(runner.question(page, "suggestions").locator("input, textarea")).to_have_value(record["suggestions"])
    expect(page.locator('[data-repeat="photo"] img')).to_be_visible()
    contact.take(page, "runner-phone-filled", full=False)

    send = page.get_by_role("button", name="报出", exact=True)
    send.click()
    expect(page.get_by_text("没有网络，已排队等待报出。")).to_be_visible()
    assert SubmissionVersion.unscoped.count() == 0
    page.context.set_offline(False)
    for _ in range(3):
        page.evaluate("document.querySelector('.send-bar .btn-primary')?.click()")
    expect(page.get_by_text("待核查").first).to_be_visible()

    submission.refresh_from_db()
    assert (submission.state, SubmissionVersion.unscoped.filter(submission=submission).count()) == ("sent", 1)
    assert submission.current is not None
    sent = submission.current.record
    [photo] = submission.photos.all()
    assert sent["photo"] == [{"visit_photo": photo.name}]
    assert photo.file.type == "image/jpeg"
    assert {k: v for k, v in sent.items() if k != "photo"} == validate(form, record, on=world.now.date()).record


def test_a_queued_questionnaire_is_taken_out_changed_and_thrown_away(world: World, phone: Page) -> None:
    other, _ = runner.begun(world, n=1)
    runner.opened(phone, other, kept=True)
    submission, answers = runner.begun(world)
    runner.opened(phone, submission, kept=True)
    runner.fill(phone, runner.form_of_item(world), three_vehicles(answers))
    runner.saved(phone)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="报出", exact=True).click()
    expect(runner.question(phone, "unit_name").locator("input")).to_be_disabled()
    phone.get_by_role("button", name="取消报出，继续修改").click()
    expect(runner.question(phone, "unit_name").locator("input")).to_be_enabled()
    runner.question(phone, "suggestions").locator("input, textarea").fill("只留在本机的话")
    runner.saved(phone, "device")

    page = reopened(phone.context, other)
    page.get_by_text("本机还有 1 份调查表没有存到服务器").click()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="丢弃本机修改").click()
    expect(page.get_by_text("没有存到服务器")).to_have_count(0)
    page.context.set_offline(False)
    expect(runner.question(reopened(page.context, submission), "suggestions").locator("input, textarea")).to_have_value(
        answers["suggestions"]
    )
    submission.refresh_from_db()
    assert submission.draft is not None
    assert submission.draft["suggestions"] == answers["suggestions"]


def test_both_versions_are_shown_when_the_server_has_another_and_either_can_be_chosen(
    world: World, phone: Page, contact
) -> None:
    submission, answers = runner.begun(world)
    runner.opened(phone, submission, kept=True)
    runner.show_all(phone)
    phone.context.set_offline(True)
    runner.question(phone, "unit_name").locator("input").fill("手机上的名称")
    runner.saved(phone, "device")
    theirs = {**(submission.draft or {}), "unit_name": "办公室里的名称"}
    submissions.save_draft(world.actor("lianjiang2"), submission.pk, draft=theirs, version=submission.version)
    phone.context.set_offline(False)

    page = reopened(phone.context, submission)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("办公室里的名称")
    expect(dialog).to_contain_text("手机上的名称")
    contact.take(page, "runner-conflict")
    dialog.get_by_role("button", name="采用服务器上的").click()
    name = runner.question(page, "unit_name").locator("input")
    expect(name).to_have_value("办公室里的名称")
    page.get_by_role("button", name="换回本机的版本").click()
    expect(name).to_have_value("手机上的名称")
    runner.saved(page)
    submission.refresh_from_db()
    assert submission.draft is not None
    assert submission.draft["unit_name"] == "手机上的名称"


def test_what_was_sent_by_another_meanwhile_is_told_and_what_is_on_the_device_is_kept(
    world: World, phone: Page
) -> None:
    submission, answers = runner.begun(world)
    runner.opened(phone, submission, kept=True)
    runner.show_all(phone)
    phone.context.set_offline(True)
    runner.question(phone, "unit_name").locator("input").fill("手机上的名称")
    runner.saved(phone, "device")
    kept = submissions.save_draft(world.actor("lianjiang2"), submission.pk, draft=answers, version=submission.version)
    submissions.send(world.actor("lianjiang2"), submission.pk, version=kept.version, at=world.now)
    phone.context.set_offline(False)
    expect(phone.get_by_role("dialog")).to_contain_text("连江二", timeout=20_000)
    expect(phone.get_by_role("dialog").get_by_role("link", name="查看已报出的")).to_be_visible()
    assert SubmissionVersion.unscoped.filter(submission=submission).count() == 1
    phone.get_by_role("button", name="丢弃本机修改").click()
    expect(phone).to_have_url(re.compile("/units/"))


def test_after_logging_out_nothing_opens_without_network_and_nothing_unsent_is_lost(world: World, phone: Page) -> None:
    submission, _ = runner.begun(world)
    runner.opened(phone, submission, kept=True)
    phone.context.set_offline(True)
    runner.question(phone, "unit_name").locator("input").fill("还没有报出的名称")
    runner.saved(phone, "device")
    phone.context.set_offline(False)
    runner.saved(phone)
    cached = "caches.keys().then((names) => names.length)"
    assert phone.evaluate(cached) == 1
    phone.locator("form[action='/logout'] button").evaluate("button => button.click()")
    expect(phone.get_by_role("link", name="登录").first).to_be_visible()
    assert phone.evaluate(cached) == 0


def test_what_was_typed_by_an_older_edition_is_put_aside_and_can_be_carried_over(world: World, phone: Page) -> None:
    submission, _ = runner.begun(world)
    runner.opened(phone, submission, kept=True)
    phone.context.set_offline(True)
    runner.question(phone, "unit_name").locator("input").fill("在旧版上填的名称")
    runner.saved(phone, "device")
    second_edition(world)
    editions.take_over(world.actor("lianjiang2"), submission.pk, version=submission.version, at=world.now)
    phone.close()
    phone.context.set_offline(False)
    page = reopened(phone.context, submission)
    name = runner.question(page, "unit_name").locator("input")
    expect(name).to_have_value((submission.draft or {})["unit_name"])
    page.get_by_role("button", name="换回本机的版本").click()
    expect(name).to_have_value("在旧版上填的名称")
    runner.show_all(page)
    expect(runner.question(page, "unit_seat")).to_be_visible()
