"""The runner in a browser: a questionnaire typed in, judged, sent; returned, and opened at the remark."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from dajian.forms import instance
from dajian.forms.evaluate import validate
from dajian.service.survey.actions import submissions
from tests.browser import runner
from tests.running.seeing import screen_faults
from tests.service.world import World

pytestmark = pytest.mark.browser


def test_a_carrier_typed_in_and_sent_arrives_as_it_was_typed(world: World, page_at, contact) -> None:
    submission, record = runner.begun(world)
    form = runner.form_of_item(world)
    page = runner.opened(page_at(1280, world.account("lianjiang1")), submission)
    contact.take(page, "runner-first")
    assert screen_faults(page) == []
    runner.fill(page, form, record)
    contact.take(page, "runner-filled", full=False)
    assert screen_faults(page) == []
    page.get_by_role("button", name="报出").click()
    expect(page.get_by_text("待核查").first).to_be_visible()
    submission.refresh_from_db()
    assert submission.state == "sent"
    assert submission.current is not None
    assert submission.current.record == validate(form, record, on=world.now.date()).record
    assert submission.current.instance_id.startswith("uuid:")


def not_eligible(page: Page) -> None:
    """The shortest answer: not one of those surveyed."""
    runner.show_all(page)
    runner.question(page, "eligible").locator('input[value="no"]').check()
    runner.question(page, "ineligible_reason").locator("input, textarea").fill("已停业")
    runner.question(page, "survey_mode").locator('input[value="phone"]').check()
    runner.question(page, "truth_confirmed").locator('input[value="yes"]').check()


def test_a_returned_questionnaire_opens_at_the_remark_and_a_repeat_hidden_before_opens_with_an_empty_entry(
    world: World, page_at, contact
) -> None:
    submission, record = runner.begun(world)
    page = runner.opened(page_at(390, world.account("lianjiang1")), submission)
    not_eligible(page)
    page.get_by_role("button", name="报出").click()
    expect(page.get_by_text("待核查").first).to_be_visible()
    submission.refresh_from_db()
    city = world.actor("fz1")
    submissions.return_submission(
        city, submission.pk, reason="该企业仍在经营，请核实。", version=submission.version, at=world.now
    )

    runner.opened(page, submission)
    expect(page.get_by_role("alert").filter(has_text="该企业仍在经营，请核实。")).to_be_focused()
    contact.take(page, "runner-returned")
    runner.show_all(page)
    expect(page.locator('[data-repeat="vehicle"]')).to_have_count(0)
    runner.question(page, "eligible").locator('input[value="yes"]').check()
    vehicles = page.locator('[data-repeat="vehicle"] > details.row-card')
    expect(vehicles).to_have_count(1)
    expect(page.locator('[data-repeat="more_association"] > details.row-card')).to_have_count(0)

    form = runner.form_of_item(world)
    runner.fill(page, form, {**record, "vehicle": [{**record["vehicle"][0], "quantity": None}]})
    page.get_by_role("button", name="报出").click()
    expect(page.get_by_role("alert").filter(has_text="请改正 1 处")).to_be_focused()
    assert submission.versions.count() == 1
    page.get_by_role("link", name="大件运输车辆 第1行 · 数量（辆）").click()
    expect(runner.question(vehicles.first, "quantity").locator("input")).to_be_focused()
    runner.question(vehicles.first, "quantity").locator("input").fill("2")
    page.get_by_role("button", name="报出").click()
    expect(page.get_by_text("待核查").first).to_be_visible()
    page.goto(f"/submissions/{submission.pk}/compare")
    expect(page.get_by_role("row").filter(has_text="大件运输车辆 第1行")).to_contain_text("整行")


def test_the_server_refuses_a_repeat_row_whose_required_field_is_empty_even_when_the_page_does_not(
    world: World, page_at
) -> None:
    submission, record = runner.begun(world)
    page = runner.opened(page_at(1280, world.account("lianjiang1")), submission)
    answer = page.evaluate(
        """async ([pk, xml, version]) => {
          const token = document.cookie.split('; ').find((c) => c.startsWith('dajian_csrf=')).slice(12);
          const response = await fetch(`/api/submissions/${pk}/send`, {method: 'POST', body: JSON.stringify(
            {xml, version, instance_id: 'uuid:1', confirmed: true}), headers: {'X-CSRFToken': token}});
          return [response.status, await response.json()];
        }""",
        [
            submission.pk,
            instance.write(
                runner.form_of_item(world),
                {**record, "vehicle": [{**record["vehicle"][0], "quantity": None}]},
                instance_id="uuid:1",
            ).decode(),
            submission.version,
        ],
    )
    assert answer[0] == 422
    assert [fault["path"] for fault in answer[1]["faults"]] == ["/carrier/main/vehicle[1]/quantity"]
    assert submission.versions.count() == 0


def test_an_unlikely_answer_is_sent_only_once_it_is_confirmed(world: World, page_at, contact) -> None:
    submission, record = runner.begun(world)
    page = runner.opened(page_at(390, world.account("lianjiang1")), submission)
    odd = {**record, "revenue_10k": 10.0, "expense_10k": 99.0}
    for part in [key for key in odd if key.startswith(("exp_", "revenue_unknown", "oversize_"))]:
        del odd[part]
    runner.fill(page, runner.form_of_item(world), odd)
    expect(runner.question(page, "expense_10k")).to_contain_text("请确认：支出达到收入的三倍以上，请确认单位是万元")
    page.get_by_role("button", name="报出").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("支出达到收入的三倍以上")
    contact.take(page, "runner-confirm", full=False)
    dialog.get_by_role("button", name="返回修改").click()
    expect(runner.question(page, "expense_10k").locator("input")).to_be_focused()
    assert submission.versions.count() == 0
    page.get_by_role("button", name="报出").click()
    page.get_by_role("dialog").get_by_role("button", name="属实，报出").click()
    expect(page.get_by_text("待核查").first).to_be_visible()


def test_a_questionnaire_is_filled_in_and_sent_by_keyboard_alone(world: World, page_at) -> None:
    submission, _ = runner.begun(world)
    page = runner.opened(page_at(1280, world.account("lianjiang1")), submission)

    def reach(selector: str) -> None:
        for _ in range(120):
            if page.evaluate("s => document.activeElement?.matches(s) ?? false", selector):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"not reached by Tab: {selector}")

    reach('[data-question="unit_area"] input')
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("长乐")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator('[data-question="unit_area"] input')).to_have_value("福州市长乐区")
    reach('[data-question="eligible"] input')
    page.keyboard.press("ArrowRight")
    expect(page.locator('[data-question="eligible"] input[value="no"]')).to_be_checked()
    reach('[data-question="ineligible_reason"] :is(input, textarea)')
    page.keyboard.insert_text("已停业")
    reach(".page-turn .btn-primary")
    page.keyboard.press("Enter")
    reach('[data-question="survey_mode"] input[value="phone"]')
    page.keyboard.press("Space")
    reach('[data-question="truth_confirmed"] input')
    page.keyboard.press("Space")
    reach(".send-bar .btn-primary")
    page.keyboard.press("Enter")
    expect(page.get_by_text("待核查").first).to_be_visible()


def test_rows_are_filled_in_as_a_table(world: World, page_at, contact) -> None:
    submission, record = runner.begun(world)
    page = runner.opened(page_at(1280, world.account("lianjiang1")), submission)
    runner.show_all(page)
    runner.question(page, "eligible").locator('input[value="yes"]').check()
    vehicles = page.locator('[data-repeat="vehicle"]')
    expect(vehicles.locator("details.row-card")).to_have_count(1)
    vehicles.get_by_role("button", name="表格填写").click()
    for _ in range(2):
        vehicles.get_by_role("button", name="增加一行").click()
    rows = vehicles.locator("tbody > tr")
    expect(rows).to_have_count(3)
    for n in range(3):
        runner.question(rows.nth(n), "vehicle_kind").locator("select").select_option("tractor")
        runner.question(rows.nth(n), "quantity").locator("input").fill("２")  # full width, as some keyboards type
    rows.nth(0).get_by_role("combobox", name="是否属于液压板轴线 第1行").select_option("yes")
    expect(runner.question(rows.nth(0), "axle_lines").locator("input")).to_be_visible()
    contact.take(page, "runner-table")
    assert screen_faults(page) == []
    expect(runner.question(page, "vehicles_total")).to_contain_text("6")
    page.once("dialog", lambda dialog: dialog.accept())
    vehicles.get_by_role("button", name="删除大件运输车辆第2行").click()
    expect(runner.question(page, "vehicles_total")).to_contain_text("4")


def test_what_is_no_number_is_told_beside_the_field_and_no_answer(world: World, page_at) -> None:
    submission, _ = runner.begun(world)
    page = runner.opened(page_at(390, world.account("lianjiang1")), submission)
    runner.show_all(page)
    runner.question(page, "eligible").locator('input[value="yes"]').check()
    runner.show_all(page)
    staff = runner.question(page, "employees")
    staff.locator("input").fill("十二")
    expect(staff).to_contain_text("“十二”不是数字，请填整数，例如 12。")
    staff.locator("input").fill("12.5")
    expect(staff).to_contain_text("这里只能填整数，不带小数。")
    staff.locator("input").fill("1,200")
    expect(staff.locator(".errorlist")).to_have_count(0)
    drivers = runner.question(page, "drivers")
    drivers.locator("input").fill("1300")
    drivers.locator("input").blur()
    expect(drivers).to_contain_text("不超过从业人员数")


def test_a_device_whose_clock_is_a_year_off_judges_dates_by_the_servers_day(world: World, page_at) -> None:
    submission, _ = runner.begun(world)
    page = page_at(1280, world.account("lianjiang1"))
    page.add_init_script("""
      const True = Date, off = -365 * 86400e3;
      globalThis.Date = class extends True {
        constructor(...given) { given.length ? super(...given) : super(True.now() + off); }
        static now() { return True.now() + off; }
      };
    """)
    runner.opened(page, submission)
    runner.show_all(page)
    filled_on = runner.question(page, "filled_on")
    today = timezone.localdate()
    filled_on.locator("input").fill(today.isoformat())
    filled_on.locator("input").blur()
    runner.saved(page)
    expect(filled_on.locator(".errorlist")).to_have_count(0)
    filled_on.locator("input").fill((today + timedelta(days=2)).isoformat())
    filled_on.locator("input").blur()
    expect(filled_on).to_contain_text("到今天之间的日期")


def test_a_device_without_room_is_told_so_and_keeps_what_it_can_again_later(
    world: World, page_at, live_server, contact
) -> None:
    submission, _ = runner.begun(world)
    page = page_at(390, world.account("lianjiang1"))
    devtools = page.context.new_cdp_session(page)
    origin = live_server.url
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1})
    runner.opened(page, submission)
    expect(page.get_by_text("本机存储空间已满")).to_be_visible()
    contact.take(page, "runner-full")
    assert screen_faults(page) == []
    with page.expect_response(lambda answer: answer.url.endswith("/draft") and answer.request.method == "POST"):
        runner.question(page, "unit_name").locator("input").fill("放不下的名称")
    expect(page.get_by_text("本机存储空间已满")).to_be_visible()
    submission.refresh_from_db()
    assert (submission.draft or {})["unit_name"] == "放不下的名称"  # the server has room
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": origin})
    runner.question(page, "unit_name").locator("input").fill("又放得下的名称")
    expect(page.get_by_text("本机存储空间已满")).to_have_count(0)
    runner.saved(page)
