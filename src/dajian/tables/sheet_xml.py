"""What calamine does not tell about a worksheet, read from its XML: its extent, unusable formulas, percent cells.

calamine gives an empty text both for an error cell (#REF!) and for a formula whose result was never stored, and it
lays a sheet out as one dense block from its first to its last cell, so that one far cell costs gigabytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

Position = tuple[int, int]  # row, column, both from 0

_CELL = re.compile(rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r\s*=\s*["']([A-Za-z]{1,7})(\d{1,9})["'][^>]*(?<!/)>""")
_ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s>]")
_OPEN = re.compile(rb"<(?:\w+:)?c[\s/>]")
_CLOSE = re.compile(rb"</(?:\w+:)?c\s*>")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?v\s*>)", re.DOTALL)
_SUSPECT = re.compile(rb"""<(?:\w+:)?f[\s/>]|\st\s*=\s*["']e["']""")
_SHARED = re.compile(rb"""\st\s*=\s*["']s["'][^>]*>\s*<(?:\w+:)?v>\s*(\d+)""")
_STRING = re.compile(rb"<(?:\w+:)?si\s*>(.*?)</(?:\w+:)?si\s*>", re.DOTALL)


@dataclass(frozen=True)
class SheetFacts:
    rows: int = 0
    columns: int = 0
    cells: int = 0
    unusable: dict[Position, str] = field(default_factory=dict)  # error text, or "" for a formula without stored value
    percent: frozenset[Position] = frozenset()


def scan(xml: bytes, percent_styles: frozenset[bytes] = frozenset()) -> SheetFacts:
    """Extent over the cells with content, cells whose formula gives nothing, and cells shown as percent."""
    found = _CELL.findall(xml)
    letters = {column for column, _ in found}
    return SheetFacts(
        rows=max((int(row) for _, row in found), default=0),
        columns=max((column_number(c) for c in letters), default=0),
        cells=len(_ANY_CELL.findall(xml)),
        unusable=_unusable(xml) if _SUSPECT.search(xml) else {},
        percent=_percent(xml, percent_styles),
    )


def column_number(letters: bytes) -> int:
    """A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _position(tag: bytes) -> Position | None:
    if match := _CELL.match(tag):
        return int(match[2]) - 1, column_number(match[1]) - 1
    return None


def _unusable(xml: bytes) -> dict[Position, str]:
    found: dict[Position, str] = {}
    for match in _OPEN.finditer(xml):
        end_tag = xml.find(b">", match.start())
        if end_tag < 0 or xml[end_tag - 1] == 0x2F:  # self-closed: no content
            continue
        closing = _CLOSE.search(xml, end_tag)
        if closing is None:
            break
        tag, body = xml[match.start() : end_tag + 1], xml[end_tag + 1 : closing.start()]
        kind = _attribute(tag, b"t")
        if kind != b"e" and not _FORMULA.search(body):
            continue
        value = _VALUE.search(body)
        text = (value[1] or b"") if value else b""
        position = _position(tag)
        if position is None:
            continue
        if kind == b"e":
            found[position] = text.decode("utf-8", "replace")
        elif value is None or (not text and kind != b"str"):  # Excel stores an empty result as t="str"
            found[position] = ""
    return found


def _attribute(tag: bytes, name: bytes) -> bytes:
    match = re.search(rb"\s" + name + rb"""\s*=\s*["']([^"']*)["']""", tag)
    return match[1] if match else b""


def _percent(xml: bytes, styles: frozenset[bytes]) -> frozenset[Position]:
    if not styles:
        return frozenset()
    tags = (m[0] for m in _CELL.finditer(xml))
    return frozenset(p for tag in tags if _attribute(tag, b"s") in styles and (p := _position(tag)))


def percent_styles(styles_xml: bytes) -> frozenset[bytes]:
    """Indices (as they stand in s="…") of the cell formats that show a number as percent."""
    formats = {b"9", b"10"}  # the built-in 0% and 0.00%
    for tag in re.findall(rb"<(?:\w+:)?numFmt\s[^>]*>", styles_xml):
        if b"%" in _attribute(tag, b"formatCode"):
            formats.add(_attribute(tag, b"numFmtId"))
    block = re.search(rb"<(?:\w+:)?cellXfs[\s>].*?</(?:\w+:)?cellXfs>", styles_xml, re.DOTALL)
    tags = re.findall(rb"<(?:\w+:)?xf[\s>][^>]*>?", block[0]) if block else []
    return frozenset(str(i).encode() for i, tag in enumerate(tags) if _attribute(tag, b"numFmtId") in formats)


def expanded_text(sheet_xml: bytes, shared_strings_xml: bytes) -> int:
    """Bytes of text once every cell holds its own copy of its shared string."""
    sizes = [len(body) for body in _STRING.findall(shared_strings_xml)]
    used = (int(i) for i in _SHARED.findall(sheet_xml))
    return sum(sizes[i] for i in used if i < len(sizes))
