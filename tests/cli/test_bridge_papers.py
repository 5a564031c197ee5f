"""The papers of `dajian bridge report`: 初筛 stands on every page, and what is printed is what `--json` says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pypdf
import pytest

from tests.cli.test_bridge import asked, files

__all__ = ["files"]
NUMBER = re.compile(r"(?<![\d.])-?\d+(?:\.\d+)?(?![\d.]*\d)")
PICTURE = re.compile(r"第一轴距左端.*?m|影响线峰值 [\d.]+")


def pages_of(path: Path) -> list[str]:
    """The text of each page without that of the picture."""
    if path.suffix == ".pdf":
        pages = [page.extract_text() for page in pypdf.PdfReader(path).pages]
    else:
        bare = re.sub(r"<svg.*?</svg>|<style.*?</style>", " ", path.read_text("utf-8"), flags=re.S)
        pages = [unescape(re.sub(r"<[^>]+>", " ", bare))]
    return [PICTURE.sub(" ", page) for page in pages]


def figures_of(data: Any) -> Iterator[float]:
    """Every number of the JSON that is no count."""
    if isinstance(data, float):
        yield data
    elif isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from figures_of(value)


def printed(value: float, text: str) -> bool:
    return any(f"{value:.{digits}f}" in text for digits in (3, 2, 1))


@pytest.mark.parametrize("kind", ["html", "pdf"])
@pytest.mark.parametrize("only", [["--id", "B1"], ["--id", "B2"], [], ["--with", "crawl,closed"]])
def test_what_a_paper_prints_is_what_its_json_says(capsys, files, tmp_path, kind: str, only: list[str]) -> None:
    out = tmp_path / f"paper.{kind}"
    data = asked(capsys, "bridge", "report", *files, str(out), *only, "--on", "2026-11-25")
    pages = pages_of(out)
    assert all("初筛" in page for page in pages)
    text = " ".join(pages)
    figures = list(figures_of(data))
    assert len(figures) > 5
    assert [figure for figure in figures if not printed(figure, text)] == []
    # And the other way round: no decimal stands on the paper that the data has not.
    known = {float(number) for number in NUMBER.findall(json.dumps(data, ensure_ascii=False))}
    assert [number for number in NUMBER.findall(text) if "." in number and float(number) not in known] == []
