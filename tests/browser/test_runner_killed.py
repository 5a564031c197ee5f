"""A browser that is killed while somebody types: at most the field that was being typed is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from dajian.service.survey.models import Submission
from tests.browser import runner
from tests.browser.conftest import session_of
from tests.running import chromium
from tests.service.world import World

pytestmark = pytest.mark.browser

# Typed one after another: a kill comes in the middle of a field, at its end, just after its beginning.
TYPED = {
    "unit_name": "abcdefghijklm",
    "unit_address": "nopqrst",
    "legal_person": "uvw",
    "contact_name": "xyzabcdefghijklmn",
    "contact_post": "opqrstuvwx",
}
KEYS = [(name, n) for name, text in TYPED.items() for n in range(len(text))]
EVERY = 10
PACE_MS = 60  # sixteen keys a second, a fast hand; a browser writes to its disk beside the page, not within a key


@contextmanager
def started(browser: Browser, profile: Path, world: World, url: str) -> Iterator[tuple[Page, subprocess.Popen]]:
    """A browser of its own on this profile, and its process."""
    found = chromium.find()
    port = profile / "DevToolsActivePort"
    port.unlink(missing_ok=True)
    process = subprocess.Popen(
        [found.path, *chromium.FLAGS, "--headless", f"--user-data-dir={profile}", "--remote-debugging-port=0"],
        env={**os.environ, **found.env},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not port.exists() or not port.read_text().strip():
            assert process.poll() is None
            time.sleep(0.02)
        connected = browser.browser_type.connect_over_cdp(f"http://127.0.0.1:{port.read_text().split()[0]}")
        [context] = connected.contexts
        cookie: Any = {
            "name": settings.SESSION_COOKIE_NAME,
            "value": session_of(world.account("lianjiang1")),
            "url": url,
        }
        context.add_cookies([cookie])
        yield context.new_page(), process
    finally:
        if process.poll() is None:
            kill(process)


def kill(process: subprocess.Popen) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def type_from(page: Page, begin: int) -> None:
    """The next ten keys, each at its place: the field that the kill cut off is mended first."""
    if begin:
        name, n = KEYS[begin - 1]
        runner.question(page, name).locator("input").fill(TYPED[name][: n + 1])
    for name, n in KEYS[begin : begin + EVERY]:
        field = runner.question(page, name).locator("input")
        if n == 0:
            field.fill("")
        field.press_sequentially(TYPED[name][n], delay=PACE_MS)


def check_until(page: Page, typed: int) -> None:
    """What was typed before the kill is there; of the field in which it came, any beginning."""
    last, n = KEYS[typed - 1]
    for name, text in TYPED.items():
        field = runner.question(page, name).locator("input")
        if name == last:
            assert TYPED[last][: n + 1].startswith(field.input_value())
            return
        expect(field).to_have_value(text)


def test_a_browser_killed_at_every_tenth_key_press_loses_at_most_the_last_field(
    world: World, browser: Browser, live_server
) -> None:
    submission, _ = runner.begun(world)
    address = f"{live_server.url}/submissions/{submission.pk}/fill"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        profile = Path(folder)
        with started(browser, profile, world, live_server.url) as (page, _):
            page.goto(address)
            expect(page.locator("[data-offline-ready]")).to_be_attached()
            runner.show_all(page)
            for name in TYPED:  # what the register knows of the unit is cleared
                runner.question(page, name).locator("input").fill("")
            runner.saved(page)
            page.context.close()
        version = Submission.unscoped.get(pk=submission.pk).version
        for typed in range(0, len(KEYS) + 1, EVERY):
            with started(browser, profile, world, live_server.url) as (page, process):
                page.context.set_offline(True)
                page.goto(address)
                expect(page.locator(".send-bar")).to_be_visible()
                runner.show_all(page)
                if typed:
                    check_until(page, typed)
                if typed < len(KEYS):
                    type_from(page, typed)
                kill(process)
        submission.refresh_from_db()
        assert submission.version == version  # the server had no part in it
