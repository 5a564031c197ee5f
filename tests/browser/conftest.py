"""Pages in a real Chromium, at the width of a desk and of a phone, on a live server with the built front end."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from dajian.service.organisations.models import Account
from tests.running import chromium
from tests.running.contact import ContactSheet
from tests.service import world as worlds

WIDTHS = {1280: 800, 390: 844}  # width -> height, px
CONTACT = Path(__file__).resolve().parents[2] / "var" / "contact"

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, or an error that says how to get one; never a skip."""
    found = chromium.find()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=str(found.path), args=list(chromium.FLAGS), env={**os.environ, **found.env}
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def contact(browser: Browser) -> Iterator[ContactSheet]:
    """All pictures of a run, laid on one sheet in var/contact when it ends."""
    sheet = ContactSheet(CONTACT)
    yield sheet
    sheet.lay_out(browser)


@pytest.fixture
def world(transactional_db: None) -> worlds.World:
    """The cast of the service's tests, where the live server can see it."""
    return worlds.build()


@pytest.fixture
def page_at(browser: Browser, live_server) -> Iterator[OpenPage]:
    """`page_at(390)`: a page at the live server, in a context of its own; `account` is logged in.

    A script error or a breach of the page's security policy fails the test, wherever it happens.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_page(width: int = 1280, account: Account | None = None, base_url: str = live_server.url) -> Page:
        context = browser.new_context(
            base_url=base_url,
            viewport={"width": width, "height": WIDTHS.get(width, 800)},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
            accept_downloads=True,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        if account is not None:
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session_of(account), "url": base_url}])
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on("console", lambda message: faults.append(f"{page.url}: {message.text}") if _is_fault(message) else None)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def _is_fault(message) -> bool:
    # A page that answers 404 on purpose is reported by the browser too.
    return message.type == "error" and not message.text.startswith("Failed to load resource")


def session_of(account: Account) -> str:
    """The key of a session in which the account is logged in; the log-in page has tests of its own."""
    client = Client()
    client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client.cookies[settings.SESSION_COOKIE_NAME].value
