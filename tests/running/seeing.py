"""What every screen must keep to, asked of the page as it stands in the browser."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GRAVE = ("serious", "critical")
TOO_WIDE = """() => [...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.table-box, .mainnav, dialog'))
  .map(e => e.tagName.toLowerCase() + '.' + e.className).slice(0, 5)"""


def accessibility_faults(page: Page) -> list[str]:
    """axe's serious and critical findings: rule, and the first elements that break it."""
    return [
        f"{found['id']} ({found['impact']}): {', '.join(str(node['target'][0]) for node in found['nodes'][:3])}"
        for found in Axe().run(page).response["violations"]
        if found["impact"] in GRAVE
    ]


def screen_faults(page: Page) -> list[str]:
    """All that is wrong with a screen whatever it shows: axe, its width, its landmarks."""
    faults = accessibility_faults(page)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        faults.append(f"wider than the window: {page.evaluate(TOO_WIDE)}")
    for selector in ("main", "h1"):
        if (n := page.locator(selector).count()) != 1:
            faults.append(f"{n} times <{selector}>")
    return faults
