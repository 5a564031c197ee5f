"""What waits is sent by the browser itself, when the network returns after the last page was closed.

A browser without a screen keeps no such wishes, so the test wakes the service worker as a browser with one would.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dajian.forms.evaluate import validate
from dajian.service.survey.models import SubmissionVersion
from tests.browser import runner
from tests.browser.test_runner_offline import three_vehicles
from tests.service.world import World

pytestmark = pytest.mark.browser

NOTHING_WAITS = """() => new Promise((done) => {
  const look = () => {
    const asked = indexedDB.open('dajian-runner');
    asked.onsuccess = () => {
      const all = asked.result.transaction('records').objectStore('records').getAll();
      all.onsuccess = () => {
        asked.result.close();
        if (all.result.some((record) => record.queued)) setTimeout(look, 50);
        else done(all.result.length);
      };
    };
  };
  look();
})"""


def wake(page: Page, origin: str) -> None:
    """Tells the service worker that there is network again."""
    devtools = page.context.new_cdp_session(page)
    found: dict[str, Any] = {}
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.update({one["registrationId"]: one for one in event["registrations"]}),
    )
    devtools.send("ServiceWorker.enable")
    while not found:
        page.wait_for_timeout(20)  # lets the event in
    [registration] = found
    told = {"origin": origin, "registrationId": registration, "tag": "dajian-queue", "lastChance": False}
    devtools.send("ServiceWorker.dispatchSyncEvent", told)


def test_what_waits_is_sent_once_when_no_page_of_the_runner_is_open(world: World, page_at, live_server) -> None:
    submission, answers = runner.begun(world)
    form, record = runner.form_of_item(world), three_vehicles(answers)
    phone = runner.opened(page_at(390, world.account("lianjiang1")), submission, kept=True)
    runner.fill(phone, form, record)
    runner.saved(phone)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="报出", exact=True).click()
    expect(phone.get_by_text("没有网络，已排队等待报出。")).to_be_visible()
    other = phone.context.new_page()
    phone.close()
    assert SubmissionVersion.unscoped.count() == 0

    other.context.set_offline(False)
    other.goto(f"/submissions/{submission.pk}")  # to be read: nothing of the runner is on it
    for _ in range(2):
        wake(other, live_server.url)
    assert other.evaluate(NOTHING_WAITS) == 0
    [version] = SubmissionVersion.unscoped.filter(submission=submission)
    assert version.record == validate(form, record, on=world.now.date()).record
    other.goto(f"/submissions/{submission.pk}/fill")
    expect(other.get_by_text("待核查").first).to_be_visible()
