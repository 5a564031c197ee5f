"""Every questionnaire of the province opens in the runner, whole, with nothing in the way of anybody."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from dajian.service.campaign.models import Item, QuestionnaireVersion
from dajian.service.campaign.questionnaires import form_of
from dajian.service.survey.models import Submission
from tests.browser import runner
from tests.running.seeing import screen_faults
from tests.service.world import World

pytestmark = pytest.mark.browser
KEYS = ["manufacturer", "project", "vehicle_maker", "carrier", "association", "permit_office"]


@pytest.mark.parametrize("key", KEYS)
def test_a_questionnaire_opens_whole_on_a_phone(world: World, page_at, contact, key: str) -> None:
    edition = QuestionnaireVersion.unscoped.filter(questionnaire__key=key).latest("n")
    submission, _ = runner.begun(world)
    Item.unscoped.filter(pk=submission.unit.item_id).update(questionnaire=edition.questionnaire)
    Submission.unscoped.filter(pk=submission.pk).update(draft={"eligible": "yes"}, draft_version=edition)
    page = runner.opened(page_at(390, world.account("lianjiang1")), submission)
    runner.show_all(page)
    required = [q.name for q in form_of(edition).questions if q.required and not q.scope and q.type != "calculate"]
    assert required
    for name in required[:3]:
        expect(runner.question(page, name)).to_be_attached()
    contact.take(page, f"runner-{key}", full=False)  # whole it is too tall for a picture
    assert screen_faults(page) == []
    page.get_by_role("button", name="报出").click()
    expect(page.get_by_role("alert").filter(has_text="还不能报出")).to_be_focused()
