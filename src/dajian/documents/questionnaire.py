"""A questionnaire on paper, blank or filled in: plain data in, PDF out. What a form is, is not known here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from dajian.documents import typeset

TEMPLATE = Path(__file__).with_suffix(".typ")
WIDE, HALF, THIRD = 6, 3, 2  # sixths of a line


@dataclass(frozen=True)
class Blank:
    """One question: a line to write on, boxes to tick, or (tall) lines for a text."""

    label: str
    value: str = ""
    required: bool = False
    boxes: tuple[tuple[str, bool], ...] = ()  # (label, ticked)
    span: int = HALF
    tall: bool = False


@dataclass(frozen=True)
class Grid:
    """A repeat: one row for each of its entries. legend: what may be written into columns with choices."""

    label: str
    heads: tuple[tuple[str, bool], ...]  # (label, required)
    rows: tuple[tuple[str, ...], ...]
    legend: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    title: str
    optional: bool
    blanks: tuple[Blank, ...] = ()
    grids: tuple[Grid, ...] = ()


@dataclass(frozen=True)
class Paper:
    """All that is printed. mark: what names the edition in every foot, so that a sheet found later can be placed."""

    title: str
    under_title: str
    mark: str
    parts: tuple[Part, ...]
    facts: tuple[tuple[str, str], ...] = ()  # of a filled one: unit, version, who sent it
    instructions: tuple[str, ...] = field(default=())


def lines(blanks: Sequence[Blank]) -> list[list[Blank]]:
    """Questions beside each other as long as their spans fill no more than a line."""
    found: list[list[Blank]] = []
    for blank in blanks:
        if not found or sum(b.span for b in found[-1]) + blank.span > WIDE:
            found.append([])
        found[-1].append(blank)
    return found


def _data(paper: Paper) -> dict[str, Any]:
    parts = [
        asdict(part) | {"lines": [[asdict(b) for b in line] for line in lines(part.blanks)]} for part in paper.parts
    ]
    return asdict(paper) | {"parts": parts}


def pdf(paper: Paper) -> bytes:
    """A4, portrait."""
    return typeset.pdf(TEMPLATE, _data(paper))


def pictures(paper: Paper, ppi: float = 80) -> Sequence[bytes]:
    """Its pages as PNG."""
    return typeset.pages(TEMPLATE, _data(paper), ppi)
