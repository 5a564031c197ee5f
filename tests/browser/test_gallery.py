"""The parts of docs/screens.md, all on one page."""

import pytest
from playwright.sync_api import expect

from tests.running.seeing import screen_faults

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.browser.gallery")]


@pytest.fixture
def gallery_at(page_at):
    def open_at(width=1280):
        page = page_at(width)
        page.goto("/gallery")
        return page

    return open_at


@pytest.mark.parametrize("width", [1280, 390])
def test_every_part_is_accessible_and_no_wider_than_the_window(gallery_at, contact, width):
    page = gallery_at(width)
    contact.take(page, "gallery")
    assert screen_faults(page) == []


def test_a_deed_that_asks_first_keeps_the_focus_in_its_dialog_and_gives_it_back(gallery_at):
    page = gallery_at()
    opener = page.get_by_role("button", name="退回")
    opener.click()
    dialog = page.get_by_role("dialog", name="退回这份调查表")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_label("退回原因")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_reason_must_be_given_before_the_deed_is_sent(gallery_at):
    page = gallery_at()
    page.get_by_role("button", name="退回").click()
    page.get_by_role("dialog").get_by_role("button", name="退回").click()
    expect(page).to_have_url("/gallery")
    expect(page.get_by_label("退回原因")).to_be_focused()


def test_slash_goes_to_the_search_field(gallery_at):
    page = gallery_at()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_the_first_tab_stop_leads_to_the_content(gallery_at):
    page = gallery_at()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_bar_of_long_work_moves_without_a_reload_until_the_work_is_done(gallery_at):
    page = gallery_at()
    expect(page.get_by_text("640 / 1,500")).to_be_visible()
    expect(page.get_by_text("1,200 / 1,500")).to_be_visible()
    expect(page.get_by_text("读取「泉州市大件运输企业.xlsx」已完成。")).to_be_visible()


def test_a_wide_table_becomes_cards_on_a_phone(gallery_at):
    page = gallery_at(390)
    row = page.locator(".table-cards tr", has_text="泉州顺通").first
    expect(row).to_have_css("display", "grid")


def test_leaving_a_changed_form_asks_first(gallery_at):
    page = gallery_at()
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.get_by_label("名单来源").fill("台账")
    page.get_by_role("link", name="大走访活动").click()
    expect(page).to_have_url("/gallery")
    assert asked == ["beforeunload"]


def test_on_paper_there_is_no_navigation_and_no_button(gallery_at):
    page = gallery_at()
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="主导航")).to_be_hidden()
    expect(page.get_by_role("button", name="报送省运管局")).to_be_hidden()
    expect(page.get_by_role("heading", name="大件运输企业", level=1)).to_be_visible()
