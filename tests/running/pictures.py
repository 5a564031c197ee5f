"""The pictures of README and guides: `python -m tests.running.pictures [ADDRESS]` writes docs/pictures anew.

Those of the chain come from the last run of the browser tests (var/contact), cut to a window's height. With the address
of a running demo (`make run`, freshly loaded) the others are taken there; nothing is changed in it.
"""

from __future__ import annotations

import base64
import os
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.running import chromium

ROOT = Path(__file__).resolve().parents[2]
CONTACT = ROOT / "var" / "contact"
PICTURES = ROOT / "docs" / "pictures"
HEIGHTS = {1280: 800, 390: 844}  # width -> height, px
DRAW = """async ([picture, width, height]) => {
  const image = new Image(); image.src = "data:image/png;base64," + picture; await image.decode()
  const canvas = document.querySelector("canvas"); canvas.width = width; canvas.height = height
  const on = canvas.getContext("2d", {alpha: false}); on.drawImage(image, 0, 0)
  const all = on.getImageData(0, 0, width, height)
  all.data.forEach((value, n) => { all.data[n] = Math.round(value / 255 * 31) * 255 / 31 })
  on.putImageData(all, 0, 0)
}"""

CHAIN = (  # taken by the browser tests; name-width
    "import-preview-1280",
    "submission-1280",
    "report-decide-1280",
    "letter-1280",
    "code-390",
    "own-sent-390",
    "six-projects-list-preview-1280",
    "six-makers-check-1280",
    "six-zero-reported-1280",
    "six-office-home-1280",
    "six-makers-decide-1280",
    "six-overview-1280",
    "six-registry-2-1280",
)

Steps = Callable[[Page], None]


def opened(path: str) -> Steps:
    def steps(page: Page) -> None:
        page.goto(path)

    return steps


def own_body(page: Page) -> None:
    page.goto("/bodies")
    page.locator("tbody a").first.click()


def first_faults(page: Page) -> None:
    page.goto("/items/4/import")
    page.locator("section td.lead-cell a").first.click()


def filling(page: Page) -> None:
    page.goto("/items/4/units?place=draft")
    page.locator("td.lead-cell a").first.click()
    page.get_by_role("link", name="查看调查表").click()
    page.get_by_role("link", name="继续填报").first.click()
    page.locator(".send-bar").wait_for()


def entry(page: Page) -> None:
    page.goto("/registry/items/4")
    page.locator("tbody a").first.click()


DEMO: tuple[tuple[str, str, int, Steps], ...] = (  # name, log-in, width, the way there
    ("home", "fz1", 1280, opened("/")),
    ("home", "lianjiang1", 390, opened("/")),
    ("board", "fz1", 1280, opened("/items/4/")),
    ("units", "fz1", 1280, opened("/items/4/units")),
    ("import-problems", "qz1", 1280, first_faults),
    ("fill", "lianjiang1", 390, filling),
    ("duties", "zhengfa1", 1280, opened("/items/4/duties")),
    ("campaign", "zhengfa1", 1280, opened("/campaigns/1")),
    ("registry", "yunguan1", 1280, opened("/registry/items/4")),
    ("entry", "yunguan1", 1280, entry),
    ("people", "fzguanli", 1280, own_body),
)


def main(arguments: list[str]) -> int:
    """Writes the pictures; names those that the browser tests have not taken."""
    found = chromium.find()
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(found.path),
            args=[*chromium.FLAGS, "--lang=zh-CN"],
            env={**os.environ, **found.env, "LANGUAGE": "zh_CN"},
        )
        missing = [name for name in CHAIN if not cut(browser, name)]
        if arguments:
            take_all(browser, arguments[0])
        browser.close()
    for name in missing:
        print(f"{name}: not in {CONTACT.relative_to(ROOT)}; run the browser tests first", file=sys.stderr)
    return 1 if missing else 0


def cut(browser: Browser, name: str) -> bool:
    """A test's picture down to the height of a window; False when there is none."""
    source = CONTACT / f"{name}.png"
    if source.exists():
        keep(browser, name, source.read_bytes())
    return source.exists()


def keep(browser: Browser, name: str, picture: bytes) -> None:
    """Writes a picture, cut to its width's height, with 32 steps a colour: half the size, nothing lost to the eye."""
    width = int(name.rsplit("-", 1)[1])
    page = browser.new_page(viewport={"width": width, "height": HEIGHTS[width]})
    page.set_content('<body style="margin:0;overflow:hidden"><canvas style="display:block">')
    page.evaluate(DRAW, [base64.b64encode(picture).decode(), width, HEIGHTS[width]])
    page.screenshot(path=PICTURES / f"{name}.png")
    page.close()


def take_all(browser: Browser, address: str) -> None:
    for name, login, width, steps in DEMO:
        context = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": HEIGHTS[width]},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
        )
        page = context.new_page()
        page.goto("/")
        page.get_by_role("row").filter(has=page.get_by_text(login, exact=True)).get_by_role("button").click()
        steps(page)
        page.wait_for_load_state("networkidle")
        keep(browser, f"{name}-{width}", page.screenshot())
        context.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
