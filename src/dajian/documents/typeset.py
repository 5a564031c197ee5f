"""Typst with the project's own fonts and nothing of the system's: the one way to PDF."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import typst


def font_folder() -> Path:
    """The folder of Noto Sans SC and Noto Serif SC (OFL), from the fonts' package."""
    spec = find_spec("pylopdf_fonts_zh_cn")
    assert spec is not None, "pylopdf-fonts-zh-cn is in requirements/base.in"
    assert spec.origin is not None
    return Path(spec.origin).parent


@cache
def _compiler() -> typst.Compiler:
    """One for the process: reading the fonts is what takes time."""
    return typst.Compiler(font_paths=[str(font_folder())], ignore_system_fonts=True)


def pdf(template: Path, data: Mapping[str, Any]) -> bytes:
    """A template of this package with its data, as PDF. Data goes in as JSON, never as Typst source."""
    return _compiled(template, data, "pdf")


def png(template: Path, data: Mapping[str, Any], ppi: float = 200) -> bytes:
    """The first page as a picture."""
    return _compiled(template, data, "png", ppi)


def pages(template: Path, data: Mapping[str, Any], ppi: float = 80) -> list[bytes]:
    """All pages as pictures."""
    return _made(template, data, "png", ppi)


def _compiled(template: Path, data: Mapping[str, Any], kind: Literal["pdf", "png"], ppi: float | None = None) -> bytes:
    return _made(template, data, kind, ppi)[0]


def _made(template: Path, data: Mapping[str, Any], kind: Literal["pdf", "png"], ppi: float | None) -> list[bytes]:
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    made = _compiler().compile(input=template.read_bytes(), format=kind, ppi=ppi, sys_inputs=inputs)
    assert made is not None, "with no output path Typst returns what it made"
    return made if isinstance(made, list) else [made]
