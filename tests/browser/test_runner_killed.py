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

from tests.browser import runner
from tests.browser.conftest import session_of
from tests.running import chromium
from tests.service.world import World

pytestmark = pytest.mark.browser

FIELDS = ("unit_name", "unit_address", "legal_person", "contact_name", "contact_post")
TYPED = "abcdefghij"  # ten key presses a field: the kill comes with every tenth
PACE_MS = 40  # 25 keys a second, faster than any hand; a browser writes to its disk beside the page, not within a key


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
            page.context.close()
        for n, name in enumerate(FIELDS):
            with started(browser, profile, world, live_server.url) as (page, process):
                page.context.set_offline(True)
                page.goto(address)
                expect(page.locator(".send-bar")).to_be_visible()
                runner.show_all(page)
                for earlier in FIELDS[: max(0, n - 1)]:
                    expect(runner.question(page, earlier).locator("input")).to_have_value(TYPED)
                if n:  # what was cut off is typed again
                    runner.question(page, FIELDS[n - 1]).locator("input").fill(TYPED)
                field = runner.question(page, name).locator("input")
                field.fill("")
                field.press_sequentially(TYPED, delay=PACE_MS)
                kill(process)
        submission.refresh_from_db()
        assert submission.version == 1  # the server had no part in it
