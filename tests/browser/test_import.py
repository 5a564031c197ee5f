"""A workbook through the browser: upload, preview, confirm, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from dajian.demo.carriers import make
from dajian.demo.messy import workbook as messy
from dajian.forms.workbook import template
from dajian.service.campaign.questionnaires import form_of, newest_version
from dajian.service.jobs.worker import run_pending
from dajian.service.survey.models import Submission
from tests.running.seeing import screen_faults
from tests.service.world import World

pytestmark = pytest.mark.browser


def filled(world: World, path: Path, n: int, area: str) -> Path:
    template(
        form_of(newest_version(world.item())), path, years=(2018, 2019), rows=make(5, n, area, on=world.now.date())
    )
    return path


@pytest.mark.parametrize("width", [1280, 390])
def test_a_county_imports_its_workbook_in_the_browser(
    world: World, page_at, contact, tmp_path: Path, width: int
) -> None:
    item = world.item()
    page = page_at(width, world.account("lianjiang1"))
    page.goto(f"/items/{item.pk}/import")
    assert screen_faults(page) == []
    contact.take(page, "import-new")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载调查表模板").click()
    assert download.value.suggested_filename.endswith("调查表.xlsx")
    page.get_by_label("把 .xlsx 文件拖到这里").set_input_files(filled(world, tmp_path / "连江县.xlsx", 12, "350122"))
    page.get_by_role("button", name="上传并预览").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    contact.take(page, "import-reading")
    run_pending()
    expect(page.get_by_role("button", name="确认导入 12 家")).to_be_visible()
    assert screen_faults(page) == []
    contact.take(page, "import-preview")
    page.get_by_role("button", name="确认导入 12 家").click()
    run_pending()
    expect(page.get_by_text("已导入").first).to_be_visible()
    assert Submission.unscoped.filter(state="sent").count() == 12
    page.goto(f"/items/{item.pk}/")
    assert screen_faults(page) == []
    contact.take(page, "board")
    page.get_by_role("link", name="连江县待核查 12 家").click()
    expect(page.get_by_text("共 12 家")).to_be_visible()
    assert screen_faults(page) == []
    contact.take(page, "units")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_messy_workbook_is_told_by_cell_and_comes_back_marked(
    world: World, page_at, contact, tmp_path: Path, width: int
) -> None:
    path = tmp_path / "福州市.xlsx"
    key = messy(80, 4, "350100", world.now.date(), path)
    page = page_at(width, world.account("fz1"))
    page.goto(f"/items/{world.item().pk}/import")
    page.get_by_label("把 .xlsx 文件拖到这里").set_input_files(path)
    page.get_by_role("button", name="上传并预览").click()
    run_pending()
    expect(page.get_by_role("link", name="下载标注错误的表格")).to_be_visible()
    expect(page.locator("#problems tbody tr")).to_have_count(min(len(key), 200))
    assert screen_faults(page) == []
    contact.take(page, "import-problems")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载标注错误的表格").click()
    assert download.value.suggested_filename == "福州市_标注错误.xlsx"


def test_a_file_that_is_no_workbook_is_refused_with_a_way_out(world: World, page_at, contact, tmp_path: Path) -> None:
    path = tmp_path / "名单.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    page = page_at(1280, world.account("lianjiang1"))
    page.goto(f"/items/{world.item().pk}/import")
    page.get_by_label("把 .xlsx 文件拖到这里").set_input_files(path)
    page.get_by_role("button", name="上传并预览").click()
    expect(page.get_by_role("alert")).to_contain_text("另存为")
    contact.take(page, "import-refused")
