"""A carrier's whole questionnaire by keyboard alone: every required question, rows and lists included, and 报出."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dajian.forms.model import ROOT, Question
from tests.browser import runner
from tests.provinces.answers import REQUIRED_ALONE
from tests.service.world import World

pytestmark = pytest.mark.browser
MOST_TABS = 80
FOCUSED = "document.activeElement"


def reach(page: Page, selector: str) -> None:
    for _ in range(MOST_TABS):
        if page.evaluate(f"s => {FOCUSED}?.matches(s) ?? false", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"not reached by Tab: {selector}")


def press(page: Page, selector: str, key: str = "Enter") -> None:
    reach(page, selector)
    page.keyboard.press(key)


def step_to(page: Page, done: str, most: int) -> None:
    """Down until the focused element has what is wanted."""
    for _ in range(most):
        if page.evaluate(f"() => {{ const e = {FOCUSED}; return {done}; }}"):
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"not found by arrows: {done}")


def answer(page: Page, asked: Question, value: Any) -> None:
    within = f'[data-question="{asked.name}"]'
    if asked.type == "select_multiple":
        for one in value:
            press(page, f'{within} input[value="{one}"]', "Space")
        return
    reach(page, f"{within} :is(input, textarea, select)")
    kind = page.evaluate(f"() => {FOCUSED}.type + ({FOCUSED}.getAttribute('role') ?? '')")
    if kind == "radio":
        page.keyboard.press("Space")
        step_to(page, f"e.checked && e.value === '{value}'", len(asked.choices))
    elif kind == "select-one":
        step_to(page, f"e.value === '{value}'", len(asked.choices) + 1)
    else:
        label = next((choice.label for choice in asked.choices if choice.name == value), str(value))
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(label)
        if kind == "textcombobox":
            page.keyboard.press("Enter")


def test_a_carrier_is_filled_in_whole_and_sent_without_a_mouse(world: World, page_at) -> None:
    submission, own = runner.begun(world)
    form = runner.form_of_item(world)
    unit = {key: own[key] for key in ("unit_name", "unit_credit_code", "unit_area")}
    record = {**REQUIRED_ALONE["carrier"], **unit}
    page = runner.opened(page_at(1280, world.account("lianjiang1")), submission)
    press(page, ".page-list > .btn")  # 整页填写
    for asked in form.questions:
        row = record if asked.scope == ROOT else record.get(asked.scope, [{}])[0]
        if row.get(asked.key) is not None and asked.type not in ("calculate", "note"):
            answer(page, asked, row[asked.key])
        if asked.name == "eligible":  # a person reads on; the first rows have opened by then
            expect(page.locator('[data-repeat="vehicle"] select').first).to_be_visible()
    press(page, ".send-bar .btn-primary")
    expect(page.get_by_text("待核查").first).to_be_visible()
    submission.refresh_from_db()
    assert submission.current is not None
    sent = submission.current.record
    assert {key: sent[key] for key in record} == record
