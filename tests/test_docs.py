"""README and guides keep what they promise: links that lead somewhere, pictures that load quickly, pages soon read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)")
PICTURE_BYTES = 150_000
LONGEST = {"README.md": 120} | {f"docs/guide/{page.name}": 150 for page in (ROOT / "docs" / "guide").glob("*.md")}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def headings(path: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    found = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


@pytest.mark.parametrize("page", DOCUMENTS, ids=name)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    broken = []
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if link.startswith(("http://", "https://")):
            continue
        place, _, anchor = link.partition("#")
        target = page.parent / place if place else page
        if not target.exists() or (anchor and anchor not in headings(target)):
            broken.append(link)
    assert broken == []


def test_pictures_are_small_and_each_is_shown_somewhere() -> None:
    pictures = sorted((ROOT / "docs" / "pictures").glob("*"))
    shown = "".join(page.read_text(encoding="utf-8") for page in DOCUMENTS)
    assert [one.name for one in pictures if one.stat().st_size > PICTURE_BYTES] == []
    assert [one.name for one in pictures if one.name not in shown] == []


def test_pages_that_should_be_short_are() -> None:
    lines = {page: len((ROOT / page).read_text(encoding="utf-8").splitlines()) for page in LONGEST}
    assert {page: n for page, n in lines.items() if n > LONGEST[page]} == {}
