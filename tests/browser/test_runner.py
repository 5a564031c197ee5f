"""The runner in a browser: a questionnaire typed in, judged, sent; returned, and opened at the remark."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from dajian.forms.evaluate import validate
from dajian.service.survey.actions import submissions
from tests.browser import runner
from tests.running.seeing import screen_faults
from tests.service.survey.chain import Chain
from tests.service.world import World

pytestmark = pytest.mark.browser


def test_a_carrier_typed_in_and_sent_arrives_as_it_was_typed(world: World, page_at, contact) -> None:
    submission, record = runner.begun(world)
    form = runner.form_of_item(world)
    page = runner.opened(page_at(1280, world.account("lianjiang1")), submission)
    contact.take(page, "runner-first")
    assert screen_faults(page) == []
    runner.fill(page, form, record)
    contact.take(page, "runner-filled")
    assert screen_faults(page) == []
    page.get_by_role("button", name="报出").click()
    expect(page.get_by_text("待核查").first).to_be_visible()
    submission.refresh_from_db()
    assert submission.state == "sent"
    assert submission.current is not None
    assert submission.current.record == validate(form, record, on=world.now.date()).record
    assert submission.current.instance_id.startswith("uuid:")
