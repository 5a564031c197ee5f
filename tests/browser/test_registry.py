"""The registry and the first screen, as they look and as they are used."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from dajian.service.jobs.worker import run_pending
from dajian.service.registry.models import RegistryEntry
from dajian.service.survey.actions import reports, submissions
from tests.running.seeing import screen_faults
from tests.service.registry.conftest import approve
from tests.service.survey.chain import Chain
from tests.service.world import World

pytestmark = pytest.mark.browser
WIDTHS = [1280, 390]


@pytest.fixture
def entry(world: World) -> RegistryEntry:
    """Three approved carriers of 福州, the first of them corrected and approved once more; work waits for the city."""
    chain = Chain(world)
    first = chain.checked("lianjiang1", 0, by="fz1")
    for n in (1, 2):
        chain.checked("lianjiang1", n, by="fz1")
    approve(world, "fz2", "350100")
    first.refresh_from_db()
    again = submissions.correct(
        world.actor("lianjiang1"), first.pk, reason="车辆数有变化", version=first.version, at=world.now
    )
    changed = again.draft | {"legal_person": "更正人"}
    again = submissions.save_draft(world.actor("lianjiang1"), again.pk, draft=changed, version=again.version)
    again = submissions.send(world.actor("lianjiang1"), again.pk, version=again.version, at=world.later(hours=1))
    submissions.check(world.actor("fz1"), again.pk, version=again.version, at=world.later(hours=2))
    found = chain.report("fz2")
    reports.approve(world.actor("yunguan1"), found.pk, version=found.version, at=world.later(hours=3))
    chain.sent("lianjiang1", 4)
    chain.draft("lianjiang1", 5)
    return RegistryEntry.unscoped.get(n=2)


@pytest.mark.parametrize("width", WIDTHS)
def test_each_screen_is_accessible_and_fits(world, entry, page_at, contact, width) -> None:
    item = world.item().pk
    phone = page_at(width)
    phone.goto("/")
    contact.take(phone, "landing")
    assert screen_faults(phone) == []
    page = page_at(width, world.account("fz1"))
    for name, address in {
        "home": "/",
        "registry": "/registry/",
        "registry-list": f"/registry/items/{item}",
        "registry-nothing-found": f"/registry/items/{item}?q=不存在的企业",
        "entry": f"/registry/entries/{entry.pk}",
        "entry-earlier": f"/registry/entries/{entry.pk}?n=1",
        "entry-compare": f"/registry/entries/{entry.pk}/compare",
        "exports-none": "/registry/exports",
    }.items():
        page.goto(address)
        contact.take(page, name)
        assert screen_faults(page) == [], name
    other = page_at(width, world.account("security1"))
    other.goto("/")
    contact.take(other, "home-security")
    assert screen_faults(other) == []


def test_a_unit_is_found_by_initials_filtered_and_sorted_by_keyboard(world, entry, page_at) -> None:
    page = page_at(1280, world.account("fz1"))
    page.goto(f"/registry/items/{world.item().pk}")
    page.keyboard.press("/")
    page.keyboard.type("sl")  # 示例
    page.keyboard.press("Enter")
    expect(page.get_by_text("共 3 家")).to_be_visible()
    page.get_by_label("区域").select_option(label="　闽侯县")
    expect(page.get_by_text("没有符合条件的单位")).to_be_visible()
    page.get_by_role("link", name="查看全部").click()
    page.get_by_role("link", name="单位名称").click()
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("单位名称")


def test_phones_are_shown_once_with_a_reason(world, entry, page_at, contact) -> None:
    page = page_at(1280, world.account("yunguan1"))
    page.goto(f"/registry/entries/{entry.pk}")
    expect(page.get_by_text("已隐去中间数字")).to_be_visible()
    page.get_by_role("button", name="查看完整号码").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("联系核实轴线数")
    contact.take(page, "entry-reveal", full=False)
    dialog.get_by_role("button", name="查看完整号码").click()
    expect(page.get_by_text("以下显示完整号码，仅限本次查看")).to_be_visible()
    expect(page.get_by_text("联系核实轴线数")).to_be_visible()


def test_an_export_runs_in_the_background_and_is_downloaded(world, entry, page_at, contact) -> None:
    page = page_at(1280, world.account("fz1"))
    page.goto(f"/registry/items/{world.item().pk}")
    page.get_by_role("button", name="导出 XLSX").click()
    expect(page.get_by_role("status").filter(has_text="导出资源库")).to_be_visible()
    contact.take(page, "export-running")
    run_pending()
    link = page.get_by_role("link", name="下载")
    expect(link).to_be_visible()
    contact.take(page, "export-done")
    assert screen_faults(page) == []
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename.endswith(".xlsx")
    page.goto("/registry/exports")
    contact.take(page, "exports")
    assert screen_faults(page) == []


def test_the_one_next_step_leads_to_where_it_is_done(world, entry, page_at) -> None:
    page = page_at(1280, world.account("fz1"))
    page.goto("/")
    page.get_by_role("link", name="核查调查表").click()
    expect(page.get_by_role("button", name="所选核查通过")).to_be_visible()
