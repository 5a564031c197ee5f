"""What a city does with an item, page by page: lists its units, checks, reports, and has it decided."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from playwright.sync_api import Page, expect

from dajian.forms.workbook import template
from dajian.service.campaign.models import Item
from dajian.service.campaign.questionnaires import newest_form
from dajian.service.jobs.worker import run_pending
from dajian.service.survey.unit_list import template_bytes
from tests.browser.conftest import WIDTHS
from tests.browser.test_thread import confirmed
from tests.running.contact import ContactSheet
from tests.running.seeing import screen_faults
from tests.service.world import World

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILE = "把 .xlsx 文件拖到这里"


@dataclass(frozen=True)
class Desk:
    """An officer's browser, and the sheet on which his pages are kept at both widths."""

    world: World
    page: Page
    contact: ContactSheet

    def look(self, name: str) -> None:
        """Keeps the page as it stands at a desk and on a phone; both must be without faults."""
        for width in (390, 1280):
            self.page.set_viewport_size({"width": width, "height": WIDTHS[width]})
            self.page.evaluate("scrollTo(0, 0)")
            self.contact.take(self.page, f"six-{name}")
            assert screen_faults(self.page) == [], (name, width)

    def import_list(self, item: Item, rows: list[list[str]], title: str, name: str = "", **facts: str) -> None:
        """Uploads a list of units, looks at the preview, confirms. facts: what the form asks besides, by label."""
        self.page.goto(f"/items/{item.pk}/units/import")
        self._upload(f"{title}.xlsx", template_bytes(item, rows))
        self.page.get_by_label("名单名称").fill(title)
        for label, value in facts.items():
            field = self.page.get_by_label(label)
            if field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)
        if name:
            self.look(f"{name}-list")
        self._confirm(f"{name}-list-preview" if name else "", len(rows))

    def import_answers(self, item: Item, records: list[dict[str, Any]], name: str) -> None:
        """Uploads the filled questionnaires as a workbook, looks at the preview, confirms."""
        form, out = newest_form(item), BytesIO()
        assert form is not None
        template(form, out, years=(2018, 2019), rows=records)
        self.page.goto(f"/items/{item.pk}/import")
        self._upload(f"{item.unit_word}调查表.xlsx", out.getvalue())
        self._confirm(f"{name}-preview", len(records))

    def _upload(self, name: str, data: bytes) -> None:
        self.page.get_by_label(FILE).set_input_files({"name": name, "mimeType": XLSX, "buffer": data})

    def _confirm(self, name: str, number: int) -> None:
        self.page.get_by_role("button", name="上传并预览").click()
        expect(self.page.get_by_role("progressbar")).to_be_visible()
        run_pending(lambda: self.world.now)
        button = self.page.get_by_role("button", name="确认导入")
        expect(button).to_contain_text(f"{number}")
        if name:
            self.look(name)
        button.click()
        run_pending(lambda: self.world.now)
        expect(self.page.get_by_text("已导入", exact=True).first).to_be_visible()

    def add(self, item: Item, area: str, **answers: str) -> None:
        """补录: one unit by hand; answers by label."""
        self.page.goto(f"/items/{item.pk}/units/new")
        self.page.get_by_label("所属区域").select_option(label=area)
        for label, value in {"来源": "走访中发现", **answers}.items():
            self.page.get_by_label(label).fill(value)
        self.page.get_by_role("button", name="列入名单").click()
        expect(self.page.get_by_text("已列入名单")).to_be_visible()

    def check_all(self, item: Item, number: int, name: str = "") -> None:
        """所选核查通过, from the list of what waits."""
        self.page.goto(f"/items/{item.pk}/units?place=sent")
        boxes = self.page.locator('input[name="submission"]')
        expect(boxes).to_have_count(number)
        self.page.get_by_label("本页全选").check()
        if name:
            self.look(f"{name}-check")
        self.page.get_by_role("button", name="所选核查通过").click()
        expect(boxes).to_have_count(0)

    def report(self, item: Item, cover: str, name: str = "", *, zero: str = "") -> None:
        """编制报送 or 零报告, to the end."""
        self.page.goto(f"/items/{item.pk}/reports")
        self.page.get_by_role("button", name="编制零报告" if zero else "编制报送").click()
        if zero:
            self.page.get_by_label("如何核实本区域没有此类单位").fill(zero)
        self.page.get_by_label("报送说明").fill(cover)
        self.page.get_by_role("button", name="报送", exact=True).click()
        expect(self.page.get_by_text("待审定").first).to_be_visible()
        if name:
            self.look(f"{name}-reported")

    def may_not_decide(self, item: Item) -> None:
        """Whoever reported is offered no decision, and told that another person decides."""
        self.page.goto(f"/items/{item.pk}/reports")
        self.page.get_by_role("link", name="第1次").click()
        expect(self.page.get_by_text("须由另一位同志审定").first).to_be_visible()
        expect(self.page.get_by_role("button", name="审定通过")).to_have_count(0)

    def decide(self, item: Item, name: str = "") -> None:
        """审定通过, from the list of reports."""
        self.page.goto(f"/items/{item.pk}/reports")
        self.page.get_by_role("link", name="第1次").click()
        if name:
            self.look(f"{name}-decide")
        confirmed(self.page, "审定通过")
        expect(self.page.get_by_text("审定通过，已进入资源库。")).to_be_visible()

    def finds(self, item: Item, *names: str) -> None:
        """The registry shows these units of the item and no other."""
        self.page.goto(f"/registry/items/{item.pk}")
        expect(self.page.locator("tbody th")).to_have_count(len(names))
        for name in names:
            expect(self.page.get_by_role("link", name=name, exact=True)).to_be_visible()
        self.look(f"registry-{item.number}")
