"""One questionnaire in two tabs: one has it in hand, the other says so; changing over loses nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from dajian.service.survey.models import Submission
from tests.browser import runner
from tests.running.seeing import screen_faults
from tests.service.world import World

pytestmark = pytest.mark.browser
TOLD = "这份调查表已在另一个标签页（窗口）打开。"
BLOCKED_MS = 7_000


@pytest.fixture
def submission(world: World) -> Submission:
    return runner.begun(world)[0]


@pytest.fixture
def first(world: World, page_at, submission: Submission) -> Page:
    page = runner.opened(page_at(390, world.account("lianjiang1")), submission)
    runner.show_all(page)
    return page


def second(first: Page) -> Page:
    page = first.context.new_page()
    page.goto(first.url)
    expect(page.get_by_role("alert")).to_contain_text(TOLD)
    return page


def change_over(page: Page) -> None:
    page.get_by_role("button", name="换到本页继续填写").click()
    expect(page.locator(".send-bar")).to_be_visible()
    runner.show_all(page)


def name_in(page: Page):
    return runner.question(page, "unit_name").locator("input")


def test_the_second_tab_says_so_and_takes_nothing_in_until_it_is_chosen(first: Page, contact) -> None:
    other = second(first)
    expect(other.get_by_role("button", name="换到本页继续填写")).to_be_focused()
    expect(other.locator(".send-bar")).to_have_count(0)
    contact.take(other, "runner-elsewhere")
    assert screen_faults(other) == []


def test_changing_over_and_back_keeps_what_was_typed_last_in_either(first: Page, submission: Submission) -> None:
    other = second(first)
    name_in(first).fill("在第一页填的名称")
    change_over(other)  # at once: nothing has had the time to be saved
    expect(name_in(other)).to_have_value("在第一页填的名称")
    expect(first.get_by_role("alert")).to_contain_text(TOLD)
    expect(first.locator(".send-bar")).to_have_count(0)
    name_in(other).fill("在第二页改的名称")
    change_over(first)
    expect(name_in(first)).to_have_value("在第二页改的名称")
    runner.saved(first)
    expect(first.get_by_role("dialog")).to_have_count(0)
    submission.refresh_from_db()
    assert (submission.draft or {})["unit_name"] == "在第二页改的名称"


def test_when_the_first_tab_is_closed_the_next_that_is_opened_has_it(first: Page) -> None:
    name_in(first).fill("关闭前填的名称")
    name_in(first).blur()
    context, url = first.context, first.url
    first.close(run_before_unload=False)
    page = context.new_page()
    page.goto(url)
    expect(page.locator(".send-bar")).to_be_visible()
    runner.show_all(page)
    expect(name_in(page)).to_have_value("关闭前填的名称")


def test_from_a_tab_that_does_not_answer_it_is_taken_away(first: Page) -> None:
    other = second(first)
    name_in(first).fill("卡住前填的名称")
    name_in(first).blur()
    runner.saved(first)
    first.evaluate(f"setTimeout(() => {{ const t = Date.now(); while (Date.now() - t < {BLOCKED_MS}); }})")
    change_over(other)
    expect(name_in(other)).to_have_value("卡住前填的名称")
    name_in(other).fill("换过来以后填的名称")
    expect(first.get_by_role("alert")).to_contain_text(TOLD)
    runner.saved(other)


def test_tabs_of_different_questionnaires_do_not_hinder_each_other(world: World, first: Page) -> None:
    page = first.context.new_page()
    runner.opened(page, runner.begun(world, n=1)[0])
    expect(first.locator(".send-bar")).to_be_visible()
