"""The search box in the head: suggestions by keyboard, without scripts a page of results."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.test_registry import WIDTHS, entry  # noqa: F401
from tests.running.seeing import screen_faults
from tests.service.search.test_search import initials

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", WIDTHS)
def test_suggestions_are_chosen_by_keyboard(world, entry, page_at, contact, width) -> None:  # noqa: F811
    page = page_at(width, world.account("fz1"))
    page.goto("/")
    box = page.get_by_role("combobox", name="查找单位、代码、线路")
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type(initials(entry.name)[:5])
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    contact.take(page, "search-suggestions", full=False)
    assert screen_faults(page) == []
    page.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    expect(box).to_be_focused()
    box.fill(entry.code[-6:])
    expect(options).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(entry.name)


@pytest.mark.parametrize("width", WIDTHS)
def test_enter_without_a_choice_opens_the_page_of_results(world, entry, page_at, contact, width) -> None:  # noqa: F811
    page = page_at(width, world.account("fz1"))
    page.goto("/")
    box = page.get_by_role("combobox")
    box.fill("示例")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2, name="资源库")).to_be_visible()
    expect(page.get_by_role("heading", level=2, name="名单中尚未入库")).to_be_visible()
    contact.take(page, "search-results")
    assert screen_faults(page) == []
    page.goto("/search?find=没有这样的单位")
    contact.take(page, "search-nothing")
    assert screen_faults(page) == []


def test_without_scripts_the_box_leads_to_the_results(world, entry, browser, live_server) -> None:  # noqa: F811
    from tests.browser.conftest import session_of, settings

    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(world.account("fz1")), "url": live_server.url}
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto("/")
    page.get_by_label("查找单位、代码、线路").fill(entry.name)
    page.get_by_role("button", name="查找").click()
    page.get_by_role("link", name=entry.name).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(entry.name)
    context.close()
