"""A contact sheet: every picture that the browser tests took, on one page, to be looked at by people."""

from __future__ import annotations

from html import escape
from pathlib import Path

from playwright.sync_api import Browser, Page

SHEET = """<!DOCTYPE html><html lang="zh-Hans"><meta charset="utf-8"><title>contact sheet</title>
<style>body{{margin:16px;font:13px sans-serif;background:#ddd}}main{{display:flex;flex-wrap:wrap;gap:16px}}
figure{{margin:0}}figcaption{{padding:2px 0}}img{{display:block;max-height:900px;object-fit:cover;object-position:top;
border:1px solid #999}}.wide img{{width:480px}}.narrow img{{width:195px}}</style><main>{figures}</main></html>"""


class ContactSheet:
    def __init__(self, folder: Path):
        self.folder = folder
        self.names: list[tuple[str, int]] = []  # (name, width)
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.png"):
            old.unlink()

    def take(self, page: Page, name: str, *, full: bool = True) -> Path:
        """A picture of the page as it stands, named after the screen and its width."""
        width = page.viewport_size["width"] if page.viewport_size else 0
        path = self.folder / f"{name}-{width}.png"
        page.screenshot(path=path, full_page=full)
        self.names.append((name, width))
        return path

    def lay_out(self, browser: Browser) -> None:
        """Writes index.html and sheet.png; nothing when no picture was taken."""
        if not self.names:
            return
        figures = "".join(
            f'<figure class="{"wide" if width > 600 else "narrow"}"><figcaption>{escape(name)} · {width}</figcaption>'
            f'<img src="{escape(name)}-{width}.png" alt=""></figure>'
            for name, width in self.names
        )
        index = self.folder / "index.html"
        index.write_text(SHEET.format(figures=figures), encoding="utf-8")
        page = browser.new_page(viewport={"width": 2100, "height": 1000})
        page.goto(index.as_uri())
        page.screenshot(path=self.folder / "sheet.png", full_page=True)
        page.close()
