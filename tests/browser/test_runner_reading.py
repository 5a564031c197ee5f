"""What the reviewer sees of what was sent in the runner: the photos, and the reminders that were confirmed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import runner
from tests.browser.test_runner_offline import three_vehicles
from tests.running.seeing import screen_faults
from tests.service.world import World

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [390, 1280])
def test_the_reviewer_sees_the_photo_and_what_the_sender_confirmed(world: World, page_at, contact, width: int) -> None:
    submission, answers = runner.begun(world)
    kept = {k: v for k, v in three_vehicles(answers).items() if not k.startswith(("exp_", "oversize_"))}
    page = runner.opened(page_at(width, world.account("lianjiang1")), submission)
    runner.fill(page, runner.form_of_item(world), {**kept, "revenue_10k": 10.0, "expense_10k": 99.0})
    photos = page.locator('[data-repeat="photo"]')
    photos.locator(".add-row").click()
    runner.show_all(page)
    photos.locator("input[type=file]").set_input_files(runner.picture())
    expect(photos.locator("img")).to_be_visible()
    page.get_by_role("button", name="报出", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="属实，报出").click()
    expect(page.get_by_text("待核查").first).to_be_visible()

    city = page_at(width, world.account("fz1"))
    city.goto(f"/submissions/{submission.pk}")
    picture = city.get_by_role("img", name="走访照片 第1行")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("naturalWidth", 1600)
    contact.take(city, "submission-with-photo", full=False)
    reminders = city.locator(".card").filter(has_text="报出时确认的提醒")
    expect(reminders).to_contain_text("支出达到收入的三倍以上")
    reminders.scroll_into_view_if_needed()
    contact.take(city, "submission-confirmed", full=False)
    expect(city.locator(".history")).to_contain_text("确认了 1 条提醒")
    assert screen_faults(city) == []
